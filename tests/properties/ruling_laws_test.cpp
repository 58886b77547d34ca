// SPDX-License-Identifier: Apache-2.0
// Laws of plans under rules, on random worlds of two metals, four countries and the rules of the shipped base: Chinese
// gallium and antimony may not go to the US from 2024-12-03 to 2025-11-08, and need a licence for everywhere.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "analysis/ruling/ruling.hpp"
#include "analysis/stress/effects.hpp"
#include "analysis/stress/sampling/sampler.hpp"
#include "analysis/stress/stress.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::properties {

using test_support::TemporaryFolder;
using test_support::WorldText;

namespace {

constexpr double slack = 1e-6;

int up_to(int most) { return *rc::gen::inRange(1, most + 1); }

/// Makers in China, Japan and Korea at random costs, users in the US, Japan and Korea, stocks, a metal made of the
/// other.
WorldText random_metals() {
  WorldText world;
  world.horizon("2025-Q1", "2026-Q2", "quarter").regions("CN JP US KR");
  world.commodity("gallium", "t", "storable=yes").commodity("antimony", "t").commodity("wafer", "piece");
  for (const char* const metal : {"gallium", "antimony"}) {
    const std::string works = fmt::format("{}-works", metal);
    world.technology(works, metal, "t/year")
        .commodity_figure(metal, "transport_cost", fmt::format("{} USD/t", up_to(5)));
    for (const char* const place : {"CN", "JP", "KR"}) {
      world.facility(works, place, fmt::format("{} t/year", up_to(40)));
      world.technology_figure(works, "variable_cost", fmt::format("{} USD/t", up_to(60)),
                              fmt::format("region={}", place));
    }
    for (const char* const place : {"US", "JP", "KR"})
      world.programme(fmt::format("{}-{}", metal, place), metal, place, fmt::format("{} t/year", up_to(40)),
                      fmt::format("{} USD/t", 50 + up_to(100)));
    world.row("rule_items", fmt::format("id={0}; commodity={0}; item={0}", metal));
  }
  world.technology("fab", "wafer", "piece/year").recipe("fab", "input", "gallium", "0.5 t/piece");
  world.facility("fab", "US", "20 piece/year").programme("phones", "wafer", "US", "20 piece/year", "300 USD/piece");
  return world;
}

WorldText& grant(WorldText& world, double amount) {
  world.row("licence_outcomes", fmt::format("id=metals; commodity=gallium; figure={} t/year", amount));
  return world.row("licence_outcomes", "id=others; commodity=antimony; figure=1 1");
}

struct Ruled {
  tables::ModelFolder folder;
  World world;
};

Ruled ruled(WorldText text, const char* as_of) {
  const TemporaryFolder place;
  text.rules(as_of).write(place.path());
  auto folder = tables::read_model_folder(place.path());
  if (!folder) RC_FAIL(render_text(folder.error()));
  auto world = ruling::load_ruled_world(*folder);
  if (!world) RC_FAIL(render_text(world.error()));
  return {std::move(*folder), std::move(world->world)};
}

double worth(const World& world) { return test_support::plan_of(world).objective(); }
double worth(const WorldText& text, const char* as_of) { return worth(ruled(text, as_of).world); }

bool no_more(double left, double right) { return left <= right + slack * std::max(1.0, std::abs(right)); }

}  // namespace

// The rules of 2024-12-03 are those of the day before and a prohibition.
RC_GTEST_PROP(RulingLaws, a_stricter_vintage_never_costs_less, ()) {
  WorldText world = random_metals();
  grant(world, up_to(60));
  RC_ASSERT(no_more(worth(world, "2024-12-02"), worth(world, "2024-12-03")));
  RC_ASSERT(no_more(worth(world, "2024-12-02"), worth(world, "path")));
  RC_ASSERT(no_more(worth(world, "path"), worth(world, "2024-12-03")));
}

RC_GTEST_PROP(RulingLaws, granting_less_never_costs_less, ()) {
  const WorldText world = random_metals();
  WorldText more = world, less = world;
  const int amount = up_to(60);
  RC_ASSERT(no_more(worth(grant(more, amount), "path"), worth(grant(less, amount / 2.0), "path")));
}

// Nothing changes between the suspension and the end of the horizon.
RC_GTEST_PROP(RulingLaws, a_path_without_changes_is_the_vintage, ()) {
  WorldText world = random_metals();
  grant(world, up_to(60));
  const double path = worth(world, "path");
  RC_ASSERT(std::abs(path - worth(world, "2025-11-10")) <= slack * std::max(1.0, std::abs(path)));
}

// The plan knows nothing of the suspension; from 2026 on the ban is lifted, or it comes to last.
RC_GTEST_PROP(RulingLaws, a_lifted_ban_never_hurts_and_a_plan_that_can_be_switched_costs_the_same, ()) {
  WorldText text = random_metals();
  grant(text, up_to(60));
  const Ruled banned = ruled(text, "2025-06-01");
  auto ruler = ruling::Ruler::read(banned.folder);
  RC_ASSERT(ruler.has_value());
  Shock lift;
  lift.id = "lift";
  lift.kind = ShockKind::rule_change;
  lift.rules_as_of = "2025-11-10";
  lift.from = *parse_date("2026-01");
  Shocks shocks;
  shocks.push_back(lift);
  const auto open = ruler->rule_with_switches(*load_world(banned.folder), shocks);
  RC_ASSERT(open.has_value());
  RC_ASSERT(shocks[ShockId(0)].problem.empty());
  RC_ASSERT(!shocks[ShockId(0)].switched.empty());
  const auto plan = test_support::plan_of(*open);
  RC_ASSERT(std::abs(plan.objective() - worth(banned.world)) <= slack * std::max(1.0, plan.objective()));
  const auto result = stress::run_stress(*open, shocks, plan.plan(), {stress::combine(shocks)}, {});
  RC_ASSERT(result.is_complete);
  RC_ASSERT(result.outcomes.front().is_certified);
  RC_ASSERT(result.outcomes.front().loss_lower <= slack * plan.objective());
}

}  // namespace pinchpoint::properties
