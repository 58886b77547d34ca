// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "analysis/stress/sampling/scenario.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::stress {

enum class SamplingMethod { monte_carlo, sobol, latin_hypercube };

struct SamplingOptions {
  std::uint64_t count = 1000;
  std::uint64_t seed = 1;
  SamplingMethod method = SamplingMethod::monte_carlo;
  bool is_conditional = false;  ///< only futures in which something happens; their share is probability_of_any()
  /// Shocks that start from `begin` on and before `end`: what would start outside does not happen. Empty = as long as
  /// the horizon lasts; without `begin`, shocks of one date may also have started before it.
  std::optional<Date> begin = {}, end = {};
};

/// Scenarios of a list of shocks, each by its number alone, so that a sample can be cut into shards and taken up again.
/// The same on every machine for the same shocks, options and facilities. docs/formulation/shocks.md
///
/// Scenario k is the same whatever `count` is, for monte_carlo and sobol; a Latin hypercube depends on it. The draws of
/// a shock do not depend on which others are in the list, for monte_carlo and latin_hypercube without condition.
class Sampler {
 public:
  /// requires: count ≥ 1; if conditional: some shock can happen
  Sampler(const World& world, const Shocks& shocks, const SamplingOptions& options);
  ~Sampler();
  Sampler(Sampler&&) noexcept;
  Sampler& operator=(Sampler&&) noexcept;

  /// requires: index < count
  [[nodiscard]] Scenario scenario(std::uint64_t index) const;
  [[nodiscard]] std::vector<Scenario> all() const;

  /// Probability that at least one shock happens.
  [[nodiscard]] double probability_of_any() const;
  /// Expected number of hits in a scenario, without the condition.
  [[nodiscard]] double expected_hits() const;
  /// Uniform numbers that a scenario takes, and how many of them come from the plain generator because the method has
  /// no more dimensions. Sobol numbers go to the condition, the clusters and the events first, then to depths and
  /// durations, to the facilities of any_one rows last.
  [[nodiscard]] std::size_t dimensions() const;
  [[nodiscard]] std::size_t padded_dimensions() const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

/// Each shock by itself, as its row states it: depth, duration and `from` without chance; a row with any_one gives one
/// scenario for each facility that matches.
[[nodiscard]] std::vector<Scenario> enumerate(const World& world, const Shocks& shocks);
/// All shocks together, as their rows state them, in one scenario; a row with any_one hits all that matches.
[[nodiscard]] Scenario combine(const Shocks& shocks);

}  // namespace pinchpoint::stress
