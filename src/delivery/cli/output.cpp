// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/output.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

namespace pinchpoint::cli {

namespace {

std::string plural(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

nlohmann::ordered_json diagnostic_json(const Diagnostic& item) {
  nlohmann::ordered_json notes = nlohmann::ordered_json::array();
  for (const Note& note : item.notes) {
    notes.push_back({{"file", note.where.file},
                     {"line", note.where.line},
                     {"column", note.where.column},
                     {"message", note.message}});
  }
  return {{"code", info(item.code).code}, {"severity", item.severity() == Severity::error ? "error" : "warning"},
          {"file", item.where.file},      {"line", item.where.line},
          {"column", item.where.column},  {"length", item.where.length},
          {"message", item.message},      {"found", item.found},
          {"expected", item.expected},    {"fix", item.fix},
          {"notes", std::move(notes)}};
}

}  // namespace

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void print_json(const nlohmann::ordered_json& object) {
  // What users wrote may be no UTF-8; the answer has to be.
  print(object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

void print_error(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

bool flush_output() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

nlohmann::ordered_json diagnostics_json(const Diagnostics& diagnostics) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Diagnostic& item : diagnostics.all()) list.push_back(diagnostic_json(item));
  return list;
}

std::string count_text(const Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const std::size_t all = diagnostics.all().size() + diagnostics.left_out();
  return fmt::format("{}, {}", plural(errors, "error"), plural(all - errors, "warning"));
}

void print_problem(const OutputOptions& options, std::string_view status, std::string_view problem) {
  if (options.json) {
    print_json({{"status", status}, {"error", problem}});
  } else {
    print_error(fmt::format("pinchpoint: {}\n", problem));
  }
}

void print_refusal(const OutputOptions& options, const Diagnostics& problems, std::string_view consequence,
                   const std::string& folder) {
  if (options.json) return print_json({{"status", "bad_input"}, {"problems", diagnostics_json(problems)}});
  print_error(render_text(problems, folder));
  print_error(fmt::format("{}; {}\n", count_text(problems), consequence));
}

std::string now_text() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

}  // namespace pinchpoint::cli
