// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pinchpoint {

/// A parsed unit of one UnitSystem. Cheap to copy.
class Unit {
 public:
  Unit() = default;
  [[nodiscard]] bool is_valid() const { return handle_ != nullptr; }
  [[nodiscard]] const std::string& text() const { return text_; }  ///< as the user wrote it, or derived

 private:
  friend class UnitSystem;
  std::shared_ptr<void> handle_;
  std::string text_;
};

/// Why a unit could not be read.
enum class UnitProblem { none, unknown, no_deflator };

/// UDUNITS-2 plus the trade's own units (wafer, die, stack, package, accelerator, rack, h100e, token, piece, person,
/// USD with price year …). Not thread-safe: it remembers what it was asked.
class UnitSystem {
 public:
  struct Settings {
    std::string currency = "USD";
    int price_year = 2025;
    std::map<int, double> deflators = {};           ///< price level by year; only ratios matter
    std::map<std::string, std::string> extra = {};  ///< name → definition, or "base" for a new base unit
  };
  explicit UnitSystem(const Settings& settings);
  ~UnitSystem();
  UnitSystem(UnitSystem&&) noexcept;
  UnitSystem& operator=(UnitSystem&&) noexcept;

  /// Reads "wafer/month", "USD2024/(MW.year)", "%", "1". Nothing if it cannot be read; `problem` then says why.
  [[nodiscard]] std::optional<Unit> parse(std::string_view text, UnitProblem* problem = nullptr) const;
  /// Factor by which a number in `from` is multiplied to be in `to`; nothing if dimensions differ or an offset is
  /// needed (degrees Celsius).
  [[nodiscard]] std::optional<double> factor(const Unit& from, const Unit& to) const;
  [[nodiscard]] Unit multiply(const Unit& left, const Unit& right) const;
  [[nodiscard]] Unit divide(const Unit& left, const Unit& right) const;
  /// "money per capacity"-like text for messages: the dimension in base units, e.g. "USD wafer-1 s".
  [[nodiscard]] std::string dimension(const Unit& unit) const;
  /// Nearest readable unit to a misspelt one, or empty.
  [[nodiscard]] std::string closest(std::string_view text) const;
  /// The trade's own units with a line of explanation each, for `pinchpoint schema units`.
  [[nodiscard]] static const std::vector<std::pair<std::string, std::string>>& trade_units();
  /// Definitions in [units] that could not be read: (name, definition).
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& bad_definitions() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pinchpoint
