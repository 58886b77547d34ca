// SPDX-License-Identifier: Apache-2.0
#include "domain/packages/content.hpp"

#include <functional>

namespace pinchpoint::packages {

namespace {

using Amount = std::optional<Exact>;

Amount plus(const Amount& left, const Amount& right) {
  return left && right ? Exact::sum(*left, *right) : std::nullopt;
}

Amount times(const Amount& left, const Amount& right) {
  return left && right ? Exact::product(*left, *right) : std::nullopt;
}

Amount over(const Amount& left, const Amount& right) {
  return left && right ? Exact::quotient(*left, *right) : std::nullopt;
}

using Counts = std::function<bool(const Line&)>;

Amount sum_of(const Package& package, const Counts& counts, const std::function<Amount(const Line&)>& amount_of) {
  Amount sum = Exact(0);
  for (const Line& line : package.lines) {
    if (counts(line)) sum = plus(sum, amount_of(line));
  }
  return sum;
}

Amount value_of(const Package& package, const Counts& counts) {
  return sum_of(package, counts, [](const Line& line) { return line.value; });
}

Shares shares_of(const Package& package, const Counts& counts) {
  Shares shares;
  const Amount value = value_of(package, counts);
  for (std::size_t reading = 0; reading < shares.size(); ++reading) {
    const auto us_value = [reading](const Line& line) { return times(line.value, line.us_share[reading]); };
    shares[reading] = over(sum_of(package, counts, us_value), value);
  }
  return shares;
}

Amount gap_of(const Amount& value, const Amount& stated) {
  const Amount difference = plus(value, times(stated, Exact(-1)));
  if (!difference) return std::nullopt;
  return over(difference->is_negative() ? times(difference, Exact(-1)) : difference, stated);
}

}  // namespace

Content content_of(const Package& package) {
  const Counts hardware = [](const Line& line) { return line.is_hardware(); };
  const Counts cloud = [](const Line& line) { return !line.is_hardware(); };
  Content content;
  for (const Line& line : package.lines) {
    content.lines += line.is_hardware() ? 1 : 0;
    content.lines_without_value += line.is_hardware() && !line.value ? 1 : 0;
  }
  content.value = value_of(package, hardware);
  content.us_share = shares_of(package, hardware);
  content.with_cloud = shares_of(package, [](const Line&) { return true; });
  content.cloud_value = value_of(package, cloud);
  content.gap = gap_of(content.value, package.hardware_total);
  return content;
}

}  // namespace pinchpoint::packages
