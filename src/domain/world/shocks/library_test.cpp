// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "domain/world/shocks/shock_list.hpp"
#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

const std::filesystem::path data = PINCHPOINT_SOURCE_DIR "/data";

/// The shipped world and the shipped shocks beside it.
class ShockLibrary : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    read_ = std::make_unique<test_support::ReadWorld>(test_support::read_world(data / "world"));
    const auto beside = tables::read_beside(read_->folder, "shocks", {data / "shocks"});
    ASSERT_TRUE(beside.has_value()) << render_text(beside.error());
    const Result<World> world = load_world(*beside);
    ASSERT_TRUE(world.has_value()) << render_text(world.error());
    world_ = std::make_unique<World>(*world);
    figures_ = list_figures(*beside);
  }
  static std::unique_ptr<test_support::ReadWorld> read_;
  static std::unique_ptr<World> world_;
  static std::vector<Figure> figures_;
};
std::unique_ptr<test_support::ReadWorld> ShockLibrary::read_;
std::unique_ptr<World> ShockLibrary::world_;
std::vector<Figure> ShockLibrary::figures_;

TEST_F(ShockLibrary, has_shocks_of_every_kind) {
  EXPECT_GE(world_->shocks.size(), 45U);
  std::set<ShockKind> kinds;
  for (const Shock& shock : world_->shocks) kinds.insert(shock.kind);
  EXPECT_EQ(kinds.size(), 9U);
}

TEST_F(ShockLibrary, has_a_source_a_confidence_a_band_of_depth_and_a_note_in_every_row) {
  std::size_t shocks = 0;
  for (const Figure& figure : figures_) {
    if (figure.table != "shocks") continue;
    ++shocks;
    EXPECT_FALSE(figure.sources.empty()) << figure.label;
    EXPECT_NE(figure.confidence, Confidence::unstated) << figure.label;
    EXPECT_TRUE(figure.low && figure.high) << figure.label;
    EXPECT_GE(figure.note.size(), 20U) << figure.label;
    EXPECT_FALSE(figure.as_of.empty()) << figure.label;
  }
  EXPECT_EQ(shocks, world_->shocks.size());
}

TEST_F(ShockLibrary, has_a_probability_in_every_row) {
  for (const Shock& shock : world_->shocks) EXPECT_EQ(shock.chance, ShockChance::yearly) << shock.id;
}

TEST_F(ShockLibrary, has_families_that_strike_many_facilities_one_by_one) {
  std::size_t facilities = 0;
  for (const Shock& shock : world_->shocks) {
    if (shock.any_one) facilities += facilities_of(*world_, shock).size();
  }
  EXPECT_GE(facilities, 500U);
}

TEST_F(ShockLibrary, is_read_by_load_shocks_as_well) {
  const Result<Shocks> shocks = load_shocks(read_->world, read_->folder, {data / "shocks"});
  ASSERT_TRUE(shocks.has_value());
  EXPECT_EQ(shocks->size(), world_->shocks.size());
}

}  // namespace
}  // namespace pinchpoint
