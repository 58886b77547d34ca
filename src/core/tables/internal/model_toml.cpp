// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/model_toml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <set>

#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/toml.hpp"

namespace pinchpoint::tables::internal {

namespace {

class ModelTomlReader {
 public:
  ModelTomlReader(std::string file, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    keys_.file = std::move(file);
  }

  ModelKeys read(std::string_view text) {
    const toml::parse_result parsed = toml::parse(text);
    if (parsed.failed()) {
      const auto& error = parsed.error();
      std::string message(error.description());
      if (message.starts_with("Error")) message.front() = 'e';
      diagnostics_.add(Code::bad_toml, span(error.source(), 1), std::move(message));
      return std::move(keys_);
    }
    read_section(parsed.table(), "",
                 {{"name", [&](const toml::node& node) { keys_.name = text_of(node, "name"); }},
                  {"title", [&](const toml::node& node) { keys_.title = text_of(node, "title"); }},
                  {"extends", [&](const toml::node& node) { keys_.extends = text_of(node, "extends"); }},
                  {"patches", [&](const toml::node& node) { keys_.patches = names_of(node, "patches"); }},
                  {"horizon", [&](const toml::node& node) { read_horizon(node); }},
                  {"money", [&](const toml::node& node) { read_money(node); }},
                  {"rules", [&](const toml::node& node) { read_rules(node); }},
                  {"scenarios", [&](const toml::node& node) { read_scenarios(node); }},
                  {"units", [&](const toml::node& node) { read_units(node); }}});
    return std::move(keys_);
  }

 private:
  using Handlers = std::map<std::string, std::function<void(const toml::node&)>>;

  [[nodiscard]] SourceSpan span(const toml::source_region& region, std::size_t length) const {
    return {keys_.file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column),
            static_cast<int>(length)};
  }
  [[nodiscard]] SourceSpan span(const toml::node& node) const {
    const bool is_on_one_line = node.source().begin.line == node.source().end.line;
    return span(node.source(), is_on_one_line ? node.source().end.column - node.source().begin.column : 1);
  }

  void read_section(const toml::table& section, const std::string& prefix, const Handlers& handlers) {
    for (const auto& [key, node] : section) {
      const std::string name(key.str());
      const auto handler = handlers.find(name);
      if (handler == handlers.end()) {
        report_unknown(key, prefix, handlers);
      } else {
        handler->second(node);
      }
    }
  }

  void report_unknown(const toml::key& key, const std::string& prefix, const Handlers& handlers) {
    std::vector<std::string> names;
    for (const auto& [name, handler] : handlers) names.push_back(name);
    const std::string name(key.str());
    Diagnostic& item = diagnostics_.add(Code::unknown_key, span(key.source(), name.size()),
                                        fmt::format("model.toml has no key '{}{}'", prefix, name));
    item.found = name;
    item.expected = fmt::format("{}", fmt::join(names, ", "));
    const std::string near = closest_name(name, names);
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }

  void report_value(const toml::node& node, std::string_view key, std::string expected) {
    keys_.unreadable.emplace(key);
    diagnostics_.add(Code::bad_key_value, span(node), fmt::format("'{}' cannot have this value", key)).expected =
        std::move(expected);
  }

  Key<std::string> text_of(const toml::node& node, std::string_view key) {
    if (const auto* const text = node.as_string(); text != nullptr && !text->get().empty()) {
      return Located<std::string>{text->get(), span(node)};
    }
    report_value(node, key, "a text");
    return std::nullopt;
  }

  Key<double> number_of(const toml::node& node, std::string_view key, double least, double most) {
    const auto number = node.is_number() ? node.value<double>() : std::nullopt;
    if (number && *number >= least && *number <= most) return Located<double>{*number, span(node)};
    report_value(node, key, fmt::format("a number from {} to {}", least, most));
    return std::nullopt;
  }

  std::optional<Names> names_of(const toml::node& node, std::string_view key) {
    const toml::array* const list = node.as_array();
    if (list == nullptr) {
      report_value(node, key, "a list of names of patches");
      return std::nullopt;
    }
    Names names;
    for (const toml::node& item : *list) {
      if (const auto name = text_of(item, key)) names.push_back(*name);
    }
    return names;
  }

  /// Handlers of a section's keys, or nothing if the section is no table.
  void read_table(const toml::node& node, const std::string& name, const Handlers& handlers) {
    if (const toml::table* const section = node.as_table()) {
      read_section(*section, name + ".", handlers);
    } else {
      report_value(node, name, fmt::format("a section [{}]", name));
    }
  }

  /// A year as a number or a date as text.
  std::optional<std::string> date_text_of(const toml::node& node) {
    if (const auto* const text = node.as_string()) return text->get();
    if (const auto* const year = node.as_integer()) return std::to_string(year->get());
    return std::nullopt;
  }

  Key<Date> date_of(const toml::node& node, std::string_view key, std::optional<Date> (*parse)(std::string_view)) {
    const auto text = date_text_of(node);
    const auto date = text ? parse(*text) : std::nullopt;
    if (date) return Located<Date>{*date, span(node)};
    report_value(node, key, "a date: YYYY, YYYY-Qn or YYYY-MM");
    return std::nullopt;
  }

  void read_horizon(const toml::node& section) {
    read_table(
        section, "horizon",
        {{"start", [&](const toml::node& node) { keys_.start = date_of(node, "horizon.start", parse_date); }},
         {"end", [&](const toml::node& node) { keys_.last_month = date_of(node, "horizon.end", parse_last_month); }},
         {"periods", [&](const toml::node& node) { read_periods(node); }},
         {"step", [&](const toml::node& node) { read_step(node); }}});
  }

  void read_periods(const toml::node& node) {
    const toml::array* const list = node.as_array();
    std::vector<Date> begins;
    for (std::size_t at = 0; list != nullptr && at < list->size(); ++at) {
      const auto text = date_text_of((*list)[at]);
      const auto date = text ? parse_date(*text) : std::nullopt;
      if (!date || (!begins.empty() && *date <= begins.back())) break;
      begins.push_back(*date);
    }
    if (list != nullptr && !list->empty() && begins.size() == list->size()) {
      keys_.periods = {std::move(begins), span(node)};
    } else {
      report_value(node, "horizon.periods", "a list of ascending dates, the first day of each period");
    }
  }

  /// The choice that the text names; nothing, reported, if it names none.
  template <class Choice>
  Key<Choice> choice_of(const toml::node& node, std::string_view key,
                        const std::vector<std::pair<std::string_view, Choice>>& choices) {
    std::vector<std::string> words;
    for (const auto& [word, choice] : choices) {
      const auto* const text = node.as_string();
      if (text != nullptr && text->get() == word) return Located<Choice>{choice, span(node)};
      words.push_back(fmt::format("\"{}\"", word));
    }
    report_value(node, key, fmt::format("{}", fmt::join(words, " or ")));
    return std::nullopt;
  }

  void read_step(const toml::node& node) {
    keys_.step = choice_of<Step>(node, "horizon.step",
                                 {{"month", Step::month}, {"quarter", Step::quarter}, {"year", Step::year}});
  }

  void read_money(const toml::node& section) {
    read_table(section, "money",
               {{"currency", [&](const toml::node& node) { read_currency(node); }},
                {"price_year", [&](const toml::node& node) { read_price_year(node); }},
                {"discount_rate",
                 [&](const toml::node& node) { keys_.discount_rate = number_of(node, "money.discount_rate", 0, 1); }},
                {"capital", [&](const toml::node& node) { read_capital(node); }},
                {"capital_paid", [&](const toml::node& node) { read_capital_paid(node); }},
                {"running_paid", [&](const toml::node& node) { read_running_paid(node); }}});
  }

  void read_currency(const toml::node& node) {
    const auto text = node.value<std::string>();
    const bool is_code = text && text->size() == 3 && std::all_of(text->begin(), text->end(), [](char letter) {
                           return letter >= 'A' && letter <= 'Z';
                         });
    if (is_code) {
      keys_.currency = {*text, span(node)};
    } else {
      report_value(node, "money.currency", "a code of three capital letters, e.g. \"USD\"");
    }
  }

  void read_price_year(const toml::node& node) {
    const auto year = node.is_integer() ? node.value<int>() : std::nullopt;
    if (year && *year >= 1900 && *year <= 2200) {
      keys_.price_year = {*year, span(node)};
    } else {
      report_value(node, "money.price_year", "a year, e.g. 2025");
    }
  }

  void read_capital(const toml::node& node) {
    keys_.capital = choice_of<CapitalCharge>(node, "money.capital",
                                             {{"annuity", CapitalCharge::annuity},
                                              {"salvage", CapitalCharge::salvage},
                                              {"straight-line", CapitalCharge::straight_line}});
  }

  void read_capital_paid(const toml::node& node) {
    keys_.capital_paid = choice_of<PaymentTime>(node, "money.capital_paid",
                                                {{"start", PaymentTime::start}, {"middle", PaymentTime::middle}});
  }

  void read_running_paid(const toml::node& node) {
    keys_.running_paid = choice_of<PaymentTime>(
        node, "money.running_paid",
        {{"start", PaymentTime::start}, {"middle", PaymentTime::middle}, {"end", PaymentTime::end}});
  }

  void read_rules(const toml::node& section) {
    keys_.rules = {true, span(section.source(), 1)};
    read_table(section, "rules",
               {{"base", [&](const toml::node& node) { keys_.rules_base = text_of(node, "rules.base"); }},
                {"as_of", [&](const toml::node& node) { read_rules_day(node); }}});
  }

  void read_rules_day(const toml::node& node) {
    const auto text = node.value<std::string>();
    if (text && is_vintage(*text)) {
      keys_.rules_as_of = {*text, span(node)};
    } else {
      report_value(node, "rules.as_of", "a day: \"YYYY-MM-DD\", or \"path\"");
    }
  }

  void read_scenarios(const toml::node& node) {
    const toml::table* const section = node.as_table();
    if (section == nullptr) return report_value(node, "scenarios", "a section [scenarios]");
    for (const auto& [key, value] : *section) {
      if (auto names = names_of(value, key.str())) keys_.scenarios[std::string(key.str())] = std::move(*names);
    }
  }

  void read_units(const toml::node& node) {
    const toml::table* const section = node.as_table();
    if (section == nullptr) return report_value(node, "units", "a section [units]");
    for (const auto& [key, value] : *section) {
      const std::string name(key.str());
      if (const auto text = text_of(value, "units." + name)) {
        keys_.units[name] = {text->value, span(key.source(), name.size())};
      }
    }
  }

  Diagnostics& diagnostics_;
  ModelKeys keys_;
};

template <class Optional>
void take(Optional& base, const Optional& child) {
  if (child) base = child;
}

/// Start of the period, counted from `start`, that contains the month.
Date period_start(Date start, Step step, Date month) {
  const int distance = month.months - start.months;
  const int length = months_in(step);
  const int periods = distance >= 0 ? distance / length : -((-distance + length - 1) / length);
  return {start.months + periods * length};
}

void check_horizon(const ModelSettings& settings, Diagnostics& diagnostics) {
  if (settings.periods.empty() && settings.step == Step::quarter && (settings.start.month() - 1) % 3 != 0) {
    diagnostics
        .add(Code::bad_key_value, settings.horizon_where,
             fmt::format("the horizon starts with {}, which begins no quarter", to_string(settings.start)))
        .expected = "January, April, July or October, since the step is a quarter";
  }
  if (settings.last < settings.start || settings.end <= settings.last) {
    diagnostics.add(Code::empty_horizon, settings.horizon_where,
                    fmt::format("the horizon starts with {} and ends before it", to_string(settings.start)));
  }
}

}  // namespace

ModelKeys read_model_toml(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  return ModelTomlReader(file, diagnostics).read(text);
}

void lay_over(ModelKeys& base, const ModelKeys& child) {
  base.file = child.file;
  base.unreadable.insert(child.unreadable.begin(), child.unreadable.end());
  take(base.name, child.name);
  take(base.title, child.title);
  take(base.extends, child.extends);
  take(base.patches, child.patches);
  take(base.start, child.start);
  take(base.last_month, child.last_month);
  take(base.step, child.step);
  take(base.currency, child.currency);
  take(base.price_year, child.price_year);
  take(base.discount_rate, child.discount_rate);
  take(base.capital, child.capital);
  take(base.capital_paid, child.capital_paid);
  take(base.running_paid, child.running_paid);
  take(base.periods, child.periods);
  // A child that says where its horizon begins or how it steps means equal periods, unless it names its own.
  if ((child.start || child.step) && !child.periods) base.periods.reset();
  take(base.rules, child.rules);
  take(base.rules_base, child.rules_base);
  take(base.rules_as_of, child.rules_as_of);
  for (const auto& [name, patches] : child.scenarios) base.scenarios[name] = patches;
  for (const auto& [name, definition] : child.units) base.units[name] = definition;
}

namespace {

std::vector<std::string> plain_names(const Names& names) {
  std::vector<std::string> plain;
  for (const auto& name : names) plain.push_back(name.value);
  return plain;
}

void report_missing(const ModelKeys& keys, const std::string& key, Diagnostics& diagnostics) {
  const std::string section = key.substr(0, key.find('.'));
  if (keys.unreadable.contains(key) || keys.unreadable.contains(section)) return;
  diagnostics.add(Code::missing_key, {keys.file, 0, 0, 0}, fmt::format("model.toml needs '{}'", key));
}

/// Uneven periods: the list says where each begins, `end` where the last one ends.
void set_periods(ModelSettings& settings, const Located<std::vector<Date>>& periods, const ModelKeys& keys,
                 Diagnostics& diagnostics) {
  if (!keys.last_month) return report_missing(keys, "horizon.end", diagnostics);
  settings.horizon_where = periods.where;
  settings.periods = periods.value;
  settings.start = periods.value.front();
  settings.last = periods.value.back();
  settings.end = {keys.last_month->value.months + 1};
  check_horizon(settings, diagnostics);
}

void set_horizon(ModelSettings& settings, const ModelKeys& keys, const ReadOptions& options, Diagnostics& diagnostics) {
  settings.step = options.step ? *options.step : keys.step ? keys.step->value : Step::quarter;
  if (keys.periods && !options.step && !options.start && !options.last) {
    return set_periods(settings, *keys.periods, keys, diagnostics);
  }
  const bool has_start = options.start || keys.start || keys.periods;
  const bool has_end = options.last || keys.last_month;
  if (!has_start) report_missing(keys, "horizon.start", diagnostics);
  if (!has_end) report_missing(keys, "horizon.end", diagnostics);
  if (keys.start) settings.horizon_where = keys.start->where;
  if (!has_start || !has_end) return;
  settings.start = options.start ? *options.start : keys.start ? keys.start->value : keys.periods->value.front();
  settings.last = period_start(settings.start, settings.step, options.last ? *options.last : keys.last_month->value);
  settings.end = {settings.last.months + months_in(settings.step)};
  check_horizon(settings, diagnostics);
}

std::optional<RuleSettings> rules_of(const ModelKeys& keys, const ReadOptions& options, Diagnostics& diagnostics) {
  if (!keys.rules) {
    if (options.rules_as_of) report_missing(keys, "rules", diagnostics);
    return std::nullopt;
  }
  RuleSettings rules;
  rules.where = rules.base_where = rules.as_of_where = keys.rules->where;
  if (keys.rules_base) {
    rules.base = keys.rules_base->value;
    rules.base_where = keys.rules_base->where;
  }
  if (keys.rules_as_of) {
    rules.as_of = keys.rules_as_of->value;
    rules.as_of_where = keys.rules_as_of->where;
  }
  if (options.rules_as_of) rules.as_of = *options.rules_as_of;
  if (rules.as_of == whole_path) rules.as_of.clear();
  return rules;
}

}  // namespace

ModelSettings settings_of(const ModelKeys& keys, const ReadOptions& options, Diagnostics& diagnostics) {
  ModelSettings settings;
  if (keys.name) {
    settings.name = keys.name->value;
  } else {
    report_missing(keys, "name", diagnostics);
  }
  settings.title = keys.title ? keys.title->value : settings.name;
  set_horizon(settings, keys, options, diagnostics);
  if (keys.currency) settings.currency = keys.currency->value;
  if (keys.price_year) settings.price_year = keys.price_year->value;
  if (keys.discount_rate) settings.discount_rate = keys.discount_rate->value;
  if (keys.capital) settings.capital = keys.capital->value;
  if (keys.capital_paid) settings.capital_paid = keys.capital_paid->value;
  if (keys.running_paid) settings.running_paid = keys.running_paid->value;
  for (const auto& [name, patches] : keys.scenarios) settings.scenarios[name] = plain_names(patches);
  if (keys.patches) settings.patches = plain_names(*keys.patches);
  for (const auto& [name, definition] : keys.units) settings.extra_units[name] = definition.value;
  settings.rules = rules_of(keys, options, diagnostics);
  settings.is_horizon_moved = options.start || options.last;
  return settings;
}

}  // namespace pinchpoint::tables::internal
