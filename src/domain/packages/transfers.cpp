// SPDX-License-Identifier: Apache-2.0
#include "domain/packages/transfers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "domain/rules/question.hpp"

namespace pinchpoint::packages {

namespace {

const char* kind_of(const std::string& kind) {
  static const std::map<std::string, const char*> kinds = {{"chip", "accelerator"}, {"cloud_service", "service"}};
  const auto found = kinds.find(kind);
  return found == kinds.end() ? kind.c_str() : found->second;
}

bool goes_to(const Line& line, int site) {
  return line.sites.empty() || std::find(line.sites.begin(), line.sites.end(), site) != line.sites.end();
}

std::string rule_text(const rules::Rule& rule) {
  return fmt::format("{}: {} [{}]{}", rule.id, rule.source.citation, rule.source.confidence,
                     rule.verify ? ", VERIFY" : "");
}

Licence licence_of(const rules::RuleBase& base, const rules::Verdict& verdict) {
  Licence licence;
  const auto posture_text = [](rules::Posture posture) {
    return posture == rules::Posture::none ? "none" : rules::posture_names[static_cast<std::size_t>(posture)];
  };
  licence.answer = rules::answer_text(verdict.overall);
  licence.posture = posture_text(rules::posture_of(verdict.overall));
  for (const rules::Outcome& outcome : verdict.overall.outcomes) {
    if (outcome.exception < 0) continue;
    const rules::Rule& rule = base.rules[static_cast<std::size_t>(outcome.exception)];
    licence.exception = rule.subject;
    licence.exception_has_conditions = licence.exception_has_conditions || !rule.conditions.empty();
  }
  licence.flags = verdict.flags;
  licence.missing = verdict.missing;
  licence.text_differs =
      std::find(verdict.flags.begin(), verdict.flags.end(), "text_against_enforcement") != verdict.flags.end();
  for (const rules::RegimeVerdict& regime : verdict.regimes) {
    if (regime.regime == rules::Regime::us) {
      licence.text_answer = rules::answer_text(regime.text);
      licence.text_posture = posture_text(rules::posture_of(regime.text));
    }
    for (const rules::Finding& finding : regime.findings) {
      if (finding.bearing != rules::Bearing::nearly && finding.bearing != rules::Bearing::possible)
        licence.rules.push_back(rule_text(base.rules[static_cast<std::size_t>(finding.rule)]));
    }
  }
  return licence;
}

class TransferJudge {
 public:
  TransferJudge(const Package& package, const rules::Snapshot& snapshot)
      : package_(package), snapshot_(snapshot), ledger_(ledger_of(package)) {}

  Result<TransferAnswers> judge() {
    for (std::size_t site = 0; site < package_.sites.size(); ++site) judge_site(static_cast<int>(site));
    judge_targets();
    if (diagnostics_.has_errors()) return diagnostics_;
    return std::move(answers_);
  }

 private:
  [[nodiscard]] rules::Question question_of(const Line& line, int country) const {
    rules::Question question{line.item, line.from, package_.country_id(country), "", snapshot_.day(), line.facts, {}};
    if (line.item.empty() || line.kind == "server") question.facts.try_emplace("kind", kind_of(line.kind));
    for (const char* what : {"item", "from", "to", "end_user", "date"}) question.where[what] = line.where;
    for (const auto& [name, value] : question.facts) question.where[name] = line.where;
    return question;
  }
  [[nodiscard]] rules::Question question_of(const Model& model, int country) const {
    rules::Question question{
        "", package_.country_id(model.developer_seat), package_.country_id(country), "", snapshot_.day(), {}, {}};
    question.facts["kind"] = model.is_open ? "weights" : "model_access";
    if (model.is_open) question.facts["weights_published"] = "yes";
    if (model.is_named_in_letter) question.facts["model_named"] = "yes";
    for (const char* what : {"item", "from", "to", "end_user", "date"}) question.where[what] = model.where;
    return question;
  }
  void address_to(rules::Question& question, int user) const {
    const PartyFacts& facts = package_.parties[static_cast<std::size_t>(user)];
    question.end_user = package_.base.parties[static_cast<std::size_t>(user)].id;
    if (facts.is_military) question.facts["military_end_use"] = "yes";
    if (facts.is_intelligence) question.facts["military_intelligence"] = "yes";
    for (const LedgerEntry& entry : ledger_) {
      if (package_.grants[static_cast<std::size_t>(entry.grant)].user == user && entry.sum)
        question.facts["gb300_equivalents"] = entry.sum->text(12);
    }
  }

  const Licence* ask(const rules::Question& question) {
    const auto key = std::tuple(question.item, question.from, question.to, question.end_user, question.facts);
    const auto known = known_.find(key);
    if (known != known_.end()) return &known->second;
    const auto asked = rules::make_case(package_.base, question);
    if (!asked) {
      diagnostics_.append(asked.error());
      return nullptr;
    }
    return &known_.emplace(key, licence_of(package_.base, rules::comply(snapshot_, *asked))).first->second;
  }

  void judge_site(int place) {
    const Site& site = package_.sites[static_cast<std::size_t>(place)];
    for (const int user : site.users) {
      for (std::size_t line = 0; line < package_.lines.size(); ++line) {
        if (!goes_to(package_.lines[line], place)) continue;
        rules::Question question = question_of(package_.lines[line], site.country);
        address_to(question, user);
        if (const Licence* const licence = ask(question))
          answers_.transfers.push_back({static_cast<int>(line), -1, place, user, *licence});
      }
      for (std::size_t model = 0; model < package_.models.size(); ++model) {
        if (!package_.models[model].is_shipped) continue;
        rules::Question question = question_of(package_.models[model], site.country);
        address_to(question, user);
        if (const Licence* const licence = ask(question))
          answers_.transfers.push_back({-1, static_cast<int>(model), place, user, *licence});
      }
    }
  }

  void judge_targets() {
    std::set<int> countries;
    for (const Target& target : package_.targets) countries.insert(target.country);
    for (std::size_t line = 0; line < package_.lines.size(); ++line) {
      if (!package_.lines[line].is_hardware()) continue;
      for (const int country : countries) {
        if (const Licence* const licence = ask(question_of(package_.lines[line], country)))
          answers_.targets.push_back({static_cast<int>(line), country, *licence});
      }
    }
  }

  using Key = std::tuple<std::string, std::string, std::string, std::string, std::map<std::string, std::string>>;

  const Package& package_;
  const rules::Snapshot& snapshot_;
  std::vector<LedgerEntry> ledger_;
  std::map<Key, Licence> known_;
  TransferAnswers answers_;
  Diagnostics diagnostics_;
};

}  // namespace

std::vector<LedgerEntry> ledger_of(const Package& package) {
  std::vector<LedgerEntry> ledger;
  for (std::size_t place = 0; place < package.grants.size(); ++place) {
    const Grant& grant = package.grants[place];
    LedgerEntry entry{static_cast<int>(place), Exact(0), std::nullopt, std::nullopt};
    for (const Line& line : package.lines) {
      if (line.item.empty() || !line.quantity) continue;
      for (std::size_t site = 0; site < package.sites.size(); ++site) {
        const auto& users = package.sites[site].users;
        const bool is_for_user = std::find(users.begin(), users.end(), grant.user) != users.end();
        if (!is_for_user || !goes_to(line, static_cast<int>(site))) continue;
        if (const auto sum = Exact::sum(entry.asked, *line.quantity)) entry.asked = *sum;
        break;
      }
    }
    entry.sum = Exact::sum(grant.drawn, entry.asked);
    const auto negative = Exact::product(grant.limit, Exact(-1));
    if (entry.sum && negative) entry.over = Exact::sum(*entry.sum, *negative);
    ledger.push_back(entry);
  }
  return ledger;
}

Result<TransferAnswers> judge_transfers(const Package& package, const rules::Snapshot& snapshot) {
  return TransferJudge(package, snapshot).judge();
}

}  // namespace pinchpoint::packages
