// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/packages/catalogue/catalogue.hpp"
#include "domain/packages/check_package.hpp"

namespace pinchpoint::compose {

using packages::Catalogue;
using packages::Reading;
using packages::Take;
using rules::Day;
using rules::Exact;

/// What a package is chosen by. Ties are broken by cost, content, then the number of members.
enum class Aim { cost, content, date };
inline constexpr std::array aim_names = {"cost", "content", "date"};

/// What is asked of a package besides the predicates.
struct Wish {
  Aim aim = Aim::cost;
  Reading reading = Reading::value_added;  ///< content is greatest, and bounded below, by this reading
  bool is_presumed = true;                 ///< 0.51 by every reading, so that P13 passes; false: any content
  std::set<int> left_out{};                ///< parties
  std::optional<Day> latest{};             ///< everything stands by then
  std::optional<Exact> least_content{};
  std::optional<Exact> most_cost{};
};

/// Offers that no package may hold, and the predicates that say so.
struct Barred {
  int offer = -1;
  std::vector<std::string> predicates;  ///< "P12 fail"
};

/// How far it is proved that nothing is better.
struct Proof {
  /// Proved by our own code from the matrix: no package costs less, has more content. Nothing for a date.
  std::optional<double> bound;
  /// The search's own bound, taken from the solver.
  double claimed = 0;
  std::string words;  ///< how, for people
};

/// A package with its figures, recomputed exactly from the units taken.
struct Composed {
  std::vector<Take> takes;
  int anchor = -1;
  Exact cost;                ///< millions of USD, of everything
  packages::Shares content;  ///< of the hardware
  Day ready;                 ///< the last of its offers
  packages::Overall overall = packages::Overall::not_compliant;
  std::vector<std::string> open;  ///< predicates that are conditional or worse: "P20 conditional"
  Proof proof;
};

/// A package, or why there is none.
struct Answer {
  std::optional<Composed> package;
  std::string why;
};

/// A corner of the trade-off: no other package found is at least as good in all three, and better in one.
using Front = std::vector<Composed>;

/// What a set of members can do: the cheapest package, and the best content and day, each for itself.
struct Corner {
  std::optional<Exact> cost, cheapest_content;
  std::optional<Day> cheapest_ready;
  std::optional<Exact> content;
  std::optional<Day> ready;
  std::string why;  ///< if there is no package
};

struct AllyRow {
  int party = -1;
  Corner without;  ///< all members but this one
  Corner only;     ///< this one and the members of the United States
};

struct AllyTable {
  Corner all, none;  ///< every member; members of the United States alone
  std::vector<AllyRow> allies;
};

/// Composes packages from a catalogue for one target and one day. Not thread-safe. Holds references to its arguments.
///
///   min cost, max content, min date  over  units x (whole), offers y, members z, anchor a (yes or no)
///   sum of x over offers of a need = its amount        least y <= x <= most y        y <= z <= sum of y + a
///   sum of a = 1, a <= z, only of those who may lead   sum of price (us_share_r - 0.51) x >= 0 for each reading r
///   ready >= day of y
///
/// Content is a ratio and maximised by Dinkelbach's iteration. What a program finds is put together as a package and
/// tested by the predicates themselves, in exact numbers: docs/formulation/compose.md
class Composer {
 public:
  /// Tests every offer by itself.
  ///
  /// errors    RUL-013 as check_package
  [[nodiscard]] static Result<Composer> open(const Catalogue& catalogue, const packages::PredicateBase& predicates,
                                             int target, Day day);

  [[nodiscard]] const std::vector<Barred>& barred() const { return barred_; }
  [[nodiscard]] Answer best(const Wish& wish) const;
  /// `points` levels of content between the cheapest and the fullest package of every day of delivery that matters.
  [[nodiscard]] Front front(const Wish& wish, int points) const;
  /// What each member from abroad that has an offer left adds, and what it costs to go without it.
  [[nodiscard]] AllyTable allies(const Wish& wish) const;
  [[nodiscard]] packages::Package package_of(const Composed& composed) const;

 private:
  Composer(const Catalogue& catalogue, const packages::PredicateBase& predicates, int target, Day day)
      : catalogue_(catalogue), predicates_(predicates), target_(target), day_(day) {}
  [[nodiscard]] bool is_allowed(const Wish& wish, int offer) const;
  [[nodiscard]] std::vector<int> offers_of(const Wish& wish) const;
  /// By the program of one goal; lambda for content only.
  [[nodiscard]] Answer solve(const Wish& wish, const Exact& lambda, bool is_fewest = false) const;
  /// The same cost and day with as much content as can be.
  void fill(const Wish& wish, Composed& composed) const;
  /// The same cost, content and day with as few members as can be.
  void shrink(const Wish& wish, Composed& composed) const;
  /// Nothing of the wish can be had, even with parts of units: a ray that was checked.
  [[nodiscard]] bool is_proved_impossible(const Wish& wish) const;
  /// Everything of the wish, in whole units and exact numbers.
  [[nodiscard]] bool is_met(const Wish& wish, const Composed& composed) const;
  [[nodiscard]] Answer cheapest(const Wish& wish) const;
  [[nodiscard]] Composed measure(const std::vector<Take>& takes, int anchor) const;
  void judge(Composed& composed) const;
  [[nodiscard]] Answer fullest(const Wish& wish) const;
  [[nodiscard]] Answer earliest(const Wish& wish) const;
  [[nodiscard]] std::string why_none(const Wish& wish) const;
  [[nodiscard]] bool is_short_by(const Wish& wish, Day day) const;
  [[nodiscard]] Exact least_value() const;
  [[nodiscard]] Corner corner(Wish wish) const;
  [[nodiscard]] std::set<int> foreign_members() const;

  const Catalogue& catalogue_;
  const packages::PredicateBase& predicates_;
  int target_;
  Day day_;
  std::vector<Barred> barred_;
  std::vector<bool> is_barred_;  ///< by offer
};

}  // namespace pinchpoint::compose
