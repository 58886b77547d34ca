// SPDX-License-Identifier: Apache-2.0
#include "domain/packages/predicates.hpp"

namespace pinchpoint::packages {

namespace {

constexpr const char* answers = "no_licence;exception;licence_required;prohibited;cannot_tell";
constexpr const char* postures = "none;presumption_of_approval;case_by_case;presumption_of_denial;policy_of_denial";

std::vector<FactField> fields_of_package() {
  using rules::FieldType;
  constexpr auto number = FieldType::number;
  constexpr auto truth = FieldType::truth;
  const auto field = [](const char* name, FieldType type, const char* about, const char* words = "") {
    return FactField{Scope::package, name, type, words, about};
  };
  return {field("consortium_type", FieldType::word, "standing team, or formed for a buyer", "preset;on_demand"),
          field("submitted_on", FieldType::day, "day of submission"),
          field("anchor_members", number, "members named as anchor"),
          field("submitter_is_anchor", truth, "the submitter is among them"),
          field("has_hardware", truth, "the layer has a provider"),
          field("has_data", truth, "the layer has a provider"),
          field("has_models", truth, "the layer has a provider"),
          field("has_security", truth, "the layer has a provider"),
          field("has_applications", truth, "the layer has a provider"),
          field("has_chips", truth, "a line of chips, accelerators, or servers with a product inside"),
          field("has_servers", truth, "a line of servers"),
          field("has_storage", truth, "a line of storage"),
          field("has_cloud", truth, "a line of cloud services"),
          field("has_network", truth, "a line of network equipment"),
          field("has_made_in_us_statement", truth, "for the package, or for each hardware line"),
          field("us_share_value_added", number, "US share of the hardware's value by value added"),
          field("us_share_customs", number, "by customs origin"),
          field("us_share_ip", number, "by design and intellectual property"),
          field("hardware_lines", number, "lines that are no cloud service"),
          field("lines_without_value", number, "of those"),
          field("total_gap", number, "their sum against the total stated, as a share of it"),
          field("targets", number, "targets named"),
          field("support", number, "kinds of support asked for"),
          field("asks_exim", truth, "EXIM is among them"),
          field("asks_dfc", truth, "DFC is among them"),
          field("outbound_review", truth, "outbound investment was reviewed"),
          field("prohibited_outbound", truth, "a transaction of 31 CFR 850.224 in a country of concern"),
          field("enduser_policy", truth, "there is a policy on end users"),
          field("kyc_remote_access", truth, "customers known, remote access controlled"),
          field("has_weight_protection", truth, "the security layer says how weights are protected"),
          field("has_security_responsible", truth, "and who answers for it"),
          field("open_licences", number, "transfers that need a licence"),
          field("shared_members", number, "members that sit in other consortia too"),
          field("legal_entity", truth, "a joint company was formed"),
          field("foreign_members", number, "members seated neither in the US nor in a country of concern"),
          field("has_designation", truth, "a designation is stated")};
}

std::vector<FactField> fields_of_things() {
  using rules::FieldType;
  constexpr auto number = FieldType::number;
  constexpr auto truth = FieldType::truth;
  constexpr auto country = FieldType::country;
  constexpr auto word = FieldType::word;
  return {
      {Scope::member, "seat", country, "", "where it is incorporated"},
      {Scope::member, "principal_place", country, "", "its head office"},
      {Scope::member, "coc_share", number, "", "share that owners of a country of concern hold through all chains"},
      {Scope::member, "coc_control", truth, "", "such an owner controls it, directly or through halves"},
      {Scope::member, "supplies", word, "hardware;cloud;data;models;software;security;applications;operation;other",
       "what it supplies"},
      {Scope::model, "weights", word, "open;closed", "who may have them"},
      {Scope::model, "developer_seat", country, "", "its developer"},
      {Scope::model, "shipped", truth, "", "part of the package"},
      {Scope::model, "barred_base", truth, "", "an open-weight model of a country of concern is in its base chain"},
      {Scope::model, "named_in_letter", truth, "", "named in a letter"},
      {Scope::model, "held_by_letter", truth, "", "the letter asks for a licence on the day"},
      {Scope::target, "country", country, "", "the country"},
      {Scope::target, "in_bloc", truth, "", "a member of a bloc that is the target"},
      {Scope::target, "has_reason", truth, "", "a reason is given"},
      {Scope::site, "country", country, "", "where"},
      {Scope::site, "has_owner", truth, "", "an owner is named"},
      {Scope::site, "has_operator", truth, "", "an operator is named"},
      {Scope::site, "has_builder", truth, "", "a builder is named"},
      {Scope::user, "country", country, "", "where the site is"},
      {Scope::user, "seat", country, "", "where it is incorporated"},
      {Scope::user, "hq", country, "", "its head office"},
      {Scope::user, "parent_hq", country, "", "head office of its ultimate parent"},
      {Scope::user, "coc_share", number, "", "share that owners of a country of concern hold through all chains"},
      {Scope::user, "military", truth, "", "military user"},
      {Scope::user, "intelligence", truth, "", "military-intelligence user"},
      {Scope::user, "answer", word, answers, "strictest answer of the rule engine on what it gets"},
      {Scope::user, "posture", word, postures, "how its application is looked at"},
      {Scope::user, "exception_has_conditions", truth, "", "something must be done before the exception holds"},
      {Scope::transfer, "answer", word, answers, "answer of the rule engine, as enforced"},
      {Scope::transfer, "posture", word, postures, "how an application is looked at"},
      {Scope::transfer, "exception_has_conditions", truth, "", "something must be done before the exception holds"},
      {Scope::transfer, "text_differs", truth, "", "the printed text asks for more or less than is enforced"},
      {Scope::party, "listed", truth, "", "on a list by a row of its own"},
      {Scope::party, "listed_owner_share", number, "", "share of listed owners, added up"},
      {Scope::chip, "prc_designed", truth, "", "its designer has its head office in D:5, Hong Kong or Macau"},
      {Scope::chip, "is_3a090", truth, "", "it meets 3A090.a or .b"},
  };
}

}  // namespace

const std::vector<FactField>& fact_fields() {
  static const std::vector<FactField> fields = [] {
    std::vector<FactField> all = fields_of_package();
    const std::vector<FactField> things = fields_of_things();
    all.insert(all.end(), things.begin(), things.end());
    return all;
  }();
  return fields;
}

}  // namespace pinchpoint::packages
