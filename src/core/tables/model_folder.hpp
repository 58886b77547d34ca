// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/result.hpp"
#include "core/tables/table.hpp"
#include "core/timeline/timeline.hpp"
#include "core/units/units.hpp"

namespace pinchpoint::tables {

/// How the price of building is charged to a plan. docs/formulation/capital.md
enum class CapitalCharge { annuity, salvage, straight_line };

/// Section [rules] of model.toml: which rules of trade judge the flows, and as of which day.
struct RuleSettings {
  std::string base;   ///< folder of the rule base, readable as it stands; empty = the base that is part of the program
  std::string as_of;  ///< YYYY-MM-DD: rules after that day are not known; empty = every period by the rules of its time
  SourceSpan where, base_where, as_of_where;
};

/// model.toml, with what it inherits from the folders it extends.
struct ModelSettings {
  std::string name;
  std::string title;
  Date start;  ///< first day of the first period
  Date last;   ///< first day of the last period
  Step step = Step::quarter;
  std::vector<Date> periods;  ///< first days of uneven periods; empty = equal periods of one step
  Date end;                   ///< first day after the horizon
  std::string currency = "USD";
  int price_year = 2025;
  double discount_rate = 0;  ///< per year
  CapitalCharge capital = CapitalCharge::annuity;
  PaymentTime capital_paid = PaymentTime::middle;             ///< in each period of building
  PaymentTime running_paid = PaymentTime::middle;             ///< in each year of a period
  std::map<std::string, std::vector<std::string>> scenarios;  ///< name → patches in order
  std::vector<std::string> patches;                           ///< always applied
  std::map<std::string, std::string> extra_units;
  std::optional<RuleSettings> rules;  ///< empty = measures alone rule the flows
  SourceSpan horizon_where;
  bool is_horizon_moved = false;  ///< by the caller: start or end are not the folder's own
};

/// What the command line may say on top of the folder.
struct ReadOptions {
  std::vector<std::string> scenarios = {};      ///< stacked in this order, after the folder's own patches
  std::vector<std::string> patches = {};        ///< names of patches/NAME.csv, or paths of patch files
  std::optional<Step> step = {};                ///< overrides model.toml
  std::optional<Date> start = {}, last = {};    ///< override the horizon
  std::optional<std::string> rules_as_of = {};  ///< overrides [rules] as_of; "path" = every period by its own rules
  bool lenient = false;                         ///< unknown files and columns are warnings
  std::uintmax_t largest_file_bytes = (std::uintmax_t{1} << 31) - 1;  ///< larger files are refused; at most this
};

struct InputFile {
  std::string path;    ///< relative to the model folder asked for ("../../data/world/recipes.csv")
  std::string sha256;  ///< hex
  std::uintmax_t bytes = 0;
};

/// Tables that passed their schemas, references and patches. Everything later reads from here.
struct ModelFolder {
  std::filesystem::path path;
  ModelSettings settings;
  std::shared_ptr<const UnitSystem> units;
  std::map<std::string, Table> tables;  ///< every schema has an entry, empty if the folder has no such file
  std::vector<InputFile> inputs;        ///< sorted by path
  Diagnostics warnings;

  [[nodiscard]] const Table& table(std::string_view name) const { return tables.at(std::string(name)); }
};

/// Reads a folder and those it extends, applies patches, and checks everything a schema can say: columns, types,
/// ranges, keys, references, units of dimensions that need no other table (time, share, share/time). Reports all
/// problems.
[[nodiscard]] Result<ModelFolder> read_model_folder(const std::filesystem::path& folder,
                                                    const ReadOptions& options = {});

/// A folder that is read already, with the rows of files beside it in the place of its own rows of one table. Each path
/// is a CSV file of that table, or a folder with the table and `sources`, whose rows come on top of the folder's own.
/// `inputs` and `warnings` are those of the files alone.
///
/// errors    FIL-001 no such path, or a folder without the table; FIL-003 other tables; as read_model_folder for the
/// rest
[[nodiscard]] Result<ModelFolder> read_beside(const ModelFolder& folder, const std::string& table,
                                              const std::vector<std::filesystem::path>& paths);

/// True for a day of the calendar as YYYY-MM-DD, and for "path": what [rules] as_of may say.
[[nodiscard]] bool is_vintage(std::string_view text);

/// The units that settings and a table of deflators give.
[[nodiscard]] std::shared_ptr<const UnitSystem> make_unit_system(const ModelSettings& settings, const Table& deflators);

}  // namespace pinchpoint::tables
