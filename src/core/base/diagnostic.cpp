// SPDX-License-Identifier: Apache-2.0
#include "core/base/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace pinchpoint {

const std::vector<CodeInfo>& all_codes() {
  static const std::vector<CodeInfo> codes = {
#define PINCHPOINT_CODE(name, code, severity, about, fix) {#name, code, Severity::severity, about, fix},
#include "core/base/diagnostic_codes.def"
#undef PINCHPOINT_CODE
  };
  return codes;
}

const CodeInfo& info(Code code) { return all_codes().at(static_cast<std::size_t>(code)); }

Diagnostic& Diagnostics::add(Code code, SourceSpan where, std::string message) {
  if (info(code).severity == Severity::error) ++errors_;
  Diagnostic item{code, std::move(where), std::move(message), {}, {}, {}, {}};
  if (items_.size() >= limit_) {
    ++left_out_;
    overflow_ = std::move(item);
    return overflow_;
  }
  items_.push_back(std::move(item));
  return items_.back();
}

void Diagnostics::append(Diagnostics other) {
  for (Diagnostic& item : other.items_) {
    if (items_.size() < limit_) {
      items_.push_back(std::move(item));
    } else {
      ++left_out_;
    }
  }
  errors_ += other.errors_;
  left_out_ += other.left_out_;
}

namespace {

std::string line_of(const std::filesystem::path& path, int line) {
  std::error_code ignored;
  if (line <= 0 || !std::filesystem::is_regular_file(path, ignored)) return {};
  std::ifstream file(path, std::ios::binary);
  std::string text;
  for (int number = 1; number <= line; ++number) {
    if (!std::getline(file, text)) return {};
  }
  if (!text.empty() && text.back() == '\r') text.pop_back();
  return text;
}

std::string place(const SourceSpan& where) {
  if (where.line <= 0) return where.file;
  if (where.column <= 0) return fmt::format("{}:{}", where.file, where.line);
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

std::string underline(const Diagnostic& item, std::string_view folder) {
  constexpr std::size_t widest = 160;
  const std::string text = line_of(std::filesystem::path(folder) / item.where.file, item.where.line);
  if (text.empty() || text.size() > widest || item.where.column <= 0) return {};
  const auto carets = std::string(static_cast<std::size_t>(std::max(1, item.where.length)), '^');
  return fmt::format("{:>5} | {}\n      | {}{}\n", item.where.line, text,
                     std::string(static_cast<std::size_t>(item.where.column) - 1, ' '), carets);
}

std::string render_one(const Diagnostic& item, std::string_view folder) {
  const CodeInfo& kind = info(item.code);
  std::string out = fmt::format("{}: {}[{}]: {}\n", place(item.where),
                                kind.severity == Severity::error ? "error" : "warning", kind.code, item.message);
  out += underline(item, folder);
  if (!item.expected.empty()) out += fmt::format("        expected: {}\n", item.expected);
  out += fmt::format("        fix: {}\n", item.fix.empty() ? std::string(kind.fix) : item.fix);
  for (const Note& note : item.notes) out += fmt::format("{}: note: {}\n", place(note.where), note.message);
  return out;
}

}  // namespace

std::string render_text(const Diagnostics& diagnostics, std::string_view folder) {
  std::string out;
  for (const Diagnostic& item : diagnostics.all()) out += render_one(item, folder);
  if (diagnostics.left_out() > 0) out += fmt::format("… and {} more\n", diagnostics.left_out());
  return out;
}

namespace {

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t at = 0; at < left.size(); ++at) {
    std::size_t diagonal = row[0];
    row[0] = at + 1;
    for (std::size_t to = 0; to < right.size(); ++to) {
      const bool same = std::tolower(static_cast<unsigned char>(left[at])) ==
                        std::tolower(static_cast<unsigned char>(right[to]));
      const std::size_t replaced = diagonal + (same ? 0 : 1);
      diagonal = row[to + 1];
      row[to + 1] = std::min({row[to] + 1, row[to + 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::string closest_name(std::string_view name, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace pinchpoint
