// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/world/world.hpp"

namespace pinchpoint::test_support {

/// Cells of one row by column name; columns left out are empty.
using Cells = std::map<std::string, std::string>;

/// A model folder as text in memory: what a test says of its world, written to a folder and read like any other.
///
/// Cells are written "id=ore; unit=t". The cell `figure` stands for the table's figure and its unit: "figure=10
/// t/year". A new text has one year (2025), no discounting, the layer `goods` and the organisation `firm`, which owns
/// and pays where nobody else is named.
class WorldText {
 public:
  WorldText();

  /// Dates as in model.toml; `step` is "year" or "quarter".
  WorldText& horizon(std::string_view start, std::string_view end, std::string_view step = "year");
  /// `capital` is "annuity" or "salvage".
  WorldText& money(double discount_rate, std::string_view capital = "annuity");
  /// Judges flows by the rule base that is part of the program, as of a day or "path".
  WorldText& rules(std::string_view as_of);
  WorldText& row(std::string_view table, std::string_view cells);
  /// Sets cells of the rows of a table that have all the cells of `where`; ensures that there is one.
  WorldText& change(std::string_view table, std::string_view where, std::string_view cells);
  /// Removes the rows of a table that have all the cells of `where`; ensures that there is one.
  WorldText& remove(std::string_view table, std::string_view where);

  // Short forms of row(); `more` is further cells.
  WorldText& regions(std::string_view ids);  ///< countries, separated by spaces
  WorldText& commodity(std::string_view id, std::string_view unit, std::string_view more = {});
  WorldText& commodity_figure(std::string_view id, std::string_view parameter, std::string_view figure,
                              std::string_view more = {});
  WorldText& technology(std::string_view id, std::string_view output, std::string_view capacity_unit);
  WorldText& technology_figure(std::string_view id, std::string_view parameter, std::string_view figure,
                               std::string_view more = {});
  WorldText& recipe(std::string_view technology, std::string_view role, std::string_view commodity,
                    std::string_view figure, std::string_view more = {});
  WorldText& facility(std::string_view technology, std::string_view region, std::string_view figure,
                      std::string_view more = {});
  WorldText& option(std::string_view technology, std::string_view region, std::string_view more = {});
  WorldText& stock(std::string_view commodity, std::string_view region, std::string_view parameter,
                   std::string_view figure, std::string_view more = {});
  WorldText& lane(std::string_view id, std::string_view commodity, std::string_view origin,
                  std::string_view destination, std::string_view more = {});
  WorldText& lane_figure(std::string_view id, std::string_view parameter, std::string_view figure,
                         std::string_view more = {});
  WorldText& measure(std::string_view id, std::string_view kind, std::string_view commodity,
                     std::string_view more = {});
  WorldText& programme(std::string_view id, std::string_view commodity, std::string_view region,
                       std::string_view demand, std::string_view value);
  WorldText& programme_figure(std::string_view id, std::string_view parameter, std::string_view figure,
                              std::string_view more = {});
  WorldText& budget(std::string_view figure, std::string_view more = {});

  void write(const std::filesystem::path& folder) const;

  std::map<std::string, std::string> horizon_keys, money_keys;  ///< model.toml, values as TOML
  std::map<std::string, std::string> rules_keys;                ///< of [rules]; empty = no such section
  std::map<std::string, std::vector<Cells>> tables;

 private:
  WorldText& row_with(std::string_view table, Cells cells, std::string_view more);
};

/// A folder below the system's temporary folder, removed with all it holds at the end of its scope.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A world with the tables it was made of.
struct ReadWorld {
  tables::ModelFolder folder;
  World world;
};

/// Reads and loads; throws with the rendered complaints if there are errors.
[[nodiscard]] ReadWorld read_world(const std::filesystem::path& folder);
[[nodiscard]] ReadWorld read_world(const WorldText& text);
[[nodiscard]] World world_of(const WorldText& text);
/// Complaints of reading or, if that has none, of loading.
[[nodiscard]] Diagnostics complaints_of(const WorldText& text);
/// Codes of complaints ("WLD-001"), in order.
[[nodiscard]] std::vector<std::string> codes_of(const Diagnostics& diagnostics);

}  // namespace pinchpoint::test_support
