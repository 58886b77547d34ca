// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/source_span.hpp"

namespace pinchpoint {

/// Every kind of complaint about input; codes never change meaning. Table: diagnostic_codes.def
enum class Code {
#define PINCHPOINT_CODE(name, code, severity, about, fix) name,
#include "core/base/diagnostic_codes.def"
#undef PINCHPOINT_CODE
};

enum class Severity { error, warning };

/// The row of diagnostic_codes.def: public code ("TAB-004"), severity, one-line meaning, usual fix.
struct CodeInfo {
  std::string_view name;
  std::string_view code;
  Severity severity;
  std::string_view about;
  std::string_view fix;
};
[[nodiscard]] const CodeInfo& info(Code code);
[[nodiscard]] const std::vector<CodeInfo>& all_codes();

struct Note {
  SourceSpan where;
  std::string message;
};

/// One complaint: where, what was found and expected, and a way out.
struct Diagnostic {
  Code code{};
  SourceSpan where;
  std::string message;
  std::string found;     ///< the user's own text, if there is one
  std::string expected;  ///< what would have been right
  std::string fix;       ///< nearest valid name or what to do
  std::vector<Note> notes;
  bool is_lenient = false;  ///< an error that the caller asked to take as a warning

  [[nodiscard]] Severity severity() const { return is_lenient ? Severity::warning : info(code).severity; }
};

/// Collects complaints; never stops at the first. Keeps the first `limit` and counts the rest.
class Diagnostics {
 public:
  explicit Diagnostics(std::size_t limit = 1000) : limit_(limit) {}

  /// Adds a complaint and returns it for completion: add(code, where).message = …
  Diagnostic& add(Code code, SourceSpan where, std::string message);
  /// The same as a warning, whatever the code says.
  Diagnostic& add_lenient(Code code, SourceSpan where, std::string message);
  void append(Diagnostics other);
  /// By file, line and column; complaints at one place stay in order.
  void sort_by_place();

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return items_; }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] bool empty() const { return items_.empty() && left_out_ == 0; }

 private:
  Diagnostic& keep(Diagnostic item);

  std::size_t limit_;
  std::size_t left_out_ = 0;
  std::size_t errors_ = 0;
  std::vector<Diagnostic> items_;
  Diagnostic overflow_;
};

/// Text for people, one block a complaint, with the user's line and a caret when the file can be read:
///   facilities.csv:23:14: error[TAB-010]: region 'TWN' is not listed in regions.csv
///      23 | tsmc_f18,fab,TWN,30000
///         |              ^^^
///           fix: did you mean 'TW'?
[[nodiscard]] std::string render_text(const Diagnostics& diagnostics, std::string_view folder = {});

/// The shortest of `candidates` that goes on after `name` with another part, as h200-sxm after H200; else the nearest
/// by edit distance, or empty if nothing is near.
[[nodiscard]] std::string closest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace pinchpoint
