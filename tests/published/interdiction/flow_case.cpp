// SPDX-License-Identifier: Apache-2.0
#include "flow_case.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace pinchpoint::optim {

namespace {

/// Text between "<head> :=" and the next semicolon.
std::string section(const std::string& text, const std::string& head) {
  const std::size_t at = text.find(head);
  const std::size_t begin = at == std::string::npos ? at : text.find(":=", at);
  if (begin == std::string::npos) throw std::runtime_error("no section '" + head + "'");
  return text.substr(begin + 2, text.find(';', begin) - begin - 2);
}

}  // namespace

FlowCase read_flow_case(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  FlowCase flow;
  std::istringstream vertices(section(text.str(), "set Vertices"));
  int last = 0;
  for (int vertex = 0; vertices >> vertex;) {
    flow.first_vertex = std::min(flow.first_vertex, vertex);
    last = std::max(last, vertex);
  }
  flow.vertices = last - flow.first_vertex + 1;
  std::map<std::pair<int, int>, double> capacity;
  std::istringstream rows(section(text.str(), "param u"));
  int from = 0;
  int to = 0;
  for (double number = 0; rows >> from >> to >> number;) {
    const auto [place, is_new] = capacity.try_emplace(std::minmax(from, to), number);
    if (!is_new && place->second != number) throw std::runtime_error("an edge with two capacities");
  }
  for (const auto& [ends, number] : capacity) flow.edges.push_back({ends.first, ends.second, number});
  return flow;
}

Model make_flow_model(const FlowCase& flow, const std::vector<int>& sources, const std::vector<int>& sinks) {
  ModelBuilder builder;
  std::vector<RowId> balance;
  for (int vertex = 0; vertex < flow.vertices; ++vertex) balance.push_back(builder.add_row({}, 0, 0));
  const auto row = [&](int vertex) { return balance.at(static_cast<std::size_t>(vertex - flow.first_vertex)); };
  for (const FlowCase::Edge& edge : flow.edges) {
    const ColumnId column = builder.add_column({}, 0, -edge.capacity, edge.capacity);
    builder.add_entry(row(edge.from), column, -1);
    builder.add_entry(row(edge.to), column, 1);
  }
  for (const int source : sources) builder.add_entry(row(source), builder.add_column({}, 0, 0, 1e4), 1);
  for (const int sink : sinks) builder.add_entry(row(sink), builder.add_column({}, -1, 0, 1e4), -1);
  return builder.build("flow", nullptr);
}

}  // namespace pinchpoint::optim
