// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>

#include "analysis/explain/explanation.hpp"

namespace pinchpoint::results {

/// Adds explain_goal, explain_pinch, explain_relief, explain_relief_goal, explain_cause, explain_cause_part,
/// explain_figure, explain_figure_goal, explain_break_even and the views explain_top_figures and explain_chain to a
/// results.sqlite, in the place of those of an earlier explanation. The file is replaced in one go; the same
/// explanation gives the same bytes. Throws WriteError where the disk fails.
void write_explanation(const World& world, const plan::Plan& plan, const explain::Explanation& explanation,
                       const std::filesystem::path& database);
/// Files beside the database while write_explanation() works on it; it takes them away itself unless the process ends
/// at once.
[[nodiscard]] std::array<std::filesystem::path, 2> explanation_drafts(const std::filesystem::path& database);

}  // namespace pinchpoint::results
