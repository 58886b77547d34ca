// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <set>

#include "domain/world/world.hpp"

namespace pinchpoint {

namespace {

void count(ProvenanceSummary::Line& line, const Figure& figure) {
  ++line.figures;
  if (figure.confidence == Confidence::assumed) {
    ++line.assumed;
  } else if (figure.sources.empty()) {
    ++line.unsourced;
  } else {
    ++line.sourced;
  }
}

bool has_band_and_reason(const Figure& figure) { return figure.low && figure.high && !figure.note.empty(); }

}  // namespace

ProvenanceSummary summarise_provenance(const std::vector<Figure>& figures) {
  ProvenanceSummary summary;
  std::map<std::string, ProvenanceSummary::Line> tables;
  std::set<std::string> sources;
  for (const Figure& figure : figures) {
    ProvenanceSummary::Line& line = tables[figure.table];
    line.table = figure.table;
    count(line, figure);
    count(summary.total, figure);
    sources.insert(figure.sources.begin(), figure.sources.end());
    if (figure.confidence == Confidence::assumed) {
      summary.assumed.push_back(&figure);
    } else if (figure.sources.empty()) {
      summary.unsourced.push_back(&figure);
    }
  }
  for (const auto& [name, line] : tables) summary.tables.push_back(line);
  summary.total.table = "all";
  summary.distinct_sources = sources.size();
  return summary;
}

Diagnostics check_provenance(const std::vector<Figure>& figures) {
  Diagnostics diagnostics;
  for (const Figure& figure : figures) {
    if (figure.confidence == Confidence::assumed) {
      if (has_band_and_reason(figure)) continue;
      diagnostics.add(Code::assumed_without_band, figure.where,
                      fmt::format("'{}' is assumed without {}", figure.label,
                                  figure.note.empty() ? "a reason" : "a band (low and high)"));
    } else if (figure.sources.empty()) {
      diagnostics.add(Code::figure_without_source, figure.where, fmt::format("'{}' has no source", figure.label));
    }
  }
  return diagnostics;
}

}  // namespace pinchpoint
