// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "domain/rules/internal/loaders.hpp"

namespace pinchpoint::rules {

namespace {

/// max over formats of rate * bits, summed over units: a bound from above where only sparse figures are known.
struct Performance {
  std::optional<Exact> total, upper, single;  ///< dense; dense or sparse; of one unit
};

void raise(std::optional<Exact>& most, const Exact& value) {
  if (!most || value > *most) most = value;
}

std::map<std::string, Performance> performances(const RuleTable& table, Diagnostics& diagnostics) {
  std::map<std::string, Performance> all;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto rate = table.decimal(row, "rate");
    const auto bits = table.decimal(row, "bits");
    if (!rate || !bits) continue;
    const auto single = Exact::product(*rate, *bits);
    const auto total = single ? Exact::product(*single, table.decimal(row, "units").value_or(Exact(1))) : std::nullopt;
    if (!total) {
      diagnostics.add(Code::bad_decimal, table.where(row, "rate"), "rate x bits x units has too many digits");
      continue;
    }
    Performance& performance = all[table.text(row, "product")];
    raise(performance.upper, *total);
    if (!table.flag(row, "dense")) continue;
    raise(performance.total, *total);
    raise(performance.single, *single);
  }
  return all;
}

class ProductLoader {
 public:
  ProductLoader(const RuleTable& table, RuleBase& base, Diagnostics& diagnostics)
      : table_(table), base_(base), diagnostics_(diagnostics) {}

  void load(std::size_t row, const Performance& performance) {
    Product product{table_.text(row, "product"),
                    table_.text(row, "name"),
                    table_.text(row, "vendor"),
                    table_.text(row, "kind"),
                    -1,
                    {},
                    citation_of(table_, row),
                    table_.where(row, "product")};
    set(product, "kind", row, "kind");
    product.facts.emplace_back(base_.field("vendor"), Value::of_word(base_.vocabulary.word(product.vendor)));
    for (const std::string& column : table_.extra_columns()) set(product, column, row, column);
    set_performance(product, row, performance);
    base_.products.push_back(std::move(product));
  }

 private:
  void set(Product& product, const std::string& name, std::size_t row, const std::string& column) {
    const std::string& text = table_.text(row, column);
    const int field = base_.vocabulary.find_field(name);
    if (text.empty() || field < 0) return;
    const auto value = parse_value(base_.vocabulary, field, text);
    if (value) {
      product.facts.emplace_back(field, *value);
      return;
    }
    const FieldType type = base_.vocabulary.fields[static_cast<std::size_t>(field)].type;
    Diagnostic& item = diagnostics_.add(type == FieldType::number    ? Code::bad_decimal
                                        : type == FieldType::country ? Code::unknown_country
                                                                     : Code::bad_choice,
                                        table_.where(row, column),
                                        fmt::format("'{}' is no {} that {} may be", text, to_string(type), name));
    item.found = text;
  }
  /// Computed where there is a dense figure; else what is stated; else a bound.
  void set_performance(Product& product, std::size_t row, const Performance& performance) {
    const auto stated = table_.decimal(row, "tpp_stated");
    const auto tpp = performance.total ? performance.total : stated;
    const int field = base_.field("tpp");
    if (tpp) {
      Value value = Value::number(*tpp);
      if (performance.total && performance.upper && *performance.upper > *tpp)
        check_sparse(product, row, value, *performance.upper);
      product.facts.emplace_back(field, value);
    } else {
      auto bound = table_.decimal(row, "tpp_at_most");
      if (!bound) bound = performance.upper;
      Value value;
      value.has_high = bound.has_value();
      if (bound) value.high = *bound;
      if (bound) product.facts.emplace_back(field, value);
    }
    if (const auto single = performance.single ? performance.single : stated)
      product.facts.emplace_back(base_.field("bits_x_tops"), Value::number(*single));
  }
  /// A sparse figure at or under twice the dense one is that dense one's; above that a dense figure is missing.
  void check_sparse(const Product& product, std::size_t row, Value& value, const Exact& upper) {
    const auto twice = Exact::product(value.low, Exact(2));
    if (!twice || upper <= *twice) return;
    value.high = upper;
    diagnostics_.add(
        Code::missing_fact, table_.where(row, "product"),
        fmt::format("'{}' has a sparse figure of {} without its dense one: its performance is known as a bound only",
                    product.id, upper.text()));
  }

  const RuleTable& table_;
  RuleBase& base_;
  Diagnostics& diagnostics_;
};

void link_contents(const RuleTable& table, RuleBase& base, Diagnostics& diagnostics) {
  std::vector<std::string> ids;
  for (const Product& product : base.products) ids.push_back(product.id);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string& inside = table.text(row, "contains");
    if (inside.empty()) continue;
    const int chip = find_row(inside, ids, table.where(row, "contains"), "products.csv", diagnostics);
    if (chip >= 0 && !table.text(static_cast<std::size_t>(chip), "contains").empty())
      diagnostics.add(Code::rule_form, table.where(row, "contains"),
                      fmt::format("'{}' contains something itself: name the chip", inside));
    base.products[row].contains = chip;
  }
}

/// A chip between 1600 and 4800 whose density is missing, or whose performance is: its class cannot be told.
void warn_of_missing(const RuleBase& base, Diagnostics& diagnostics) {
  for (const Product& product : base.products) {
    if (product.kind != "accelerator" && product.kind != "module") continue;
    const Value *tpp = nullptr, *area = nullptr;
    for (const auto& [field, value] : product.facts) {
      if (field == base.field("tpp")) tpp = &value;
      if (field == base.field("area")) area = &value;
    }
    if (product.contains >= 0) continue;
    const bool is_known = tpp != nullptr && tpp->is_known_number();
    if (is_known && (tpp->low < Exact(1600) || tpp->low >= Exact(4800) || area != nullptr)) continue;
    diagnostics.add(Code::missing_fact, product.where,
                    is_known
                        ? fmt::format("'{}' has no die area, and its performance of {} leaves the class to the density",
                                      product.id, tpp->low.text())
                        : fmt::format("'{}' has no total processing performance", product.id));
  }
}

}  // namespace

void internal::load_products(const RuleTables& tables, RuleBase& base, Diagnostics& diagnostics) {
  const RuleTable& table = tables.at("products");
  const RuleTable& precisions = tables.at("precisions");
  const auto performance = performances(precisions, diagnostics);
  ProductLoader loader(table, base, diagnostics);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto found = performance.find(table.text(row, "product"));
    loader.load(row, found == performance.end() ? Performance{} : found->second);
  }
  link_contents(table, base, diagnostics);
  for (std::size_t row = 0; row < precisions.row_count(); ++row) {
    if (base.find_product(precisions.text(row, "product")) < 0)
      diagnostics.add(Code::unknown_name, precisions.where(row, "product"),
                      fmt::format("'{}' is not listed in products.csv", precisions.text(row, "product")));
  }
  warn_of_missing(base, diagnostics);
}

}  // namespace pinchpoint::rules
