// SPDX-License-Identifier: Apache-2.0
#include "domain/packages/internal/subjects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "domain/packages/internal/fact_writer.hpp"
#include "domain/packages/internal/package_subject.hpp"
#include "domain/rules/ownership.hpp"
#include "domain/rules/question.hpp"

namespace pinchpoint::packages::internal {

namespace {

/// Prohibited first, then a licence that is denied, what nobody can tell, any other licence, an exception.
int strictness(const Licence& licence) {
  static const std::vector<std::string> postures = {"none", "presumption_of_approval", "case_by_case",
                                                    "presumption_of_denial", "policy_of_denial"};
  const auto posture =
      static_cast<int>(std::find(postures.begin(), postures.end(), licence.posture) - postures.begin());
  if (licence.answer == "prohibited") return 30;
  if (licence.answer == "licence_required") return 10 + 2 * posture;
  if (licence.answer == "cannot_tell") return 15;
  return licence.answer == "exception" ? licence.exception_has_conditions ? 2 : 1 : 0;
}

class SubjectMaker {
 public:
  explicit SubjectMaker(const Evidence& evidence) : evidence_(evidence), package_(evidence.package) {
    for (std::size_t scope = 0; scope < scope_count; ++scope)
      shared_[scope] = package_facts(evidence, evidence.predicates.vocabularies[scope]);
  }

  Subjects make() {
    add(Scope::package, package_.id, package_.where, facts_of(Scope::package));
    add_members();
    add_models();
    add_targets();
    for (const Site& site : package_.sites) add_site(site);
    for (std::size_t site = 0; site < package_.sites.size(); ++site) add_users(static_cast<int>(site));
    for (const Transfer& transfer : evidence_.answers.transfers) add_transfer(transfer);
    add_parties();
    add_chips();
    return std::move(subjects_);
  }

 private:
  [[nodiscard]] FactWriter facts_of(Scope scope) const {
    const auto place = static_cast<std::size_t>(scope);
    return {evidence_.predicates.vocabularies[place], shared_[place]};
  }
  void add(Scope scope, std::string name, const SourceSpan& where, const FactWriter& facts) {
    subjects_[static_cast<std::size_t>(scope)].push_back({std::move(name), facts.facts(), where});
  }
  [[nodiscard]] const rules::Party& party(int place) const {
    return package_.base.parties[static_cast<std::size_t>(place)];
  }
  [[nodiscard]] const PartyFacts& facts(int place) const { return package_.parties[static_cast<std::size_t>(place)]; }
  [[nodiscard]] Day day() const { return evidence_.snapshot.day(); }

  void add_members() {
    for (const Member& member : package_.members) {
      FactWriter writer = facts_of(Scope::member);
      writer.set_country("seat", facts(member.party).seat);
      writer.set_country("principal_place", party(member.party).hq);
      const ConcernShare share = concern_share(package_, evidence_.concern, member.party, day());
      writer.set("coc_share", share.share);
      writer.set_truth("coc_control", share.has_control);
      writer.set_word("supplies", member.supplies);
      add(Scope::member, party(member.party).id, member.where, writer);
    }
  }

  void add_models() {
    for (std::size_t place = 0; place < package_.models.size(); ++place) {
      const Model& model = package_.models[place];
      FactWriter writer = facts_of(Scope::model);
      writer.set_word("weights", model.is_open ? "open" : "closed");
      writer.set_country("developer_seat", model.developer_seat);
      writer.set_truth("shipped", model.is_shipped);
      writer.set_truth("barred_base", has_barred_base(package_, evidence_.concern, static_cast<int>(place)));
      writer.set_truth("named_in_letter", model.is_named_in_letter);
      const auto is_held = [&](const Transfer& it) {
        return it.model == static_cast<int>(place) && it.licence.answer == "licence_required";
      };
      const auto& transfers = evidence_.answers.transfers;
      writer.set_truth("held_by_letter",
                       model.is_named_in_letter && std::any_of(transfers.begin(), transfers.end(), is_held));
      add(Scope::model, chain_text(package_, static_cast<int>(place)), model.where, writer);
    }
  }

  void add_targets() {
    for (const Target& target : package_.targets) {
      FactWriter writer = facts_of(Scope::target);
      writer.set_country("country", target.country);
      writer.set_truth("in_bloc", !target.bloc.empty());
      writer.set_truth("has_reason", !target.reason.empty());
      const std::string& id = package_.country_id(target.country);
      add(Scope::target, target.bloc.empty() ? id : fmt::format("{}: {}", target.bloc, id), target.where, writer);
    }
  }

  void add_site(const Site& site) {
    FactWriter writer = facts_of(Scope::site);
    writer.set_country("country", site.country);
    writer.set_truth("has_owner", site.owner >= 0);
    writer.set_truth("has_operator", site.operator_party >= 0);
    writer.set_truth("has_builder", site.builder >= 0);
    add(Scope::site, site.id, site.where, writer);
  }

  void set_strictest(FactWriter& writer, int site, int user) const {
    Licence strictest;
    strictest.answer = "no_licence";
    strictest.posture = "none";
    for (const Transfer& transfer : evidence_.answers.transfers) {
      if (transfer.site == site && transfer.user == user && strictness(transfer.licence) > strictness(strictest))
        strictest = transfer.licence;
    }
    set_licence(writer, strictest);
  }
  static void set_licence(FactWriter& writer, const Licence& licence) {
    writer.set_word("answer", licence.answer);
    writer.set_word("posture", licence.posture);
    writer.set_truth("exception_has_conditions", licence.exception_has_conditions);
  }
  void add_users(int place) {
    const Site& site = package_.sites[static_cast<std::size_t>(place)];
    for (const int user : site.users) {
      FactWriter writer = facts_of(Scope::user);
      writer.set_country("country", site.country);
      writer.set_country("seat", facts(user).seat);
      writer.set_country("hq", party(user).hq);
      const int parent = rules::ultimate_parent(package_.base, user, day());
      if (parent >= 0) writer.set_country("parent_hq", party(parent).hq);
      writer.set("coc_share", concern_share(package_, evidence_.concern, user, day()).share);
      writer.set_truth("military", facts(user).is_military);
      writer.set_truth("intelligence", facts(user).is_intelligence);
      set_strictest(writer, place, user);
      add(Scope::user, fmt::format("{} at {}", party(user).id, site.id), facts(user).where, writer);
    }
  }

  void add_transfer(const Transfer& transfer) {
    FactWriter writer = facts_of(Scope::transfer);
    set_licence(writer, transfer.licence);
    writer.set_truth("text_differs", transfer.licence.text_differs);
    const bool is_line = transfer.line >= 0;
    const auto place = static_cast<std::size_t>(is_line ? transfer.line : transfer.model);
    const std::string& what = is_line ? package_.lines[place].id : package_.models[place].id;
    const Site& site = package_.sites[static_cast<std::size_t>(transfer.site)];
    add(Scope::transfer,
        fmt::format("{} to {}, for {}", what, package_.country_id(site.country), party(transfer.user).id),
        is_line ? package_.lines[place].where : package_.models[place].where, writer);
  }

  /// Whoever takes part: members, and who owns, builds, runs or uses a site. Their owners count through shares.
  void add_parties() {
    std::set<int> all;
    for (const Member& member : package_.members) all.insert(member.party);
    for (const Site& site : package_.sites) {
      for (const int place : {site.owner, site.operator_party, site.builder}) {
        if (place >= 0) all.insert(place);
      }
      all.insert(site.users.begin(), site.users.end());
    }
    for (const int place : all) {
      FactWriter writer = facts_of(Scope::party);
      writer.set_truth("listed", rules::is_listed(package_.base, place, day()));
      writer.set("listed_owner_share", rules::listed_owner_share(package_.base, place, day()));
      add(Scope::party, party(place).id, facts(place).where, writer);
    }
  }

  void add_chips() {
    std::set<std::string> seen;
    const auto add_chip = [&](const std::string& item, const std::string& place, const SourceSpan& where) {
      if (item.empty() || !seen.insert(item + " " + place).second) return;
      add(Scope::chip, place.empty() ? item : fmt::format("{} at {}", item, place), where, chip_facts(item));
    };
    for (const Line& line : package_.lines) add_chip(line.item, "", line.where);
    for (const Site& site : package_.sites) {
      for (const std::string& chip : site.chips) add_chip(chip, site.id, site.where);
    }
  }
  [[nodiscard]] FactWriter chip_facts(const std::string& item) const {
    FactWriter writer = facts_of(Scope::chip);
    const auto asked = rules::make_case(package_.base, {item, "US", "US", "", day(), {}, {}});
    if (!asked) return writer;
    const rules::Verdict verdict = rules::comply(evidence_.snapshot, *asked);
    const auto holds = [](const std::vector<std::string>& classes) {
      return std::any_of(classes.begin(), classes.end(),
                         [](const std::string& it) { return it == "3A090.a" || it == "3A090.b"; });
    };
    if (holds(verdict.classes) || !holds(verdict.possible_classes))
      writer.set_truth("is_3a090", holds(verdict.classes));
    const rules::Value& designer = asked->facts[static_cast<std::size_t>(package_.base.field("designer_hq"))];
    if (designer.word >= 0) writer.set_truth("prc_designed", is_of_d5m(designer.word));
    return writer;
  }
  [[nodiscard]] bool is_of_d5m(int country) const {
    const int group = package_.base.vocabulary.find_group("D:5");
    const std::uint64_t bits = evidence_.snapshot.groups()[static_cast<std::size_t>(country)];
    const std::string& id = package_.country_id(country);
    return (group >= 0 && (bits >> group & 1U) != 0) || id == "MO" || id == "HK";
  }

  const Evidence& evidence_;
  const Package& package_;
  std::array<rules::Facts, scope_count> shared_;
  Subjects subjects_;
};

}  // namespace

Subjects subjects_of(const Evidence& evidence) { return SubjectMaker(evidence).make(); }

}  // namespace pinchpoint::packages::internal
