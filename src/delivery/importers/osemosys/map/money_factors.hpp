// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "delivery/importers/osemosys/foreign_model.hpp"

namespace pinchpoint::importers::osemosys {

/// How the plan counts money: one rate and one method for all. Where OSeMOSYS has others (a region, a technology, a
/// store), figures are multiplied so that their present value is OSeMOSYS'.
class MoneyFactors {
 public:
  explicit MoneyFactors(const ForeignModel& model);

  [[nodiscard]] double rate() const { return rate_; }
  [[nodiscard]] bool is_straight_line() const { return is_straight_line_; }

  /// Running costs are paid in the middle of a year: ((1 + rate) / (1 + DiscountRate[region]))^(years + ½).
  [[nodiscard]] double running(int region, int year) const;
  /// CapitalRecoveryFactor × PvAnnuity (as given, or by the model text's formulas) where rate, method and whole years
  /// of life agree with the plan's; otherwise the ratio of present values of spending less salvage (equations CC1, CC2,
  /// SV1 to SV4).
  [[nodiscard]] double capital(int region, int technology, int year) const;
  /// Equations SI4 to SI9.
  [[nodiscard]] double storage_capital(int region, int storage, int year) const;

 private:
  /// Present value of a unit of spending less its salvage, in the year `year` counted from the first.
  [[nodiscard]] double net_value(double rate, bool is_straight_line, double life, int year) const;
  [[nodiscard]] double ratio(double rate, bool is_straight_line, double life, int year) const;

  const ForeignModel& model_;
  double rate_ = 0;
  bool is_straight_line_ = false;
};

}  // namespace pinchpoint::importers::osemosys
