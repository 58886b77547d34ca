// SPDX-License-Identifier: Apache-2.0
#include "support/smps/smps_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

#include "optim/model/text_lines.hpp"
#include "support/smps/smps_core.hpp"
#include "support/smps/smps_parts.hpp"

namespace pinchpoint::test_support {

namespace {

using optim::DataChange;
using optim::StagedProgram;
using What = DataChange::What;
using Words = std::vector<std::string>;

// More scenarios than this are not multiplied out.
constexpr double most_nodes = 1e6;

/// A file of sections and lines of words, and what is wrong with it.
class SectionedFile {
 public:
  SectionedFile(const std::string& path, Diagnostics& diagnostics)
      : path_(path), lines_(path), diagnostics_(diagnostics) {
    if (!lines_.is_open()) complain(Code::file_unreadable, "the file cannot be opened");
  }

  /// Calls header(words) and data(words) until ENDATA.
  template <class Header, class Data>
  void read(const Header& header, const Data& data) {
    std::string line;
    bool has_end = false;
    while (!has_end && lines_.is_open() && lines_.next(line)) {
      const Words words = words_of(line);
      if (words.empty()) continue;
      const bool is_header = line.front() != ' ' && line.front() != '\t';
      has_end = is_header && words[0] == "ENDATA";
      if (is_header && !has_end) header(words);
      if (!is_header) data(words);
    }
    has_end_ = has_end || !lines_.is_open();
  }

  void check_end() {
    if (!has_end_) complain(Code::file_unreadable, "the file ends without ENDATA");
  }
  [[nodiscard]] bool has_end() const { return has_end_; }

  void complain(Code code, const std::string& message) {
    diagnostics_.add(code, SourceSpan{path_, lines_.line_number(), 0, 0}, message);
  }

  double number(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char letter) { return letter == 'D' || letter == 'd'; }, 'e');
    std::string_view digits = text;
    if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc() && end == digits.data() + digits.size() && std::isfinite(value)) return value;
    complain(Code::bad_number, "no number: " + text);
    return 0;
  }

 private:
  std::string path_;
  optim::TextLines lines_;
  Diagnostics& diagnostics_;
  bool has_end_ = false;
};

/// Periods, and which rows and columns belong to them.
class TimeReader {
 public:
  TimeReader(const std::string& path, const SmpsCore& core, Diagnostics& diagnostics)
      : core_(core), file_(path, diagnostics) {}

  std::map<std::string, std::int32_t> read(StagedProgram& program) {
    file_.read([this](const Words& words) { take_header(words); }, [this](const Words& words) { take_data(words); });
    file_.check_end();
    program.stages = std::max<std::int32_t>(1, static_cast<std::int32_t>(periods_.size()));
    program.row_stage = rows_;
    program.column_stage = columns_;
    program.row_stage.resize(core_.rows.size(), 0);
    program.column_stage.resize(core_.columns.size(), 0);
    if (!is_explicit_) spread(program);
    return periods_;
  }

 private:
  void take_header(const Words& words) {
    section_ = words[0];
    if (section_ == "PERIODS") is_explicit_ = words.size() > 1 && words[1] == "EXPLICIT";
    if (section_ != "TIME" && section_ != "NAME" && section_ != "PERIODS" && section_ != "ROWS" &&
        section_ != "COLUMNS")
      file_.complain(Code::file_unreadable, "no section of a time file: " + section_);
  }

  void take_data(const Words& words) {
    if (section_ == "ROWS" || section_ == "COLUMNS") return take_member(words);
    if (is_explicit_) {
      period_named(words[0]);
      return;
    }
    if (words.size() < 3) return file_.complain(Code::file_unreadable, "a period needs a column, a row and a name");
    period_named(words[2]);
    begin_column_.push_back(find(core_.columns, words[0], "column"));
    begin_row_.push_back(words[1] == core_.objective ? 0 : find(core_.rows, words[1], "row"));
  }

  void take_member(const Words& words) {
    if (words.size() < 2) return file_.complain(Code::file_unreadable, "a name needs its period");
    const bool is_row = section_ == "ROWS";
    if (is_row && words[0] == core_.objective) return;
    const std::int32_t at = find(is_row ? core_.rows : core_.columns, words[0], is_row ? "row" : "column");
    std::vector<std::int32_t>& stages = is_row ? rows_ : columns_;
    stages.resize(is_row ? core_.rows.size() : core_.columns.size(), 0);
    if (at >= 0) stages[static_cast<std::size_t>(at)] = period_named(words[1]);
  }

  std::int32_t period_named(const std::string& name) {
    return periods_.emplace(name, static_cast<std::int32_t>(periods_.size())).first->second;
  }

  std::int32_t find(const std::unordered_map<std::string, std::int32_t>& names, const std::string& name,
                    const std::string& kind) {
    const auto found = names.find(name);
    if (found != names.end()) return found->second;
    file_.complain(Code::unknown_name, "no such " + kind + ": " + name);
    return -1;
  }

  /// A row or column belongs to the last period that begins at or before it.
  void spread(StagedProgram& program) const {
    for (std::size_t period = 0; period < begin_row_.size(); ++period) {
      const auto stage = static_cast<std::int32_t>(period);
      const auto mark = [stage](std::vector<std::int32_t>& stages, std::int32_t begin) {
        if (begin >= 0) std::fill(stages.begin() + begin, stages.end(), stage);
      };
      mark(program.row_stage, begin_row_[period]);
      mark(program.column_stage, begin_column_[period]);
    }
  }

  const SmpsCore& core_;
  SectionedFile file_;
  std::string section_;
  bool is_explicit_ = false;
  std::map<std::string, std::int32_t> periods_;
  std::vector<std::int32_t> rows_, columns_, begin_row_, begin_column_;
};

class StochReader {
 public:
  StochReader(const std::string& path, const SmpsCore& core, const StagedProgram& program,
              const std::map<std::string, std::int32_t>& periods, Diagnostics& diagnostics)
      : core_(core), program_(program), periods_(periods), file_(path, diagnostics) {}

  void read() {
    file_.read([this](const Words& words) { take_header(words); }, [this](const Words& words) { take_data(words); });
    if (!is_whole()) file_.check_end();
    if (!file_.has_end()) note_ = "the stoch file ends without ENDATA; its scenarios are taken to be all there";
    if (!parts_.empty() && !scenarios_.empty())
      file_.complain(Code::file_unreadable, "SCENARIOS beside INDEP or BLOCKS: what they mean together is not defined");
    double nodes = 1;
    for (const SmpsPart& part : parts_) nodes *= static_cast<double>(part.realisations.size());
    if (nodes > most_nodes) file_.complain(Code::file_unreadable, "more than a million scenarios when multiplied out");
  }

  std::vector<SmpsPart> parts_;
  std::vector<SmpsScenario> scenarios_;
  std::string note_;

 private:
  /// Scenarios whose probabilities add up to 1 are all there, ENDATA or not.
  [[nodiscard]] bool is_whole() const {
    double sum = 0;
    for (const SmpsScenario& scenario : scenarios_) sum += scenario.probability;
    return std::abs(sum - 1) <= 1e-6;
  }

  void take_header(const Words& words) {
    section_ = words[0];
    mode_ = SmpsMode::replace;
    static const std::map<std::string, SmpsMode> modes = {
        {"REPLACE", SmpsMode::replace}, {"ADD", SmpsMode::add}, {"MULTIPLY", SmpsMode::multiply}};
    is_refused_ = section_ != "INDEP" && section_ != "BLOCKS" && section_ != "SCENARIOS";
    if (section_ == "STOCH" || section_ == "NAME") return;
    if (is_refused_)
      return file_.complain(Code::file_unreadable, "no section of a stoch file that can be read: " + section_);
    for (std::size_t at = 1; at < words.size(); ++at) {
      const auto mode = modes.find(words[at]);
      if (mode != modes.end()) {
        mode_ = mode->second;
      } else if (words[at] != "DISCRETE") {
        file_.complain(Code::file_unreadable, "only discrete distributions can be read, not " + words[at]);
      }
    }
  }

  void take_data(const Words& words) {
    if (section_ == "INDEP") return take_independent(words);
    if (section_ == "BLOCKS") return words[0] == "BL" ? begin_block(words) : take_block(words);
    if (section_ == "SCENARIOS")
      return words[0] == "SC" ? begin_scenario(words) : take_pairs(words, scenario_changes());
    if (!is_refused_ || section_ == "STOCH" || section_ == "NAME")
      file_.complain(Code::file_unreadable, "a line of data before any section");
  }

  void take_independent(const Words& words) {
    const std::size_t names = is_bound(words) ? 3 : 2;
    if (words.size() != names + 2 && words.size() != names + 3)
      return file_.complain(Code::file_unreadable, "a random number needs two names, a value and a probability");
    SmpsPart::Realisation realisation{file_.number(words.back()), {}};
    Words element(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(names + 1));
    take_pairs(element, &realisation.changes);
    if (realisation.changes.empty()) return;
    std::string key;
    for (std::size_t at = 0; at < names; ++at) key += words[at] + " ";
    const auto [found, is_new] = independent_.emplace(key, parts_.size());
    const bool has_period = words.size() == names + 3;
    if (is_new) {
      const std::int32_t own = stage_of(program_, realisation.changes.front());
      parts_.push_back({has_period ? stage_named(words[names + 1]) : own, {}});
      check_stage(parts_.back().stage);
    }
    check_known(parts_[found->second].stage, realisation.changes);
    parts_[found->second].realisations.push_back(std::move(realisation));
  }

  void begin_block(const Words& words) {
    if (words.size() != 4)
      return file_.complain(Code::file_unreadable, "a block needs BL, a name, a period and a probability");
    const auto [found, is_new] = blocks_.emplace(words[1], parts_.size());
    if (is_new) {
      parts_.push_back({stage_named(words[2]), {}});
      check_stage(parts_.back().stage);
    }
    block_ = found->second;
    // What this realisation does not say is as in the first one.
    std::vector<DataChange> inherited;
    if (!is_new) inherited = parts_[block_].realisations.front().changes;
    parts_[block_].realisations.push_back({file_.number(words[3]), std::move(inherited)});
    has_block_ = true;
  }

  std::vector<DataChange>* block_changes() {
    return has_block_ ? &parts_[block_].realisations.back().changes : nullptr;
  }

  void take_block(const Words& words) {
    take_pairs(words, block_changes());
    if (has_block_) check_known(parts_[block_].stage, parts_[block_].realisations.back().changes);
  }

  void begin_scenario(const Words& words) {
    if (words.size() != 5)
      return file_.complain(Code::file_unreadable,
                            "a scenario needs SC, a name, its parent, a probability and a period");
    SmpsScenario scenario{words[1], -1, stage_named(words[4]), file_.number(words[3]), {}};
    if (words[2] != "ROOT" && words[2] != "'ROOT'") {
      const auto parent = std::find_if(scenarios_.begin(), scenarios_.end(),
                                       [&](const SmpsScenario& earlier) { return earlier.name == words[2]; });
      if (parent == scenarios_.end())
        return file_.complain(Code::unknown_name, "no such scenario before this one: " + words[2]);
      scenario.parent = static_cast<std::int32_t>(parent - scenarios_.begin());
      scenario.changes = parent->changes;
    }
    scenarios_.push_back(std::move(scenario));
  }

  std::vector<DataChange>* scenario_changes() { return scenarios_.empty() ? nullptr : &scenarios_.back().changes; }

  /// column row value [row value], or kind set column value for a bound
  void take_pairs(const Words& words, std::vector<DataChange>* into) {
    if (into == nullptr) return file_.complain(Code::file_unreadable, "numbers before anything they belong to");
    if (is_bound(words)) return take_bound(words, *into);
    if (words.size() != 3 && words.size() != 5)
      return file_.complain(Code::file_unreadable, "a number needs two names and a value");
    for (std::size_t at = 1; at + 1 < words.size(); at += 2)
      take_number(words[0], words[at], file_.number(words[at + 1]), *into);
  }

  [[nodiscard]] bool is_bound(const Words& words) const {
    static const std::vector<std::string> kinds = {"UP", "LO", "FX", "FR", "MI", "PL", "BV", "UI", "LI"};
    return std::find(kinds.begin(), kinds.end(), words[0]) != kinds.end() && core_.columns.count(words[0]) == 0;
  }

  void take_bound(const Words& words, std::vector<DataChange>& into) {
    if (words.size() != 4 || (words[0] != "UP" && words[0] != "LO" && words[0] != "FX"))
      return file_.complain(Code::file_unreadable, "a random bound is UP, LO or FX with a set, a column and a value");
    const auto column = core_.columns.find(words[2]);
    if (column == core_.columns.end()) return file_.complain(Code::unknown_name, "no such column: " + words[2]);
    const auto at = static_cast<std::size_t>(column->second);
    const double value = file_.number(words[3]);
    if (words[0] != "UP") into.push_back({What::column_lower, -1, column->second, meant(core_.model.lower[at], value)});
    if (words[0] != "LO") into.push_back({What::column_upper, -1, column->second, meant(core_.model.upper[at], value)});
  }

  void take_number(const std::string& name, const std::string& row_name, double value, std::vector<DataChange>& into) {
    const auto column = core_.columns.find(name);
    const bool is_side = column == core_.columns.end();
    if (is_side && core_.side_sets.count(name) == 0)
      return file_.complain(Code::unknown_name, "no such column, and no right-hand side: " + name);
    const std::int32_t place = is_side ? -1 : column->second;
    if (row_name == core_.objective) {
      const double core =
          is_side ? -core_.sign * core_.model.offset : core_.sign * core_.model.cost[static_cast<std::size_t>(place)];
      const double meant_value = core_.sign * meant(core, value);
      into.push_back({is_side ? What::offset : What::cost, -1, place, is_side ? -meant_value : meant_value});
      return;
    }
    const auto row = core_.rows.find(row_name);
    if (row != core_.rows.end())
      return is_side ? take_side(row->second, value, into) : take_entry(row->second, place, value, into);
    if (std::find(core_.unused.begin(), core_.unused.end(), row_name) == core_.unused.end())
      file_.complain(Code::unknown_name, "no such row: " + row_name);
  }

  void take_entry(std::int32_t row, std::int32_t column, double value, std::vector<DataChange>& into) {
    double core = 0;
    const optim::SparseMatrix& matrix = core_.model.matrix;
    const auto begin = static_cast<std::size_t>(matrix.start[static_cast<std::size_t>(column)]);
    const auto end = static_cast<std::size_t>(matrix.start[static_cast<std::size_t>(column) + 1]);
    for (std::size_t at = begin; at < end; ++at) {
      if (matrix.row[at] == row) core = matrix.value[at];
    }
    into.push_back({What::entry, row, column, meant(core, value)});
  }

  /// The side of the row's letter; the other side of a range keeps its distance.
  void take_side(std::int32_t row, double value, std::vector<DataChange>& into) {
    const auto at = static_cast<std::size_t>(row);
    const double lower = core_.model.row_lower[at];
    const double upper = core_.model.row_upper[at];
    const bool is_upper = core_.letters[at] == 'L';
    const double side = meant(is_upper ? upper : lower, value);
    if (std::isfinite(lower)) into.push_back({What::row_lower, row, -1, is_upper ? side - (upper - lower) : side});
    if (std::isfinite(upper)) into.push_back({What::row_upper, row, -1, is_upper ? side : side + (upper - lower)});
  }

  [[nodiscard]] double meant(double core, double value) const {
    if (mode_ == SmpsMode::add) return core + value;
    return mode_ == SmpsMode::multiply ? core * value : value;
  }

  std::int32_t stage_named(const std::string& name) {
    const auto found = periods_.find(name);
    if (found != periods_.end()) return found->second;
    file_.complain(Code::unknown_name, "no such period: " + name);
    return 1;
  }

  /// What falls out in a period cannot change what was decided on before.
  void check_known(std::int32_t stage, const std::vector<DataChange>& changes) {
    if (stage == 0 || changes.empty() || stage_of(program_, changes.back()) >= stage) return;
    file_.complain(Code::file_unreadable, "a number of an earlier period than the one in which it becomes known");
  }

  void check_stage(std::int32_t stage) {
    if (stage == 0) file_.complain(Code::file_unreadable, "data of the first period cannot be random");
  }

  const SmpsCore& core_;
  const StagedProgram& program_;
  const std::map<std::string, std::int32_t>& periods_;
  SectionedFile file_;
  std::string section_;
  SmpsMode mode_ = SmpsMode::replace;
  std::map<std::string, std::size_t> independent_, blocks_;
  std::size_t block_ = 0;
  bool is_refused_ = false;
  bool has_block_ = false;
};

/// An entry's row must not be decided before its column is.
void check_order(const StagedProgram& program, const std::string& time, Diagnostics& diagnostics) {
  const optim::SparseMatrix& matrix = program.core.matrix;
  for (std::size_t column = 0; column < program.column_stage.size(); ++column) {
    for (auto at = matrix.start[column]; at < matrix.start[column + 1]; ++at) {
      const auto row = static_cast<std::size_t>(matrix.row[static_cast<std::size_t>(at)]);
      if (program.row_stage[row] >= program.column_stage[column]) continue;
      diagnostics.add(Code::file_unreadable, SourceSpan{time, 1, 0, 0},
                      "row " + program.core.row_name(optim::RowId(static_cast<std::int32_t>(row))) +
                          " has a column of a later period; is the core in the order of periods?");
      return;
    }
  }
}

std::optional<std::string> file_with(const std::string& stem, const std::vector<std::string>& endings) {
  for (const std::string& ending : endings) {
    for (const char* packed : {"", ".gz"}) {
      if (std::filesystem::exists(stem + ending + packed)) return stem + ending + packed;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<SmpsProgram> read_smps(const std::string& core_path, const std::string& time, const std::string& stoch,
                              Probabilities probabilities) {
  Result<SmpsCore> core = read_smps_core(core_path);
  if (!core.has_value()) return core.error();
  SmpsProgram smps;
  smps.program.core = core.value().model;
  Diagnostics diagnostics{50};
  const std::map<std::string, std::int32_t> periods = TimeReader(time, core.value(), diagnostics).read(smps.program);
  if (diagnostics.has_errors()) return diagnostics;
  check_order(smps.program, time, diagnostics);
  StochReader reader(stoch, core.value(), smps.program, periods, diagnostics);
  reader.read();
  if (diagnostics.has_errors()) return diagnostics;
  TreeNotes notes;
  notes.keeps_probabilities = probabilities == Probabilities::as_written;
  if (!reader.note_.empty()) notes.notes.push_back(reader.note_);
  if (reader.scenarios_.empty()) {
    grow_tree(smps.program, std::move(reader.parts_), notes);
  } else {
    grow_tree(smps.program, std::move(reader.scenarios_), notes);
  }
  for (const std::string& error : notes.errors)
    diagnostics.add(Code::file_unreadable, SourceSpan{stoch, 1, 0, 0}, error);
  if (diagnostics.has_errors()) return diagnostics;
  smps.notes = std::move(notes.notes);
  return smps;
}

Result<SmpsProgram> read_smps(const std::string& stem, Probabilities probabilities) {
  const auto core = file_with(stem, {".cor", ".core", ".mps"});
  const auto time = file_with(stem, {".tim", ".time"});
  const auto stoch = file_with(stem, {".sto", ".stoch"});
  if (core && time && stoch) return read_smps(*core, *time, *stoch, probabilities);
  Diagnostics diagnostics;
  diagnostics.add(Code::file_unreadable, SourceSpan{stem, 0, 0, 0}, "no .cor, .tim and .sto file of this name");
  return diagnostics;
}

}  // namespace pinchpoint::test_support
