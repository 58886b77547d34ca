// SPDX-License-Identifier: Apache-2.0
// Any model.toml gives settings or complaints, and complaints can be shown.
#include <cstdint>

#include "core/tables/internal/model_toml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace pinchpoint;
  using namespace pinchpoint::tables::internal;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  Diagnostics diagnostics;
  ModelKeys keys;
  lay_over(keys, read_model_toml(text, "model.toml", diagnostics));
  static_cast<void>(settings_of(keys, {}, diagnostics));
  static_cast<void>(render_text(diagnostics));
  return 0;
}
