// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/compose/internal/program.hpp"

namespace pinchpoint::compose::internal {

namespace {

using optim::ColumnId;
using optim::RowId;
using packages::Need;
using packages::Offer;

class ProgramMaker {
 public:
  ProgramMaker(const Catalogue& catalogue, const Wish& wish, const Goal& goal, double margin)
      : catalogue_(catalogue), wish_(wish), goal_(goal), margin_(margin), names_(std::make_shared<optim::Names>()) {
    std::vector<std::string> offers, parties, needs,
        readings(packages::reading_names.begin(), packages::reading_names.end());
    for (const Offer& offer : catalogue.offers) offers.push_back(offer.id);
    for (const rules::Party& party : catalogue.frame.base.parties) parties.push_back(party.id);
    for (const Need& need : catalogue.needs) needs.push_back(need.id);
    readings.emplace_back("floor");
    offer_space_ = names_->add_space("offer", std::move(offers));
    party_space_ = names_->add_space("party", std::move(parties));
    need_space_ = names_->add_space("need", std::move(needs));
    reading_space_ = names_->add_space("reading", std::move(readings));
  }

  Program make(const std::vector<int>& offers) {
    program_.offers = offers;
    add_members();
    for (const int offer : offers) add_offer(offer);
    add_needs();
    add_anchor();
    add_date();
    if (wish_.is_presumed) {
      for (std::size_t reading = 0; reading < packages::reading_names.size(); ++reading)
        add_content(static_cast<int>(reading), static_cast<Reading>(reading), *rules::parse_exact("0.51"));
    }
    if (wish_.least_content) add_content(3, wish_.reading, *wish_.least_content);
    if (wish_.most_cost) add_money(*wish_.most_cost);
    program_.model = builder_.build("compose", names_);
    return std::move(program_);
  }

 private:
  [[nodiscard]] const Offer& offer_at(int place) const { return catalogue_.offers[static_cast<std::size_t>(place)]; }
  [[nodiscard]] bool is_hardware(const Offer& offer) const {
    const Need& need = catalogue_.needs[static_cast<std::size_t>(offer.need)];
    return need.layer == packages::Layer::hardware && need.kind != "cloud_service";
  }
  /// price x (share - level); nothing if the digits do not suffice
  [[nodiscard]] static std::optional<Exact> surplus(const Offer& offer, Reading reading, const Exact& level) {
    const auto negative = Exact::product(level, Exact(-1));
    const auto share = offer.us_share[static_cast<std::size_t>(reading)];
    const auto above = share && negative ? Exact::sum(*share, *negative) : std::nullopt;
    return above ? Exact::product(offer.price, *above) : std::nullopt;
  }
  [[nodiscard]] static double near_surplus(const Offer& offer, Reading reading, const Exact& level,
                                           const Exact& scale) {
    const auto value = surplus(offer, reading, level);
    if (const auto scaled = value ? Exact::product(*value, scale) : std::nullopt) return near(*scaled);
    const auto share = offer.us_share[static_cast<std::size_t>(reading)];
    return near(offer.price) * ((share ? near(*share) : 0) - near(level)) * near(scale);
  }
  optim::FamilyId family(const char* name, std::vector<int> spaces) {
    const auto [found, is_new] = families_.try_emplace(name, optim::FamilyId{});
    if (is_new) found->second = names_->add_family(name, std::move(spaces));
    return found->second;
  }
  [[nodiscard]] optim::Key key(const char* name, int space, int index) {
    return {family(name, {space}), {index, -1, -1, -1}};
  }

  void add_members() {
    std::set<int> parties;
    for (const int offer : program_.offers) parties.insert(offer_at(offer).party);
    for (std::size_t party = 0; party < catalogue_.may_lead.size(); ++party) {
      if (catalogue_.may_lead[party] && !wish_.left_out.contains(static_cast<int>(party)))
        parties.insert(static_cast<int>(party));
    }
    for (const int party : parties) {
      member_[party] = builder_.add_column(key("member", party_space_, party), goal_.is_fewest ? 1 : 0, 0, 1, true);
      useful_[party] = builder_.add_row(key("useful", party_space_, party), 0, optim::infinity);
      builder_.add_entry(useful_[party], member_[party], -1);
    }
  }

  void add_offer(int place) {
    const Offer& offer = offer_at(place);
    const auto most = static_cast<double>(offer.most);
    const ColumnId units = builder_.add_column(key("units", offer_space_, place), cost_of(offer), 0, most, true);
    const ColumnId taken = builder_.add_column(key("taken", offer_space_, place), 0, 0, 1, true);
    program_.units.push_back(units);
    taken_.push_back(taken);
    const RowId room = builder_.add_row(key("room", offer_space_, place), 0, optim::infinity);
    builder_.add_entry(room, taken, most);
    builder_.add_entry(room, units, -1);
    const RowId least = builder_.add_row(key("least", offer_space_, place), 0, optim::infinity);
    builder_.add_entry(least, units, 1);
    builder_.add_entry(least, taken, -static_cast<double>(offer.least));
    const RowId joined = builder_.add_row(key("joined", offer_space_, place), 0, optim::infinity);
    builder_.add_entry(joined, member_.at(offer.party), 1);
    builder_.add_entry(joined, taken, -1);
    builder_.add_entry(useful_.at(offer.party), taken, 1);
  }
  [[nodiscard]] double cost_of(const Offer& offer) const {
    if (goal_.is_fewest) return 0;
    if (goal_.aim == Aim::cost) return near(offer.price);
    if (goal_.aim == Aim::content && is_hardware(offer))
      return -near_surplus(offer, wish_.reading, goal_.lambda, Exact(1));
    return 0;
  }

  void add_needs() {
    for (std::size_t need = 0; need < catalogue_.needs.size(); ++need) {
      const auto amount = static_cast<double>(catalogue_.needs[need].amount);
      const RowId row = builder_.add_row(key("need", need_space_, static_cast<int>(need)), amount, amount);
      for (std::size_t at = 0; at < program_.offers.size(); ++at) {
        if (offer_at(program_.offers[at]).need == static_cast<int>(need))
          builder_.add_entry(row, program_.units[at], 1);
      }
    }
  }

  void add_anchor() {
    const RowId one = builder_.add_row({family("one_anchor", {}), {-1, -1, -1, -1}}, 1, 1);
    for (const auto& [party, member] : member_) {
      if (!catalogue_.may_lead[static_cast<std::size_t>(party)]) continue;
      const ColumnId lead = builder_.add_column(key("anchor", party_space_, party), 0, 0, 1, true);
      const RowId is_member = builder_.add_row(key("leads", party_space_, party), 0, optim::infinity);
      builder_.add_entry(is_member, member, 1);
      builder_.add_entry(is_member, lead, -1);
      builder_.add_entry(useful_.at(party), lead, 1);
      builder_.add_entry(one, lead, 1);
      program_.leaders.push_back(party);
      program_.leads.push_back(lead);
    }
  }

  /// Days after the first one on which any offer is ready.
  void add_date() {
    if (program_.offers.empty()) return;
    Day first = rules::last_day, last = rules::first_day;
    for (const int offer : program_.offers) {
      first = std::min(first, offer_at(offer).ready);
      last = std::max(last, offer_at(offer).ready);
    }
    const ColumnId day =
        builder_.add_column({family("ready", {}), {-1, -1, -1, -1}}, goal_.aim == Aim::date && !goal_.is_fewest ? 1 : 0,
                            0, last.days - first.days, true);
    for (std::size_t at = 0; at < program_.offers.size(); ++at) {
      const int wait = offer_at(program_.offers[at]).ready.days - first.days;
      if (wait == 0) continue;
      const RowId row = builder_.add_row(key("delivered", offer_space_, program_.offers[at]), 0, optim::infinity);
      builder_.add_entry(row, day, 1);
      builder_.add_entry(row, taken_[at], -wait);
    }
  }

  /// The power of ten that makes all entries of a row of content whole, so that a unit too many misses the row by one
  /// and not by less than the solver sees; 1 where none does without entries above 1e9.
  [[nodiscard]] Exact scale_of(Reading reading, const Exact& level) const {
    Exact scale(1);
    for (int places = 0; places <= 15; ++places, scale = *Exact::product(scale, Exact(10))) {
      const auto is_whole = [&](int place) {
        const Offer& offer = offer_at(place);
        if (!is_hardware(offer)) return true;
        const auto value = surplus(offer, reading, level);
        const auto scaled = value ? Exact::product(*value, scale) : std::nullopt;
        return scaled && scaled->text(1).find('.') == std::string::npos && std::abs(near(*scaled)) <= 1e9;
      };
      if (std::all_of(program_.offers.begin(), program_.offers.end(), is_whole)) return scale;
    }
    return Exact(1);
  }

  void add_content(int place, Reading reading, const Exact& level) {
    const Exact scale = scale_of(reading, level);
    const RowId row = builder_.add_row(key("content", reading_space_, place), margin_ * near(scale), optim::infinity);
    for (std::size_t at = 0; at < program_.offers.size(); ++at) {
      const Offer& offer = offer_at(program_.offers[at]);
      if (is_hardware(offer)) builder_.add_entry(row, program_.units[at], near_surplus(offer, reading, level, scale));
    }
  }

  /// To the solver's tolerance; what is dearer is refused exactly afterwards.
  void add_money(const Exact& most) {
    const RowId row = builder_.add_row({family("money", {}), {-1, -1, -1, -1}}, -optim::infinity, near(most) + 1e-10);
    for (std::size_t at = 0; at < program_.offers.size(); ++at)
      builder_.add_entry(row, program_.units[at], near(offer_at(program_.offers[at]).price));
  }

  const Catalogue& catalogue_;
  const Wish& wish_;
  const Goal& goal_;
  double margin_;
  std::shared_ptr<optim::Names> names_;
  optim::ModelBuilder builder_;
  Program program_;
  int offer_space_ = 0, party_space_ = 0, need_space_ = 0, reading_space_ = 0;
  std::map<std::string, optim::FamilyId> families_;
  std::map<int, ColumnId> member_;
  std::map<int, RowId> useful_;
  std::vector<ColumnId> taken_;
};

}  // namespace

double near(const Exact& exact) {
  // "…" marks digits that were cut off; stod stops there.
  return std::stod(exact.text(17));
}

std::vector<Take> Program::takes_of(const std::vector<double>& values) const {
  std::vector<Take> takes;
  for (std::size_t at = 0; at < offers.size(); ++at) {
    const std::int64_t taken = std::llround(values[static_cast<std::size_t>(units[at].index())]);
    if (taken > 0) takes.push_back({offers[at], taken});
  }
  return takes;
}

int Program::anchor_of(const std::vector<double>& values) const {
  for (std::size_t at = 0; at < leaders.size(); ++at) {
    if (values[static_cast<std::size_t>(leads[at].index())] > 0.5) return leaders[at];
  }
  return -1;
}

Program program_of(const Catalogue& catalogue, const std::vector<int>& offers, const Wish& wish, const Goal& goal,
                   double margin) {
  return ProgramMaker(catalogue, wish, goal, margin).make(offers);
}

}  // namespace pinchpoint::compose::internal
