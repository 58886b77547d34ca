// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/stress/write_stress.hpp"

#include <fmt/format.h>

#include "analysis/explain/number_text.hpp"
#include "core/base/sha256.hpp"
#include "delivery/results/tables/result_tables.hpp"
#include "delivery/results/text_file.hpp"
#include "delivery/results/write_error.hpp"
#include "optim/model/mps_writer.hpp"

namespace pinchpoint::results {

namespace {

using explain::exact_text;

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directory(path, error);
  if (error) throw WriteError(fmt::format("cannot write to {}: {}", path.string(), error.message()));
}

std::string shock_text(const World& world, const Shock& shock) {
  std::string text =
      fmt::format("{}|{}|{}|{}|", shock.id, to_string(shock.kind), shock.technology.index(), shock.any_one);
  for (const CommodityId commodity : shock.commodities) text += world.commodities[commodity].id + ",";
  for (const RegionSet* set : {&shock.region, &shock.to}) {
    text += set->is_given ? "|" : "-";
    for (const Member& member : set->members)
      text += fmt::format("{}/{},", member.region.index(), member.organisation.index());
  }
  for (const OrganisationId owner : shock.owners) text += world.organisations[owner].id + ",";
  for (const OrganisationId payer : shock.payers) text += world.organisations[payer].id + ";";
  if (!shock.rules_as_of.empty()) text += "|rules " + shock.rules_as_of;
  return text + fmt::format("|{}|{}|{}|{}|{}\n", shock.facility.index(), shock.lane.index(), shock.programme.index(),
                            shock.measure.index(), static_cast<int>(shock.change));
}

std::string scenario_text(const stress::Scenario& scenario) {
  std::string text;
  for (const stress::Hit& hit : scenario.hits) {
    text += fmt::format("{}/{}/{}/{}/{}/{}/{};", hit.shock.index(), hit.facility.index(), exact_text(hit.begin_months),
                        exact_text(hit.depth), exact_text(hit.duration_months), static_cast<int>(hit.recovery),
                        exact_text(hit.recovery_months));
  }
  return text + "\n";
}

std::string render_section(const StressRecord& record) {
  const StressRequest& request = record.request;
  const stress::StressResult& result = record.result;
  return fmt::format(
      "\n[stress]\nsampling = \"{}\"\nscenarios = {}\nseed = {}\nconditional = {}\nprobability_of_any = {}\n"
      "response = \"{}\"\nsurprises = \"{}\"\ntolerance = {}\ncertified_share = {}\nmax_gap = "
      "{}\nshards = {}\nresumed = {}\n",
      request.sampling, result.outcomes.size(), request.seed, request.is_conditional, request.probability_of_any,
      request.options.response == stress::Response::rebuild ? "rebuild" : "operate",
      to_string(request.options.surprises), request.options.tolerance, result.certified_share, result.max_gap,
      request.shards, result.resumed);
}

}  // namespace

std::string stress_id(const RunRecord& run, const StressRequest& request, const Shocks& shocks,
                      const std::vector<stress::Scenario>& scenarios) {
  std::string text = run_id(run) + "\n";
  text +=
      fmt::format("{}|{}|{}|{}|{}|{}|{}|{}\n", request.sampling, request.count, request.seed, request.is_conditional,
                  exact_text(request.options.tolerance), static_cast<int>(request.options.response),
                  request.options.surprises == stress::Surprises::nothing, request.options.round_size);
  if (request.options.surprises == stress::Surprises::each) text += "each hit a surprise\n";
  if (request.shards > 1) text += fmt::format("{} shards\n", request.shards);
  for (const Shock& shock : shocks) text += shock_text(run.world, shock);
  for (const stress::Scenario& scenario : scenarios) text += scenario_text(scenario);
  return sha256_hex(text).substr(0, 12);
}

std::filesystem::path write_stress(const StressRecord& record, std::string_view log, bool with_csv, std::string_view id,
                                   RunFolder& folder, const RankRecord* rank) {
  const std::filesystem::path database = folder.path() / "results.sqlite";
  write_results(record.run.world, record.run.plan, run_facts(record.run),
                *folder.take_results(record.run.program.empty_results));
  write_stress_tables(record, database);
  if (rank != nullptr) write_rank_tables(rank->ranking, rank->concentrations, record.run.world, database);
  if (with_csv) {
    make_folder(folder.path() / "tables");
    write_csv_tables(database, folder.path() / "tables");
  }
  if (!record.result.failed.empty()) {
    make_folder(folder.path() / "failed");
    for (const auto& [scenario, problem] : record.result.failed)
      optim::write_mps(problem, (folder.path() / "failed" / fmt::format("scenario-{}.mps", scenario)).string());
  }
  write_text_file(folder.path() / "log.txt", log);
  write_text_file(folder.path() / "run.toml", render_run_toml(record.run, id) + render_section(record));
  return folder.publish(fmt::format("{}-{}", rank != nullptr ? "rank" : "stress", id));
}

}  // namespace pinchpoint::results
