// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "core/tables/schema.hpp"

namespace pinchpoint::tables::internal {

// data/schema/*.toml as they were when the library was built; tools/embed_schemas.py has checked them.

struct EmbeddedFile {
  std::string_view table;
  std::string_view text;
};

extern const std::span<const TableSchema> embedded_schemas;  ///< in reading order
extern const std::span<const EmbeddedFile> embedded_files;   ///< by name, provenance included

}  // namespace pinchpoint::tables::internal
