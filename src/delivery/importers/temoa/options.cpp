// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/temoa/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <vector>

namespace pinchpoint::importers::temoa {

namespace {

namespace fs = std::filesystem;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

struct Value {
  std::string text;
  int line = 0;
};

/// A list may go on over several lines; comments in it are left out.
std::string whole_list(std::string text, std::ifstream& file, int& number) {
  std::string line;
  while (text.find(']') == std::string::npos && std::getline(file, line)) {
    ++number;
    text += trimmed(std::string_view(line).substr(0, line.find('#')));
  }
  return text;
}

/// `key = value` lines above the first section; quotes are taken off.
std::map<std::string, Value, std::less<>> read_keys(const fs::path& path) {
  std::map<std::string, Value, std::less<>> keys;
  std::ifstream file(path);
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::string_view text = trimmed(line);
    if (text.starts_with('[')) break;
    const std::size_t equals = text.find('=');
    if (text.starts_with('#') || equals == std::string_view::npos) continue;
    std::string_view value = trimmed(text.substr(equals + 1));
    const bool is_quoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'');
    if (is_quoted) {
      value = value.substr(1, value.find(value.front(), 1) - 1);
    } else {
      value = trimmed(value.substr(0, value.find('#')));
    }
    Value& found = keys[std::string(trimmed(text.substr(0, equals)))];
    found = {std::string(value), number};
    if (value.starts_with('[')) found.text = whole_list(found.text, file, number);
  }
  return keys;
}

/// "utopia" and "utopia_data" are the same model: Temoa's test data keep the rows of utopia.sqlite in utopia_data.sql.
std::string model_name(const fs::path& path) {
  std::string name = path.stem().string();
  constexpr std::string_view data = "_data";
  if (name.ends_with(data)) name.resize(name.size() - data.size());
  return name;
}

std::vector<fs::path> configurations_beside(const fs::path& database) {
  std::vector<fs::path> found;
  std::error_code error;
  const fs::path folder = database.has_parent_path() ? database.parent_path() : fs::path(".");
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("config") && name.ends_with(".toml")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class OptionsReader {
 public:
  OptionsReader(const fs::path& path, std::map<std::string, Value, std::less<>> keys, Diagnostics& problems)
      : file_(path.string()), keys_(std::move(keys)), problems_(problems) {}

  TemoaOptions read() {
    TemoaOptions options;
    options.file = file_;
    if (const Value* mode = find("scenario_mode");
        mode != nullptr && mode->text != "perfect_foresight" && mode->text != "check")
      refuse(*mode, fmt::format("scenario_mode '{}'", mode->text), "perfect_foresight");
    if (const Value* sequencing = find("time_sequencing")) {
      options.sequencing = sequencing->text;
      const bool is_known = options.sequencing == "seasonal_timeslices" ||
                            options.sequencing == "representative_periods" || options.sequencing == "consecutive_days";
      if (!is_known)
        refuse(*sequencing, fmt::format("time_sequencing '{}'", sequencing->text),
               "seasonal_timeslices, representative_periods or consecutive_days");
    }
    if (const Value* reserve = find("reserve_margin")) {
      options.reserve_is_dynamic = reserve->text == "dynamic";
      if (reserve->text != "static" && reserve->text != "dynamic")
        refuse(*reserve, fmt::format("reserve_margin '{}'", reserve->text), "static or dynamic");
    }
    if (const Value* extensions = find("extensions")) options.extensions = extensions->text;
    if (const Value* days = find("days_per_period")) {
      std::from_chars(days->text.data(), days->text.data() + days->text.size(), options.days_per_period);
      if (options.days_per_period <= 0)
        refuse(*days, fmt::format("days_per_period {}", days->text), "a number above 0");
    }
    return options;
  }

 private:
  [[nodiscard]] const Value* find(std::string_view key) const {
    const auto found = keys_.find(key);
    return found == keys_.end() ? nullptr : &found->second;
  }
  void refuse(const Value& value, std::string what, std::string expected) {
    problems_.add(Code::import_unsupported, {file_, value.line, 1, 0}, std::move(what)).expected = std::move(expected);
  }

  std::string file_;
  std::map<std::string, Value, std::less<>> keys_;
  Diagnostics& problems_;
};

}  // namespace

TemoaOptions read_options(const fs::path& database, Diagnostics& problems) {
  fs::path found;
  for (const fs::path& path : configurations_beside(database)) {
    const auto keys = read_keys(path);
    const auto input = keys.find("input_database");
    if (input == keys.end() || model_name(input->second.text) != model_name(database)) continue;
    // Of several runs of one model the one that can be expressed is meant.
    const auto mode = keys.find("scenario_mode");
    const bool is_plan = mode == keys.end() || mode->second.text == "perfect_foresight";
    if (found.empty() || is_plan) found = path;
    if (is_plan) break;
  }
  if (found.empty()) return {};
  return OptionsReader(found, read_keys(found), problems).read();
}

}  // namespace pinchpoint::importers::temoa
