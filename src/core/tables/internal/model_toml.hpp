// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/tables/model_folder.hpp"

namespace pinchpoint::tables::internal {

/// A value of a model.toml with its place.
template <class Value>
struct Located {
  Value value;
  SourceSpan where;
};

template <class Value>
using Key = std::optional<Located<Value>>;
using Names = std::vector<Located<std::string>>;

/// Keys of one model.toml, or of several laid over one another.
struct ModelKeys {
  std::string file;
  std::set<std::string> unreadable;  ///< keys that have a value of the wrong kind
  Key<std::string> name, title, extends;
  std::optional<Names> patches;
  Key<Date> start;
  Key<Date> last_month;  ///< last month of the last period
  Key<Step> step;
  Key<std::string> currency;
  Key<int> price_year;
  Key<double> discount_rate;
  Key<CapitalCharge> capital;
  Key<PaymentTime> capital_paid, running_paid;
  Key<std::vector<Date>> periods;  ///< first days
  std::map<std::string, Names> scenarios;
  std::map<std::string, Located<std::string>> units;
  Key<bool> rules;  ///< there is a section [rules]
  Key<std::string> rules_base, rules_as_of;
};

/// The word that stands for no day: every period is judged by the rules of its own time.
inline constexpr std::string_view whole_path = "path";

/// Keys that can be read; those that cannot are left out.
/// errors    MOD-001, MOD-002, MOD-004
[[nodiscard]] ModelKeys read_model_toml(std::string_view text, const std::string& file, Diagnostics& diagnostics);

/// Lays the child's keys over those of the folder it extends; scenarios and units name by name.
void lay_over(ModelKeys& base, const ModelKeys& child);

/// errors    MOD-003 a key is missing, MOD-004 the horizon does not begin with a quarter, MOD-009 it is empty
[[nodiscard]] ModelSettings settings_of(const ModelKeys& keys, const ReadOptions& options, Diagnostics& diagnostics);

}  // namespace pinchpoint::tables::internal
