// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/plan/network.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::plan {

/// Index spaces of rows and columns.
enum class Space {
  asset,
  choice,
  choice_group,
  mode,
  node,
  pool,
  route,
  lane,
  programme,
  owner,
  measure,
  limit,
  period,
  slice,
  moment
};
inline constexpr std::size_t space_count = 15;

/// Families of columns and rows; every one is declared once, in families.def.
enum class Family {
#define PINCHPOINT_COLUMN_FAMILY(name, ...) name##_,
#define PINCHPOINT_ROW_FAMILY(name, ...) name##_,
#include "analysis/plan/families.def"
#undef PINCHPOINT_COLUMN_FAMILY
#undef PINCHPOINT_ROW_FAMILY
};

/// What the value of a column is measured in, or what a row's dual is a price of; own: the thing has a unit of its own.
enum class Measured { amount, capacity, count, money, own };

struct FamilyInfo {
  Family family{};
  std::string_view name;
  bool is_row = false;
  std::string_view slug;  ///< rows: source file, page and test
  Measured measured{};
  std::string_view about;  ///< columns: what it is; rows: meaning of the dual
  std::vector<Space> spaces;
};
[[nodiscard]] const std::vector<FamilyInfo>& families();
[[nodiscard]] const FamilyInfo& info(Family family);
[[nodiscard]] inline optim::FamilyId id_of(Family family) { return optim::FamilyId(static_cast<std::int32_t>(family)); }

[[nodiscard]] inline Family family_of(const optim::Key& key) { return static_cast<Family>(key.family.index()); }
/// Period of a row or column; -1 if its family has none.
[[nodiscard]] std::int32_t period_of(const optim::Key& key);
/// Columns that are orders of capacity.
[[nodiscard]] inline bool is_order(Family family) { return family == Family::order_ || family == Family::block_order_; }

/// What an activity column is: whose, in which mode (invalid: the technology has none), when.
struct ActivityKey {
  AssetId asset;
  ModeId mode;
  PeriodId period;
  std::int32_t slice = -1;  ///< -1: all hours of the period
};
/// Nothing if the key is of another family.
[[nodiscard]] std::optional<ActivityKey> activity_of(const optim::Key& key);

/// An index space as people see it: attribute columns ("commodity", "region") and their texts by index.
struct SpaceTable {
  std::string_view name;
  std::vector<std::string_view> attributes;
  std::vector<std::vector<std::string>> rows;  ///< by index: one text an attribute
};
[[nodiscard]] std::vector<SpaceTable> make_space_tables(const World& world, const Network& network);

/// Families and labels for the optimiser's model; labels are the attributes joined by commas.
[[nodiscard]] std::shared_ptr<const optim::Names> make_names(const std::vector<SpaceTable>& spaces);

}  // namespace pinchpoint::plan
