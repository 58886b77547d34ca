// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/base/diagnostic.hpp"

namespace pinchpoint::cli {

/// How to answer: options that every command has.
struct OutputOptions {
  bool json = false;
  bool quiet = false;
};

/// Text to standard output. A write that fails is found by flush_output().
void print(std::string_view text);
/// One object; numbers that JSON does not know (infinite) are null.
void print_json(const nlohmann::ordered_json& object);
/// Text to standard error.
void print_error(std::string_view text);
/// False if something that was printed did not arrive (disk full, closed pipe).
[[nodiscard]] bool flush_output();

/// [{code, severity, file, line, column, length, message, found, expected, fix, notes}]
[[nodiscard]] nlohmann::ordered_json diagnostics_json(const Diagnostics& diagnostics);
/// "3 errors, 1 warning"
[[nodiscard]] std::string count_text(const Diagnostics& diagnostics);
/// Says in one sentence why there is no answer: {status, error}, or a line on standard error.
void print_problem(const OutputOptions& options, std::string_view status, std::string_view problem);
/// Says that input was refused, and what comes of it ("nothing was written"). Source lines are shown from below
/// `folder`.
void print_refusal(const OutputOptions& options, const Diagnostics& problems, std::string_view consequence,
                   const std::string& folder = {});
/// The time now: "2026-11-26T11:03:38Z"
[[nodiscard]] std::string now_text();

}  // namespace pinchpoint::cli
