// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/source_span.hpp"

namespace pinchpoint::importers::osemosys {

/// A place in one of the files read.
struct Place {
  std::int32_t file = -1, line = 0, column = 0, length = 0;
};

/// Sets and parameters as they stand in the foreign text, before names are looked up. Texts live as long as the model.
struct RawModel {
  struct Member {
    std::string_view text;
    Place place;
  };
  struct Value {
    double number = 0;
    Place place;
  };
  struct Parameter {
    std::optional<Value> default_value;
    std::vector<std::string_view> keys;  ///< of the values, one after the other, in the order of the specification
    std::vector<Value> values;
    std::size_t key_count = 0;  ///< a value
  };

  std::deque<std::string> texts;
  std::vector<std::string> files;
  std::map<std::string, std::vector<Member>, std::less<>> sets;
  std::map<std::string, Parameter, std::less<>> parameters;
  bool is_lenient = false;  ///< unknown parameters are left out
  bool is_muio = false;     ///< names the set COMMODITY, as MUIO does
  /// Modes that a technology may run in, where the data say so (MODEperTECHNOLOGY); no rows = any.
  std::map<std::string, std::vector<Member>, std::less<>> modes;
  /// MUIO's sets STORAGEINTRADAY and STORAGEINTRAYEAR, with or without members.
  std::map<std::string, std::vector<Member>, std::less<>> storage_rules;

  std::int32_t add_file(std::string name) {
    files.push_back(std::move(name));
    return static_cast<std::int32_t>(files.size()) - 1;
  }
  /// Keeps a text; views into it stay valid.
  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
  [[nodiscard]] SourceSpan where(const Place& place) const {
    return {place.file < 0 ? std::string() : files.at(static_cast<std::size_t>(place.file)), place.line, place.column,
            place.length};
  }
};

/// A number as GNU MathProg and CSV write it; a leading plus sign is taken. Nothing for anything else.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

}  // namespace pinchpoint::importers::osemosys
