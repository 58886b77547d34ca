// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

union ut_unit;
struct ut_system;

namespace pinchpoint::units_internal {

// The unit database of UDUNITS-2 as tables, made by tools/embed_units.py when the library is built.

struct DatabasePrefix {
  const char* text;
  double value;
  bool is_symbol;
};
struct DatabaseUnit {
  std::string_view definition;  ///< "base" or "dimensionless" = a unit of its own
  std::string_view symbol;      ///< what such a unit is printed as; empty for all others
};
/// A name (lower case; it is read in any case) or a symbol (read as written), and the place of its unit.
struct DatabaseWord {
  std::string_view word;
  std::size_t unit;
};
extern const std::span<const DatabasePrefix> database_prefixes;
extern const std::span<const DatabaseUnit> database_units;
extern const std::span<const DatabaseWord> database_names;    ///< sorted by bytes
extern const std::span<const DatabaseWord> database_symbols;  ///< sorted by bytes

using UnitHandle = std::shared_ptr<ut_unit>;

/// A system of units of UDUNITS-2 that reads texts as if its whole database were loaded, and defines only the words
/// that a text uses: a small plan takes less time than the database.
class UnitDatabase {
 public:
  UnitDatabase();

  [[nodiscard]] ut_system* system() const { return system_.get(); }
  /// Owner of a unit of this system; null stays null. The system lives as long as its units.
  [[nodiscard]] UnitHandle hold(ut_unit* unit) const;
  /// Null if the text cannot be read.
  [[nodiscard]] UnitHandle parse(std::string_view text);
  /// Gives the words of a text their meaning, so that nothing else can take it; parse() does so by itself.
  void define_words_of(std::string_view text);
  /// Defines words besides those of the database, when a text first uses one: units by definition, names (lower case)
  /// and symbols by place among them, sorted by bytes. Requires that none is a word of the database that is not left
  /// out.
  void add_words(std::vector<std::string_view> definitions, std::span<const DatabaseWord> names,
                 std::span<const DatabaseWord> symbols);
  /// Leaves a name (in any case) and a symbol without meaning. Requires that no text has used the word.
  void leave_out(std::string_view word);

 private:
  /// Names or symbols, and which of them need not be defined any more.
  struct Words {
    explicit Words(std::span<const DatabaseWord> words);
    /// Place of a word in the table.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view word) const;
    std::span<const DatabaseWord> table;
    std::vector<bool> is_done;
    std::array<std::uint16_t, 257> begin{};  ///< by first byte: the first word that begins with it or a later one
  };
  /// Units, made when they are first used, and their words.
  struct Vocabulary {
    std::vector<std::string_view> definitions;
    std::vector<UnitHandle> units;  ///< null = not used yet
    Words names;
    Words symbols;
  };

  void define_word(bool is_symbol, std::string_view word);
  [[nodiscard]] const UnitHandle& unit_at(Vocabulary& vocabulary, std::size_t place);

  std::shared_ptr<ut_system> system_;
  Vocabulary of_udunits_;
  Vocabulary added_;  ///< goes before
};

}  // namespace pinchpoint::units_internal
