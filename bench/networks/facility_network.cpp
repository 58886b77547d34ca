// SPDX-License-Identifier: Apache-2.0
#include "facility_network.hpp"

#include <algorithm>
#include <map>

#include "core/base/random.hpp"

namespace pinchpoint::optim {

namespace {

std::vector<std::string> labels(const char* stem, int count) {
  std::vector<std::string> all;
  for (int at = 0; at < count; ++at) all.push_back(stem + std::to_string(at));
  return all;
}

/// A period, of demand and of capacity. Where both grow alike, stocks are built for shocks only.
constexpr double growth = 0.01;

struct Families {
  FamilyId balance, pool, make, stock, sent, got, shortage;
};

struct Recipe {
  std::vector<int> input;
  std::vector<double> amount;
};

class Builder {
 public:
  explicit Builder(const FacilityNetworkSize& size) : size_(size), random_(size.seed) {
    const int product = names_->add_space("product", labels("p", size.products));
    const int region = names_->add_space("region", labels("r", size.regions));
    const int period = names_->add_space("period", labels("t", size.periods));
    const int facility = names_->add_space("facility", labels("f", size.facilities));
    const std::vector<int> place{product, region, period};
    families_ = {names_->add_family("balance", place),
                 names_->add_family("pool", {product, period}),
                 names_->add_family("make", {facility, period}),
                 names_->add_family("stock", place),
                 names_->add_family("sent", place),
                 names_->add_family("got", place),
                 names_->add_family("shortage", place)};
    for (int at = 0; at < size.products; ++at) tier_.push_back(at * size.tiers / size.products);
  }

  FacilityNetwork build() {
    add_balances();
    for (int product = 0; product < size_.products; ++product) recipes_.push_back(random_recipe(product));
    add_demands();
    for (int product = size_.products - 1; product >= 0; --product) pass_need_on(product);
    add_first_arrivals();
    add_facilities();
    for (int product = 0; product < size_.products; ++product) add_trade_of(product);
    network_.model = builder_.build("facility network", names_);
    return std::move(network_);
  }

 private:
  [[nodiscard]] RowId balance(int product, int region, int period) const {
    return balance_[static_cast<std::size_t>((product * size_.regions + region) * size_.periods + period)];
  }

  void add_balances() {
    for (int product = 0; product < size_.products; ++product) {
      for (int region = 0; region < size_.regions; ++region) {
        for (int period = 0; period < size_.periods; ++period)
          balance_.push_back(builder_.add_row({families_.balance, {product, region, period, -1}}, 0, infinity));
      }
    }
  }

  Recipe random_recipe(int product) {
    Recipe recipe;
    std::vector<int> before;
    for (int at = 0; at < size_.products; ++at) {
      if (tier_[at] == tier_[product] - 1) before.push_back(at);
    }
    const int inputs = before.empty() ? 0 : 1 + random_.below(2) + (random_.below(4) == 0 ? 1 : 0);
    for (int at = 0; at < inputs && !before.empty(); ++at) {
      const auto chosen = static_cast<std::size_t>(random_.below(static_cast<int>(before.size())));
      recipe.input.push_back(before[chosen]);
      recipe.amount.push_back(random_.between(0.1, 0.6));
      before.erase(before.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    return recipe;
  }

  void add_demands() {
    need_.assign(static_cast<std::size_t>(size_.products), 0);
    for (int product = 0; product < size_.products; ++product) {
      if (tier_[product] != size_.tiers - 1) continue;
      for (int region = 0; region < size_.regions; ++region) {
        const double base = random_.between(5, 40);
        for (int period = 0; period < size_.periods; ++period) {
          const RowId here = balance(product, region, period);
          const double amount = base * (1 + growth * period);
          builder_.shift_row(here, amount);
          const Key key{families_.shortage, {product, region, period, -1}};
          builder_.add_entry(here, builder_.add_column(key, random_.between(800, 2000), 0, infinity), 1);
          need_[product] += amount / size_.periods;
        }
      }
    }
  }

  void pass_need_on(int product) {
    const Recipe& recipe = recipes_[product];
    for (std::size_t at = 0; at < recipe.input.size(); ++at)
      need_[recipe.input[at]] += need_[product] * recipe.amount[at];
  }

  [[nodiscard]] int lead_time(int product) const { return tier_[product] % 3 == 2 ? size_.lead_time : 0; }

  /// What was begun before the horizon: without it, nothing could be made at its start.
  void add_first_arrivals() {
    for (int product = 0; product < size_.products; ++product) {
      for (int period = 0; period < std::min(lead_time(product), size_.periods); ++period) {
        for (int region = 0; region < size_.regions; ++region)
          builder_.shift_row(balance(product, region, period), -need_[product] / size_.regions);
      }
    }
  }

  void add_facilities() {
    std::vector<int> product_of;
    std::map<int, double> weight_of;
    std::vector<double> weight;
    for (int facility = 0; facility < size_.facilities; ++facility) {
      product_of.push_back(facility % size_.products);
      weight.push_back(random_.between(0.3, 3));
      weight_of[product_of.back()] += weight.back();
    }
    for (int facility = 0; facility < size_.facilities; ++facility) {
      const int product = product_of[facility];
      add_facility(facility, product, need_[product] * size_.slack * weight[facility] / weight_of[product]);
    }
  }

  void add_facility(int facility, int product, double capacity) {
    const Recipe& recipe = recipes_[product];
    const int region = random_.below(size_.regions);
    const double cost = random_.between(1, 9);
    const double efficiency = random_.between(0.98, 1.02);
    std::vector<std::int32_t> columns;
    for (int period = 0; period < size_.periods; ++period) {
      const ColumnId make =
          builder_.add_column({families_.make, {facility, period, -1, -1}}, cost, 0, capacity * (1 + growth * period));
      columns.push_back(make.index());
      for (std::size_t at = 0; at < recipe.input.size(); ++at)
        builder_.add_entry(balance(recipe.input[at], region, period), make, -recipe.amount[at] * efficiency);
      const int ready = period + lead_time(product);
      if (ready < size_.periods) builder_.add_entry(balance(product, region, ready), make, 1);
    }
    network_.capacity.push_back(std::move(columns));
  }

  void add_trade_of(int product) {
    std::vector<double> sending, getting, keeping;
    for (int region = 0; region < size_.regions; ++region) {
      sending.push_back(random_.between(0.1, 1.5));
      getting.push_back(random_.between(0.1, 1.5));
      keeping.push_back(random_.between(0.3, 1));
    }
    for (int period = 0; period < size_.periods; ++period) {
      const RowId pool = builder_.add_row({families_.pool, {product, period, -1, -1}}, 0, infinity);
      for (int region = 0; region < size_.regions; ++region) {
        const std::array<std::int32_t, max_indices> index{product, region, period, -1};
        const RowId here = balance(product, region, period);
        const ColumnId sent = builder_.add_column({families_.sent, index}, sending[region], 0, infinity);
        const ColumnId got = builder_.add_column({families_.got, index}, getting[region], 0, infinity);
        const double most = period + 1 < size_.periods ? infinity : 0;
        const ColumnId kept = builder_.add_column({families_.stock, index}, keeping[region], 0, most);
        builder_.add_entry(here, sent, -1);
        builder_.add_entry(pool, sent, 1);
        builder_.add_entry(pool, got, -1);
        builder_.add_entry(here, got, 1);
        builder_.add_entry(here, kept, -1);
        if (period + 1 < size_.periods) builder_.add_entry(balance(product, region, period + 1), kept, 1);
      }
    }
  }

  FacilityNetworkSize size_;
  Random random_;
  std::shared_ptr<Names> names_ = std::make_shared<Names>();
  Families families_;
  ModelBuilder builder_;
  std::vector<int> tier_;
  std::vector<RowId> balance_;
  std::vector<Recipe> recipes_;
  std::vector<double> need_;
  FacilityNetwork network_;
};

}  // namespace

FacilityNetwork make_facility_network(const FacilityNetworkSize& size) { return Builder(size).build(); }

std::vector<Patch> make_shocks(const FacilityNetwork& network, int count, int most, std::uint64_t seed) {
  Random random(seed);
  std::vector<Patch> shocks;
  for (int shock = 0; shock < count; ++shock) {
    std::map<std::int32_t, double> left;
    const int hit = 1 + random.below(most);
    for (int at = 0; at < hit; ++at) {
      const auto& columns = network.capacity[random.below(static_cast<int>(network.capacity.size()))];
      const int periods = static_cast<int>(columns.size());
      const int first = random.below(periods);
      const int length = 1 + random.below(periods - first);
      const double share = random.between(0, 1);
      for (int period = first; period < first + length; ++period)
        left[columns[period]] = network.model.upper[columns[period]] * share;
    }
    Patch patch;
    for (const auto& [column, upper] : left) patch.columns.push_back({column, network.model.lower[column], upper});
    shocks.push_back(std::move(patch));
  }
  return shocks;
}

}  // namespace pinchpoint::optim
