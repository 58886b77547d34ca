// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

using test_support::codes_of;
using test_support::read_world;
using test_support::TemporaryFolder;
using test_support::WorldText;

/// A sourced capacity, an assumed cost with band and reason, and a build time of unknown origin.
WorldText three_figures() {
  WorldText world;
  world.regions("A").commodity("ore", "t").technology("mine", "ore", "t/year");
  world.row("sources", "id=survey; publisher=Survey; title=Mines");
  world.facility("mine", "A", "9 t/year", "source=survey; confidence=measured");
  world.technology_figure("mine", "capex", "9 USD/(t/year)", "confidence=assumed; low=8; high=10; note=like others");
  world.technology_figure("mine", "build_time", "1 year");
  return world;
}

std::vector<Figure> figures_of(const WorldText& text) {
  const TemporaryFolder folder;
  text.write(folder.path());
  return list_figures(read_world(folder.path()).folder);
}

TEST(Provenance, figures_are_sourced_assumed_or_neither) {
  const std::vector<Figure> figures = figures_of(three_figures());
  const ProvenanceSummary summary = summarise_provenance(figures);
  EXPECT_EQ(summary.total.figures, 3U);
  EXPECT_EQ(summary.total.sourced, 1U);
  EXPECT_EQ(summary.total.assumed, 1U);
  EXPECT_EQ(summary.total.unsourced, 1U);
  EXPECT_EQ(summary.distinct_sources, 1U);
  ASSERT_EQ(summary.tables.size(), 2U);
  EXPECT_EQ(summary.assumed.at(0)->label, "mine capex");
}

TEST(Provenance, figures_keep_their_unit_and_place) {
  for (const Figure& figure : figures_of(three_figures())) {
    if (figure.label != "mine capex") continue;
    EXPECT_EQ(figure.value, 9);
    EXPECT_EQ(figure.unit, "USD/(t/year)");
    EXPECT_EQ(figure.low.value_or(0), 8);
    EXPECT_EQ(figure.where.file, "technology_parameters.csv");
    EXPECT_EQ(figure.where.line, 2);
  }
}

TEST(Provenance, a_figure_without_source_is_told) {
  EXPECT_EQ(codes_of(check_provenance(figures_of(three_figures()))), std::vector<std::string>{"PRV-002"});
}

TEST(Provenance, an_assumption_needs_band_and_reason) {
  WorldText text = three_figures().change("technology_parameters", "parameter=capex", "note=");
  text.change("technology_parameters", "parameter=build_time", "confidence=assumed; note=a guess");
  EXPECT_EQ(codes_of(check_provenance(figures_of(text))), (std::vector<std::string>{"PRV-001", "PRV-001"}));
}

}  // namespace
}  // namespace pinchpoint
