// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/tables/explain_tables.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <array>
#include <system_error>

#include "delivery/results/tables/database.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::results {

namespace {

namespace fs = std::filesystem;
using explain::Explanation;

constexpr CellType number = CellType::number;
constexpr CellType integer = CellType::integer;

constexpr std::array table_names = {"explain_goal",        "explain_pinch",       "explain_relief",
                                    "explain_relief_goal", "explain_cause",       "explain_cause_part",
                                    "explain_figure",      "explain_figure_goal", "explain_break_even"};
constexpr std::array view_names = {"explain_top_figures", "explain_chain"};

constexpr const char* views = R"sql(
CREATE VIEW explain_top_figures AS
  SELECT rank, file_table, name, value, unit, low, high, slope, swing, confidence, source, place
    FROM explain_figure WHERE rank IS NOT NULL AND source <> '' ORDER BY rank LIMIT 20;

CREATE VIEW explain_chain AS
  SELECT c.programme, c.chain, c.link, c.sentence, group_concat(printf('%.0f %% %s', 100 * p.share, p.what), '; ') AS parts
    FROM explain_cause c LEFT JOIN explain_cause_part p ON p.programme = c.programme AND p.chain = c.chain AND p.link = c.link
   GROUP BY c.programme, c.chain, c.link ORDER BY c.programme, c.chain, c.link;
)sql";

Cell view(const std::string& text) { return std::string_view(text); }
Cell whole(std::size_t count) { return static_cast<std::int64_t>(count); }

/// Writes one table after the other.
class ExplainTables {
 public:
  ExplainTables(const World& world, const plan::Plan& plan, const Explanation& explanation, Database& database)
      : world_(world), plan_(plan), explanation_(explanation), database_(database) {}

  void write() {
    write_goals();
    write_pinches();
    write_reliefs();
    write_relief_goals();
    write_causes();
    write_cause_parts();
    write_figures();
    write_figure_goals();
    write_break_evens();
  }

 private:
  [[nodiscard]] std::string label(PeriodId period) const {
    return period.is_valid() ? world_.timeline.label(period) : std::string();
  }
  [[nodiscard]] std::string_view region(RegionId id) const {
    return id.is_valid() ? std::string_view(world_.regions[id].id) : std::string_view();
  }
  [[nodiscard]] std::string_view owner(OrganisationId id) const {
    return id.is_valid() ? std::string_view(world_.organisations[id].id) : std::string_view();
  }
  [[nodiscard]] const std::string& programme(std::size_t goal) const {
    return world_.programmes[explanation_.goals[goal].programme].id;
  }

  void write_goals() {
    TableWriter table(database_, {"explain_goal",
                                  {{"programme"},
                                   {"due"},
                                   {"asked", number},
                                   {"met", number},
                                   {"unit"},
                                   {"reached"},
                                   {"first_short"},
                                   {"last_short"},
                                   {"binds_family"},
                                   {"binds"},
                                   {"binds_region"},
                                   {"binds_owner"},
                                   {"verdict"},
                                   {"conclusion"}}});
    for (std::size_t at = 0; at < explanation_.goals.size(); ++at) {
      const explain::Goal& goal = explanation_.goals[at];
      const explain::Cause& cause = explanation_.causes[at];
      const explain::CauseChain& main = cause.main();
      const std::string due = label(goal.due), first = label(goal.first_short), last = label(goal.last_short);
      const std::string reached = goal.reached ? label(*goal.reached) : "";
      table.row({view(programme(at)), view(due), goal.asked, goal.met, view(goal.unit), view(reached), view(first),
                 view(last), view(main.family), view(main.thing.id), region(main.thing.region), owner(main.thing.owner),
                 view(cause.verdict), view(main.conclusion)});
    }
  }

  void write_pinches() {
    TableWriter table(database_, {"explain_pinch",
                                  {{"family"},
                                   {"thing"},
                                   {"region"},
                                   {"owner"},
                                   {"period"},
                                   {"price", number},
                                   {"price_unit"},
                                   {"amount", number},
                                   {"unit"},
                                   {"programme"},
                                   {"due"},
                                   {"gain", number},
                                   {"gain_unit"}}});
    for (std::size_t at = 0; at < explanation_.pinches.size(); ++at) {
      const explain::PinchRow& pinch = explanation_.pinches[at];
      const std::string period = label(pinch.period);
      for (std::size_t goal = 0; goal < explanation_.goals.size(); ++goal) {
        const std::string due = label(explanation_.goals[goal].due);
        const std::string gain_unit = fmt::format("{} per {}", explanation_.goals[goal].unit, pinch.unit);
        table.row({view(pinch.family), view(pinch.thing), region(pinch.region), owner(pinch.owner), view(period),
                   pinch.price, view(pinch.price_unit), pinch.amount, view(pinch.unit), view(programme(goal)),
                   view(due), explanation_.pinch_rates[at][goal], view(gain_unit)});
      }
    }
  }

  void write_reliefs() {
    TableWriter table(database_, {"explain_relief",
                                  {{"rank", integer},
                                   {"family"},
                                   {"thing"},
                                   {"region"},
                                   {"owner"},
                                   {"first"},
                                   {"last"},
                                   {"periods", integer},
                                   {"amount", number},
                                   {"unit"},
                                   {"worth", number},
                                   {"worth_unit"},
                                   {"holds_less", number},
                                   {"holds_more", number},
                                   {"step", number},
                                   {"is_tried", integer},
                                   {"worth_more", number},
                                   {"worth_less", number},
                                   {"cost", number},
                                   {"sentence"}}});
    std::size_t rank = 0;
    for (const explain::Relief& relief : explanation_.reliefs) {
      const std::string first = label(relief.first), last = label(relief.last);
      const std::string worth_unit = fmt::format("{} per {}", world_.currency, relief.unit);
      table.row({whole(++rank),
                 view(relief.family),
                 view(relief.thing.id),
                 region(relief.thing.region),
                 owner(relief.thing.owner),
                 view(first),
                 view(last),
                 whole(static_cast<std::size_t>(relief.periods)),
                 relief.amount,
                 view(relief.unit),
                 relief.worth,
                 view(worth_unit),
                 -relief.range.least,
                 relief.range.most,
                 relief.step,
                 whole(relief.is_tried ? 1 : 0),
                 relief.is_tried ? Cell(relief.worth_more) : Cell(),
                 relief.is_tried ? Cell(relief.worth_less) : Cell(),
                 relief.cost > 0 ? Cell(relief.cost) : Cell(),
                 view(relief.sentence)});
    }
  }

  void write_relief_goals() {
    TableWriter table(database_, {"explain_relief_goal",
                                  {{"rank", integer},
                                   {"programme"},
                                   {"due"},
                                   {"gain_at_basis", number},
                                   {"gain_more", number},
                                   {"loss_less", number},
                                   {"gain_in_all", number},
                                   {"gain_unit"}}});
    for (std::size_t at = 0; at < explanation_.reliefs.size(); ++at) {
      const explain::Relief& relief = explanation_.reliefs[at];
      for (std::size_t goal = 0; goal < relief.goals.size(); ++goal) {
        const std::string due = label(explanation_.goals[goal].due);
        const std::string unit = fmt::format("{} per {}", explanation_.goals[goal].unit, relief.unit);
        const explain::GoalGain& gain = relief.goals[goal];
        table.row({whole(at + 1), view(programme(goal)), view(due), gain.at_basis,
                   relief.is_tried ? Cell(gain.more) : Cell(), relief.is_tried ? Cell(gain.less) : Cell(),
                   relief.is_tried ? Cell(gain.more_in_all) : Cell(), view(unit)});
      }
    }
  }

  /// Calls `see` with every link: programme, chain, number and the link.
  template <class See>
  void for_each_link(const See& see) const {
    for (std::size_t goal = 0; goal < explanation_.causes.size(); ++goal) {
      const explain::Cause& cause = explanation_.causes[goal];
      for (const auto& [name, chain] : {std::pair{"amount", &cause.amount}, std::pair{"price", &cause.price}}) {
        std::size_t place = 0;
        for (const explain::CauseLink& link : chain->links) see(goal, std::string_view(name), ++place, link);
      }
    }
  }

  void write_causes() {
    TableWriter table(database_, {"explain_cause",
                                  {{"programme"},
                                   {"chain"},
                                   {"link", integer},
                                   {"family"},
                                   {"thing"},
                                   {"region"},
                                   {"owner"},
                                   {"period"},
                                   {"worth", number},
                                   {"sentence"}}});
    for_each_link([&](std::size_t goal, std::string_view chain, std::size_t place, const explain::CauseLink& link) {
      const std::string period = label(link.period);
      table.row({view(programme(goal)), chain, whole(place), view(link.family), view(link.thing.id),
                 region(link.thing.region), owner(link.thing.owner), view(period), link.worth, view(link.sentence)});
    });
  }

  void write_cause_parts() {
    TableWriter table(
        database_,
        {"explain_cause_part", {{"programme"}, {"chain"}, {"link", integer}, {"family"}, {"what"}, {"share", number}}});
    for_each_link([&](std::size_t goal, std::string_view chain, std::size_t place, const explain::CauseLink& link) {
      for (const explain::PricePart& part : link.parts)
        table.row({view(programme(goal)), chain, whole(place), view(part.family), view(part.what), part.share});
    });
  }

  void write_figures() {
    TableWriter table(database_, {"explain_figure",
                                  {{"rank", integer},
                                   {"file_table"},
                                   {"figure"},
                                   {"name"},
                                   {"value", number},
                                   {"unit"},
                                   {"low", number},
                                   {"high", number},
                                   {"slope", number},
                                   {"slope_unit"},
                                   {"at_low", number},
                                   {"at_high", number},
                                   {"swing", number},
                                   {"kind"},
                                   {"exact_at_low", number},
                                   {"exact_at_high", number},
                                   {"confidence"},
                                   {"source"},
                                   {"place"}}});
    std::vector<std::size_t> rank(explanation_.effects.size(), 0);
    for (std::size_t at = 0; at < explanation_.strongest.size(); ++at) rank[explanation_.strongest[at]] = at + 1;
    for (std::size_t at = 0; at < explanation_.effects.size(); ++at) {
      const Figure& figure = explanation_.figures[at];
      const explain::FigureEffect& effect = explanation_.effects[at];
      const std::string unit = fmt::format("{} per {}", world_.currency, figure.unit.empty() ? "1" : figure.unit);
      const std::string source = fmt::format("{}", fmt::join(figure.sources, ";"));
      const std::string place =
          figure.where.file.empty() ? "" : fmt::format("{}:{}", figure.where.file, figure.where.line);
      const std::string kind = effect.is_step ? "step" : effect.has_effect ? "slope" : "none";
      const std::string confidence = to_string(figure.confidence);
      table.row({rank[at] > 0 ? whole(rank[at]) : Cell(), view(figure.table), view(figure.label),
                 view(explanation_.figure_names[at]), figure.value, view(figure.unit),
                 figure.low ? Cell(*figure.low) : Cell(), figure.high ? Cell(*figure.high) : Cell(),
                 effect.is_step ? Cell() : Cell(effect.slope), view(unit),
                 figure.low && !effect.is_step ? Cell(effect.down) : Cell(),
                 figure.high && !effect.is_step ? Cell(effect.up) : Cell(),
                 effect.is_step ? Cell() : Cell(effect.swing), view(kind),
                 effect.exact ? Cell(effect.exact->down) : Cell(), effect.exact ? Cell(effect.exact->up) : Cell(),
                 view(confidence), view(source), view(place)});
    }
  }

  void write_figure_goals() {
    TableWriter table(database_, {"explain_figure_goal",
                                  {{"file_table"},
                                   {"figure"},
                                   {"programme"},
                                   {"due"},
                                   {"slope", number},
                                   {"at_low", number},
                                   {"at_high", number},
                                   {"unit"}}});
    for (std::size_t at = 0; at < explanation_.effects.size(); ++at) {
      const Figure& figure = explanation_.figures[at];
      const explain::FigureEffect& effect = explanation_.effects[at];
      for (std::size_t goal = 0; goal < effect.goal_slopes.size(); ++goal) {
        const double slope = effect.goal_slopes[goal];
        if (slope == 0 || effect.is_step) continue;
        const std::string due = label(explanation_.goals[goal].due);
        table.row({view(figure.table), view(figure.label), view(programme(goal)), view(due), slope,
                   figure.low ? Cell(slope * (*figure.low - figure.value)) : Cell(),
                   figure.high ? Cell(slope * (*figure.high - figure.value)) : Cell(),
                   view(explanation_.goals[goal].unit)});
      }
    }
  }

  void write_break_evens() {
    TableWriter table(database_, {"explain_break_even",
                                  {{"rank", integer},
                                   {"technology"},
                                   {"region"},
                                   {"owner"},
                                   {"period"},
                                   {"capex", number},
                                   {"break_even", number},
                                   {"fall", number},
                                   {"unit"},
                                   {"loss", number},
                                   {"sentence"}}});
    std::size_t rank = 0;
    for (const explain::BreakEven& item : explanation_.break_evens) {
      const plan::Asset& asset = plan_.problem.network.assets[item.asset];
      const std::string period = label(item.period);
      const std::string unit = fmt::format("{} per {}", world_.currency, item.unit);
      table.row({whole(++rank), view(world_.technologies[asset.technology].id), region(asset.region),
                 owner(asset.owner), view(period), item.capex, item.break_even, 1 - item.break_even / item.capex,
                 view(unit), item.loss, view(item.sentence)});
    }
  }

  const World& world_;
  const plan::Plan& plan_;
  const Explanation& explanation_;
  Database& database_;
};

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  throw WriteError(fmt::format("cannot write {}: {}", path.string(), error.message()));
}

/// Takes a file away at the end of its scope, whatever happens.
struct Leftover {
  fs::path path;
  ~Leftover() {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
};

/// For a text between single quotes of SQL.
std::string quoted(const std::string& text) {
  std::string twice;
  for (const char letter : text) twice.append(letter == '\'' ? 2 : 1, letter);
  return twice;
}

void flush_to_disk(const fs::path& path) {
  const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) return;
  ::fsync(handle);
  ::close(handle);
}

}  // namespace

std::array<fs::path, 2> explanation_drafts(const fs::path& database) {
  return {fs::path(database) += fmt::format(".{}.work", ::getpid()),
          fs::path(database) += fmt::format(".{}.new", ::getpid())};
}

void write_explanation(const World& world, const plan::Plan& plan, const Explanation& explanation,
                       const fs::path& database) {
  const auto drafts = explanation_drafts(database);
  const Leftover work{drafts[0]};
  const Leftover whole_file{drafts[1]};
  std::error_code error;
  fs::copy_file(database, work.path, fs::copy_options::overwrite_existing, error);
  if (error) fail(work.path, error);
  {
    Database changed(work.path);
    for (const char* name : view_names) changed.execute(fmt::format("DROP VIEW IF EXISTS {}", name));
    for (const char* name : table_names) changed.execute(fmt::format("DROP TABLE IF EXISTS {}", name));
    ExplainTables(world, plan, explanation, changed).write();
    changed.execute(views);
    // Written anew, pages left by an earlier explanation and counters of writes are gone: equal content, equal bytes.
    changed.execute("PRAGMA schema_version=1; COMMIT");
    fs::remove(whole_file.path, error);
    changed.execute(fmt::format("VACUUM INTO '{}'; BEGIN", quoted(whole_file.path.string())));
    changed.finish();
  }
  flush_to_disk(whole_file.path);
  fs::rename(whole_file.path, database, error);
  if (error) fail(database, error);
}

}  // namespace pinchpoint::results
