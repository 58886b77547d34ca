// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/sampling/sampler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "analysis/stress/sampling/events.hpp"
#include "analysis/stress/sampling/normal.hpp"
#include "analysis/stress/sampling/uniform.hpp"
#include "core/base/ensure.hpp"
#include "core/base/sha256.hpp"
#include "domain/world/shocks/shock_list.hpp"

namespace pinchpoint::stress {

namespace {

/// One uniform number of a scenario. Its stream comes from its name, so that a shock's draws do not depend on which
/// other shocks are sampled.
struct Coordinate {
  std::uint64_t stream = 0;
  std::size_t dimension = 0;
};

std::uint64_t stream_of(const std::string& name) {
  constexpr int digits = 16;
  return std::stoull(sha256_hex(name).substr(0, digits), nullptr, digits);
}

/// Coordinates while they are handed out: those that matter most get the first dimensions.
class Coordinates {
 public:
  enum class Rank { condition, factor, event, choice, size, family_event, family_size };

  std::size_t add(Rank rank, const std::string& name) {
    ranks_.emplace_back(rank, all_.size());
    all_.push_back({stream_of(name), 0});
    return all_.size() - 1;
  }
  std::vector<Coordinate> take() {
    std::sort(ranks_.begin(), ranks_.end());
    for (std::size_t at = 0; at < ranks_.size(); ++at) all_[ranks_[at].second].dimension = at;
    return std::move(all_);
  }

 private:
  std::vector<std::pair<Rank, std::size_t>> ranks_;
  std::vector<Coordinate> all_;
};

/// Where an event's numbers come from.
struct EventDraws {
  std::size_t own = 0;
  std::optional<std::size_t> depth, duration;
};
struct ClusterDraws {
  std::size_t factor = 0, first = 0;
};

double triangular(double low, double mode, double high, double number) {
  if (high <= low) return mode;
  const double left = (mode - low) / (high - low);
  const double value = number < left ? low + std::sqrt(number * (high - low) * (mode - low))
                                     : high - std::sqrt((1 - number) * (high - low) * (high - mode));
  // A grid coarser than the last digits, in which machines may differ.
  constexpr double grid = 1 << 20;
  return std::clamp(std::round(value * grid) / grid, low, high);
}

Hit stated_hit(const Shock& shock, ShockId id, FacilityId facility) {
  Hit hit;
  hit.shock = id;
  hit.facility = facility;
  hit.begin_months = shock.from.months;
  hit.depth = shock.depth;
  hit.duration_months = shock.duration_months.value_or(std::numeric_limits<double>::infinity());
  hit.recovery = shock.recovery;
  hit.recovery_months = shock.recovery_months;
  return hit;
}

}  // namespace

struct Sampler::State {
  Shocks shocks;
  SamplingOptions options;
  std::vector<Event> events;
  std::vector<Block> blocks;
  std::vector<Coordinate> coordinates;
  std::vector<EventDraws> event_draws;      ///< by event
  std::vector<ClusterDraws> cluster_draws;  ///< by block
  std::size_t condition = 0;                ///< coordinate
  std::vector<double> first_before;         ///< by block: probability that one before it is the first that happens
  double probability_of_any = 0;

  /// An event that happens, with its uniform number in the copula.
  using Happening = std::pair<std::size_t, double>;

  void assign_coordinates(const World& world);
  void add_event_draws(const World& world, const Event& event, Coordinates& handed_out);
  [[nodiscard]] double number(std::uint64_t index, std::size_t coordinate) const;
  [[nodiscard]] std::size_t first_block(std::uint64_t index) const;
  // Adds what happens of a block; `is_forced`: given that something of it does.
  void draw_block(std::uint64_t index, std::size_t block, bool is_forced, std::vector<Happening>& happening) const;
  void draw_single(std::uint64_t index, std::size_t event, bool is_forced, std::vector<Happening>& happening) const;
  void draw_cluster(std::uint64_t index, std::size_t block, bool is_forced, std::vector<Happening>& happening) const;
  [[nodiscard]] std::size_t first_event(std::uint64_t index, std::size_t block, double factor) const;
  [[nodiscard]] Hit hit_of(std::uint64_t index, const Happening& happening) const;
};

void Sampler::State::add_event_draws(const World& world, const Event& event, Coordinates& handed_out) {
  using Rank = Coordinates::Rank;
  const Shock& shock = shocks[event.shock];
  const bool is_family = event.facility.is_valid();
  const std::string name = is_family ? fmt::format("{} {}", shock.id, world.facilities[event.facility].id) : shock.id;
  EventDraws draws;
  draws.own = handed_out.add(is_family ? Rank::family_event : Rank::event, "event " + name);
  const Rank size = is_family ? Rank::family_size : Rank::size;
  if (shock.depth_low < shock.depth_high) draws.depth = handed_out.add(size, "depth " + name);
  if (shock.duration_months && *shock.duration_low < *shock.duration_high) {
    draws.duration = handed_out.add(size, "duration " + name);
  }
  event_draws.push_back(draws);
}

void Sampler::State::assign_coordinates(const World& world) {
  using Rank = Coordinates::Rank;
  Coordinates all;
  if (options.is_conditional) condition = all.add(Rank::condition, "condition");
  cluster_draws.resize(blocks.size());
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    if (!blocks[block].is_cluster) continue;
    const std::string& cluster = shocks[events[blocks[block].events.front()].shock].cluster;
    cluster_draws[block].factor = all.add(Rank::factor, "factor " + cluster);
    if (options.is_conditional) cluster_draws[block].first = all.add(Rank::choice, "first " + cluster);
  }
  for (const Event& event : events) add_event_draws(world, event, all);
  coordinates = all.take();
}

double Sampler::State::number(std::uint64_t index, std::size_t coordinate) const {
  const Coordinate& at = coordinates[coordinate];
  if (options.method == SamplingMethod::latin_hypercube) {
    return stratified(options.seed, at.stream, index, options.count);
  }
  if (options.method == SamplingMethod::sobol && at.dimension < sobol_dimensions) {
    return scrambled_sobol(options.seed, at.stream, static_cast<std::uint32_t>(index), at.dimension);
  }
  return uniform(options.seed, at.stream, index);
}

/// The first block in which something happens, given that something does.
std::size_t Sampler::State::first_block(std::uint64_t index) const {
  const double wanted = number(index, condition) * probability_of_any;
  const auto after = std::upper_bound(first_before.begin(), first_before.end(), wanted);
  return static_cast<std::size_t>(after - first_before.begin()) - 1;
}

void Sampler::State::draw_single(std::uint64_t index, std::size_t event, bool is_forced,
                                 std::vector<Happening>& happening) const {
  const double probability = events[event].probability;
  const double own = number(index, event_draws[event].own) * (is_forced ? probability : 1);
  if (own < probability) happening.emplace_back(event, own);
}

/// The first event of a cluster that happens, given the factor and that one does.
std::size_t Sampler::State::first_event(std::uint64_t index, std::size_t block, double factor) const {
  double calm = 1;
  for (const std::size_t event : blocks[block].events) calm *= 1 - events[event].probability_at(factor);
  double left = number(index, cluster_draws[block].first) * (1 - calm);
  double before = 1;
  std::size_t last_possible = blocks[block].events.front();
  for (const std::size_t event : blocks[block].events) {
    const double probability = events[event].probability_at(factor);
    if (probability <= 0) continue;
    last_possible = event;
    left -= before * probability;
    before *= 1 - probability;
    if (left < 0) break;
  }
  return last_possible;
}

void Sampler::State::draw_cluster(std::uint64_t index, std::size_t block, bool is_forced,
                                  std::vector<Happening>& happening) const {
  const double factor_number = number(index, cluster_draws[block].factor);
  const double factor = is_forced ? conditional_factor(blocks[block], factor_number) : normal_quantile(factor_number);
  const std::size_t first = is_forced ? first_event(index, block, factor) : 0;
  for (const std::size_t event : blocks[block].events) {
    if (event < first) continue;
    const double probability = events[event].probability_at(factor);
    const bool is_first = is_forced && event == first;
    const double own = number(index, event_draws[event].own) * (is_first ? probability : 1);
    if (own >= probability) continue;
    happening.emplace_back(event, std::min(events[event].joint(own, factor), events[event].probability));
  }
}

void Sampler::State::draw_block(std::uint64_t index, std::size_t block, bool is_forced,
                                std::vector<Happening>& happening) const {
  if (blocks[block].is_cluster) {
    draw_cluster(index, block, is_forced, happening);
  } else {
    draw_single(index, blocks[block].events.front(), is_forced, happening);
  }
}

Hit Sampler::State::hit_of(std::uint64_t index, const Happening& happening) const {
  const Event& event = events[happening.first];
  const EventDraws& draws = event_draws[happening.first];
  const Shock& shock = shocks[event.shock];
  Hit hit = stated_hit(shock, event.shock, event.facility);
  hit.begin_months = event.start(happening.second);
  if (draws.depth) hit.depth = triangular(shock.depth_low, shock.depth, shock.depth_high, number(index, *draws.depth));
  if (draws.duration) {
    hit.duration_months =
        triangular(*shock.duration_low, *shock.duration_months, *shock.duration_high, number(index, *draws.duration));
  }
  return hit;
}

Sampler::Sampler(const World& world, const Shocks& shocks, const SamplingOptions& options) {
  ensure(options.count > 0, "a sample of no scenarios");
  ensure(options.method != SamplingMethod::sobol || options.count <= std::numeric_limits<std::uint32_t>::max(),
         "more Sobol points than there are");
  auto state = std::make_unique<State>();
  state->shocks = shocks;
  state->options = options;
  state->events = events_of(world, shocks, options);
  state->blocks = blocks_of(shocks, state->events);
  double calm = 1;
  for (const Block& block : state->blocks) {
    state->first_before.push_back(state->probability_of_any);
    state->probability_of_any += calm * block.probability;
    calm *= 1 - block.probability;
  }
  ensure(!options.is_conditional || state->probability_of_any > 0, "a condition that cannot be met");
  state->assign_coordinates(world);
  state_ = std::move(state);
}

Sampler::~Sampler() = default;
Sampler::Sampler(Sampler&&) noexcept = default;
Sampler& Sampler::operator=(Sampler&&) noexcept = default;

Scenario Sampler::scenario(std::uint64_t index) const {
  ensure(index < state_->options.count, "a scenario outside the sample");
  const bool is_conditional = state_->options.is_conditional;
  // Given that something happens: nothing does before the first block, and something in it.
  const std::size_t first = is_conditional ? state_->first_block(index) : 0;
  std::vector<State::Happening> happening;
  for (std::size_t block = first; block < state_->blocks.size(); ++block) {
    state_->draw_block(index, block, is_conditional && block == first, happening);
  }
  std::sort(happening.begin(), happening.end());
  Scenario scenario{index, {}};
  for (const State::Happening& one : happening) scenario.hits.push_back(state_->hit_of(index, one));
  return scenario;
}

std::vector<Scenario> Sampler::all() const {
  std::vector<Scenario> scenarios;
  scenarios.reserve(state_->options.count);
  for (std::uint64_t index = 0; index < state_->options.count; ++index) scenarios.push_back(scenario(index));
  return scenarios;
}

double Sampler::probability_of_any() const { return std::min(state_->probability_of_any, 1.0); }

double Sampler::expected_hits() const {
  double hits = 0;
  for (const Event& event : state_->events) hits += event.probability;
  return hits;
}

std::size_t Sampler::dimensions() const { return state_->coordinates.size(); }

std::size_t Sampler::padded_dimensions() const {
  if (state_->options.method != SamplingMethod::sobol) return 0;
  return dimensions() - std::min(dimensions(), sobol_dimensions);
}

std::vector<Scenario> enumerate(const World& world, const Shocks& shocks) {
  std::vector<Scenario> scenarios;
  for (const ShockId id : ids(shocks)) {
    std::vector<FacilityId> facilities = {FacilityId{}};
    if (shocks[id].any_one) facilities = facilities_of(world, shocks[id]);
    for (const FacilityId facility : facilities) {
      scenarios.push_back({scenarios.size(), {stated_hit(shocks[id], id, facility)}});
    }
  }
  return scenarios;
}

Scenario combine(const Shocks& shocks) {
  Scenario scenario;
  for (const ShockId id : ids(shocks)) scenario.hits.push_back(stated_hit(shocks[id], id, {}));
  return scenario;
}

}  // namespace pinchpoint::stress
