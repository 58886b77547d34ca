// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/question_csv.hpp"

#include "domain/rules/table/rule_table.hpp"

namespace pinchpoint::rules {

namespace {

const TableForm form = {"questions",
                        {},
                        {{"item", ColumnType::text, false, {}},
                         {"from", ColumnType::id, true, {}},
                         {"to", ColumnType::id, true, {}},
                         {"end_user", ColumnType::text, false, {}},
                         {"date", ColumnType::day, true, {}},
                         {"note", ColumnType::text, false, {}}}};

}  // namespace

Result<std::vector<Question>> read_questions(const std::string& text, const std::string& file, const RuleBase& base) {
  Diagnostics diagnostics;
  std::vector<std::string> fields;
  for (const Field& field : base.vocabulary.fields) fields.push_back(field.name);
  const RuleTable table = read_rule_table(file, text, form, fields, diagnostics);
  std::vector<Question> questions;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Question question{table.text(row, "item"),
                      table.text(row, "from"),
                      table.text(row, "to"),
                      table.text(row, "end_user"),
                      parse_day(table.text(row, "date")).value_or(first_day),
                      {},
                      {}};
    for (const char* column : {"item", "from", "to", "end_user", "date"})
      question.where[column] = table.where(row, column);
    for (const std::string& column : table.extra_columns()) {
      if (table.text(row, column).empty()) continue;
      question.facts[column] = table.text(row, column);
      question.where[column] = table.where(row, column);
    }
    questions.push_back(std::move(question));
  }
  if (diagnostics.has_errors()) return diagnostics;
  return questions;
}

}  // namespace pinchpoint::rules
