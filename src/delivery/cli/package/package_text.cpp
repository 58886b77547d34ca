// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "delivery/cli/package/package_answer.hpp"
#include "domain/packages/chains.hpp"

namespace pinchpoint::cli {

namespace {

using namespace packages;

std::string words(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string place_text(const SourceSpan& where) {
  return where.line > 0 ? fmt::format("{}:{}", where.file, where.line) : where.file;
}

std::string subject_text(const SubjectFinding& subject) {
  std::string text =
      fmt::format("      {}: {}", subject.subject, finding_names[static_cast<std::size_t>(subject.finding)]);
  if (!subject.why.empty()) text += fmt::format(" ({})", subject.why);
  text += fmt::format("  {}\n", place_text(subject.where));
  for (const std::string& missing : subject.missing) text += fmt::format("        missing: {}\n", missing);
  return text;
}

std::string finding_text(const PredicateBase& base, const PredicateFinding& finding) {
  const Predicate& predicate = base.predicates[static_cast<std::size_t>(finding.predicate)];
  std::string text = fmt::format("  {} {:<13} {}", predicate.id,
                                 finding_names[static_cast<std::size_t>(finding.finding)], predicate.title);
  if (finding.is_flagged) text += fmt::format("  [{}]", predicate.flag);
  if (predicate.verify) text += "  VERIFY: not confirmed";
  text += fmt::format("\n      evidence: {}\n      {} [{}]\n", predicate.evidence, predicate.source.citation,
                      words(predicate.source.confidence));
  const bool is_clean = finding.finding <= Finding::pass && !finding.is_flagged;
  if (is_clean) return text;
  if (!predicate.says.empty()) text += fmt::format("      {}\n", predicate.says);
  if (predicate.is_unsure() && !predicate.source.note.empty()) text += fmt::format("      {}\n", predicate.source.note);
  for (const SubjectFinding& subject : finding.subjects) {
    if (subject.finding > Finding::pass || subject.is_flagged) text += subject_text(subject);
  }
  return text;
}

std::string layers_text(const PackageAnswer& answer) {
  std::string text = "\nLayers\n";
  for (std::size_t layer = 0; layer < layer_names.size(); ++layer) {
    std::vector<std::string> providers;
    for (const LayerRow& row : answer.package.layers) {
      if (row.layer != static_cast<Layer>(layer)) continue;
      for (const int party : row.providers)
        providers.push_back(answer.package.base.parties[static_cast<std::size_t>(party)].id);
    }
    text += fmt::format("  {:<13}{}\n", layer_names[layer],
                        providers.empty() ? "nobody" : fmt::format("{}", fmt::join(providers, ", ")));
  }
  return text;
}

std::string members_text(const PackageAnswer& answer) {
  const Package& package = answer.package;
  const Concern concern = concern_on(package.base, answer.check.day);
  std::string text = "\nMembers                  seat  head office  held from countries of concern\n";
  for (const Member& member : package.members) {
    const rules::Party& party = package.base.parties[static_cast<std::size_t>(member.party)];
    const ConcernShare share = concern_share(package, concern, member.party, answer.check.day);
    const bool is_anchor =
        std::find(package.anchors.begin(), package.anchors.end(), member.party) != package.anchors.end();
    const std::string held = share.share.is_known_number() ? percent_text(share.share.low)
                                                           : fmt::format("{} to {}", percent_text(share.share.low),
                                                                         percent_text(share.share.high));
    text += fmt::format("  {:<23}{:<6}{:<13}{}{}{}\n", party.id,
                        package.country_id(package.parties[static_cast<std::size_t>(member.party)].seat),
                        package.country_id(party.hq), held, share.has_control ? ", with control" : "",
                        is_anchor ? "; anchor" : "");
  }
  return text;
}

std::string content_text(const PackageAnswer& answer) {
  const Content& content = answer.check.content;
  std::string text =
      fmt::format("\nUS content of the hardware, {} MUSD in {} lines; the call does not say which reading counts\n",
                  content.value ? content.value->text() : "unknown", content.lines);
  static constexpr std::array names = {"by value added", "by customs origin", "by design and IP"};
  for (std::size_t reading = 0; reading < names.size(); ++reading)
    text += fmt::format("  {:<19}{:<14} with cloud services ({} MUSD, not used) {}\n", names[reading],
                        percent_text(content.us_share[reading]),
                        content.cloud_value ? content.cloud_value->text() : "unknown",
                        percent_text(content.with_cloud[reading]));
  return text;
}

std::string models_text(const PackageAnswer& answer) {
  std::string text = "\nBase chains of the models\n";
  for (std::size_t model = 0; model < answer.package.models.size(); ++model) {
    if (answer.package.models[model].is_shipped)
      text += fmt::format("  {}\n", chain_text(answer.package, static_cast<int>(model)));
  }
  return text;
}

std::string licence_text(const Licence& licence) {
  std::string text = words(licence.answer);
  if (!licence.exception.empty()) text += fmt::format(" {}", licence.exception);
  if (licence.posture != "none") text += fmt::format(", {}", words(licence.posture));
  if (licence.text_differs) {
    text += fmt::format("; printed: {}", words(licence.text_answer));
    if (licence.text_posture != "none") text += fmt::format(", {}", words(licence.text_posture));
  }
  if (std::find(licence.flags.begin(), licence.flags.end(), "verify") != licence.flags.end())
    text += "; VERIFY: a rule behind it is not confirmed";
  return text;
}

std::string hardware_text(const PackageAnswer& answer) {
  std::string text = "\nHardware by target, for somebody of the country\n";
  for (const LineAnswer& line : answer.check.answers.targets)
    text += fmt::format("  {:<20}{}  {}\n", answer.package.lines[static_cast<std::size_t>(line.line)].id,
                        answer.package.country_id(line.country), licence_text(line.licence));
  return text;
}

std::string transfers_text(const PackageAnswer& answer) {
  const Package& package = answer.package;
  std::string text = "\nTransfers to sites and users that need more than nothing\n";
  std::size_t quiet = 0;
  for (const Transfer& transfer : answer.check.answers.transfers) {
    if (transfer.licence.answer == "no_licence" && !transfer.licence.text_differs) {
      ++quiet;
      continue;
    }
    const std::string& what = transfer.line >= 0 ? package.lines[static_cast<std::size_t>(transfer.line)].id
                                                 : package.models[static_cast<std::size_t>(transfer.model)].id;
    text +=
        fmt::format("  {} to {}, for {}: {}\n", what, package.sites[static_cast<std::size_t>(transfer.site)].id,
                    package.base.parties[static_cast<std::size_t>(transfer.user)].id, licence_text(transfer.licence));
    for (const std::string& rule : transfer.licence.rules) text += fmt::format("      {}\n", rule);
    for (const std::string& missing : transfer.licence.missing) text += fmt::format("      missing: {}\n", missing);
  }
  return text + fmt::format("  and {} of which no rule of the base asks anything\n", quiet);
}

std::string ledger_text(const PackageAnswer& answer) {
  if (answer.check.ledger.empty()) return "";
  std::string text = "\nLicences drawn, this package included\n";
  for (const LedgerEntry& entry : answer.check.ledger) {
    const Grant& grant = answer.package.grants[static_cast<std::size_t>(entry.grant)];
    const bool is_over = entry.over && *entry.over > Exact(0);
    const auto left = entry.over ? Exact::sum(entry.asked, *Exact::product(*entry.over, Exact(-1))) : std::nullopt;
    text +=
        fmt::format("  {}: {} + {} = {} of {}", answer.package.base.parties[static_cast<std::size_t>(grant.user)].id,
                    grant.drawn.text(), entry.asked.text(), entry.sum ? entry.sum->text() : "?", grant.limit.text());
    if (is_over && left)
      text += fmt::format("; {} are over the limit and need a new licence, {} may go under this one",
                          entry.over->text(), left->is_negative() ? "0" : left->text());
    text += fmt::format("  [{}]\n", grant.citation);
  }
  return text;
}

std::string support_text(const PackageAnswer& answer) {
  std::string text = "\nSupport asked for: at most eligible to be referred, never granted by passing tests\n";
  for (const std::string& support : answer.package.support)
    text += fmt::format("  {:<17}{}\n", words(support),
                        answer.check.overall == Overall::not_compliant ? "not eligible to be referred as it stands"
                                                                       : "eligible to be referred");
  return text;
}

std::string unsure_text(const PackageAnswer& answer) {
  std::string text;
  for (const Unsure& it : answer.check.unsure)
    text += fmt::format("  without {}, which is not confirmed or the engine's own reading: {}\n", it.predicate,
                        words(overall_names[static_cast<std::size_t>(it.without)]));
  if (!answer.without.empty()) text += fmt::format("  left out as asked: {}\n", fmt::join(answer.without, ", "));
  return text;
}

}  // namespace

std::string overall_text(Overall overall) {
  switch (overall) {
    case Overall::not_compliant:
      return "not compliant: a hard predicate fails";
    case Overall::needs_human:
      return "needs human: a person has to decide what no rule decides";
    case Overall::compliant_with_conditions:
      return "compliant with conditions, pending designation";
    case Overall::compliant_pending_designation:
      return "compliant, pending designation: meets the requirements that can be checked; awaits the Secretary's "
             "finding";
  }
  return "";
}

std::string percent_text(const std::optional<rules::Exact>& share) {
  const auto percent = share ? rules::Exact::product(*share, rules::Exact(100)) : std::nullopt;
  return percent ? percent->text() + " %" : "unknown";
}

std::string package_text(const PackageAnswer& answer) {
  std::string text = fmt::format("{}, as of {}\n{}\n{}\nPredicates\n", answer.package.name, to_string(answer.check.day),
                                 overall_text(answer.check.overall), unsure_text(answer));
  for (const PredicateFinding& finding : answer.check.findings) text += finding_text(answer.predicates, finding);
  if (answer.check.day > answer.package.base.as_of())
    text += "  The day lies after what the rule base has read: what changed since is not seen.\n";
  text += layers_text(answer) + members_text(answer) + content_text(answer) + models_text(answer);
  text += hardware_text(answer) + transfers_text(answer) + ledger_text(answer) + support_text(answer);
  return text + fmt::format(
                    "\nRule base as of {}. This follows from the facts given, clears nothing, and is no legal advice. "
                    "Taken as no where the "
                    "file says\nnothing: military and intelligence use, letters on models; and the facts that rules "
                    "take as given "
                    "(pinchpoint comply item).\n",
                    to_string(answer.package.base.as_of()));
}

}  // namespace pinchpoint::cli
