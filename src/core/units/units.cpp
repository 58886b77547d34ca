// SPDX-License-Identifier: Apache-2.0
#include "core/units/units.hpp"

#include <udunits2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <unordered_map>

#include "core/base/diagnostic.hpp"
#include "core/base/ensure.hpp"
#include "core/units/trade_units.hpp"
#include "core/units/unit_database.hpp"

namespace pinchpoint {

using units_internal::trade_unit_table;
using units_internal::TradeUnit;
using units_internal::UnitDatabase;
using units_internal::UnitHandle;

namespace {

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }
bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_word_part(char letter) {
  return is_letter(letter) || is_digit(letter) || letter == '_' || static_cast<unsigned char>(letter) >= 0x80;
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char letter) { return static_cast<unsigned char>(letter) >= 0x80; });
}

/// The words of a unit text in order, with all between them: "USD/(MW.year)" is USD, MW and year.
std::string replace_words(std::string_view text, const std::function<std::string(std::string_view)>& replacement) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at])) {
      out += text[at++];
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word_part(text[end])) ++end;
    out += replacement(text.substr(at, end - at));
    at = end;
  }
  return out;
}

/// Name under which money of a price year is known to UDUNITS, which would read USD2024 as a power of USD.
std::string money_name(std::string_view currency, std::string_view year) {
  return std::string(currency) + std::string(year) + "y";
}

/// The word as UDUNITS reads it: its lexer takes " per" for a division even at the start of "person" or "percent",
/// but not " (per".
std::string undivided(std::string_view word) {
  const bool begins_with_per = word.size() > 3 && (word.starts_with("per") || word.starts_with("PER"));
  std::string text(word);
  if (begins_with_per) text.insert(0, 1, '(').push_back(')');
  return text;
}

/// What to write instead of a word that is refused; empty if the word is not.
std::string_view instead_of(std::string_view word) {
  for (const auto& refused : units_internal::refused_words) {
    if (refused.word == word) return refused.instead;
  }
  return {};
}

}  // namespace

struct UnitSystem::State {
  Settings settings;
  UnitDatabase database;
  std::vector<std::pair<std::string, std::string>> bad_definitions;
  struct Reading {
    std::optional<Unit> unit;
    UnitProblem problem = UnitProblem::none;
  };
  std::unordered_map<std::string, Reading> readings;
  // A model asks thousands of times for the same few.
  struct Pair {
    std::shared_ptr<void> left, right;  // held, so that no other unit takes their place
    bool operator==(const Pair&) const = default;
  };
  struct HashOfPair {
    std::size_t operator()(const Pair& pair) const {
      return std::hash<void*>()(pair.left.get()) * 31 + std::hash<void*>()(pair.right.get());
    }
  };
  std::unordered_map<Pair, Unit, HashOfPair> quotients;
  std::unordered_map<Pair, std::optional<double>, HashOfPair> factors;

  explicit State(const Settings& wanted);

  [[nodiscard]] UnitHandle new_base_unit(std::string_view word);
  [[nodiscard]] bool define(const std::string& name, std::string_view definition);
  void define_trade_units();
  void define_extra_units();
  [[nodiscard]] bool define_extra(const std::string& name, const std::string& definition);
  [[nodiscard]] std::optional<double> inflation(int year) const;
  [[nodiscard]] UnitProblem define_money_of_year(std::string_view year);
  [[nodiscard]] std::string name_money(std::string_view text, UnitProblem& problem);
  [[nodiscard]] Reading read(std::string_view text);
};

UnitSystem::State::State(const Settings& wanted) : settings(wanted) {
  define_trade_units();
  const bool is_money_new = define(settings.currency, units_internal::base_definition);
  define_extra_units();
  if (!is_money_new) bad_definitions.emplace_back(settings.currency, "base");
}

/// Null if the name has a meaning already.
UnitHandle UnitSystem::State::new_base_unit(std::string_view word) {
  const std::string name(word);
  UnitHandle unit = database.hold(ut_new_base_unit(database.system()));
  const bool is_mapped = unit && ut_map_name_to_unit(name.c_str(), UT_ASCII, unit.get()) == UT_SUCCESS &&
                         ut_map_unit_to_name(unit.get(), name.c_str(), UT_ASCII) == UT_SUCCESS &&
                         ut_map_unit_to_symbol(unit.get(), name.c_str(), UT_ASCII) == UT_SUCCESS;
  return is_mapped ? unit : nullptr;
}

bool UnitSystem::State::define(const std::string& name, std::string_view definition) {
  database.define_words_of(name);
  if (definition == units_internal::base_definition) return new_base_unit(name) != nullptr;
  const UnitHandle unit = database.parse(definition);
  return unit && ut_map_name_to_unit(name.c_str(), UT_ASCII, unit.get()) == UT_SUCCESS;
}

void UnitSystem::State::define_trade_units() {
  for (const std::string_view word : units_internal::replaced_readings) database.leave_out(word);
  std::vector<std::string_view> definitions;
  for (const TradeUnit& unit : trade_unit_table) {
    definitions.push_back(unit.definition);
    if (unit.definition != units_internal::base_definition) continue;
    // Base units are printed in the order in which they are made, so they do not wait for their first use.
    const UnitHandle made = new_base_unit(unit.name);
    ensure(made != nullptr, unit.name);
    ensure(unit.plural.empty() || ut_map_name_to_unit(unit.plural.data(), UT_ASCII, made.get()) == UT_SUCCESS,
           unit.plural);
  }
  database.add_words(std::move(definitions), units_internal::derived_trade_names,
                     units_internal::derived_trade_symbols);
}

bool UnitSystem::State::define_extra(const std::string& name, const std::string& definition) {
  const bool is_word = !name.empty() && is_letter(name.front()) && !is_digit(name.back()) &&
                       std::all_of(name.begin(), name.end(), is_word_part) && is_ascii(name);
  if (!is_word || database.parse(name)) return false;
  UnitProblem problem = UnitProblem::none;
  const std::string plain = name_money(definition, problem);
  return problem == UnitProblem::none && define(name, plain);
}

void UnitSystem::State::define_extra_units() {
  // Definitions may use one another in any order: repeat until a round defines nothing new.
  std::map<std::string, std::string> left = settings.extra;
  for (std::size_t before = left.size() + 1; left.size() < before;) {
    before = left.size();
    std::erase_if(left, [&](const auto& item) { return define_extra(item.first, item.second); });
  }
  bad_definitions.assign(left.begin(), left.end());
}

std::optional<double> UnitSystem::State::inflation(int year) const {
  if (year == settings.price_year) return 1.0;
  const auto then = settings.deflators.find(year);
  const auto now = settings.deflators.find(settings.price_year);
  if (then == settings.deflators.end() || now == settings.deflators.end()) return std::nullopt;
  const double ratio = now->second / then->second;
  return std::isfinite(ratio) && ratio > 0 ? std::optional(ratio) : std::nullopt;
}

UnitProblem UnitSystem::State::define_money_of_year(std::string_view year) {
  const std::string name = money_name(settings.currency, year);
  if (database.parse(name)) return UnitProblem::none;
  const auto ratio = inflation(std::stoi(std::string(year)));
  if (!ratio) return UnitProblem::no_deflator;
  const UnitHandle money = database.parse(settings.currency);
  const UnitHandle scaled = database.hold(ut_scale(*ratio, money.get()));
  ensure(scaled && ut_map_name_to_unit(name.c_str(), UT_ASCII, scaled.get()) == UT_SUCCESS, name);
  return UnitProblem::none;
}

std::string UnitSystem::State::name_money(std::string_view text, UnitProblem& problem) {
  return replace_words(text, [&](std::string_view word) {
    if (!instead_of(word).empty()) problem = UnitProblem::unknown;
    const std::size_t at = word.find(settings.currency);
    if (at == std::string_view::npos) return undivided(word);
    const std::string_view year = word.substr(at + settings.currency.size());
    const bool is_number = std::all_of(year.begin(), year.end(), is_digit);
    if (!is_number || year.size() < 2) return std::string(word);  // USD, or a power of it
    const UnitProblem found = year.size() == 4 ? define_money_of_year(year) : UnitProblem::unknown;
    if (problem == UnitProblem::none) problem = found;
    return std::string(word.substr(0, at)) + money_name(settings.currency, year);
  });
}

UnitSystem::State::Reading UnitSystem::State::read(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {std::nullopt, UnitProblem::unknown};
  const std::string_view trimmed = text.substr(begin, text.find_last_not_of(' ') - begin + 1);
  // The parser of UDUNITS recurses; no unit of use is longer than this.
  constexpr std::size_t longest = 200;
  if (trimmed.size() > longest) return {std::nullopt, UnitProblem::unknown};
  UnitProblem problem = UnitProblem::none;
  const std::string plain = name_money(trimmed, problem);
  if (problem != UnitProblem::none) return {std::nullopt, problem};
  const UnitHandle handle = database.parse(plain);
  if (!handle) return {std::nullopt, UnitProblem::unknown};
  Unit unit;
  unit.handle_ = handle;
  unit.text_ = trimmed;
  return {std::move(unit), UnitProblem::none};
}

UnitSystem::UnitSystem(const Settings& settings) : state_(std::make_unique<State>(settings)) {}
UnitSystem::~UnitSystem() = default;
UnitSystem::UnitSystem(UnitSystem&&) noexcept = default;
UnitSystem& UnitSystem::operator=(UnitSystem&&) noexcept = default;

std::optional<Unit> UnitSystem::parse(std::string_view text, UnitProblem* problem) const {
  const std::string key(text);
  auto found = state_->readings.find(key);
  if (found == state_->readings.end()) found = state_->readings.emplace(key, state_->read(text)).first;
  if (problem != nullptr) *problem = found->second.problem;
  return found->second.unit;
}

namespace {

const ut_unit* raw(const std::shared_ptr<void>& handle) { return static_cast<const ut_unit*>(handle.get()); }

/// Factor of a converter that is a mere factor; offsets, logarithms and reciprocals (s to Hz) are none.
std::optional<double> plain_factor(const cv_converter* converter) {
  const double factor = cv_convert_double(converter, 1.0);
  const bool is_linear = cv_convert_double(converter, 0.0) == 0.0 &&
                         std::abs(cv_convert_double(converter, 2.0) - 2 * factor) <= 1e-12 * std::abs(factor);
  return is_linear && std::isfinite(factor) && factor > 0 ? std::optional(factor) : std::nullopt;
}

std::optional<double> factor_between(const ut_unit* from, const ut_unit* to) {
  auto* const left = const_cast<ut_unit*>(from);
  auto* const right = const_cast<ut_unit*>(to);
  if (ut_are_convertible(left, right) == 0) return std::nullopt;
  const std::unique_ptr<cv_converter, void (*)(cv_converter*)> converter(ut_get_converter(left, right), cv_free);
  return converter ? plain_factor(converter.get()) : std::nullopt;
}

}  // namespace

std::optional<double> UnitSystem::factor(const Unit& from, const Unit& to) const {
  ensure(from.is_valid() && to.is_valid(), "factor() needs two units");
  const auto [place, is_new] = state_->factors.try_emplace({from.handle_, to.handle_});
  if (is_new) place->second = factor_between(raw(from.handle_), raw(to.handle_));
  return place->second;
}

Unit UnitSystem::multiply(const Unit& left, const Unit& right) const {
  ensure(left.is_valid() && right.is_valid(), "multiply() needs two units");
  Unit product;
  if (ut_unit* const unit = ut_multiply(raw(left.handle_), raw(right.handle_)))
    product.handle_ = state_->database.hold(unit);
  product.text_ = left.text_ + "." + right.text_;
  return product;
}

Unit UnitSystem::divide(const Unit& left, const Unit& right) const {
  ensure(left.is_valid() && right.is_valid(), "divide() needs two units");
  const auto [place, is_new] = state_->quotients.try_emplace({left.handle_, right.handle_});
  Unit& quotient = place->second;
  if (!is_new) return quotient;
  if (ut_unit* const unit = ut_divide(raw(left.handle_), raw(right.handle_)))
    quotient.handle_ = state_->database.hold(unit);
  const bool is_product = right.text_.find_first_of("./ *") != std::string::npos;
  quotient.text_ = is_product ? left.text_ + "/(" + right.text_ + ")" : left.text_ + "/" + right.text_;
  return quotient;
}

namespace {

/// "1000 s-1.wafer" as "wafer s-1": without the factor, and what is divided by last.
std::string powers_in_order(std::string_view definition) {
  std::string above;
  std::string below;
  for (std::size_t at = 0; at < definition.size();) {
    const std::size_t end = std::min(definition.find_first_of(" .", at), definition.size());
    const std::string_view power = definition.substr(at, end - at);
    // A factor such as 3.8e-07 begins with a digit, and so does what follows its point.
    if (!power.empty() && is_letter(power.front()))
      (power.find('-') == power.npos ? above : below).append(power) += ' ';
    at = end + 1;
  }
  std::string out = above + below;
  if (out.empty()) return "1";
  out.pop_back();
  return out;
}

}  // namespace

std::string UnitSystem::dimension(const Unit& unit) const {
  ensure(unit.is_valid(), "dimension() needs a unit");
  std::array<char, 512> text{};
  if (ut_format(raw(unit.handle_), text.data(), text.size() - 1, UT_ASCII | UT_DEFINITION) < 0) return unit.text();
  return powers_in_order(text.data());
}

namespace {

std::vector<std::string> names_to_suggest(const UnitSystem::Settings& settings) {
  std::vector<std::string> names{settings.currency};
  for (const TradeUnit& unit : trade_unit_table) {
    names.emplace_back(unit.name);
    if (!unit.plural.empty()) names.emplace_back(unit.plural);
  }
  names.insert(names.end(), units_internal::common_units.begin(), units_internal::common_units.end());
  for (const auto& [name, definition] : settings.extra) names.push_back(name);
  return names;
}

}  // namespace

std::string UnitSystem::closest(std::string_view text) const {
  const std::vector<std::string> names = names_to_suggest(state_->settings);
  const std::string near = replace_words(text, [&](std::string_view word) {
    if (const std::string_view instead = instead_of(word); !instead.empty()) return std::string(instead);
    return parse(word) ? std::string(word) : closest_name(word, names);
  });
  return near != text && parse(near) ? near : std::string();
}

const std::vector<std::pair<std::string, std::string>>& UnitSystem::trade_units() {
  static const auto units = [] {
    std::vector<std::pair<std::string, std::string>> list;
    for (const TradeUnit& unit : trade_unit_table) list.emplace_back(unit.name, unit.about);
    list.emplace_back("USD", "money of the model's price year, in the model's currency");
    list.emplace_back("USD2024", "money of price year 2024, by the table deflators");
    return list;
  }();
  return units;
}

const std::vector<std::pair<std::string, std::string>>& UnitSystem::bad_definitions() const {
  return state_->bad_definitions;
}

}  // namespace pinchpoint
