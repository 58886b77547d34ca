// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "analysis/compare/internal/parts.hpp"

namespace pinchpoint::compare {

namespace {

std::string option_of(const RunData& run, const std::string& name) {
  const auto place =
      std::find_if(run.options.begin(), run.options.end(), [&](const auto& option) { return option.first == name; });
  return place == run.options.end() || place->second.empty() ? "none" : place->second;
}

}  // namespace

std::vector<InputDifference> compare_inputs(const RunData& first, const RunData& second) {
  std::vector<InputDifference> differences;
  const auto add = [&](const std::string& what, const std::string& left, const std::string& right) {
    if (left != right) differences.push_back({what, left, right});
  };
  add("model", first.model, second.model);
  std::set<std::string> done;
  for (const RunData* run : {&first, &second}) {
    for (const auto& [name, value] : run->options) {
      if (done.insert(name).second) add(name, option_of(first, name), option_of(second, name));
    }
  }
  std::set<std::string> flows;
  for (const RunData* run : {&first, &second})
    for (const auto& [flow, verdict] : run->verdicts) flows.insert(flow);
  const auto verdict = [](const RunData& run, const std::string& flow) {
    const auto found = run.verdicts.find(flow);
    return found == run.verdicts.end() ? std::string("free, or not judged") : found->second;
  };
  for (const std::string& flow : flows) add("rules: " + flow, verdict(first, flow), verdict(second, flow));
  std::set<std::string> paths;
  for (const RunData* run : {&first, &second})
    for (const auto& [path, sum] : run->inputs) paths.insert(path);
  constexpr std::size_t shown = 12;
  const auto finger = [&](const RunData& run, const std::string& path) {
    const auto found = run.inputs.find(path);
    return found == run.inputs.end() ? std::string("not read") : "sha256 " + found->second.substr(0, shown);
  };
  for (const std::string& path : paths) {
    const auto left = first.inputs.find(path), right = second.inputs.find(path);
    const bool is_same = left != first.inputs.end() && right != second.inputs.end() && left->second == right->second;
    if (!is_same) differences.push_back({path, finger(first, path), finger(second, path)});
  }
  return differences;
}

}  // namespace pinchpoint::compare
