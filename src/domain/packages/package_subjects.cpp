// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "domain/packages/internal/fact_writer.hpp"
#include "domain/packages/internal/package_subject.hpp"

namespace pinchpoint::packages::internal {

namespace {

bool has_provider(const Package& package, Layer layer) {
  return std::any_of(package.layers.begin(), package.layers.end(),
                     [layer](const LayerRow& it) { return it.layer == layer && !it.providers.empty(); });
}

bool has_kind(const Package& package, std::initializer_list<const char*> kinds) {
  return std::any_of(package.lines.begin(), package.lines.end(),
                     [&](const Line& line) { return std::find(kinds.begin(), kinds.end(), line.kind) != kinds.end(); });
}

bool has_chips(const Package& package) {
  return has_kind(package, {"chip", "accelerator"}) ||
         std::any_of(package.lines.begin(), package.lines.end(),
                     [](const Line& line) { return line.kind == "server" && !line.item.empty(); });
}

void set_head(const Package& package, FactWriter& facts) {
  const auto is_anchor = [&](int party) {
    return std::find(package.anchors.begin(), package.anchors.end(), party) != package.anchors.end();
  };
  facts.set_word("consortium_type", package.consortium_type);
  facts.set_number("submitted_on", Exact(package.submitted_on.days));
  facts.set_count("anchor_members", package.anchors.size());
  facts.set_truth("submitter_is_anchor", is_anchor(package.submitter));
  facts.set_count("support", package.support.size());
  const auto asks = [&](const char* what) {
    return std::find(package.support.begin(), package.support.end(), what) != package.support.end();
  };
  facts.set_truth("asks_exim", asks("exim"));
  facts.set_truth("asks_dfc", asks("dfc"));
  facts.set_truth("outbound_review", package.outbound_review);
  facts.set_truth("prohibited_outbound", package.has_prohibited_outbound);
  facts.set_truth("enduser_policy", package.enduser_policy);
  facts.set_truth("kyc_remote_access", package.kyc_remote_access);
  facts.set_truth("legal_entity", package.legal_entity);
  facts.set_truth("has_designation", !package.designation.empty());
}

void set_layers(const Package& package, FactWriter& facts) {
  facts.set_truth("has_hardware", has_provider(package, Layer::hardware));
  facts.set_truth("has_data", has_provider(package, Layer::data));
  facts.set_truth("has_models", has_provider(package, Layer::models));
  facts.set_truth("has_security", has_provider(package, Layer::security));
  facts.set_truth("has_applications", has_provider(package, Layer::applications));
  bool has_protection = false;
  bool has_responsible = false;
  for (const LayerRow& layer : package.layers) {
    if (layer.layer != Layer::security) continue;
    has_protection = has_protection || !layer.weight_protection.empty();
    has_responsible = has_responsible || layer.responsible >= 0;
  }
  facts.set_truth("has_weight_protection", has_protection);
  facts.set_truth("has_security_responsible", has_responsible);
}

void set_hardware(const Package& package, const Content& content, FactWriter& facts) {
  facts.set_truth("has_chips", has_chips(package));
  facts.set_truth("has_servers", has_kind(package, {"server"}));
  facts.set_truth("has_storage", has_kind(package, {"storage"}));
  facts.set_truth("has_cloud", has_kind(package, {"cloud_service"}));
  facts.set_truth("has_network", has_kind(package, {"network_equipment"}));
  const bool is_stated_by_line = std::all_of(package.lines.begin(), package.lines.end(), [](const Line& line) {
    return !line.is_hardware() || !line.made_in_us.empty();
  });
  facts.set_truth("has_made_in_us_statement",
                  !package.made_in_us_statement.empty() || (content.lines > 0 && is_stated_by_line));
  facts.set_number("us_share_value_added", content.us_share[0]);
  facts.set_number("us_share_customs", content.us_share[1]);
  facts.set_number("us_share_ip", content.us_share[2]);
  facts.set_count("hardware_lines", content.lines);
  facts.set_count("lines_without_value", content.lines_without_value);
  facts.set_number("total_gap", content.gap);
}

void set_counts(const Evidence& evidence, FactWriter& facts) {
  const Package& package = evidence.package;
  std::size_t targets = 0, shared = 0, foreign = 0, open = 0;
  std::string last;
  for (const Target& target : package.targets) {
    targets += target.bloc.empty() || target.bloc != last ? 1 : 0;
    last = target.bloc;
  }
  const int home = package.base.vocabulary.find_country("US");
  for (const Member& member : package.members) {
    const int seat = package.parties[static_cast<std::size_t>(member.party)].seat;
    shared += member.other_consortia.empty() ? 0 : 1;
    foreign += seat != home && !evidence.concern[static_cast<std::size_t>(seat)] ? 1 : 0;
  }
  for (const Transfer& transfer : evidence.answers.transfers)
    open += transfer.licence.answer == "licence_required" ? 1 : 0;
  facts.set_count("targets", targets);
  facts.set_count("shared_members", shared);
  facts.set_count("foreign_members", foreign);
  facts.set_count("open_licences", open);
}

}  // namespace

rules::Facts package_facts(const Evidence& evidence, const rules::Vocabulary& vocabulary) {
  FactWriter facts(vocabulary, {});
  set_head(evidence.package, facts);
  set_layers(evidence.package, facts);
  set_hardware(evidence.package, evidence.content, facts);
  set_counts(evidence, facts);
  return facts.facts();
}

}  // namespace pinchpoint::packages::internal
