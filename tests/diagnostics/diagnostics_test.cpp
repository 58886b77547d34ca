// SPDX-License-Identifier: Apache-2.0
// Every folder tests/diagnostics/<CODE>/<case> is a test: what reading `model` complains of is `expected.txt`, to the
// letter. `options.txt` has lines key=value: folder, scenario, patch, rules_as_of, lenient, largest_file_bytes; import
// (a format: `folder` is then a foreign model) and out (where the model folder made of it would go); run (a run folder,
// its results read) or open (a run folder, its model read again); rules (a folder whose tables replace those of
// tests/support/rules) and questions (a CSV asked of them); package (an export package, read with the shipped rules).
// After a wanted change, read the differences that tools/approve.py shows, and let it write them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "analysis/plan/plan.hpp"
#include "analysis/ruling/ruling.hpp"
#include "core/tables/model_folder.hpp"
#include "delivery/importers/importers.hpp"
#include "delivery/results/open_run.hpp"
#include "delivery/results/read_results.hpp"
#include "domain/world/world.hpp"
#include "package_cases.hpp"
#include "rule_cases.hpp"

namespace pinchpoint {
namespace {

namespace fs = std::filesystem;

const fs::path root = PINCHPOINT_SOURCE_DIR "/tests/diagnostics";

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Case {
  std::string code;
  std::string name;
};

void PrintTo(const Case& item, std::ostream* out) { *out << item.code << '/' << item.name; }

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const fs::directory_entry& code : fs::directory_iterator(root)) {
    if (!code.is_directory()) continue;
    for (const fs::directory_entry& item : fs::directory_iterator(code)) {
      cases.push_back({code.path().filename().string(), item.path().filename().string()});
    }
  }
  std::sort(cases.begin(), cases.end(), [](const Case& left, const Case& right) {
    return std::tie(left.code, left.name) < std::tie(right.code, right.name);
  });
  return cases;
}

struct Options {
  fs::path folder = "model";
  std::string import;
  fs::path out;
  fs::path run, open;
  fs::path rules, questions, package;
  tables::ReadOptions read;
};

Options read_options(const fs::path& path) {
  Options options;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::string key = line.substr(0, line.find('='));
    const std::string value = line.substr(line.find('=') + 1);
    if (key == "folder") options.folder = value;
    if (key == "import") options.import = value;
    if (key == "out") options.out = value;
    if (key == "run") options.run = value;
    if (key == "open") options.open = value;
    if (key == "rules") options.rules = value;
    if (key == "questions") options.questions = value;
    if (key == "package") options.package = value;
    if (key == "scenario") options.read.scenarios.push_back(value);
    if (key == "patch") options.read.patches.push_back(value);
    if (key == "rules_as_of") options.read.rules_as_of = value;
    if (key == "lenient") options.read.lenient = value == "yes";
    if (key == "largest_file_bytes") options.read.largest_file_bytes = std::stoull(value);
  }
  return options;
}

using ImportModel = Result<importers::Import> (*)(const fs::path&, const importers::ImportOptions&);
const std::map<std::string, ImportModel> formats = {{"osemosys", importers::import_osemosys},
                                                    {"pypsa", importers::import_pypsa}};

/// All that is said about a foreign model, and about writing what was made of it.
Diagnostics check_import(const Options& options) {
  const Result<importers::Import> import = formats.at(options.import)(options.folder, {});
  if (!import) return import.error();
  Diagnostics found = import->warnings;
  if (options.out.empty()) return found;
  const Result<importers::Written> written = import->folder.write(options.out, false);
  if (!written) found.append(written.error());
  return found;
}

/// All that is said about a folder, by every stage that it reaches.
Diagnostics check_model(const Options& options) {
  if (!options.import.empty()) return check_import(options);
  if (!options.rules.empty()) return rules::check_rule_case(options.rules, options.questions);
  if (!options.package.empty()) return packages::check_package_case(options.package);
  if (!options.open.empty()) return results::open_run(options.open).model.problems;
  if (!options.run.empty()) {
    const auto run = results::read_results(options.run);
    return run ? Diagnostics() : run.error();
  }
  const auto folder = tables::read_model_folder(options.folder, options.read);
  if (!folder) return folder.error();
  Diagnostics found = folder->warnings;
  const auto ruled = ruling::load_ruled_world(*folder);
  if (!ruled) {
    found.append(ruled.error());
    return found;
  }
  const World& world = ruled->world;
  found.append(ruled->warnings);
  found.append(check_structure(world, *folder));
  found.append(plan::check_free_loops(world, *folder));
  found.append(check_provenance(list_figures(*folder)));
  return found;
}

class DiagnosticCase : public testing::TestWithParam<Case> {};

TEST_P(DiagnosticCase, is_worded_as_expected) {
  const fs::path place = root / GetParam().code / GetParam().name;
  fs::current_path(place);  // so that messages do not depend on where the sources are
  const Options options = read_options("options.txt");
  const Diagnostics found = check_model(options);
  const bool is_model =
      options.import.empty() && options.run.empty() && options.open.empty() && options.package.empty();
  const fs::path shown = options.rules.empty()       ? options.folder
                         : options.questions.empty() ? options.rules
                                                     : fs::path();
  const std::string text = render_text(found, is_model ? shown.string() : std::string());
  if (const char* const approve = std::getenv("PINCHPOINT_APPROVE_DIR")) {
    const fs::path target = fs::path(approve) / GetParam().code / GetParam().name;
    fs::create_directories(target);
    std::ofstream(target / "expected.txt", std::ios::binary) << text;
  }
  EXPECT_EQ(text, text_of("expected.txt")) << "if the new text is right: tools/approve.py";
  std::set<std::string_view> codes;
  for (const Diagnostic& item : found.all()) codes.insert(info(item.code).code);
  EXPECT_TRUE(codes.contains(GetParam().code)) << "the case does not show " << GetParam().code;
}

INSTANTIATE_TEST_SUITE_P(All, DiagnosticCase, testing::ValuesIn(all_cases()), [](const auto& param) {
  return param.param.code.substr(0, 3) + param.param.code.substr(4) + "_" + param.param.name;
});

TEST(DiagnosticCases, exist_for_every_code) {
  std::set<std::string> codes;
  for (const Case& item : all_cases()) codes.insert(item.code);
  for (const CodeInfo& kind : all_codes()) {
    EXPECT_TRUE(codes.contains(std::string(kind.code))) << kind.code << " has no case in tests/diagnostics";
  }
}

}  // namespace
}  // namespace pinchpoint
