// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "delivery/importers/folder_text.hpp"
#include "delivery/importers/temoa/network.hpp"
#include "delivery/importers/temoa/options.hpp"

namespace pinchpoint::importers::temoa {

/// A model folder while it is made.
struct Draft {
  const Network& network;
  const TemoaOptions& options;
  FolderText& folder;
  Diagnostics& problems;
  std::string currency;

  [[nodiscard]] std::string money_per(std::string_view unit) const { return currency + "/(" + std::string(unit) + ")"; }
  [[nodiscard]] const TemoaData& data() const { return network.data(); }
  [[nodiscard]] const std::vector<Period>& periods() const { return data().periods; }
  /// First year of a period; of the one after the last, the first year after the horizon.
  [[nodiscard]] std::string begin(std::size_t period) const {
    return period < periods().size() ? periods()[period].text : std::to_string(data().end);
  }
  Diagnostic& complain(Code code, std::string message) const {
    return problems.add(code, {data().file, 0, 0, 0}, std::move(message));
  }
  void warn_unused(std::string message) const {
    problems.add_lenient(Code::import_unused, {data().file, 0, 0, 0}, std::move(message));
  }
  /// Adds a row of a table of figures, with its source.
  void figure(std::string_view table, FolderText::Cells cells, double value, std::string unit) const;
  /// One figure a period, as few rows as say it; nothing if all are 0.
  void dated_figures(std::string_view table, const FolderText::Cells& cells, const std::vector<double>& by_period,
                     const std::string& unit) const;
};

inline constexpr std::string_view owner_id = "system";
inline constexpr std::string_view source_id = "temoa-database";

/// A storage technology runs in two modes for each of its flows.
[[nodiscard]] inline std::string charge_mode(const Flow& flow) {
  return flow.mode.empty() ? "charge" : "charge " + flow.mode;
}
[[nodiscard]] inline std::string discharge_mode(const Flow& flow) {
  return flow.mode.empty() ? "discharge" : "discharge " + flow.mode;
}

/// What a limit's term measures, and its factor.
struct Term {
  std::string_view what;
  std::string technology;
  std::string mode = {};
  std::string commodity = {};
  std::string region = {};
  std::string visit = {};                 ///< level: when the season is visited under this name
  std::optional<std::size_t> slice = {};  ///< only in this slice's row
  std::size_t lag = 0;
  std::optional<std::size_t> period = {};  ///< from this period on
  double amount = 1;
  std::string unit = {};
};

/// Limits: begin one, then give its values and terms.
class LimitDraft {
 public:
  /// `sense`: one of ours, or an operator of Temoa's ("le", "ge", "e").
  LimitDraft(const Draft& draft, const std::string& wanted_id, std::string_view sense, std::string_view per,
             std::string note = {});
  /// In a period; in one slice of it, if one is named.
  void value(std::size_t period, double value, std::optional<std::size_t> slice = {});
  void value_over_horizon(double value);
  /// Terms of the same thing add up.
  void term(const Term& term);
  /// Activity of some flows (all: no `output`) of a process.
  void activity(const Process& process, double factor, std::string_view output = {}, std::string_view input = {},
                Term form = {});
  /// Activity of one flow.
  void flow(const Process& process, const Flow& flow, double factor, Term form = {});
  void capacity(const Process& process, double factor, std::string unit, Term form = {});
  [[nodiscard]] bool has_terms() const { return !terms_.empty(); }
  /// Writes it; a limit without terms is left out.
  void write();

 private:
  struct Value {
    std::optional<std::size_t> period, slice;
    double value;
  };
  const Draft& draft_;
  std::string id_, sense_, per_, note_;
  std::vector<Value> values_;
  std::vector<Term> terms_;
};

// Each adds what its name says; together they are the model. The order does not matter.
void write_frame(const Draft& draft, const std::string& name);
void write_goods(const Draft& draft);
void write_demands(const Draft& draft);
void write_processes(const Draft& draft);
void write_storage(const Draft& draft, const Process& process);
void write_limits(const Draft& draft);
void write_operation(const Draft& draft);
void write_reserve(const Draft& draft);
void write_growth(const Draft& draft);

/// Figures that contradict each other, and features that cannot be expressed.
void check_data(const Network& network, Diagnostics& problems);

/// The good that an emission of a process is: emissions of annual technologies that are flexible are counted and not
/// priced by Temoa.
[[nodiscard]] std::string emission_id(const Draft& draft, const Process& process, std::string_view emission);
[[nodiscard]] std::string unpriced_id(const Draft& draft, std::string_view emission);
[[nodiscard]] bool is_priced(const Draft& draft, const Process& process);

}  // namespace pinchpoint::importers::temoa
