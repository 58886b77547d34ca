// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/tables/model_folder.hpp"

namespace pinchpoint::tables::testing {

/// A small sound model folder for a test to change; removed at the end.
class TemporaryModel {
 public:
  TemporaryModel() {
    static std::atomic<int> number = 0;
    root_ = std::filesystem::temp_directory_path() / fmt::format("pinchpoint_{}_{}", getpid(), number++);
    write("model.toml", "name = \"small\"\n[horizon]\nstart = \"2026-Q1\"\nend = \"2027-Q4\"\n");
    write("regions.csv", "id,name,kind\nTW,Taiwan,country\nUS,United States,country\n");
    write("organisations.csv", "id,kind,seat\ntsmc,firm,TW\n");
    write("layers.csv", "id,name,position\nwafers,Wafers,1\n");
    write("commodities.csv", "id,layer,unit\nn3-wafer,wafers,wafer\n");
    write("technologies.csv", "id,output,capacity_unit\nn3,n3-wafer,wafer/month\n");
    write("facilities.csv",
          "id,technology,region,owner,status,capacity,unit,low,high\n"
          "f18,n3,TW,tsmc,existing,100,wafer/month,90,110\n"
          "f21,n3,US,tsmc,existing,20,wafer/month,,\n");
  }
  ~TemporaryModel() { std::filesystem::remove_all(root_); }
  TemporaryModel(const TemporaryModel&) = delete;
  TemporaryModel& operator=(const TemporaryModel&) = delete;

  void write(const std::string& file, const std::string& text) const {
    const std::filesystem::path path = folder() / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  void remove(const std::string& file) const { std::filesystem::remove_all(folder() / file); }
  [[nodiscard]] std::filesystem::path folder() const { return root_ / "model"; }

  [[nodiscard]] Result<ModelFolder> read(const ReadOptions& options = {}) const {
    return read_model_folder(folder(), options);
  }
  /// "file:line:column CODE" of every complaint and warning.
  [[nodiscard]] std::vector<std::string> complaints(const ReadOptions& options = {}) const {
    const Result<ModelFolder> result = read(options);
    std::vector<std::string> lines;
    for (const Diagnostic& item : (result ? result->warnings : result.error()).all()) {
      lines.push_back(
          fmt::format("{}:{}:{} {}", item.where.file, item.where.line, item.where.column, info(item.code).code));
    }
    return lines;
  }

 private:
  std::filesystem::path root_;
};

using Complaints = std::vector<std::string>;

}  // namespace pinchpoint::tables::testing
