// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

LimitSense sense_of(const std::string& text) {
  if (text == "at_most") return LimitSense::at_most;
  if (text == "at_least") return LimitSense::at_least;
  ensure(text == "exactly", "a sense of limits that the schema does not have");
  return LimitSense::exactly;
}

LimitPer per_of(const std::string& text) {
  if (text == "slice") return LimitPer::slice;
  if (text == "period") return LimitPer::period;
  ensure(text == "horizon", "a span of limits that the schema does not have");
  return LimitPer::horizon;
}

/// What a term may measure, and which filters it may have.
struct Form {
  std::string_view name;
  LimitMeasure what;
  std::span<const std::string_view> filters;
};
constexpr std::array<std::string_view, 4> of_activity = {"technology", "mode", "region", "owner"};
constexpr std::array<std::string_view, 5> of_goods = {"technology", "mode", "commodity", "region", "owner"};
constexpr std::array<std::string_view, 3> of_capacity = {"technology", "region", "owner"};
constexpr std::array<std::string_view, 3> of_programmes = {"programme", "commodity", "region"};
constexpr std::array<Form, 7> forms = {{{"activity", LimitMeasure::activity, of_activity},
                                        {"made", LimitMeasure::made, of_goods},
                                        {"used", LimitMeasure::used, of_goods},
                                        {"capacity", LimitMeasure::capacity, of_capacity},
                                        {"ordered", LimitMeasure::ordered, of_capacity},
                                        {"level", LimitMeasure::level, of_capacity},
                                        {"met", LimitMeasure::met, of_programmes}}};

const Form& form_of(const std::string& text) {
  const auto form = std::find_if(forms.begin(), forms.end(), [&](const Form& one) { return one.name == text; });
  ensure(form != forms.end(), "something measured that the schema does not have");
  return *form;
}

bool is_of_goods(LimitMeasure what) { return what == LimitMeasure::made || what == LimitMeasure::used; }

void load_names(Loader& loader) {
  for_each_row(loader, "limits", [&](const Row& row) {
    Limit limit;
    limit.id = row.text("id");
    limit.name = row.has("name") ? row.text("name") : limit.id;
    limit.sense = sense_of(row.text("sense"));
    limit.per = per_of(row.text("per"));
    loader.limits.add(limit.id, loader.world.limits.push_back(limit));
  });
}

void check_value_row(const Row& row, const Limit& limit) {
  if (row.has("slice") && limit.per != LimitPer::slice) {
    row.complain(Code::limit_form, "slice", fmt::format("limit '{}' has no slices", limit.id),
                 "an empty cell, or per=slice in limits");
  }
  if (limit.per == LimitPer::horizon && !limit.values.empty()) {
    row.complain(Code::limit_form, "value", fmt::format("limit '{}' has one value over the horizon", limit.id),
                 "one row a limit over the horizon; its dates say which periods count");
  }
}

void load_values(Loader& loader) {
  for_each_row(loader, "limit_values", [&](const Row& row) {
    Limit& limit = loader.world.limits[row.id("limit", loader.limits)];
    check_value_row(row, limit);
    if (!limit.unit.is_valid()) {
      limit.unit = loader.folder.units->parse(row.has("unit") ? row.text("unit") : "1").value_or(Unit{});
    }
    const auto value = row.figure(limit.unit);
    if (!value) return;
    limit.values.push_back({row.id("slice", loader.slices), row.date("from"), row.date("until"), *value});
  });
}

/// Filters of a term that what it measures leaves without meaning.
void check_filters(const Row& row, const Form& form) {
  for (const std::string_view filter : {"technology", "mode", "commodity", "owner", "programme", "region"}) {
    if (!row.has(filter) || std::find(form.filters.begin(), form.filters.end(), filter) != form.filters.end()) continue;
    row.complain(Code::limit_form, filter, fmt::format("what={} is not measured by {}", form.name, filter),
                 "an empty cell");
  }
}

/// Cells of a limit's term that the limit's span leaves without meaning.
void check_span(const Row& row, const Limit& limit, const Form& form) {
  if (row.has("slice") && limit.per != LimitPer::slice) {
    row.complain(Code::limit_form, "slice", fmt::format("limit '{}' has no slices", limit.id),
                 "an empty cell, or per=slice in limits");
  }
  if (row.number("lag") > 0 && limit.per == LimitPer::horizon) {
    row.complain(Code::limit_form, "lag", fmt::format("nothing is earlier than the whole horizon of '{}'", limit.id),
                 "0, or per=period in limits");
  }
  if (form.what == LimitMeasure::capacity && limit.per == LimitPer::horizon) {
    row.complain(Code::limit_form, "what", "capacity is there at a time, not over a horizon", "per=period in limits");
  }
  if (row.has("visit") && form.what != LimitMeasure::level) {
    row.complain(Code::limit_form, "visit", "only levels differ from visit to visit", "an empty cell");
  }
  if (form.what == LimitMeasure::level && limit.per != LimitPer::slice) {
    row.complain(Code::limit_form, "what", "a store has its level at the end of a slice", "per=slice in limits");
  }
}

/// A level is that of a visit where seasons come again; a daily store knows no visits.
void check_visit(const Row& row, const Loader& loader, const Form& form) {
  const TechnologyId technology = row.id("technology", loader.technologies);
  const bool is_daily = technology.is_valid() && loader.world.technologies[technology].chain == StoreChain::daily;
  const bool needs_visit = form.what == LimitMeasure::level && !loader.world.visits.empty() && !is_daily;
  if (needs_visit == row.has("visit")) return;
  row.complain(Code::limit_form, "visit",
               needs_visit ? "seasons are visited several times, and so is the level" : "nothing visits a season here",
               needs_visit ? "a visit of the table visits" : "an empty cell");
}

/// True if the row says enough to know what it measures.
bool check_subject(const Row& row, const Form& form) {
  const bool needs_good = form.what == LimitMeasure::used || (is_of_goods(form.what) && !row.has("technology"));
  if (needs_good && !row.has("commodity")) {
    row.complain(Code::limit_form, "commodity", fmt::format("what={} needs a commodity", form.name), "a commodity");
    return false;
  }
  if (form.what == LimitMeasure::met && !row.has("programme") && !row.has("commodity")) {
    row.complain(Code::limit_form, "programme", "what=met needs a programme, or a commodity for all that ask for it",
                 "a programme");
    return false;
  }
  return true;
}

bool has_line(const Technology& technology, CommodityId commodity, ModeId mode, LimitMeasure what) {
  if (what == LimitMeasure::made && technology.output == commodity) return true;
  return std::any_of(technology.recipe.begin(), technology.recipe.end(), [&](const RecipeLine& line) {
    if (line.commodity != commodity) return false;
    // Goods of building and retiring are made or used by the sign of their amount.
    const bool is_of_capacity = line.role == RecipeRole::build || line.role == RecipeRole::retire;
    if (is_of_capacity) return !mode.is_valid();
    const bool is_in_mode = !mode.is_valid() || !line.mode.is_valid() || line.mode == mode;
    return is_in_mode && (line.role == RecipeRole::input) == (what == LimitMeasure::used);
  });
}

/// Resolves one row of limit_terms or fact_terms.
class TermLoader {
 public:
  TermLoader(Loader& loader, const Row& row, Limit& limit)
      : loader_(loader), world_(loader.world), row_(row), limit_(limit), form_(form_of(row.text("what"))) {}

  void load() {
    check_filters(row_, form_);
    if (is_of_limit()) {
      check_span(row_, limit_, form_);
      check_visit(row_, loader_, form_);
    } else if (form_.what == LimitMeasure::capacity && limit_.per == LimitPer::horizon) {
      row_.complain(Code::limit_form, "what", "capacity is there at a time, and does not add up over dates",
                    "measure=rate in facts");
    }
    if (!check_subject(row_, form_)) return;
    take_filters();
    if (!check_good()) return;
    check_ability();
    take_technologies();
    if (const auto amount = row_.figure(wanted_unit())) put(*amount);
  }

 private:
  /// Terms of limits have slices, visits and lags; those of facts have not.
  [[nodiscard]] bool is_of_limit() const { return row_.has_column("lag"); }
  void take_filters();
  void take_technologies();
  [[nodiscard]] bool check_good() const;
  void check_ability() const;
  void put(double amount);
  [[nodiscard]] bool is_able(TechnologyId id) const;
  [[nodiscard]] Unit measured_unit(TechnologyId technology) const;
  [[nodiscard]] Unit wanted_unit() const;

  Loader& loader_;
  World& world_;
  const Row& row_;
  Limit& limit_;
  const Form& form_;
  LimitTerm term_;
};

void TermLoader::take_filters() {
  term_.what = form_.what;
  term_.technology = row_.id("technology", loader_.technologies);
  term_.mode = row_.id("mode", loader_.modes);
  term_.commodity = row_.id("commodity", loader_.commodities);
  term_.region = row_.id("region", loader_.regions);
  term_.owner = row_.id("owner", loader_.organisations);
  term_.programme = row_.id("programme", loader_.programmes);
  if (is_of_limit()) {
    term_.visit = row_.text("visit");
    term_.lag = static_cast<int>(row_.number("lag"));
  }
  term_.where = row_.where("what");
  if (term_.what == LimitMeasure::made && !term_.commodity.is_valid()) {
    term_.commodity = world_.technologies[term_.technology].output;
  }
}

bool TermLoader::check_good() const {
  if (!is_of_goods(term_.what) || term_.commodity.is_valid()) return true;
  row_.complain(Code::limit_form, "commodity",
                fmt::format("'{}' has no primary output to be counted", world_.technologies[term_.technology].id),
                "a commodity of its recipe");
  return false;
}

/// True if the technology does what the term counts, wherever it stands.
bool TermLoader::is_able(TechnologyId id) const {
  if (term_.technology.is_valid() && term_.technology != id) return false;
  const Technology& technology = world_.technologies[id];
  if (row_.has("mode") &&
      std::find(technology.modes.begin(), technology.modes.end(), term_.mode) == technology.modes.end()) {
    return false;
  }
  if (term_.what == LimitMeasure::level && technology.kind != TechnologyKind::store) return false;
  if (term_.what == LimitMeasure::activity && technology.kind == TechnologyKind::store) return false;
  return !is_of_goods(term_.what) || has_line(technology, term_.commodity, term_.mode, term_.what);
}

void TermLoader::check_ability() const {
  if (!term_.technology.is_valid() || is_able(term_.technology)) return;
  const Technology& technology = world_.technologies[term_.technology];
  const bool has_mode =
      std::find(technology.modes.begin(), technology.modes.end(), term_.mode) != technology.modes.end();
  if (row_.has("mode") && !has_mode) {
    row_.complain(Code::limit_counts_nothing, "mode",
                  fmt::format("'{}' has no mode '{}'", technology.id, row_.text("mode")), "a mode of its recipe");
  } else if (is_of_goods(term_.what)) {
    const std::string& good = world_.commodities[term_.commodity].id;
    row_.complain(Code::limit_counts_nothing, "technology",
                  fmt::format("'{}' is never {} by '{}'", good, form_.name, technology.id),
                  fmt::format("a technology with '{}' in its recipe", good));
  } else {
    const bool is_store = technology.kind == TechnologyKind::store;
    row_.complain(
        Code::limit_counts_nothing, "technology",
        fmt::format("'{}' is {}", technology.id, is_store ? "a store: it has a level and no activity" : "no store"),
        is_store ? "what=level, or a technology of kind process" : "a technology of kind store");
  }
}

Unit TermLoader::measured_unit(TechnologyId technology) const {
  const bool is_over_horizon = limit_.per == LimitPer::horizon;
  const bool is_capacity = term_.what == LimitMeasure::capacity || term_.what == LimitMeasure::ordered;
  if (is_capacity) return natural_capacity_unit(loader_, world_.technologies[technology]);
  CommodityId commodity = term_.commodity;
  if (term_.programme.is_valid()) commodity = world_.programmes[term_.programme].commodity;
  const bool is_by_commodity = is_of_goods(term_.what) || term_.what == LimitMeasure::met;
  const Unit amount =
      is_by_commodity ? world_.commodities[commodity].unit : world_.technologies[technology].activity_unit;
  return is_over_horizon || term_.what == LimitMeasure::level ? amount : per_year(loader_, amount);
}

/// Which technologies stand, or may be ordered, where the filters look. They are added up, so they must be measured
/// alike.
void TermLoader::take_technologies() {
  if (term_.what == LimitMeasure::met) return;
  std::set<TechnologyId> found;
  const auto take = [&](const auto& place) {
    if (!is_able(place.technology)) return;
    if (term_.is_about(world_, place.region, place.owner)) found.insert(place.technology);
  };
  std::for_each(world_.facilities.begin(), world_.facilities.end(), take);
  std::for_each(world_.options.begin(), world_.options.end(), take);
  for (const TechnologyId id : found) {
    const Unit unit = measured_unit(id);
    const Unit first = measured_unit(*found.begin());
    if (!unit.is_valid() || !first.is_valid()) continue;
    if (const auto scale = loader_.folder.units->factor(unit, first)) {
      term_.technologies.push_back({id, *scale});
      continue;
    }
    row_.complain(Code::wrong_dimension, "technology",
                  fmt::format("'{}' and '{}' are measured in different units and cannot be added up",
                              world_.technologies[*found.begin()].id, world_.technologies[id].id),
                  "one technology a row");
  }
}

/// Unit that turns what is measured into the limit's unit.
Unit TermLoader::wanted_unit() const {
  TechnologyId first = term_.technology;
  if (!term_.technologies.empty()) first = term_.technologies.front().technology;
  const bool is_measured_by_technology = !is_of_goods(term_.what) && term_.what != LimitMeasure::met;
  // Nothing stands and none is named: any unit will do, for nothing is counted.
  if (is_measured_by_technology && !first.is_valid())
    return parsed_unit(loader_, row_.has("unit") ? row_.text("unit") : "1");
  return loader_.folder.units->divide(limit_.unit, measured_unit(first));
}

void TermLoader::put(double amount) {
  const auto is_same = [&](const LimitTerm& other) {
    return other.what == term_.what && other.technology == term_.technology && other.mode == term_.mode &&
           other.commodity == term_.commodity && other.region == term_.region && other.owner == term_.owner &&
           other.programme == term_.programme && other.visit == term_.visit && other.lag == term_.lag;
  };
  auto place = std::find_if(limit_.terms.begin(), limit_.terms.end(), is_same);
  if (place == limit_.terms.end()) place = limit_.terms.insert(place, term_);
  const SliceId slice = is_of_limit() ? row_.id("slice", loader_.slices) : SliceId{};
  DatedValue& amounts = slice.is_valid() ? place->slice_amount[slice] : place->amount;
  amounts.set(row_.date("from"), amount);
}

}  // namespace

void load_term(Loader& loader, const Row& row, Limit& limit) { TermLoader(loader, row, limit).load(); }

void check_sums(Loader& loader, const std::string& kind, std::string_view without_terms,
                const std::function<const Limit&(const std::string& id)>& sum_of) {
  std::set<std::string> with_terms;
  for_each_row(loader, kind + "_terms", [&](const Row& row) { with_terms.insert(row.text(kind)); });
  for_each_row(loader, kind + "s", [&](const Row& row) {
    const Limit& sum = sum_of(row.text("id"));
    if (!sum.unit.is_valid()) {
      row.complain(Code::missing_parameter, "id", fmt::format("{} '{}' has no value", kind, sum.id),
                   fmt::format("a row in {}_values", kind));
    }
    if (!with_terms.contains(sum.id)) {
      row.complain(Code::missing_parameter, "id", fmt::format("{} '{}' {}", kind, sum.id, without_terms),
                   fmt::format("a row in {}_terms", kind));
    }
  });
}

void load_limits(Loader& loader) {
  load_names(loader);
  load_values(loader);
  for_each_row(loader, "limit_terms", [&](const Row& row) {
    Limit& limit = loader.world.limits[row.id("limit", loader.limits)];
    if (limit.unit.is_valid()) load_term(loader, row, limit);
  });
  check_sums(loader, "limit", "limits nothing",
             [&](const std::string& id) -> const Limit& { return loader.world.limits[loader.limits.find(id)]; });
}

}  // namespace pinchpoint::internal
