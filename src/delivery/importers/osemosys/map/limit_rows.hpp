// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "delivery/importers/osemosys/map/mapping.hpp"

namespace pinchpoint::importers::osemosys {

/// The rows of one limit: its name, its terms, its values.
class LimitRows {
 public:
  struct Head {
    std::string id, name;
    std::string sense;  ///< at_most, at_least
    std::string per;    ///< slice, period, horizon
  };
  LimitRows(Mapping& mapping, const Head& head);

  /// `where` names what is measured: technology, commodity, region.
  void add_term(const std::string& what, const FolderText::Cells& where, const std::vector<double>& amounts,
                const std::string& unit = "1");
  /// By year; in years without a value there is no limit.
  void add_values(const std::vector<std::optional<double>>& values, const std::string& unit);
  /// Over the horizon.
  void add_value(double value, const std::string& unit);

 private:
  Mapping& mapping_;
  std::string id_;
};

}  // namespace pinchpoint::importers::osemosys
