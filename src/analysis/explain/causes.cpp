// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/causes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "analysis/explain/number_text.hpp"

namespace pinchpoint::explain {

namespace {

constexpr std::size_t longest_chain = 60;
// Loss, as a share of earnings, below which a way counts as one that pays.
constexpr double pays = 1e-6;
// Shares below this are not spoken of.
constexpr double least_share = 0.05;

/// The matrix by rows: which columns have an entry in a row.
class RowView {
 public:
  explicit RowView(const optim::Model& model) : start_(model.row_lower.size() + 1, 0) {
    for (const std::int32_t row : model.matrix.row) ++start_[static_cast<std::size_t>(row) + 1];
    for (std::size_t row = 1; row < start_.size(); ++row) start_[row] += start_[row - 1];
    entries_.resize(model.matrix.row.size());
    std::vector<std::size_t> next(start_.begin(), start_.end() - 1);
    for (std::size_t column = 0; column < model.cost.size(); ++column) {
      const auto end = static_cast<std::size_t>(model.matrix.start[column + 1]);
      for (auto at = static_cast<std::size_t>(model.matrix.start[column]); at < end; ++at)
        entries_[next[static_cast<std::size_t>(model.matrix.row[at])]++] = {column, model.matrix.value[at]};
    }
  }
  [[nodiscard]] auto begin_of(std::size_t row) const {
    return entries_.begin() + static_cast<std::ptrdiff_t>(start_[row]);
  }
  [[nodiscard]] auto end_of(std::size_t row) const {
    return entries_.begin() + static_cast<std::ptrdiff_t>(start_[row + 1]);
  }

 private:
  std::vector<std::size_t> start_;
  std::vector<std::pair<std::size_t, double>> entries_;
};

/// What a column pays to: a row, its own bound, or money.
struct Payment {
  enum class To { row, bound, money } to = To::row;
  std::size_t row = 0;
  double amount = 0;
};

/// A column's books at the plan's prices: what it earns equals what it pays, plus the loss that keeps it out.
struct Books {
  double earned = 0, loss = 0;
  std::vector<Payment> payments;  ///< greatest first
};

/// What rows and bounds are worth: duals and reduced costs, or what they bring a goal.
struct Prices {
  std::vector<double> row, column;
  bool are_money = true;
};

class Walker {
 public:
  Walker(const World& world, const plan::Plan& plan, const ShownValues& values, LivePlan& live, const Prices& prices)
      : world_(world),
        plan_(plan),
        model_(live.model()),
        values_(values),
        solution_(live.solution()),
        prices_(prices),
        rows_(model_) {}

  void walk(std::size_t row, CauseChain& cause);

 private:
  [[nodiscard]] Books books_of(std::size_t column) const;
  [[nodiscard]] std::optional<std::size_t> way_into(std::size_t row, const Books*& books);
  [[nodiscard]] bool ends_at(std::size_t row) const;
  void add_link(std::size_t column, const Books& books, CauseChain& cause) const;
  void conclude_with_row(std::size_t row, std::string_view because, CauseChain& cause) const;
  void conclude(const Payment& payment, std::size_t column, CauseChain& cause) const;
  [[nodiscard]] std::string label(const optim::Key& key) const {
    const PeriodId period = values_.period(key);
    return period.is_valid() ? " in " + world_.timeline.label(period) : "";
  }
  [[nodiscard]] std::string_view family_name(const optim::Key& key) const { return plan::info(family_of(key)).name; }
  [[nodiscard]] std::string thing_text(const optim::Key& key) const {
    return text_of(world_, thing_of(world_, plan_.problem, key));
  }

  const World& world_;
  const plan::Plan& plan_;
  const optim::Model& model_;
  const ShownValues& values_;
  const optim::Solution& solution_;
  const Prices& prices_;
  RowView rows_;
  std::set<std::size_t> seen_;  // rows
  Books books_;
};

Books Walker::books_of(std::size_t column) const {
  Books books;
  const auto end = static_cast<std::size_t>(model_.matrix.start[column + 1]);
  for (auto at = static_cast<std::size_t>(model_.matrix.start[column]); at < end; ++at) {
    const auto row = static_cast<std::size_t>(model_.matrix.row[at]);
    const double earned = prices_.row[row] * model_.matrix.value[at];
    if (earned > 0) books.earned += earned;
    if (earned < 0) books.payments.push_back({Payment::To::row, row, -earned});
  }
  const double cost = prices_.are_money ? model_.cost[column] : 0;
  if (cost > 0) books.payments.push_back({Payment::To::money, 0, cost});
  if (cost < 0) books.earned -= cost;
  double reduced = prices_.column[column];
  // A column that is not used although it would bring the programme more is kept out by its cost.
  const bool is_out = solution_.value[column] <= model_.lower[column] + 1e-12;
  if (!prices_.are_money && is_out) reduced = std::abs(reduced);
  if (reduced < 0) books.payments.push_back({Payment::To::bound, 0, -reduced});
  books.loss = std::max(0.0, reduced);
  std::stable_sort(books.payments.begin(), books.payments.end(),
                   [](const Payment& left, const Payment& right) { return left.amount > right.amount; });
  return books;
}

/// The column by which one unit more would come: one that is used and pays, the greatest of them; or else the one that
/// is nearest to paying. Nothing if no column brings anything.
std::optional<std::size_t> Walker::way_into(std::size_t row, const Books*& books) {
  std::optional<std::size_t> best;
  double best_loss = 0, best_brought = 0;
  for (auto entry = rows_.begin_of(row); entry != rows_.end_of(row); ++entry) {
    const auto& [column, value] = *entry;
    if (prices_.row[row] * value <= 0) continue;
    const Books its = books_of(column);
    if (its.earned <= 0) continue;
    const double ratio = its.loss / its.earned;
    const double loss = ratio <= pays ? 0 : ratio;
    const double brought = std::abs(value * solution_.value[column]);
    if (best && std::pair(loss, -brought) >= std::pair(best_loss, -best_brought)) continue;
    best = column;
    best_loss = loss;
    best_brought = brought;
    books_ = its;
  }
  books = &books_;
  return best;
}

bool Walker::ends_at(std::size_t row) const {
  const std::string_view family = family_name(model_.row_key[row]);
  if (has_words(family)) return !words_of(family).is_link;
  // A family that came later: a side of its own that binds is a limit, one of nothing passes the price on.
  const double side = prices_.row[row] > 0 ? model_.row_lower[row] : model_.row_upper[row];
  return side != 0;
}

void Walker::add_link(std::size_t column, const Books& books, CauseChain& cause) const {
  const optim::Key& key = model_.column_key[column];
  const std::string_view family = family_name(key);
  CauseLink link;
  link.family = family;
  link.thing = thing_of(world_, plan_.problem, key);
  link.period = values_.period(key);
  link.worth = books.earned / values_.display(key).factor;
  const double all = books.earned;
  std::vector<std::string> texts;
  for (const Payment& payment : books.payments) {
    PricePart part{"cost", "its own cost", payment.amount / all};
    if (payment.to == Payment::To::bound) {
      part.family = family;
      part.what = noun_text(family, text_of(world_, link.thing));
    } else if (payment.to == Payment::To::row) {
      const optim::Key& row = model_.row_key[payment.row];
      part.family = family_name(row);
      part.what = noun_text(part.family, thing_text(row));
      if (values_.period(row) != link.period) part.what += label(row);
    }
    if (part.share >= least_share) texts.push_back(fmt::format("{:.0f} % {}", 100 * part.share, part.what));
    link.parts.push_back(std::move(part));
  }
  if (words_of(family).way.empty() || (texts.size() <= 1 && family != "activity" && family != "order")) return;
  const std::string way = fmt::format(fmt::runtime(words_of(family).way), text_of(world_, link.thing));
  constexpr double nearly_all = 0.995;
  const bool has_one_part = texts.size() == 1 && link.parts.front().share >= nearly_all;
  const std::string_view because = prices_.are_money ? (has_one_part ? "its worth is that of" : "of its worth")
                                                     : (has_one_part ? "held back by" : "held back");
  link.sentence = has_one_part ? fmt::format("it {}{}; {} {}", way, label(key), because, link.parts.front().what)
                               : fmt::format("it {}{}; {}: {}", way, label(key), because, fmt::join(texts, ", "));
  cause.links.push_back(std::move(link));
}

void Walker::conclude_with_row(std::size_t row, std::string_view because, CauseChain& cause) const {
  const optim::Key& key = model_.row_key[row];
  cause.family = family_name(key);
  cause.thing = thing_of(world_, plan_.problem, key);
  cause.binds = values_.period(key);
  cause.conclusion =
      fmt::format("what binds: {}{}{}", binds_text(cause.family, text_of(world_, cause.thing)), label(key), because);
}

void Walker::conclude(const Payment& payment, std::size_t column, CauseChain& cause) const {
  const optim::Key& key = model_.column_key[column];
  cause.thing = thing_of(world_, plan_.problem, key);
  cause.binds = values_.period(key);
  const std::string thing = text_of(world_, cause.thing);
  if (payment.to == Payment::To::money) {
    cause.family = "cost";
    cause.conclusion = fmt::format("what binds: the cost of {}{}: more could be had at that price",
                                   noun_text(family_name(key), thing), label(key));
  } else {
    cause.family = family_name(key);
    cause.conclusion = fmt::format("what binds: {}{}", binds_text(cause.family, thing), label(key));
  }
}

void Walker::walk(std::size_t row, CauseChain& cause) {
  for (std::size_t length = 0; length < longest_chain; ++length) {
    seen_.insert(row);
    if (ends_at(row)) return conclude_with_row(row, "", cause);
    const Books* books = nullptr;
    const std::optional<std::size_t> way = way_into(row, books);
    if (!way) return conclude_with_row(row, ", and nothing can be ordered in time to change it", cause);
    const double loss = books->loss / books->earned;
    if (loss > pays && !prices_.are_money) return conclude_with_row(row, ", and other ways do not pay", cause);
    if (loss > pays) {
      const std::string thing = thing_text(model_.column_key[*way]);
      return conclude_with_row(row,
                               fmt::format(": the nearest way out, {}, would cost {} more than it is worth",
                                           noun_text(family_name(model_.column_key[*way]), thing),
                                           share_text(loss / (1 - std::min(loss, 0.999)))),
                               cause);
    }
    add_link(*way, *books, cause);
    const auto next = std::find_if(books->payments.begin(), books->payments.end(), [&](const Payment& payment) {
      return payment.to != Payment::To::row || !seen_.contains(payment.row);
    });
    if (next == books->payments.end()) return conclude_with_row(row, "", cause);
    if (next->to != Payment::To::row) return conclude(*next, *way, cause);
    row = next->row;
  }
  conclude_with_row(row, ", as far as the chain was followed", cause);
}

/// The row of the goal's demand in its due period, or where it is shortest.
std::optional<std::size_t> demand_row(const plan::Plan& plan, const ShownValues& values, const Goal& goal,
                                      PeriodId period) {
  std::optional<std::size_t> found;
  double most = 0;
  for (const std::size_t row : values.members(plan::Family::demand_)) {
    const optim::Key& key = plan.problem.model.row_key[row];
    if (key.index[0] != goal.programme.index() || values.period(key) != period) continue;
    const double price = plan.solution.has_duals ? plan.solution.row_dual[row] : 0;
    if (!found || price > most) found = row;
    most = std::max(most, price);
  }
  return found;
}

/// What one unit more of a row's side or a column brings the goal, with the signs that duals of a shortage have.
Prices amount_prices(const Goal& goal, LivePlan& live) {
  const std::vector<double> weights = goal.weights(live.model().cost.size());
  Prices prices;
  prices.row = live.row_rates(weights);
  prices.column = optim::column_rates(live.model(), weights, prices.row);
  prices.are_money = false;
  const double noise = 1e-9 * goal.factor;
  for (double& price : prices.row) price = std::abs(price) < noise ? 0 : -price;
  for (double& price : prices.column) price = std::abs(price) < noise ? 0 : -price;
  return prices;
}

/// The balance of what the demand row asks for: the shortage itself is the way that pays, so the chain starts behind
/// it.
std::optional<std::size_t> first_row(const plan::Plan& plan, const ShownValues& values, const LivePlan& live,
                                     const Prices& prices, std::size_t demand) {
  const optim::SparseMatrix& matrix = live.model().matrix;
  for (const std::size_t column : values.members(plan::Family::met_)) {
    if (plan.problem.model.column_key[column].index != plan.problem.model.row_key[demand].index) continue;
    for (auto at = matrix.start[column]; at < matrix.start[column + 1]; ++at) {
      const auto row = static_cast<std::size_t>(matrix.row[static_cast<std::size_t>(at)]);
      if (row != demand && prices.row[row] * matrix.value[static_cast<std::size_t>(at)] < 0) return row;
    }
  }
  return std::nullopt;
}

std::string verdict_text(const World& world, const Goal& goal) {
  const std::string name = name_of(world.programmes[goal.programme]);
  const auto label = [&](PeriodId period) { return world.timeline.label(period); };
  if (!goal.is_short()) return fmt::format("{} gets all that it asks for", name);
  std::string text = fmt::format("{} gets {} of {} in {}", name, number_text(goal.met),
                                 amount_text(goal.asked, goal.unit), label(goal.due));
  const double share = goal.asked_in_all > 0 ? goal.met_in_all / goal.asked_in_all : 1;
  if (goal.reached && *goal.reached > goal.due) {
    text += fmt::format("; it reaches {} in {}", amount_text(goal.peak_asked, goal.unit), label(*goal.reached));
  } else if (!goal.reached) {
    text += fmt::format("; it does not reach {} within the horizon", amount_text(goal.peak_asked, goal.unit));
  }
  return text + fmt::format("; over the whole horizon it gets {} of what it asks for (short from {} to {})",
                            share_text(share), label(goal.first_short), label(goal.last_short));
}

}  // namespace

Cause find_cause(const World& world, const plan::Plan& plan, const ShownValues& values, const Goal& goal,
                 LivePlan& live) {
  Cause cause;
  cause.verdict = verdict_text(world, goal);
  cause.period = goal.due;
  if (!goal.is_short()) return cause;
  const bool is_short_when_due = goal.met < goal.asked * (1 - 1e-6);
  if (!is_short_when_due) cause.period = goal.last_short;
  const auto row = demand_row(plan, values, goal, cause.period);
  if (!row) return cause;
  const Prices money{live.solution().row_dual, live.solution().reduced_cost, true};
  if (const auto start = first_row(plan, values, live, money, *row))
    Walker(world, plan, values, live, money).walk(*start, cause.price);
  const Prices amounts = amount_prices(goal, live);
  if (const auto start = first_row(plan, values, live, amounts, *row); start && is_short_when_due)
    Walker(world, plan, values, live, amounts).walk(*start, cause.amount);
  return cause;
}

}  // namespace pinchpoint::explain
