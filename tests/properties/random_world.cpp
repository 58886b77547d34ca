// SPDX-License-Identifier: Apache-2.0
#include "properties/random_world.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace pinchpoint::properties {

namespace {

/// A whole number of [low, high]; shrinks towards low. RapidCheck would begin with small ones only.
int pick(int low, int high) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1)); }

/// True in so many of a hundred cases; shrinks towards false.
bool maybe(int percent) { return pick(0, 99) >= 100 - percent; }

template <class Value>
Value one_of(const std::vector<Value>& values) {
  return values[static_cast<std::size_t>(pick(0, static_cast<int>(values.size()) - 1))];
}

std::string figure(int number, const char* unit) { return fmt::format("{} {}", number, unit); }

/// Adds one thing after another; each of them looks at what is there already.
class WorldMaker {
 public:
  explicit WorldMaker(Features features) : features_(features) {}

  WorldText make() {
    add_time();
    add_places();
    add_goods();
    for (std::size_t step = 0; step < goods_.size(); ++step) add_maker(step);
    if (maybe(40)) add_power();
    for (int count = pick(1, 3); count > 0; --count) add_programme();
    for (int count = pick(0, 3); count > 0; --count) add_measure();
    for (int count = pick(0, 2); count > 0; --count) add_limit();
    if (features_.budgets && maybe(50)) add_budget();
    return std::move(world_);
  }

 private:
  [[nodiscard]] std::string region() const { return one_of(regions_); }

  void add_time() {
    const bool in_quarters = maybe(50);
    const int periods = pick(1, 4);
    if (in_quarters) {
      world_.horizon("2025-Q1", fmt::format("2025-Q{}", periods), "quarter");
    } else {
      world_.horizon("2025", fmt::format("{}", 2024 + periods));
    }
    world_.money(maybe(60) ? 0.08 : 0.0, maybe(30) ? "salvage" : "annuity");
  }

  void add_places() {
    const int count = pick(2, 4);
    for (int number = 1; number <= count; ++number) regions_.push_back(fmt::format("R{}", number));
    for (const std::string& id : regions_) world_.regions(id);
    if (maybe(30)) {
      world_.row("regions", "id=site; kind=site; parent=R1");
      regions_.emplace_back("site");
    }
    world_.row("organisations", "id=builder; kind=firm").row("groups", "group=club; member=R1");
    world_.row("groups", "group=club; member=R2");
  }

  void add_goods() {
    const int count = pick(2, 4);
    for (int number = 0; number < count; ++number) add_good(fmt::format("good{}", number));
  }

  void add_good(const std::string& id) {
    const bool is_on_lanes = features_.lanes && goods_.empty();
    const std::string trade = is_on_lanes ? "lanes" : one_of<std::string>({"market", "market", "lanes", "country"});
    const bool is_storable = maybe(40);
    world_.commodity(id, "t", fmt::format("trade={}; storable={}", trade, is_storable ? "yes" : "no"));
    world_.commodity_figure(id, "price", figure(pick(5, 60), "USD/t"));
    world_.commodity_figure(id, "transport_cost", figure(pick(0, 5), "USD/t"));
    if (maybe(40)) world_.commodity_figure(id, "transit_time", figure(pick(1, 14), "months"));
    if (trade == "lanes") add_lanes(id);
    if (is_storable) add_stock(id);
    goods_.push_back(id);
  }

  /// Lanes lead onwards only: a certificate proves no plan whose flows on lanes run in a circle.
  void add_lanes(const std::string& good) {
    for (std::size_t origin = 0; origin < regions_.size(); ++origin) {
      for (std::size_t destination = origin + 1; destination < regions_.size(); ++destination) {
        const bool is_first = origin == 0 && destination == 1;
        if (is_first || maybe(80)) add_lane(good, regions_[origin], regions_[destination]);
      }
    }
  }

  void add_lane(const std::string& good, const std::string& origin, const std::string& destination) {
    const std::string id = fmt::format("{}-{}-{}", good, origin, destination);
    world_.lane(id, good, origin, destination).lane_figure(id, "cost", figure(pick(0, 9), "USD/t"));
    if (maybe(40)) world_.lane_figure(id, "capacity", figure(pick(1, 12), "t/year"));
    if (maybe(30)) world_.lane_figure(id, "transit_time", figure(pick(1, 14), "months"));
  }

  void add_stock(const std::string& good) {
    const std::string place = region();
    const int opening = pick(0, 20);
    world_.stock(good, place, "opening", figure(opening, "t"));
    if (maybe(30)) {
      world_.stock(good, place, "floor", figure(pick(0, opening), "t"));
    } else if (maybe(30)) {
      world_.commodity_figure(good, "decay", figure(pick(1, 40), "%/year"));
    }
    if (maybe(30)) world_.commodity_figure(good, "holding_cost", figure(pick(1, 9), "USD/t/year"));
    if (maybe(20)) world_.stock(good, place, "cover", figure(pick(1, 4), "months"));
    if (maybe(20)) world_.stock(good, place, "limit", figure(opening + pick(0, 20), "t"));
  }

  /// Facilities of `firm`, options of `builder`, of a technology that makes one good of those before it.
  void add_maker(std::size_t step) {
    const std::string& good = goods_[step];
    const std::string technology = fmt::format("make{}", step);
    world_.technology(technology, good, "t/year");
    world_.technology_figure(technology, "variable_cost", figure(pick(4, 20), "USD/t"));
    if (maybe(30)) world_.technology_figure(technology, "availability", figure(pick(50, 95), "%"));
    if (step > 0) add_inputs(technology, step);
    for (int count = pick(1, 2); count > 0; --count) add_facility(technology);
    if (maybe(70)) add_option(technology, step);
    makers_.push_back(technology);
  }

  void add_inputs(const std::string& technology, std::size_t step) {
    const std::string& input = goods_[step - 1];
    const bool has_substitute = step > 1 && maybe(40);
    const char* const group = has_substitute ? "group=feed" : "";
    world_.recipe(technology, "input", input, fmt::format("{} t/t", pick(1, 6) / 2.0), group);
    if (has_substitute) world_.recipe(technology, "input", goods_[step - 2], fmt::format("{} t/t", pick(1, 6)), group);
    if (step + 1 < goods_.size() && maybe(20)) {
      world_.recipe(technology, "output", goods_[step + 1], fmt::format("{} t/t", pick(1, 4) / 10.0));
    }
  }

  void add_facility(const std::string& technology) {
    std::string dates;
    if (maybe(20)) dates = fmt::format("until=2025-{:02}", pick(2, 12));
    if (maybe(20)) dates = fmt::format("status=committed; from=2025-{:02}", pick(2, 12));
    if (maybe(10)) dates = fmt::format("status=announced; from=2025-{:02}", pick(2, 12));
    world_.facility(technology, region(), figure(pick(1, 20), "t/year"), dates);
  }

  void add_option(const std::string& technology, std::size_t step) {
    world_.technology_figure(technology, "capex", figure(pick(1, 60), "USD/(t/year)"));
    world_.technology_figure(technology, "lifetime", figure(pick(1, 20), "years"));
    if (maybe(50)) world_.technology_figure(technology, "build_time", figure(pick(1, 15), "months"));
    if (maybe(30)) world_.technology_figure(technology, "ramp_time", figure(pick(1, 15), "months"));
    if (maybe(30)) add_growth(technology);
    if (step > 0 && maybe(40)) {
      world_.recipe(technology, "build", goods_.front(), fmt::format("{} t/(t/year)", pick(1, 5) / 10.0));
    }
    if (features_.integers && maybe(60)) world_.technology_figure(technology, "block", figure(pick(1, 5), "t/year"));
    // A limit at the smallest order itself would tie two columns by two rows, which no pair of doubles need satisfy.
    const int least = features_.integers && maybe(60) ? pick(1, 8) : 0;
    if (least > 0) world_.technology_figure(technology, "minimum_size", figure(least, "t/year"));
    const bool is_limited = least > 0 || maybe(70);
    const std::string limit = is_limited ? fmt::format("figure={} t/year", least + pick(1, 10)) : "";
    world_.option(technology, region(), "owner=builder; " + limit);
  }

  void add_growth(const std::string& technology) {
    world_.technology_figure(technology, "growth_limit", figure(pick(5, 80), "%/year"));
    world_.technology_figure(technology, "growth_seed", figure(pick(1, 6), "t/year/year"));
  }

  /// Power by slice, of plants in every region, as an input of one maker.
  void add_power() {
    world_.row("slices", "id=day; figure=0.25 1").row("slices", "id=night; figure=0.75 1");
    world_.commodity("power", "MWh", "by_slice=yes; trade=local").technology("plant", "power", "MW");
    world_.technology_figure("plant", "variable_cost", figure(pick(4, 20), "USD/MWh"));
    world_.row("profiles", fmt::format("technology=plant; slice=day; figure={} %", pick(10, 100)));
    for (const std::string& place : regions_) world_.facility("plant", place, fmt::format("{} kW", pick(1, 9)));
    world_.recipe(one_of(makers_), "input", "power", fmt::format("{} MWh/t", pick(1, 4)));
  }

  void add_programme() {
    const std::string id = fmt::format("use{}", ++programmes_);
    const std::string& good = goods_[static_cast<std::size_t>(pick(1, static_cast<int>(goods_.size()) - 1))];
    world_.programme(id, good, region(), figure(pick(1, 20), "t/year"), figure(pick(50, 400), "USD/t"));
    if (maybe(30)) world_.programme_figure(id, "demand", figure(pick(1, 30), "t/year"), "from=2025-07");
  }

  void add_measure() {
    const std::string kind = one_of<std::string>({"ban", "quota", "licence_share", "tariff", "subsidy", "content"});
    const std::string id = fmt::format("rule{}", ++measures_);
    const std::string ends = fmt::format("origin={}; destination={}", one_of(regions_), one_of(regions_));
    const std::string dates = maybe(30) ? "; from=2025-07" : "";
    const std::string& good = one_of(goods_);
    if (kind == "ban") world_.measure(id, kind, good, ends + dates);
    if (kind == "quota") world_.measure(id, kind, good, fmt::format("{}; figure={} t/year", ends, pick(1, 9)) + dates);
    if (kind == "tariff")
      world_.measure(id, kind, good, fmt::format("destination=club; figure={} %", pick(1, 40)) + dates);
    if (kind == "content") world_.measure(id, kind, good, fmt::format("{}; figure={} %", ends, pick(5, 60)) + dates);
    if (kind == "licence_share") {
      world_.measure(id, kind, good, fmt::format("origin={}; figure={} %", region(), pick(5, 90)) + dates);
    }
    if (kind != "subsidy") return;
    const bool is_grant = maybe(50);
    const std::string value = is_grant ? fmt::format("{} %", pick(1, 50)) : fmt::format("{} USD/t", pick(1, 3));
    // Subsidies of one good add up: one of each kind stays below what it subsidises.
    if (std::exchange(is_grant ? has_grant_ : has_credit_, true)) return;
    world_.measure(id, kind, good, fmt::format("destination={}; figure={}", region(), value) + dates);
  }

  /// At most so much is made, used, run or ordered: nothing at all always keeps to it.
  void add_limit() {
    const std::string id = fmt::format("limit{}", ++limits_);
    const std::string what = one_of<std::string>({"activity", "made", "used", "ordered"});
    const std::string per = one_of<std::string>({"period", "horizon", "slice"});
    world_.row("limits", fmt::format("id={}; sense=at_most; per={}", id, per));
    const std::string unit = per == "horizon" && what != "ordered" ? "t" : "t/year";
    world_.row("limit_values", fmt::format("limit={}; figure={}.3 {}", id, pick(0, 20), unit));
    std::string cells = fmt::format("limit={}; what={}", id, what);
    if (what == "made" || what == "used") cells += "; commodity=" + one_of(goods_);
    if (what == "activity" || what == "ordered") cells += "; technology=" + one_of(makers_);
    if (maybe(40)) cells += "; region=" + region();
    if (per == "period" && maybe(30)) cells += "; lag=1";
    world_.row("limit_terms", fmt::format("{}; figure={} 1", cells, pick(1, 4) / 2.0));
  }

  void add_budget() {
    world_.budget(figure(pick(5, 400), "USD/year"), maybe(30) ? "owner=builder; carry_over=no" : "owner=builder");
  }

  Features features_;
  WorldText world_;
  std::vector<std::string> regions_, goods_, makers_;
  int programmes_ = 0, measures_ = 0, limits_ = 0;
  bool has_grant_ = false, has_credit_ = false;
};

}  // namespace

rc::Gen<WorldText> random_world(Features features) {
  return rc::gen::exec([features] { return WorldMaker(features).make(); });
}

}  // namespace pinchpoint::properties

namespace pinchpoint::test_support {

void showValue(const WorldText& world, std::ostream& stream) {
  for (const auto& [key, value] : world.horizon_keys) stream << key << '=' << value << ' ';
  for (const auto& [key, value] : world.money_keys) stream << key << '=' << value << ' ';
  for (const auto& [table, rows] : world.tables) {
    stream << '\n' << table;
    for (const Cells& row : rows) {
      stream << "\n ";
      for (const auto& [column, cell] : row) stream << ' ' << column << '=' << cell << ';';
    }
  }
}

}  // namespace pinchpoint::test_support
