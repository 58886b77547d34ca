// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "domain/packages/predicates.hpp"

namespace pinchpoint::packages {

namespace {

using rules::RuleTable;

rules::Vocabulary vocabulary_of(Scope scope, const rules::RuleBase& base) {
  rules::Vocabulary vocabulary;
  vocabulary.countries = base.vocabulary.countries;
  vocabulary.groups = base.vocabulary.groups;
  for (const FactField& field : fact_fields()) {
    if (field.scope != scope && field.scope != Scope::package) continue;
    rules::Field it;
    it.name = field.name;
    it.type = field.type;
    it.about = field.about;
    it.words = rules::parts_of(field.words);
    for (const std::string& word : it.words) vocabulary.add_word(word);
    vocabulary.fields.push_back(std::move(it));
  }
  vocabulary.index();
  return vocabulary;
}

template <class Names>
int place_in(const Names& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? 0 : static_cast<int>(found - names.begin());
}

Predicate predicate_of(const RuleTable& table, std::size_t row, PredicateBase& base, Diagnostics& diagnostics) {
  Predicate it;
  it.id = table.text(row, "predicate");
  it.title = table.text(row, "title");
  it.scope = static_cast<Scope>(place_in(scope_names, table.text(row, "scope")));
  it.kind = static_cast<Kind>(place_in(kind_names, table.text(row, "kind")));
  it.otherwise = static_cast<Finding>(place_in(finding_names, table.text(row, "else")));
  it.nothing = static_cast<Finding>(place_in(finding_names, table.text(row, "none")));
  it.flag = table.text(row, "flag");
  it.says = table.text(row, "says");
  it.evidence = table.text(row, "evidence");
  it.span = table.span(row);
  it.verify = table.flag(row, "verify");
  it.source = rules::citation_of(table, row);
  it.where = table.where(row, "predicate");
  rules::Vocabulary& vocabulary = base.vocabularies[static_cast<std::size_t>(it.scope)];
  for (const auto& [column, condition] :
       {std::pair("applies", &it.applies), std::pair("fail", &it.fail), std::pair("undetermined", &it.undetermined),
        std::pair("conditional", &it.conditional), std::pair("flagged", &it.flagged)}) {
    if (table.has(row, column))
      *condition = rules::parse_condition(table.text(row, column), table.where(row, column), vocabulary, diagnostics);
  }
  if (it.flag.empty() == table.has(row, "flagged"))
    diagnostics.add(Code::rule_form, table.where(row, "flag"), "`flag` and `flagged` stand together, or neither does");
  if (it.source.confidence == "assumed" && it.source.note.empty())
    diagnostics.add(Code::rule_form, table.where(row, "note"), "an assumed predicate has its reason in `note`");
  return it;
}

}  // namespace

std::vector<int> PredicateBase::on(rules::Day day) const {
  std::vector<int> places;
  for (std::size_t place = 0; place < predicates.size(); ++place) {
    if (predicates[place].span.holds(day)) places.push_back(static_cast<int>(place));
  }
  return places;
}

bool PredicateBase::has(const std::string& id) const {
  return std::any_of(predicates.begin(), predicates.end(), [&](const Predicate& it) { return it.id == id; });
}

Result<PredicateBase> load_predicates(const rules::RuleFiles& files, const rules::RuleBase& base) {
  Diagnostics diagnostics;
  PredicateBase loaded;
  for (std::size_t scope = 0; scope < scope_count; ++scope)
    loaded.vocabularies[scope] = vocabulary_of(static_cast<Scope>(scope), base);
  const std::optional<RuleTable> table = rules::read_table_of_base(files, "predicates", diagnostics);
  if (!table) return diagnostics;
  for (std::size_t row = 0; row < table->row_count(); ++row)
    loaded.predicates.push_back(predicate_of(*table, row, loaded, diagnostics));
  if (base.vocabulary.find_group("coc") < 0)
    diagnostics.add(Code::rule_form, {"country_groups.csv", 0, 0, 0},
                    "chains of owners are walked for the group 'coc', which has no country");
  diagnostics.sort_by_place();
  if (diagnostics.has_errors()) return diagnostics;
  return loaded;
}

}  // namespace pinchpoint::packages
