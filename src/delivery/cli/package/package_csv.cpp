// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "delivery/cli/package/package_answer.hpp"

namespace pinchpoint::cli {

namespace {

using namespace packages;

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  quoted += '"';
  return quoted;
}

std::string row_of(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& text : cells) {
    row += cell(text);
    row += ',';
  }
  row.back() = '\n';
  return row;
}

}  // namespace

std::string package_csv(const PackageAnswer& answer) {
  std::string text =
      "predicate,finding,subject,subject_finding,flag,why,evidence,file,line,citation,url,confidence,verify,day,as_"
      "of\n";
  for (const PredicateFinding& finding : answer.check.findings) {
    const Predicate& it = answer.predicates.predicates[static_cast<std::size_t>(finding.predicate)];
    std::vector<SubjectFinding> subjects = finding.subjects;
    if (subjects.empty()) subjects.push_back({"", finding.finding, false, "", {}, {}});
    for (const SubjectFinding& subject : subjects)
      text += row_of({it.id, finding_names[static_cast<std::size_t>(finding.finding)], subject.subject,
                      finding_names[static_cast<std::size_t>(subject.finding)], subject.is_flagged ? it.flag : "",
                      subject.why, it.evidence, subject.where.file, fmt::format("{}", subject.where.line),
                      it.source.citation, it.source.url, it.source.confidence, it.verify ? "yes" : "no",
                      to_string(answer.check.day), to_string(answer.package.base.as_of())});
  }
  return text;
}

}  // namespace pinchpoint::cli
