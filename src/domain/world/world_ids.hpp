// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/id.hpp"

namespace pinchpoint {

using LayerId = Id<struct LayerTag>;
using RegionId = Id<struct RegionTag>;
using OrganisationId = Id<struct OrganisationTag>;
using GroupId = Id<struct GroupTag>;
using CommodityId = Id<struct CommodityTag>;
using TechnologyId = Id<struct TechnologyTag>;
using FacilityId = Id<struct FacilityTag>;
using OptionId = Id<struct OptionTag>;
using LaneId = Id<struct LaneTag>;
using MeasureId = Id<struct MeasureTag>;
using ProgrammeId = Id<struct ProgrammeTag>;
using ModeId = Id<struct ModeTag>;
using SliceId = Id<struct SliceTag>;
using VisitId = Id<struct VisitTag>;
using LimitId = Id<struct LimitTag>;
using FactId = Id<struct FactTag>;
using ShockId = Id<struct ShockTag>;

}  // namespace pinchpoint
