// SPDX-License-Identifier: Apache-2.0
#include "rule_cases.hpp"

#include <fstream>
#include <iterator>

#include "domain/rules/question_csv.hpp"

namespace pinchpoint::rules {

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

RuleFiles files_of(const fs::path& folder) {
  RuleFiles files = read_rule_files(PINCHPOINT_SOURCE_DIR "/tests/support/rules").value();
  if (!fs::is_directory(folder)) return files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    files[entry.path().filename().string()] = text_of(entry.path());
  return files;
}

}  // namespace

Diagnostics check_rule_case(const fs::path& folder, const fs::path& questions) {
  const auto base = load_rule_base(files_of(folder));
  if (!base) return base.error();
  if (questions.empty()) return base->warnings;
  const auto asked = read_questions(text_of(questions), questions.string(), *base);
  if (!asked) return asked.error();
  Diagnostics found;
  for (const Question& question : *asked) {
    const auto made = make_case(*base, question);
    if (!made) found.append(made.error());
  }
  return found;
}

}  // namespace pinchpoint::rules
