// SPDX-License-Identifier: Apache-2.0
#include "analysis/compose/composer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/compose/internal/program.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::compose {

namespace {

using internal::near;
using packages::Finding;
using packages::Need;
using packages::Offer;

const Exact presumed = *rules::parse_exact("0.51");

/// Millions of USD by which rows of content are held off their side, one after the other, where a point of the search
/// satisfies them to its tolerance (1e-6) and not exactly.
constexpr std::array margins = {0.0, 1e-5, 1e-3};

bool is_hardware(const Catalogue& catalogue, const Offer& offer) {
  const Need& need = catalogue.needs[static_cast<std::size_t>(offer.need)];
  return need.layer == packages::Layer::hardware && need.kind != "cloud_service";
}

void add(Exact& sum, const std::optional<Exact>& part) {
  const auto total = part ? Exact::sum(sum, *part) : std::nullopt;
  ensure(total.has_value(), "a sum of money with more digits than are kept");
  sum = *total;
}

/// Safe bound of the program without its whole numbers, minimised; proved from the matrix.
double relaxed_bound(const optim::Model& model, const optim::Solution& solution) {
  optim::Model relaxed = model;
  std::fill(relaxed.is_integer.begin(), relaxed.is_integer.end(), std::uint8_t{0});
  const optim::Solution relaxation = optim::solve(relaxed);
  return optim::certify(model, solution, &relaxation).relaxation_lower;
}

}  // namespace

bool Composer::is_allowed(const Wish& wish, int offer) const {
  const Offer& it = catalogue_.offers[static_cast<std::size_t>(offer)];
  return !is_barred_[static_cast<std::size_t>(offer)] && !wish.left_out.contains(it.party) &&
         (!wish.latest || it.ready <= *wish.latest);
}

std::vector<int> Composer::offers_of(const Wish& wish) const {
  std::vector<int> offers;
  for (std::size_t offer = 0; offer < catalogue_.offers.size(); ++offer) {
    if (is_allowed(wish, static_cast<int>(offer))) offers.push_back(static_cast<int>(offer));
  }
  return offers;
}

Composed Composer::measure(const std::vector<Take>& takes, int anchor) const {
  Composed composed;
  composed.takes = takes;
  composed.anchor = anchor;
  composed.ready = rules::first_day;
  Exact value(0);
  std::array<Exact, packages::reading_names.size()> us_value;
  for (const Take& take : takes) {
    const Offer& offer = catalogue_.offers[static_cast<std::size_t>(take.offer)];
    const auto price = Exact::product(offer.price, Exact(take.units));
    add(composed.cost, price);
    composed.ready = std::max(composed.ready, offer.ready);
    if (!is_hardware(catalogue_, offer)) continue;
    add(value, price);
    for (std::size_t reading = 0; reading < us_value.size(); ++reading)
      add(us_value[reading], Exact::product(*price, *offer.us_share[reading]));
  }
  for (std::size_t reading = 0; reading < us_value.size(); ++reading)
    composed.content[reading] = Exact::quotient(us_value[reading], value);
  return composed;
}

bool Composer::is_met(const Wish& wish, const Composed& composed) const {
  std::vector<std::int64_t> got(catalogue_.needs.size(), 0);
  for (const Take& take : composed.takes) {
    const Offer& offer = catalogue_.offers[static_cast<std::size_t>(take.offer)];
    if (!is_allowed(wish, take.offer) || take.units < offer.least || take.units > offer.most) return false;
    got[static_cast<std::size_t>(offer.need)] += take.units;
  }
  for (std::size_t need = 0; need < got.size(); ++need) {
    if (got[need] != catalogue_.needs[need].amount) return false;
  }
  for (const auto& share : composed.content) {
    if (wish.is_presumed && (!share || *share < presumed)) return false;
  }
  const auto& share = composed.content[static_cast<std::size_t>(wish.reading)];
  if (wish.least_content && (!share || *share < *wish.least_content)) return false;
  if (wish.most_cost && composed.cost > *wish.most_cost) return false;
  return composed.anchor >= 0 && catalogue_.may_lead[static_cast<std::size_t>(composed.anchor)] &&
         !wish.left_out.contains(composed.anchor);
}

Answer Composer::solve(const Wish& wish, const Exact& lambda, bool is_fewest) const {
  const std::vector<int> offers = offers_of(wish);
  optim::SolveOptions options;
  options.relative_gap = 0;
  for (const double margin : margins) {
    const internal::Program program =
        internal::program_of(catalogue_, offers, wish, {wish.aim, lambda, is_fewest}, margin);
    const optim::Solution solution = optim::solve(program.model, options);
    if (solution.status == optim::Status::infeasible && margin > 0) break;
    if (solution.status == optim::Status::infeasible) return {std::nullopt, why_none(wish)};
    if (solution.status != optim::Status::optimal)
      return {std::nullopt, fmt::format("the search gave up: {}", solution.message)};
    Composed composed = measure(program.takes_of(solution.value), program.anchor_of(solution.value));
    if (!is_met(wish, composed)) continue;
    composed.proof.claimed = solution.mip_bound;
    if (wish.aim != Aim::date && !is_fewest) composed.proof.bound = relaxed_bound(program.model, solution);
    if (margin > 0) composed.proof.words = "rows of content were held off by a margin: the best may lie inside it; ";
    return {std::move(composed), ""};
  }
  return {std::nullopt, "what the search finds misses the content by rounding"};
}

bool Composer::is_short_by(const Wish& wish, Day day) const {
  Wish earlier = wish;
  earlier.latest = day;
  std::vector<std::int64_t> room(catalogue_.needs.size(), 0);
  for (const int offer : offers_of(earlier)) {
    const Offer& it = catalogue_.offers[static_cast<std::size_t>(offer)];
    room[static_cast<std::size_t>(it.need)] += it.most;
  }
  for (std::size_t need = 0; need < room.size(); ++need) {
    if (room[need] < catalogue_.needs[need].amount) return true;
  }
  return false;
}

std::string Composer::why_none(const Wish& wish) const {
  std::string why;
  for (std::size_t need = 0; need < catalogue_.needs.size(); ++need) {
    std::int64_t room = 0;
    for (const int offer : offers_of(wish)) {
      const Offer& it = catalogue_.offers[static_cast<std::size_t>(offer)];
      if (it.need == static_cast<int>(need)) room += it.most;
    }
    const Need& it = catalogue_.needs[need];
    if (room < it.amount)
      why += fmt::format("{}{}: {} of {} {} can be had", why.empty() ? "" : "; ", it.id, room, it.amount, it.unit);
  }
  if (!why.empty()) return why + (wish.latest ? fmt::format(" by {}", to_string(*wish.latest)) : "");
  if (wish.is_presumed || wish.least_content)
    return "the units can be had, and not with the content asked for, or nobody who may lead";
  return "nobody who may lead, or the smallest lots do not fit";
}

Exact Composer::least_value() const {
  Exact least(0);
  for (std::size_t need = 0; need < catalogue_.needs.size(); ++need) {
    std::optional<Exact> cheapest;
    for (const int place : offers_of({})) {
      const Offer& offer = catalogue_.offers[static_cast<std::size_t>(place)];
      if (offer.need == static_cast<int>(need) && is_hardware(catalogue_, offer) &&
          (!cheapest || offer.price < *cheapest))
        cheapest = offer.price;
    }
    if (cheapest) add(least, Exact::product(*cheapest, Exact(catalogue_.needs[need].amount)));
  }
  return least;
}

void Composer::fill(const Wish& wish, Composed& composed) const {
  Wish same = wish;
  same.aim = Aim::content;
  same.most_cost = composed.cost;
  const auto reading = static_cast<std::size_t>(wish.reading);
  while (true) {
    const Exact lambda = *composed.content[reading];
    Answer fuller = solve(same, lambda);
    if (!fuller.package || *fuller.package->content[reading] <= lambda) return;
    fuller.package->proof = composed.proof;
    composed = std::move(*fuller.package);
  }
}

Answer Composer::cheapest(const Wish& wish) const {
  Answer answer = solve(wish, Exact(0));
  if (answer.package) fill(wish, *answer.package);
  if (answer.package)
    answer.package->proof.words += fmt::format(
        "no package costs less than {:.6f} MUSD (proved without whole numbers); the search's own bound is {:.6f}",
        *answer.package->proof.bound, answer.package->proof.claimed);
  return answer;
}

Answer Composer::fullest(const Wish& wish) const {
  const auto reading = static_cast<std::size_t>(wish.reading);
  Wish by_cost = wish;
  by_cost.aim = Aim::cost;
  Answer best = solve(by_cost, Exact(0));
  double above = 0;
  while (best.package) {
    const Exact lambda = *best.package->content[reading];
    Answer next = solve(wish, lambda);
    if (!next.package) break;
    above = -*next.package->proof.bound;
    if (*next.package->content[reading] <= lambda) break;
    best = std::move(next);
  }
  if (!best.package) return best;
  by_cost.least_content = best.package->content[reading];
  if (Answer same = solve(by_cost, Exact(0)); same.package) best = std::move(same);
  packages::Shares& content = best.package->content;
  best.package->proof.bound = near(*content[reading]) + std::max(0.0, above) / near(least_value());
  best.package->proof.words += fmt::format(
      "no package has more than {:.4f} % by this reading (proved without whole numbers); the search says that none has "
      "more than this one",
      *best.package->proof.bound * 100);
  return best;
}

Answer Composer::earliest(const Wish& wish) const {
  Answer first = solve(wish, Exact(0));
  if (!first.package) return first;
  Wish by_cost = wish;
  by_cost.aim = Aim::cost;
  by_cost.latest = first.package->ready;
  Answer best = solve(by_cost, Exact(0));
  if (!best.package) best = std::move(first);
  fill(by_cost, *best.package);
  Wish before = by_cost;
  before.latest = Day{best.package->ready.days - 1};
  best.package->proof.bound.reset();
  best.package->proof.words +=
      is_short_by(wish, *before.latest) ? "no earlier: proved by counting units that are ready the day before"
      : is_proved_impossible(before)    ? "no earlier: proved, even with parts of units, by a ray that was checked"
                                        : "no earlier: by the search, not proved otherwise";
  return best;
}

bool Composer::is_proved_impossible(const Wish& wish) const {
  optim::Model model = internal::program_of(catalogue_, offers_of(wish), wish, {Aim::cost, Exact(0)}, 0).model;
  std::fill(model.is_integer.begin(), model.is_integer.end(), std::uint8_t{0});
  const optim::Solution solution = optim::solve(model);
  return solution.status == optim::Status::infeasible && solution.has_ray &&
         optim::certify_infeasible(model, solution.ray);
}

void Composer::shrink(const Wish& wish, Composed& composed) const {
  Wish same = wish;
  same.aim = Aim::cost;
  same.most_cost = composed.cost;
  same.least_content = composed.content[static_cast<std::size_t>(wish.reading)];
  if (wish.aim == Aim::date) same.latest = composed.ready;
  Answer fewer = solve(same, Exact(0), true);
  if (!fewer.package) return;
  fewer.package->proof = composed.proof;
  composed = std::move(*fewer.package);
}

Answer Composer::best(const Wish& wish) const {
  Answer answer = wish.aim == Aim::cost ? cheapest(wish) : wish.aim == Aim::content ? fullest(wish) : earliest(wish);
  if (!answer.package) return answer;
  shrink(wish, *answer.package);
  judge(*answer.package);
  return answer;
}

packages::Package Composer::package_of(const Composed& composed) const {
  return packages::assemble(catalogue_, composed.takes, composed.anchor, target_);
}

void Composer::judge(Composed& composed) const {
  const packages::Package package = package_of(composed);
  const auto check = packages::check_package(package, predicates_, day_);
  ensure(check.has_value(), "a package of tested offers can be judged");
  composed.overall = check->overall;
  for (const packages::PredicateFinding& finding : check->findings) {
    const packages::Predicate& predicate = predicates_.predicates[static_cast<std::size_t>(finding.predicate)];
    if (predicate.kind != packages::Kind::information && finding.finding > Finding::pass)
      composed.open.push_back(
          fmt::format("{} {}", predicate.id, packages::finding_names[static_cast<std::size_t>(finding.finding)]));
  }
}

}  // namespace pinchpoint::compose
