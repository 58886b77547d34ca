// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/temoa/draft.hpp"

#include <algorithm>

namespace pinchpoint::importers::temoa {

void Draft::figure(std::string_view table, FolderText::Cells cells, double value, std::string unit) const {
  const bool is_amount = table == "recipes" || table == "limit_terms";
  const std::string_view column = is_amount                                ? "amount"
                                  : table == "facilities"                  ? "capacity"
                                  : table == "slices" || table == "visits" ? "weight"
                                  : table == "survival"                    ? "share"
                                                                           : "value";
  cells.emplace_back(column, number_text(value));
  cells.emplace_back("unit", std::move(unit));
  cells.emplace_back("source", source_id);
  folder.add(table, cells);
}

void Draft::dated_figures(std::string_view table, const FolderText::Cells& cells, const std::vector<double>& by_period,
                          const std::string& unit) const {
  double before = 0;
  for (std::size_t period = 0; period < by_period.size(); ++period) {
    if (by_period[period] == before) continue;
    FolderText::Cells row = cells;
    if (period > 0) row.emplace_back("from", begin(period));
    figure(table, std::move(row), by_period[period], unit);
    before = by_period[period];
  }
}

LimitDraft::LimitDraft(const Draft& draft, const std::string& wanted_id, std::string_view sense, std::string_view per,
                       std::string note)
    : draft_(draft), id_(wanted_id), sense_(sense), per_(per), note_(std::move(note)) {
  if (sense == "le") sense_ = "at_most";
  if (sense == "ge") sense_ = "at_least";
  if (sense == "e") sense_ = "exactly";
}

void LimitDraft::value(std::size_t period, double value, std::optional<std::size_t> slice) {
  values_.push_back({period, slice, value});
}

void LimitDraft::value_over_horizon(double value) { values_.push_back({{}, {}, value}); }

void LimitDraft::term(const Term& term) {
  if (term.amount == 0) return;
  const auto same = std::find_if(terms_.begin(), terms_.end(), [&](const Term& other) {
    return other.what == term.what && other.technology == term.technology && other.mode == term.mode &&
           other.commodity == term.commodity && other.region == term.region && other.slice == term.slice &&
           other.visit == term.visit && other.lag == term.lag && other.period == term.period && other.unit == term.unit;
  });
  if (same == terms_.end()) {
    terms_.push_back(term);
  } else {
    same->amount += term.amount;
  }
}

void LimitDraft::activity(const Process& process, double factor, std::string_view output, std::string_view input,
                          Term form) {
  for (const Flow& one : process.flows) {
    if ((!output.empty() && one.output != output) || (!input.empty() && one.input != input)) continue;
    flow(process, one, factor, form);
  }
}

void LimitDraft::flow(const Process& process, const Flow& flow, double factor, Term form) {
  form.what = "activity";
  form.technology = process.id;
  form.unit = process.per_rate();
  form.amount = factor;
  form.mode = process.store.empty() ? flow.mode : discharge_mode(flow);
  term(form);
}

void LimitDraft::capacity(const Process& process, double factor, std::string unit, Term form) {
  if (process.is_unlimited) return;
  if (form.what.empty()) form.what = "capacity";
  const bool is_of_built = form.what == "ordered" && !process.built.empty();
  form.technology = is_of_built ? process.built : process.id;
  form.amount = factor;
  form.unit = std::move(unit);
  term(form);
}

void LimitDraft::write() {
  std::erase_if(terms_, [](const Term& term) { return term.amount == 0; });
  if (terms_.empty() || values_.empty()) return;
  const std::string id = draft_.network.limits.fresh(id_);
  draft_.folder.add("limits", {{"id", id}, {"sense", sense_}, {"per", per_}, {"note", note_}});
  for (const Value& value : values_) {
    FolderText::Cells cells{{"limit", id}};
    if (value.slice) cells.emplace_back("slice", draft_.network.slice_id(*value.slice));
    if (value.period) {
      cells.emplace_back("from", draft_.begin(*value.period));
      cells.emplace_back("until", draft_.begin(*value.period + 1));
    }
    draft_.figure("limit_values", std::move(cells), value.value, "1");
  }
  for (const Term& term : terms_) {
    FolderText::Cells cells{{"limit", id},       {"what", std::string(term.what)}, {"technology", term.technology},
                            {"mode", term.mode}, {"commodity", term.commodity},    {"region", term.region}};
    if (term.slice) cells.emplace_back("slice", draft_.network.slice_id(*term.slice));
    if (!term.visit.empty()) cells.emplace_back("visit", draft_.network.visits.id(term.visit));
    if (term.lag > 0) cells.emplace_back("lag", std::to_string(term.lag));
    if (term.period && *term.period > 0) cells.emplace_back("from", draft_.begin(*term.period));
    draft_.figure("limit_terms", std::move(cells), term.amount, term.unit);
  }
}

}  // namespace pinchpoint::importers::temoa
