// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "analysis/compose/composer.hpp"

namespace pinchpoint::compose {

namespace {

using packages::Finding;
using packages::Scope;

/// Predicates of the package as a whole are for the package: an offer alone has one layer of five.
bool is_about_the_offer(const packages::Predicate& predicate) {
  return predicate.scope != Scope::package && predicate.scope != Scope::target && predicate.scope != Scope::site &&
         predicate.kind != packages::Kind::information;
}

}  // namespace

Result<Composer> Composer::open(const Catalogue& catalogue, const packages::PredicateBase& predicates, int target,
                                Day day) {
  Composer composer(catalogue, predicates, target, day);
  composer.is_barred_.assign(catalogue.offers.size(), false);
  for (std::size_t place = 0; place < catalogue.offers.size(); ++place) {
    const packages::Offer& offer = catalogue.offers[place];
    // The firm leads its own probe, so that nobody else is tested with it.
    const auto package = packages::assemble(catalogue, {{static_cast<int>(place), offer.least}}, offer.party, target);
    const auto check = packages::check_package(package, predicates, day);
    if (!check) return check.error();
    Barred barred{static_cast<int>(place), {}};
    for (const packages::PredicateFinding& finding : check->findings) {
      const packages::Predicate& predicate = predicates.predicates[static_cast<std::size_t>(finding.predicate)];
      const bool has_things = !finding.subjects.empty();
      if (has_things && is_about_the_offer(predicate) && finding.finding >= Finding::undetermined)
        barred.predicates.push_back(
            fmt::format("{} {}", predicate.id, packages::finding_names[static_cast<std::size_t>(finding.finding)]));
    }
    if (barred.predicates.empty()) continue;
    composer.is_barred_[place] = true;
    composer.barred_.push_back(std::move(barred));
  }
  return composer;
}

}  // namespace pinchpoint::compose
