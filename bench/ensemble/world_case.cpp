// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>

#include "analysis/stress/effects.hpp"
#include "analysis/stress/rank.hpp"
#include "analysis/stress/sampling/sampler.hpp"
#include "analysis/stress/stress.hpp"
#include "delivery/results/load_model.hpp"
#include "domain/world/shocks/shock_list.hpp"
#include "stress_case.hpp"

namespace pinchpoint::bench {

namespace {

/// The study, its plan, and what strikes it.
struct Study {
  results::LoadedModel loaded;
  Shocks shocks;
  std::optional<World> world;
  plan::Plan plan;
  std::vector<stress::Scenario> scenarios;
  stress::Response response = stress::Response::operate;
};

results::LoadedModel load_study() {
  tables::ReadOptions read;
  read.step = Step::year;
  results::LoadedModel loaded = results::load_model(PINCHPOINT_SOURCE_DIR "/studies/stargate", read);
  if (!loaded.is_sound()) throw std::runtime_error("the study cannot be read");
  return loaded;
}

void make_plan(Study& study) {
  study.plan = plan::make_plan(*study.world, {});
  if (study.plan.status != plan::PlanStatus::optimal) throw std::runtime_error("the study has no plan");
}

std::vector<Group> groups_of(const Study& study) {
  std::map<std::int32_t, std::vector<std::size_t>> by_start;
  for (std::size_t at = 0; at < study.scenarios.size(); ++at) {
    const std::int32_t start = stress::start_of(study.world->timeline, study.scenarios[at]);
    if (start >= 0) by_start[start].push_back(at);
  }
  std::vector<Group> groups;
  for (auto& [start, members] : by_start) {
    stress::OperatingProblem problem =
        stress::make_operating_problem(*study.world, study.plan, PeriodId(start), study.response);
    const stress::Effects effects(*study.world, study.shocks, study.plan, problem);
    Group group;
    for (const std::size_t scenario : members) group.patches.push_back(effects.patch(study.scenarios[scenario]));
    group.model = std::move(problem.model);
    group.scenarios = std::move(members);
    groups.push_back(std::move(group));
  }
  return groups;
}

Played read(const stress::StressResult& result, double seconds) {
  Played played;
  played.seconds = seconds;
  played.problem = result.problem;
  for (const stress::Outcome& outcome : result.outcomes) {
    optim::ScenarioBounds bounds;
    bounds.lower = outcome.lower;
    bounds.upper = outcome.upper;
    bounds.reached = outcome.reached;
    played.bounds.push_back(bounds);
  }
  return played;
}

template <class Play>
Played timed(const Play& play) {
  const auto begin = std::chrono::steady_clock::now();
  const stress::StressResult result = play();
  return read(result, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}

stress::StressOptions options_of(const Study& study, int threads) {
  stress::StressOptions options;
  options.response = study.response;
  options.threads = threads;
  options.checks = 0;
  return options;
}

}  // namespace

Case world_case(std::size_t scenarios, std::uint64_t seed) {
  const auto study = std::make_shared<Study>();
  study->loaded = load_study();
  const std::string library = PINCHPOINT_SOURCE_DIR "/data/shocks/shocks/";
  Result<Shocks> shocks =
      load_shocks(*study->loaded.world, *study->loaded.folder, {library + "accidents.csv", library + "nature.csv"});
  if (!shocks.has_value()) throw std::runtime_error("the shocks cannot be read");
  study->shocks = std::move(shocks).value();
  study->world.emplace(stress::with_flows_apart(*study->loaded.world, study->shocks));
  make_plan(*study);
  const stress::Sampler sampler(*study->world, study->shocks,
                                {scenarios, seed, stress::SamplingMethod::monte_carlo, true});
  study->scenarios = sampler.all();
  Case made;
  made.groups = groups_of(*study);
  made.play = [study](int threads) {
    return timed([&] {
      return stress::run_stress(*study->world, study->shocks, study->plan, study->scenarios,
                                options_of(*study, threads));
    });
  };
  return made;
}

Case rank_case() {
  using enum stress::TargetKind;
  const auto study = std::make_shared<Study>();
  study->loaded = load_study();
  study->world.emplace(*study->loaded.world);
  study->response = stress::Response::rebuild;
  make_plan(*study);
  const Date from = Date{2027 * 12};
  const std::vector<stress::Target> targets =
      stress::targets_of(*study->world, study->plan, {site, owner, country, commodity, lane, group}, from);
  const auto begin = from.months;
  for (std::size_t at = 0; at < targets.size(); ++at) {
    study->shocks.push_back(targets[at].shock);
    stress::Scenario scenario;
    stress::Hit hit;
    hit.shock = ShockId(static_cast<std::int32_t>(at));
    hit.begin_months = begin;
    scenario.hits.push_back(hit);
    study->scenarios.push_back(std::move(scenario));
  }
  Case made;
  made.groups = groups_of(*study);
  made.play = [study, targets, from](int threads) {
    return timed([&] {
      stress::StressOptions options = options_of(*study, threads);
      options.tolerance = stress::rank_tolerance;
      return stress::rank(*study->world, study->plan, targets, {options, from}).result;
    });
  };
  return made;
}

}  // namespace pinchpoint::bench
