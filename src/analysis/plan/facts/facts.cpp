// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/facts/facts.hpp"

#include <cmath>

#include "analysis/plan/facts/meter.hpp"

namespace pinchpoint::plan {

namespace {

constexpr double hair = 1e-9;

/// Periods that a value's dates cover; nothing if they cut one or reach beyond the horizon.
std::optional<std::vector<PeriodId>> whole_periods(const Timeline& timeline, const FactValue& value) {
  if (value.from < timeline.start() || timeline.end() < value.until) return std::nullopt;
  std::vector<PeriodId> covered;
  for (const PeriodId period : timeline.periods()) {
    const double share = timeline.share_within(period, value.from, value.until);
    if (share > 1 - hair) covered.push_back(period);
    if (share > hair && share <= 1 - hair) return std::nullopt;
  }
  return covered;
}

/// Amounts add up; rates are averaged over the time covered.
FactForm form_of(const Assembly& assembly, const Fact& fact, const std::vector<Counted>& terms,
                 const FactValue& value) {
  FactForm form;
  const auto covered = whole_periods(assembly.timeline(), value);
  form.is_whole = covered && !covered->empty();
  if (!form.is_whole) return form;
  double years = 0;
  for (const PeriodId period : *covered) years += assembly.years(period);
  Sum sum;
  for (const PeriodId period : *covered) {
    const double share = fact.sum.per == LimitPer::period ? assembly.years(period) / years : 1;
    for (const Counted& term : terms) {
      const double amount = term.term.amount_at({}, assembly.timeline().begin_of(period));
      if (amount != 0) add_measured(assembly, term, fact.sum.per, {period, -1}, share * amount, sum);
    }
  }
  form.entries = std::move(sum.entries);
  form.constant = sum.constant;
  return form;
}

}  // namespace

std::vector<FactForm> make_fact_forms(const Assembly& assembly) {
  std::vector<FactForm> forms;
  for (const FactId id : ids(assembly.world.facts)) {
    const Fact& fact = assembly.world.facts[id];
    std::vector<Counted> terms;
    for (const LimitTerm& term : fact.sum.terms) terms.push_back(counted(assembly, term));
    for (std::size_t at = 0; at < fact.values.size(); ++at) {
      FactForm& form = forms.emplace_back(form_of(assembly, fact, terms, fact.values[at]));
      form.fact = id;
      form.value = at;
    }
  }
  return forms;
}

std::vector<ComparedFact> compare_facts(const World& world, const std::vector<FactForm>& forms,
                                        const std::vector<double>& values) {
  std::vector<ComparedFact> all;
  for (const FactForm& form : forms) {
    ComparedFact& compared = all.emplace_back(ComparedFact{form.fact, form.value, {}, {}, {}});
    if (!form.is_whole || values.empty()) continue;
    const Fact& fact = world.facts[form.fact];
    const double stated = fact.values[form.value].value;
    double planned = form.constant;
    for (const Sum::Entry& entry : form.entries)
      planned += entry.value * values[static_cast<std::size_t>(entry.column.index())];
    compared.planned = planned;
    if (stated != 0) compared.ratio = planned / stated;
    compared.is_within = std::abs(planned - stated) <= fact.tolerance * std::abs(stated) * (1 + hair);
  }
  return all;
}

FactScore score(const World& world, const std::vector<ComparedFact>& facts, bool with_given) {
  FactScore sum;
  for (const ComparedFact& compared : facts) {
    if (!compared.planned || (!with_given && world.facts[compared.fact].is_given)) continue;
    ++sum.compared;
    if (*compared.is_within) ++sum.within;
  }
  return sum;
}

}  // namespace pinchpoint::plan
