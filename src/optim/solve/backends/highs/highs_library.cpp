// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/backends/highs/highs_library.hpp"

#include <HConfig.h>
#include <dlfcn.h>

#include <cerrno>
#include <system_error>

namespace pinchpoint::optim {

namespace {

[[noreturn]] void fail(const std::string& why) {
  throw std::system_error(
      std::error_code(ELIBACC, std::generic_category()),
      "HiGHS cannot be loaded (scripts/get_highs.sh fetches it, -DPINCHPOINT_HIGHS_ROOT names another): " + why);
}

void* open_library() {
  void* const library = dlopen(PINCHPOINT_HIGHS_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr) fail(dlerror());
  return library;
}

template <typename Function>
void find(void* library, const char* name, Function& function) {
  void* const address = dlsym(library, name);
  if (address == nullptr) fail(std::string(name) + " is not in " + PINCHPOINT_HIGHS_LIBRARY);
  function = reinterpret_cast<Function>(address);
}

HighsLibrary load() {
  void* const library = open_library();
  HighsLibrary functions;
#define PINCHPOINT_FIND(name) find(library, "Highs_" #name, functions.name);
  PINCHPOINT_HIGHS_FUNCTIONS(PINCHPOINT_FIND)
#undef PINCHPOINT_FIND
  if (functions.version() != highs_version()) {
    fail(std::string(PINCHPOINT_HIGHS_LIBRARY) + " is release " + functions.version() + ", and " + highs_version() +
         " was built with");
  }
  return functions;
}

}  // namespace

const HighsLibrary& highs_api() {
  static const HighsLibrary library = load();
  return library;
}

std::string highs_version() {
  return std::to_string(HIGHS_VERSION_MAJOR) + "." + std::to_string(HIGHS_VERSION_MINOR) + "." +
         std::to_string(HIGHS_VERSION_PATCH);
}

}  // namespace pinchpoint::optim
