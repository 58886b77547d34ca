// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace pinchpoint::importers {

/// Ids of one kind of things that another tool named. A foreign name always gives the same id, two names never the
/// same: characters that ids cannot have become '-', and a number is added where that leaves no difference.
class ForeignNames {
 public:
  /// The id of a foreign name; made when first asked for.
  const std::string& id(std::string_view foreign);
  /// The id of a name of the importer's own making ("co2-limit"), different from every other.
  std::string fresh(std::string_view wanted);
  /// The foreign name where the id differs from it, or empty: what `name` columns hold.
  [[nodiscard]] std::string name_if_changed(std::string_view foreign);

 private:
  std::map<std::string, std::string, std::less<>> ids_;
  std::set<std::string, std::less<>> taken_;
};

}  // namespace pinchpoint::importers
