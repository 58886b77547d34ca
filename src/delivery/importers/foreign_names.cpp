// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/foreign_names.hpp"

#include <fmt/format.h>

namespace pinchpoint::importers {

namespace {

bool is_id_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         std::string_view("-_./+").find(letter) != std::string_view::npos;
}

std::string slug_of(std::string_view foreign) {
  std::string slug;
  for (const char letter : foreign) {
    if (is_id_letter(letter)) {
      slug += letter;
    } else if (slug.empty() || slug.back() != '-') {
      slug += '-';
    }
  }
  return slug.empty() ? "-" : slug;
}

}  // namespace

std::string ForeignNames::fresh(std::string_view wanted) {
  const std::string slug = slug_of(wanted);
  std::string id = slug;
  for (int number = 2; !taken_.insert(id).second; ++number) id = fmt::format("{}-{}", slug, number);
  return id;
}

const std::string& ForeignNames::id(std::string_view foreign) {
  const auto found = ids_.find(foreign);
  if (found != ids_.end()) return found->second;
  return ids_.emplace(std::string(foreign), fresh(foreign)).first->second;
}

std::string ForeignNames::name_if_changed(std::string_view foreign) {
  return id(foreign) == foreign ? std::string() : std::string(foreign);
}

}  // namespace pinchpoint::importers
