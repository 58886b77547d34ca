// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <memory>
#include <numeric>

#include "facility_network.hpp"
#include "stress_case.hpp"

namespace pinchpoint::bench {

using namespace optim;

Case network_case(std::size_t scenarios, std::uint64_t seed) {
  FacilityNetworkSize size;
  size.seed = seed;
  const FacilityNetwork network = make_facility_network(size);
  Group group{network.model, std::vector<std::size_t>(scenarios),
              make_shocks(network, static_cast<int>(scenarios), 4, seed + 1)};
  std::iota(group.scenarios.begin(), group.scenarios.end(), std::size_t{0});
  const auto play = [model = group.model, patches = group.patches](int threads) {
    constexpr std::size_t round = 128;
    EnsembleOptions options;
    options.threads = threads;
    Ensemble ensemble(model, patches, {}, options);
    Played played;
    if (!ensemble.is_ready()) {
      played.problem = ensemble.base_message();
      return played;
    }
    const auto begin = std::chrono::steady_clock::now();
    ensemble.solve_rounds(0, patches.size(), round, [&](std::size_t, std::vector<ScenarioBounds> solved) {
      for (ScenarioBounds& bounds : solved) played.bounds.push_back(std::move(bounds));
    });
    played.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return played;
  };
  Case made;
  made.groups.push_back(std::move(group));
  made.play = play;
  return made;
}

}  // namespace pinchpoint::bench
