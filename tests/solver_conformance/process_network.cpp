// SPDX-License-Identifier: Apache-2.0
#include "process_network.hpp"

#include <cmath>

#include "core/base/random.hpp"

namespace pinchpoint::optim {

namespace {

std::vector<std::string> labels(const char* stem, int count) {
  std::vector<std::string> all;
  for (int at = 0; at < count; ++at) all.push_back(stem + std::to_string(at));
  return all;
}

struct Families {
  FamilyId balance, pool, capacity, demand, make, stock, export_, import_, unmet, buy, standing;
};

struct Recipe {
  std::vector<int> input;
  std::vector<double> amount;
};

class Builder {
 public:
  explicit Builder(const ProcessNetwork& size)
      : size_(size), random_(size.seed), products_(size.tiers * size.products_per_tier) {
    const int product_space = names_->add_space("product", labels("p", products_));
    const int region_space = names_->add_space("region", labels("r", size.regions));
    const int period_space = names_->add_space("period", labels("t", size.periods));
    const int maker_space = names_->add_space("maker", labels("m", products_ * size.makers_per_product));
    const std::vector<int> place{product_space, region_space, period_space};
    families_ = {names_->add_family("balance", place),
                 names_->add_family("pool", {product_space, period_space}),
                 names_->add_family("capacity", {maker_space, period_space}),
                 names_->add_family("demand", place),
                 names_->add_family("make", {maker_space, period_space}),
                 names_->add_family("stock", place),
                 names_->add_family("export", place),
                 names_->add_family("import", place),
                 names_->add_family("unmet", place),
                 names_->add_family("buy", {maker_space, period_space}),
                 names_->add_family("standing", {maker_space, period_space})};
  }

  Model build() {
    add_balances();
    for (int product = 0; product < products_; ++product) {
      const Recipe recipe = random_recipe(product);
      for (int maker = 0; maker < size_.makers_per_product; ++maker) {
        add_maker(product, product * size_.makers_per_product + maker, recipe);
      }
      add_trade_of(product);
    }
    for (int product = products_ - size_.products_per_tier; product < products_; ++product) add_demand(product);
    return builder_.build("process network", names_);
  }

 private:
  [[nodiscard]] std::size_t place(int product, int region, int period) const {
    return static_cast<std::size_t>((product * size_.regions + region) * size_.periods + period);
  }
  [[nodiscard]] double surplus_limit() const { return size_.is_exact ? 0 : infinity; }
  double draw(double least, double greatest) {
    const double number = random_.between(least, greatest);
    return size_.is_degenerate ? std::max(1.0, std::round(number)) : number;
  }

  void add_balances() {
    for (int product = 0; product < products_; ++product) {
      for (int region = 0; region < size_.regions; ++region) {
        for (int period = 0; period < size_.periods; ++period) {
          balance_.push_back(builder_.add_row({families_.balance, {product, region, period, -1}}, 0, surplus_limit()));
        }
      }
    }
  }

  Recipe random_recipe(int product) {
    Recipe recipe;
    const int tier = product / size_.products_per_tier;
    for (int input = 0; tier > 0 && input < size_.inputs_per_product; ++input) {
      recipe.input.push_back((tier - 1) * size_.products_per_tier + random_.below(size_.products_per_tier));
      const double amount = random_.between(0.1, 0.6);
      recipe.amount.push_back(size_.is_degenerate ? 0.25 : amount);
    }
    return recipe;
  }

  void add_maker(int product, int maker, const Recipe& recipe) {
    const int region = random_.below(size_.regions);
    const double cost = draw(1, 9);
    const double existing = draw(5, 60);
    std::vector<ColumnId> make;
    for (int period = 0; period < size_.periods; ++period) {
      const double most = size_.has_fixed_capacity ? existing : infinity;
      make.push_back(builder_.add_column({families_.make, {maker, period, -1, -1}}, cost, 0, most));
      for (std::size_t input = 0; input < recipe.input.size(); ++input) {
        builder_.add_entry(balance_[place(recipe.input[input], region, period)], make.back(), -recipe.amount[input]);
      }
      const int ready = period + (product / size_.products_per_tier % 3 == 2 ? size_.lead_time : 0);
      if (ready < size_.periods) builder_.add_entry(balance_[place(product, region, ready)], make.back(), 1);
    }
    if (!size_.has_fixed_capacity) add_capacity(maker, existing, make);
  }

  /// make ≤ standing, and standing ≤ what stood before less losses + what is bought.
  void add_capacity(int maker, double existing, const std::vector<ColumnId>& make) {
    const double price = draw(20, 60);
    const double loss = size_.is_degenerate ? 0 : random_.between(0, 0.02);
    const double unit = size_.unit_of_capacity > 0 ? size_.unit_of_capacity : 1;
    const bool is_whole = size_.unit_of_capacity > 0;
    ColumnId before;
    for (int period = 0; period < size_.periods; ++period) {
      const std::array<std::int32_t, max_indices> index{maker, period, -1, -1};
      const ColumnId standing = builder_.add_column({families_.standing, index}, 0.1, 0, infinity);
      const ColumnId buy =
          builder_.add_column({families_.buy, index}, price * unit, 0, is_whole ? 20 : infinity, is_whole);
      const RowId limit = builder_.add_row({families_.capacity, index}, -infinity, 0);
      builder_.add_entry(limit, make[static_cast<std::size_t>(period)], 1);
      builder_.add_entry(limit, standing, -1);
      const RowId carry = builder_.add_row({families_.capacity, index}, -infinity, period == 0 ? existing : 0);
      builder_.add_entry(carry, standing, 1);
      builder_.add_entry(carry, buy, -unit);
      if (period > 0) builder_.add_entry(carry, before, -(1 - loss));
      before = standing;
    }
  }

  void add_trade_of(int product) {
    const double loss = size_.is_degenerate ? 0 : random_.between(0, 0.01);
    for (int period = 0; period < size_.periods; ++period) {
      const RowId pool = builder_.add_row({families_.pool, {product, period, -1, -1}}, 0, surplus_limit());
      for (int region = 0; region < size_.regions; ++region) {
        const std::array<std::int32_t, max_indices> index{product, region, period, -1};
        const RowId here = balance_[place(product, region, period)];
        const ColumnId sent = builder_.add_column({families_.export_, index}, draw(0.1, 2), 0, infinity);
        const ColumnId got = builder_.add_column({families_.import_, index}, draw(0.1, 2), 0, infinity);
        const ColumnId kept =
            builder_.add_column({families_.stock, index}, 0.05, 0, period + 1 < size_.periods ? infinity : 0);
        builder_.add_entry(here, sent, -1);
        builder_.add_entry(pool, sent, 1);
        builder_.add_entry(pool, got, -1);
        builder_.add_entry(here, got, 1 - loss);
        builder_.add_entry(here, kept, -1);
        if (period + 1 < size_.periods) builder_.add_entry(balance_[place(product, region, period + 1)], kept, 0.999);
      }
    }
  }

  void add_demand(int product) {
    for (int region = 0; region < size_.regions; ++region) {
      const double base = draw(5, 25);
      for (int period = 0; period < size_.periods; ++period) {
        const std::array<std::int32_t, max_indices> index{product, region, period, -1};
        const RowId here = balance_[place(product, region, period)];
        builder_.shift_row(here, base * (1 + 0.03 * period));
        builder_.add_entry(here, builder_.add_column({families_.unmet, index}, 2000, 0, infinity), 1);
      }
    }
  }

  ProcessNetwork size_;
  Random random_;
  int products_;
  std::shared_ptr<Names> names_ = std::make_shared<Names>();
  Families families_;
  ModelBuilder builder_;
  std::vector<RowId> balance_;
};

}  // namespace

Model make_process_network(const ProcessNetwork& size) { return Builder(size).build(); }

Model make_small_network(int tiers, int products_per_tier, std::uint64_t seed) {
  return make_process_network({.tiers = tiers,
                               .products_per_tier = products_per_tier,
                               .regions = 2,
                               .makers_per_product = 2,
                               .periods = 2,
                               .inputs_per_product = products_per_tier,
                               .lead_time = 0,
                               .seed = seed,
                               .has_fixed_capacity = true});
}

}  // namespace pinchpoint::optim
