// SPDX-License-Identifier: Apache-2.0
#include "core/base/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <tuple>

#include "core/base/utf8.hpp"

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

Diagnostic& Diagnostics::keep(Diagnostic item) {
  if (item.severity() == Severity::error) ++errors_;
  if (items_.size() >= limit_) {
    ++left_out_;
    overflow_ = std::move(item);
    return overflow_;
  }
  items_.push_back(std::move(item));
  return items_.back();
}

Diagnostic& Diagnostics::add(Code code, SourceSpan where, std::string message) {
  Diagnostic item;
  item.code = code;
  item.where = std::move(where);
  item.message = std::move(message);
  return keep(std::move(item));
}

Diagnostic& Diagnostics::add_lenient(Code code, SourceSpan where, std::string message) {
  Diagnostic item;
  item.code = code;
  item.where = std::move(where);
  item.message = std::move(message);
  item.is_lenient = true;
  return keep(std::move(item));
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

void Diagnostics::sort_by_place() {
  std::stable_sort(items_.begin(), items_.end(), [](const Diagnostic& left, const Diagnostic& right) {
    return std::tie(left.where.file, left.where.line, left.where.column) <
           std::tie(right.where.file, right.where.line, right.where.column);
  });
}

namespace {

/// Lines of the user's files that complaints point at, each file read once.
class QuotedLines {
 public:
  QuotedLines(const Diagnostics& diagnostics, std::string_view folder) : folder_(folder) {
    for (const Diagnostic& item : diagnostics.all()) {
      if (item.where.line > 0) lines_[item.where.file].emplace(item.where.line, std::string());
    }
    for (auto& [file, lines] : lines_) read(std::filesystem::path(folder_) / file, lines);
  }
  [[nodiscard]] std::string_view line(const SourceSpan& where) const {
    const auto file = lines_.find(where.file);
    if (file == lines_.end()) return {};
    const auto found = file->second.find(where.line);
    return found == file->second.end() ? std::string_view() : std::string_view(found->second);
  }

 private:
  static void read(const std::filesystem::path& path, std::map<int, std::string>& wanted) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return;
    std::ifstream file(path, std::ios::binary);
    std::string text;
    auto next = wanted.begin();
    for (int number = 1; next != wanted.end() && std::getline(file, text); ++number) {
      if (number != next->first) continue;
      if (!text.empty() && text.back() == '\r') text.pop_back();
      (next++)->second = text;
    }
  }

  std::filesystem::path folder_;
  std::map<std::string, std::map<int, std::string>> lines_;
};

std::string place(const SourceSpan& where) {
  if (where.line <= 0) return where.file;
  if (where.column <= 0) return fmt::format("{}:{}", where.file, where.line);
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

/// The line, cut to what fits around the place, with carets below. Columns count bytes, carets characters.
std::string underline(const SourceSpan& where, std::string_view line) {
  constexpr std::size_t widest = 120;
  constexpr std::size_t lead = 60;
  const auto column = static_cast<std::size_t>(std::max(1, where.column)) - 1;
  if (line.empty() || where.column <= 0 || column > line.size()) return {};
  std::size_t begin = line.size() <= widest || column <= lead ? 0 : column - lead;
  while (begin > 0 && (static_cast<unsigned char>(line[begin]) & 0xC0) == 0x80) --begin;
  std::size_t end = std::min(line.size(), begin + widest);
  while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) ++end;
  const std::string before = (begin > 0 ? "…" : "") + std::string(line.substr(begin, column - begin));
  const std::string shown = before + std::string(line.substr(column, end - column)) + (end < line.size() ? "…" : "");
  const std::string_view marked =
      line.substr(column, std::min<std::size_t>(static_cast<std::size_t>(where.length), end - column));
  const std::string carets(std::max<std::size_t>(1, character_count(marked)), '^');
  return fmt::format("{:>5} | {}\n      | {}{}\n", where.line, shown, std::string(character_count(before), ' '),
                     carets);
}

std::string render_one(const Diagnostic& item, std::string_view line) {
  const CodeInfo& kind = info(item.code);
  std::string out = fmt::format("{}: {}[{}]: {}\n", place(item.where),
                                item.severity() == Severity::error ? "error" : "warning", kind.code, item.message);
  out += underline(item.where, line);
  if (!item.expected.empty()) out += fmt::format("        expected: {}\n", item.expected);
  out += fmt::format("        fix: {}\n", item.fix.empty() ? std::string(kind.fix) : item.fix);
  for (const Note& note : item.notes) out += fmt::format("{}: note: {}\n", place(note.where), note.message);
  return out;
}

}  // namespace

std::string render_text(const Diagnostics& diagnostics, std::string_view folder) {
  const QuotedLines lines(diagnostics, folder);
  std::string out;
  for (const Diagnostic& item : diagnostics.all()) out += render_one(item, lines.line(item.where));
  if (diagnostics.left_out() > 0) out += fmt::format("… and {} more\n", diagnostics.left_out());
  return printable(out);
}

namespace {

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t at = 0; at < left.size(); ++at) {
    std::size_t diagonal = row[0];
    row[0] = at + 1;
    for (std::size_t to = 0; to < right.size(); ++to) {
      const bool same =
          std::tolower(static_cast<unsigned char>(left[at])) == std::tolower(static_cast<unsigned char>(right[to]));
      const std::size_t replaced = diagonal + (same ? 0 : 1);
      diagonal = row[to + 1];
      row[to + 1] = std::min({row[to] + 1, row[to + 1] + 1, replaced});
    }
  }
  return row.back();
}

/// Does `whole` begin with `part`, and does a part of it end there, as h200-sxm with H200?
bool begins_with_part(std::string_view whole, std::string_view part) {
  if (part.size() < 2 || whole.size() <= part.size() || edit_distance(whole.substr(0, part.size()), part) > 0)
    return false;
  return std::isalnum(static_cast<unsigned char>(whole[part.size()])) == 0;
}

}  // namespace

std::string closest_name(std::string_view name, const std::vector<std::string>& candidates) {
  std::string best;
  for (const std::string& candidate : candidates) {
    if (begins_with_part(candidate, name) && (best.empty() || candidate.size() < best.size())) best = candidate;
  }
  if (!best.empty()) return best;
  // Of a short name hardly a letter may differ: every two-letter name is two letters from every other.
  const std::size_t most = name.size() <= 3 ? 1 : std::max<std::size_t>(2, name.size() / 3);
  std::size_t best_distance = most + 1;
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
