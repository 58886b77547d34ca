// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/packages/package.hpp"

namespace pinchpoint::packages {

/// What a package has to hold.
struct Need {
  std::string id, kind, unit;
  Layer layer = Layer::hardware;
  std::int64_t amount = 0;
  SourceSpan where;
};

/// What a firm offers for a need. Money in millions of USD.
struct Offer {
  std::string id, item, from;
  int need = -1, party = -1;
  std::int64_t most = 0, least = 1;
  Exact price;
  Day ready;
  Shares us_share;
  bool is_open = false;   ///< weights of a model
  std::vector<int> base;  ///< base models
  std::map<std::string, std::string> facts;
  std::string confidence;
  SourceSpan where;
};

struct CatalogueTarget {
  int country = -1, operator_party = -1;
  std::string reason;
};

/// Members and offers that packages are composed from. Parties are those of `frame.base`.
struct Catalogue {
  Package frame;  ///< what every package states: parties, owners, flags; without members, lines, models, targets, sites
  std::string weight_protection;
  std::vector<bool> may_lead;         ///< by party
  std::vector<std::string> supplies;  ///< by party; empty = never a member
  std::vector<Model> models;          ///< base models of offers, not shipped
  std::vector<CatalogueTarget> targets;
  std::vector<Need> needs;
  std::vector<Offer> offers;

  [[nodiscard]] const rules::Party& party(int place) const {
    return frame.base.parties[static_cast<std::size_t>(place)];
  }
  [[nodiscard]] const std::string& seat(int place) const {
    return frame.country_id(frame.parties[static_cast<std::size_t>(place)].seat);
  }
};

/// Texts of a folder's tables by file name.
///
/// errors    FIL-001, FIL-002, FIL-003
[[nodiscard]] Result<std::map<std::string, std::string>> read_catalogue_files(const std::filesystem::path& folder);

/// Checks everything and reports all problems.
///
/// errors    MOD-003 a table is missing; CSV-, TAB- and RUL- codes as of packages; TAB-006 units that are not whole;
///           TAB-004 hardware without a share, an assumed price without band or reason, another one without a source
[[nodiscard]] Result<Catalogue> load_catalogue(const std::map<std::string, std::string>& files,
                                               const rules::RuleBase& base);

/// Units taken of an offer.
struct Take {
  int offer = -1;
  std::int64_t units = 0;
};

/// The package that these takes make, led by `anchor`, for a target of the catalogue.
[[nodiscard]] Package assemble(const Catalogue& catalogue, const std::vector<Take>& takes, int anchor, int target);

}  // namespace pinchpoint::packages
