// SPDX-License-Identifier: Apache-2.0
#include "assignment_case.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "optim/model/mps_reader.hpp"

namespace pinchpoint::optim {

namespace {

struct Auxiliary {
  std::vector<double> cost, removal_cost;
  double removal_limit = 0;
  bool minimises = true;
};

Auxiliary read_auxiliary(const std::filesystem::path& path) {
  std::ifstream file(path);
  Auxiliary auxiliary;
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string key;
    double number = 0;
    if (!(words >> key >> number)) continue;
    if (key == "LO") auxiliary.cost.push_back(number);
    if (key == "IC") auxiliary.removal_cost.push_back(number);
    if (key == "IB") auxiliary.removal_limit = number;
    if (key == "OS") auxiliary.minimises = number > 0;
  }
  return auxiliary;
}

}  // namespace

AssignmentCase read_assignment_case(const std::filesystem::path& mps) {
  Result<Model> read = read_mps(mps.string());
  if (!read) throw std::runtime_error(render_text(read.error()));
  const Auxiliary auxiliary = read_auxiliary(std::filesystem::path(mps).replace_extension(".txt"));
  AssignmentCase found{std::move(read).value(), auxiliary.removal_cost, auxiliary.removal_limit};
  const std::size_t columns = found.model.cost.size();
  if (auxiliary.cost.size() != columns || auxiliary.removal_cost.size() != columns || !auxiliary.minimises) {
    throw std::runtime_error("not the auxiliary file of " + mps.string());
  }
  found.model.cost = auxiliary.cost;
  return found;
}

}  // namespace pinchpoint::optim
