// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/tables/schema.hpp"
#include "core/units/units.hpp"
#include "delivery/cli/context.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;
using tables::ColumnSchema;
using tables::ParameterSchema;
using tables::Range;
using tables::TableSchema;

struct SchemaCommand {
  std::string topic;
  bool as_toml = false;
};

std::string range_text(const Range& range) {
  std::string text;
  if (range.minimum) text += fmt::format(", at least {:g}", *range.minimum);
  if (range.minimum_exclusive) text += fmt::format(", more than {:g}", *range.minimum_exclusive);
  if (range.maximum) text += fmt::format(", at most {:g}", *range.maximum);
  return text;
}

std::string type_text(const ColumnSchema& column) {
  if (!column.choices.empty()) return fmt::format("{}", fmt::join(column.choices, " | "));
  std::string text = to_string(column.type);
  if (!column.refers_to.empty()) text += fmt::format(" of {}", fmt::join(column.refers_to, " or "));
  return text + range_text(column.range);
}

std::string column_text(const TableSchema& table, const ColumnSchema& column) {
  const bool is_key = std::find(table.key.begin(), table.key.end(), column.name) != table.key.end();
  std::string text = fmt::format("  {:<16}{}", column.name, type_text(column));
  if (column.required) text += "; needed";
  if (is_key) text += "; key";
  if (!column.default_text.empty()) text += fmt::format("; default {}", column.default_text);
  if (!column.dimension.empty()) text += fmt::format("; unit of {}", column.dimension);
  return text + fmt::format("\n{:18}{}\n", "", column.about);
}

std::string parameter_text(const ParameterSchema& parameter) {
  std::string text = fmt::format("  {:<16}{}{}", parameter.name, parameter.dimension, range_text(parameter.range));
  if (!parameter.default_text.empty()) text += fmt::format("; default {}", parameter.default_text);
  return text + fmt::format("\n{:18}{}\n", "", parameter.about);
}

std::string table_text(const TableSchema& table) {
  std::string text =
      fmt::format("{}.csv: {}\nkey: {}\n\nColumns\n", table.name, table.about, fmt::join(table.key, ", "));
  for (const ColumnSchema& column : table.columns) text += column_text(table, column);
  if (table.parameters.empty()) return text;
  text += "\nParameters\n";
  for (const ParameterSchema& parameter : table.parameters) text += parameter_text(parameter);
  return text;
}

Json range_json(const Range& range) {
  Json object = Json::object();
  if (range.minimum) object["minimum"] = *range.minimum;
  if (range.minimum_exclusive) object["minimum_exclusive"] = *range.minimum_exclusive;
  if (range.maximum) object["maximum"] = *range.maximum;
  return object;
}

Json table_json(const TableSchema& table) {
  Json object = {{"table", table.name}, {"about", table.about}, {"key", table.key}, {"figure", table.figure}};
  object["columns"] = Json::array();
  for (const ColumnSchema& column : table.columns) {
    object["columns"].push_back({{"name", column.name},
                                 {"type", to_string(column.type)},
                                 {"required", column.required},
                                 {"choices", column.choices},
                                 {"refers_to", column.refers_to},
                                 {"range", range_json(column.range)},
                                 {"default", column.default_text},
                                 {"dimension", column.dimension},
                                 {"about", column.about}});
  }
  object["parameters"] = Json::array();
  for (const ParameterSchema& parameter : table.parameters) {
    object["parameters"].push_back({{"name", parameter.name},
                                    {"dimension", parameter.dimension},
                                    {"range", range_json(parameter.range)},
                                    {"default", parameter.default_text},
                                    {"about", parameter.about}});
  }
  return object;
}

Exit list_tables(const Context& context) {
  Json list = Json::array();
  for (const TableSchema& table : tables::schemas()) {
    list.push_back({{"table", table.name}, {"about", table.about}, {"key", table.key}});
    if (!context.output.json) print(fmt::format("  {:<26}{}\n", table.name, table.about));
  }
  if (context.output.json) print_json({{"tables", list}});
  return Exit::done;
}

Exit list_units(const Context& context) {
  Json list = Json::array();
  if (!context.output.json) print("Units of the trade, besides those of UDUNITS-2 (kg, MWh, km2, month, %):\n");
  for (const auto& [name, about] : UnitSystem::trade_units()) {
    list.push_back({{"unit", name}, {"about", about}});
    if (!context.output.json) print(fmt::format("  {:<14}{}\n", name, about));
  }
  if (!context.output.json) print("Money: USD is money of the model's price year, USD2023 of 2023 (deflators.csv).\n");
  if (context.output.json) print_json({{"units", list}});
  return Exit::done;
}

Exit list_codes(const Context& context) {
  Json list = Json::array();
  for (const CodeInfo& code : all_codes()) {
    const char* const severity = code.severity == Severity::error ? "error" : "warning";
    list.push_back({{"code", code.code}, {"severity", severity}, {"about", code.about}, {"fix", code.fix}});
    if (!context.output.json) print(fmt::format("  {}  {:<9}{}; {}\n", code.code, severity, code.about, code.fix));
  }
  if (context.output.json) print_json({{"codes", list}});
  return Exit::done;
}

Exit refuse(const SchemaCommand& command, const Context& context) {
  std::vector<std::string> names = {"units", "codes"};
  for (const TableSchema& table : tables::schemas()) names.emplace_back(table.name);
  const std::string near = closest_name(command.topic, names);
  const std::string message =
      fmt::format("there is no table '{}'{}", command.topic,
                  near.empty() ? "; pinchpoint schema lists them" : fmt::format("; did you mean '{}'?", near));
  print_problem(context.output, "bad_input", message);
  return Exit::bad_input;
}

Exit show(const SchemaCommand& command, const Context& context) {
  if (command.topic.empty()) return list_tables(context);
  if (command.topic == "units") return list_units(context);
  if (command.topic == "codes") return list_codes(context);
  const TableSchema* const table = tables::find_schema(command.topic);
  if (table == nullptr) return refuse(command, context);
  if (command.as_toml) {
    print(tables::schema_text(command.topic));
  } else if (context.output.json) {
    print_json(table_json(*table));
  } else {
    print(table_text(*table));
  }
  return Exit::done;
}

}  // namespace

void add_schema_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("schema", "What tables, columns, units and codes there are");
  const auto options = std::make_shared<SchemaCommand>();
  command->add_option("topic", options->topic, "a table, or `units`, or `codes`; without it: list the tables")
      ->type_name("TABLE");
  command->add_flag("--toml", options->as_toml, "print the table's schema file as published");
  add_output_options(*command, context);
  command->footer(
      "Examples:\n"
      "  pinchpoint schema\n"
      "  pinchpoint schema recipes\n"
      "  pinchpoint schema units\n"
      "  pinchpoint schema codes --json\n"
      "  pinchpoint schema lanes --toml");
  command->callback([&context, options] { context.action = [&context, options] { return show(*options, context); }; });
}

}  // namespace pinchpoint::cli
