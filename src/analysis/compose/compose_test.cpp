// SPDX-License-Identifier: Apache-2.0
// Small catalogues of which every package can be listed: what the programs find has to be the best of the list.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "analysis/compose/composer.hpp"

namespace pinchpoint::compose {
namespace {

using packages::Overall;

const rules::RuleBase& base() {
  static const rules::RuleBase shipped = rules::load_rule_base(rules::shipped_rules()).value();
  return shipped;
}
const packages::PredicateBase& predicates() {
  static const packages::PredicateBase shipped = packages::load_predicates(rules::shipped_rules(), base()).value();
  return shipped;
}

using Files = std::map<std::string, std::string>;

Files frame_files() {
  Files files;
  files["catalogue.csv"] =
      "id,name,submitted_on,as_of,support,made_in_us_statement,weight_protection,outbound_review,enduser_policy,"
      "kyc_remote_access,legal_entity\n"
      "t,T,2026-06-30,2026-11-22,advocacy,by line,encrypted,yes,yes,yes,no\n";
  files["targets.csv"] = "target,reason,operator\nPH,a reason,ph-hall\nSO,a reason,ph-hall\n";
  files["parties.csv"] =
      "id,name,seat,principal_place,owners,anchor,supplies\n"
      "ph-hall,Hall,PH,PH,none,,\n"
      "us-a,A,US,US,none,yes,hardware\n"
      "us-b,B,US,US,none,,software\n"
      "kr-c,C,KR,KR,none,,hardware\n"
      "jp-d,D,JP,JP,none,,hardware\n"
      "cn-e,E,CN,CN,none,,hardware\n";
  files["needs.csv"] =
      "need,layer,kind,amount,unit\n"
      "chips,hardware,accelerator,4,sets\n"
      "boxes,hardware,server,2,sets\n"
      "drives,hardware,storage,3,sets\n"
      "net,hardware,network_equipment,1,sets\n"
      "cloud,hardware,cloud_service,1,years\n"
      "labels,data,,1,sets\n"
      "model,models,,1,licence\n"
      "guard,security,,1,service\n"
      "apps,applications,,1,suite\n";
  return files;
}

constexpr const char* offer_header =
    "offer,need,party,item,from,most,least,price,low,high,ready,us_share_value_added,us_share_customs,us_share_ip,"
    "weights,"
    "confidence,note,ready_note\n";

struct Row {
  std::string id, need, party, most, price, ready, shares, item{};
};

std::string offer(const Row& row) {
  const std::string from = row.party.starts_with("jp")      ? "JP"
                           : row.party.substr(0, 2) == "us" ? "US"
                           : row.party.starts_with("kr")    ? "KR"
                                                            : "CN";
  return row.id + "," + row.need + "," + row.party + "," + row.item + "," + from + "," + row.most + ",," + row.price +
         ",0,99," + row.ready + "," + row.shares + (row.need == "model" ? ",closed" : ",") +
         ",assumed,made up,made up\n";
}

/// The offers that every catalogue of these tests has.
std::string usual_offers() {
  return offer({"net-us", "net", "us-a", "1", "1", "2027-01-01", "0.6,1,0.9"}) +
         offer({"cloud-us", "cloud", "us-a", "1", "2", "2027-01-01", "1,1,1"}) +
         offer({"labels-us", "labels", "us-b", "1", "1", "2027-01-01", ",,"}) +
         offer({"model-us", "model", "us-b", "1", "1", "2027-01-01", ",,"}) +
         offer({"guard-us", "guard", "us-b", "1", "1", "2027-01-01", ",,"}) +
         offer({"apps-us", "apps", "us-b", "1", "1", "2027-01-01", ",,"});
}

Catalogue catalogue_of(const std::string& offers) {
  Files files = frame_files();
  files["offers.csv"] = offer_header + usual_offers() + offers;
  auto catalogue = packages::load_catalogue(files, base());
  if (!catalogue) ADD_FAILURE() << render_text(catalogue.error());
  return std::move(catalogue.value());
}

Composer composer_of(const Catalogue& catalogue, int target = 0) {
  return Composer::open(catalogue, predicates(), target, *rules::parse_day("2026-11-22")).value();
}

std::string two_of_each() {
  return offer({"chips-us", "chips", "us-a", "4", "10", "2028-01-01", "0.9,1,1", "l40s"}) +
         offer({"chips-kr", "chips", "kr-c", "4", "8", "2027-03-01", "0.1,0,0.2", "l40s"}) +
         offer({"boxes-us", "boxes", "us-a", "2", "5", "2027-06-01", "0.5,1,0.7", "l40s"}) +
         offer({"boxes-jp", "boxes", "jp-d", "2", "4", "2027-02-01", "0.1,0,0.1", "l40s"}) +
         offer({"drives-us", "drives", "us-a", "3", "2", "2027-02-01", "0.5,1,0.8"}) +
         offer({"drives-jp", "drives", "jp-d", "3", "1", "2027-02-01", "0,0,0"});
}

TEST(Compose, a_package_that_is_found_meets_the_predicates) {
  const Catalogue catalogue = catalogue_of(two_of_each());
  const Composer composer = composer_of(catalogue);
  EXPECT_TRUE(composer.barred().empty());
  for (const Aim aim : {Aim::cost, Aim::content, Aim::date}) {
    const Answer answer = composer.best({.aim = aim});
    ASSERT_TRUE(answer.package) << answer.why;
    EXPECT_EQ(answer.package->overall, Overall::compliant_pending_designation);
    EXPECT_TRUE(answer.package->open.empty());
  }
}

TEST(Compose, without_the_presumption_the_verdict_is_for_a_person) {
  const Catalogue catalogue = catalogue_of(two_of_each());
  const Answer answer = composer_of(catalogue).best({.aim = Aim::cost, .is_presumed = false});
  ASSERT_TRUE(answer.package);
  EXPECT_EQ(answer.package->overall, Overall::needs_human);
  EXPECT_EQ(answer.package->open, std::vector<std::string>{"P13 undetermined"});
  EXPECT_EQ(answer.package->cost.text(), "50");  // 32 + 8 + 3 + 7
}

TEST(Compose, offers_that_predicates_bar_are_named_and_never_taken) {
  const Catalogue catalogue =
      catalogue_of(two_of_each() + offer({"drives-cn", "drives", "cn-e", "3", "0.1", "2027-01-01", "0,0,0"}));
  const Composer composer = composer_of(catalogue);
  ASSERT_EQ(composer.barred().size(), 1U);
  EXPECT_EQ(composer.barred()[0].predicates.front(), "P08 fail");
  const Answer answer = composer.best({.aim = Aim::cost, .is_presumed = false});
  for (const Take& take : answer.package->takes)
    EXPECT_NE(catalogue.offers[static_cast<std::size_t>(take.offer)].id, "drives-cn");
}

TEST(Compose, a_target_that_no_chip_may_go_to_has_no_package) {
  const Catalogue catalogue = catalogue_of(two_of_each());
  const Answer answer = composer_of(catalogue, 1).best({});
  EXPECT_FALSE(answer.package);
  EXPECT_NE(answer.why.find("chips: 0 of 4"), std::string::npos) << answer.why;
}

TEST(Compose, the_line_of_51_percent_is_met_exactly) {
  // 4 chips at 10 of which 0.51 is American, everything else at 0.51 too: any unit of the cheaper ones breaks it.
  const std::string at_line = "0.51,0.51,0.51";
  const std::string offers = offer({"chips-us", "chips", "us-a", "4", "10", "2027-01-01", at_line, "l40s"}) +
                             offer({"chips-kr", "chips", "kr-c", "4", "9.999999", "2027-01-01",
                                    "0.509999999,0.509999999,0.509999999", "l40s"}) +
                             offer({"boxes-us", "boxes", "us-a", "2", "5", "2027-01-01", at_line, "l40s"}) +
                             offer({"drives-us", "drives", "us-a", "3", "2", "2027-01-01", at_line});
  std::string usual = usual_offers();
  usual.replace(usual.find("0.6,1,0.9"), 9, at_line);
  Files files = frame_files();
  files["offers.csv"] = offer_header + usual + offers;
  const Catalogue catalogue = packages::load_catalogue(files, base()).value();
  const Answer answer = composer_of(catalogue).best({.aim = Aim::content});
  ASSERT_TRUE(answer.package) << answer.why;
  EXPECT_EQ(answer.package->content[0]->text(12), "0.51");
}

TEST(Compose, the_soonest_is_proved_by_counting_where_units_run_out) {
  const Catalogue catalogue = catalogue_of(two_of_each());
  const Answer answer = composer_of(catalogue).best({.aim = Aim::date, .is_presumed = false});
  ASSERT_TRUE(answer.package);
  EXPECT_EQ(to_string(answer.package->ready), "2027-03-01");
  EXPECT_NE(answer.package->proof.words.find("proved by counting"), std::string::npos);
  const Answer presumed = composer_of(catalogue).best({.aim = Aim::date});
  EXPECT_EQ(to_string(presumed.package->ready), "2028-01-01");
}

TEST(Compose, allies_are_worth_what_goes_without_them) {
  const Catalogue catalogue = catalogue_of(two_of_each());
  const AllyTable table = composer_of(catalogue).allies({.is_presumed = false});
  ASSERT_EQ(table.allies.size(), 2U);
  EXPECT_EQ(table.all.cost->text(), "50");
  EXPECT_EQ(table.none.cost->text(), "63");  // 40 + 10 + 6 + 7
  for (const AllyRow& row : table.allies) {
    const bool is_korean = catalogue.party(row.party).id == "kr-c";
    EXPECT_EQ(row.without.cost->text(), is_korean ? "58" : "55");
    EXPECT_EQ(row.only.cost->text(), is_korean ? "55" : "58");
    EXPECT_EQ(to_string(*row.without.ready), is_korean ? "2028-01-01" : "2027-06-01");
  }
}

TEST(Compose, no_point_of_the_trade_off_beats_another) {
  const Catalogue catalogue = catalogue_of(two_of_each());
  const Front front = composer_of(catalogue).front({.is_presumed = false}, 4);
  ASSERT_GE(front.size(), 3U);
  for (const Composed& left : front) {
    for (const Composed& right : front) {
      const bool beats = left.cost <= right.cost && *left.content[0] >= *right.content[0] &&
                         left.ready <= right.ready && &left != &right;
      EXPECT_FALSE(beats);
    }
  }
}

/// Everything that a catalogue of few units can be, one after the other.
void list_all(const Catalogue& catalogue, std::size_t need, std::vector<Take>& takes,
              const std::function<void(const std::vector<Take>&)>& take_package) {
  if (need == catalogue.needs.size()) return take_package(takes);
  std::vector<int> offers;
  for (std::size_t at = 0; at < catalogue.offers.size(); ++at) {
    if (catalogue.offers[at].need == static_cast<int>(need)) offers.push_back(static_cast<int>(at));
  }
  const std::function<void(std::size_t, std::int64_t)> fill = [&](std::size_t at, std::int64_t rest) {
    if (at == offers.size()) {
      if (rest == 0) list_all(catalogue, need + 1, takes, take_package);
      return;
    }
    const packages::Offer& offer = catalogue.offers[static_cast<std::size_t>(offers[at])];
    fill(at + 1, rest);
    for (std::int64_t units = offer.least; units <= std::min(rest, offer.most); ++units) {
      takes.push_back({offers[at], units});
      fill(at + 1, rest - units);
      takes.pop_back();
    }
  };
  fill(0, catalogue.needs[need].amount);
}

struct Best {
  std::optional<Exact> cost, content;
  std::optional<Day> ready;
};

Best best_of_list(const Catalogue& catalogue, bool is_presumed) {
  Best best;
  std::vector<Take> takes;
  const Exact line = *rules::parse_exact("0.51");
  list_all(catalogue, 0, takes, [&](const std::vector<Take>& all) {
    Exact cost(0);
    Day ready = rules::first_day;
    for (const Take& take : all) {
      const packages::Offer& offer = catalogue.offers[static_cast<std::size_t>(take.offer)];
      cost = *Exact::sum(cost, *Exact::product(offer.price, Exact(take.units)));
      ready = std::max(ready, offer.ready);
    }
    const packages::Content content =
        packages::content_of(packages::assemble(catalogue, all, catalogue.frame.base.find_party("us-a"), 0));
    for (const auto& share : content.us_share) {
      if (is_presumed && *share < line) return;
    }
    if (!best.cost || cost < *best.cost) best.cost = cost;
    if (!best.content || *content.us_share[0] > *best.content) best.content = content.us_share[0];
    if (!best.ready || ready < *best.ready) best.ready = ready;
  });
  return best;
}

std::string random_offers(std::mt19937& random) {
  const auto draw = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  const auto share = [&] { return "0." + std::to_string(draw(0, 9)); };
  std::string offers;
  for (const auto& [need, amount, item] :
       {std::tuple("chips", 4, "l40s"), std::tuple("boxes", 2, "l40s"), std::tuple("drives", 3, "")}) {
    for (const char* const party : {"us-a", "kr-c", "jp-d"}) {
      offers += offer({std::string(need) + "-" + party, need, party, std::to_string(draw(1, amount)),
                       std::to_string(draw(1, 12)) + "." + std::to_string(draw(0, 99)),
                       "2027-0" + std::to_string(draw(1, 9)) + "-01", share() + "," + share() + "," + share(), item});
    }
  }
  return offers;
}

TEST(Compose, what_the_programs_find_is_the_best_of_all_packages) {
  std::mt19937 random(2026);
  int feasible = 0;
  for (int trial = 0; trial < 12; ++trial) {
    const Catalogue catalogue = catalogue_of(random_offers(random));
    const Composer composer = composer_of(catalogue);
    for (const bool is_presumed : {false, true}) {
      const Best best = best_of_list(catalogue, is_presumed);
      const Answer by_cost = composer.best({.aim = Aim::cost, .is_presumed = is_presumed});
      ASSERT_EQ(by_cost.package.has_value(), best.cost.has_value()) << trial;
      if (!best.cost) continue;
      ++feasible;
      EXPECT_EQ(by_cost.package->cost, *best.cost) << trial;
      EXPECT_LE(*by_cost.package->proof.bound, std::stod(best.cost->text(12)) + 1e-9) << trial;
      const Answer full = composer.best({.aim = Aim::content, .is_presumed = is_presumed});
      EXPECT_EQ(*full.package->content[0], *best.content) << trial;
      EXPECT_GE(*full.package->proof.bound, std::stod(best.content->text(15)) - 1e-9) << trial;
      EXPECT_EQ(composer.best({.aim = Aim::date, .is_presumed = is_presumed}).package->ready, *best.ready) << trial;
    }
  }
  EXPECT_GT(feasible, 10);
}

}  // namespace
}  // namespace pinchpoint::compose
