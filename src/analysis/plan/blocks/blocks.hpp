// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "analysis/plan/assembly.hpp"

namespace pinchpoint::plan {

// One constraint family a file; formulas in docs/formulation/<file>.md. A block adds the columns of its subject and its
// own rows, and its terms to the balances, the objective and the budgets.
void add_balance(Assembly& assembly);
void add_budget(Assembly& assembly);
void add_market(Assembly& assembly);
void add_origin(Assembly& assembly);
void add_lane_capacity(Assembly& assembly);
void add_stock(Assembly& assembly);
void add_capacity(Assembly& assembly);
void add_annual_availability(Assembly& assembly);
void add_substitution(Assembly& assembly);
void add_build(Assembly& assembly);
void add_build_limit(Assembly& assembly);
void add_growth(Assembly& assembly);
void add_minimum_size(Assembly& assembly);
void add_quota(Assembly& assembly);
void add_licence_share(Assembly& assembly);
void add_tariff(Assembly& assembly);
void add_subsidy(Assembly& assembly);
void add_content(Assembly& assembly);
void add_demand(Assembly& assembly);
void add_limit(Assembly& assembly);
void add_store(Assembly& assembly);
void add_power_flow(Assembly& assembly);

using AddBlock = void (*)(Assembly&);

/// The model is this list. Balances and budgets come first, because the others add their terms to them; orders come
/// before what limits them, flows before what rules them.
inline constexpr std::array<AddBlock, 22> blocks = {
    add_balance,       add_budget,        add_market,      add_origin,
    add_lane_capacity, add_stock,         add_capacity,    add_annual_availability,
    add_substitution,  add_build,         add_build_limit, add_growth,
    add_minimum_size,  add_store,         add_power_flow,  add_demand,
    add_quota,         add_licence_share, add_tariff,      add_subsidy,
    add_content,       add_limit};

}  // namespace pinchpoint::plan
