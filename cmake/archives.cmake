# Archives where the system has them: to load and relocate the shared ones, and the C++ library they bring along, takes a
# third of the time of a small plan. HiGHS, loaded only when it is asked, brings its own C++ library: docs/decisions/0002-highs.md.
find_package(fmt REQUIRED)
find_package(SQLite3 REQUIRED)
find_library(PINCHPOINT_SQLITE NAMES libsqlite3.a sqlite3 REQUIRED)
find_library(PINCHPOINT_CRYPTO NAMES libcrypto.a crypto REQUIRED)
# Sanitizers are told by its name that the shared library leaks: scripts/lsan.supp.
set(udunits_names libudunits2.a udunits2)
if(PINCHPOINT_SANITIZE OR PINCHPOINT_FUZZ)
  set(udunits_names udunits2)
endif()
find_library(PINCHPOINT_UDUNITS NAMES ${udunits_names} REQUIRED)
find_library(PINCHPOINT_EXPAT NAMES libexpat.a expat REQUIRED)
set_target_properties(SQLite::SQLite3 PROPERTIES IMPORTED_LOCATION ${PINCHPOINT_SQLITE})

if(fmt_VERSION VERSION_GREATER_EQUAL 9 AND fmt_VERSION VERSION_LESS 10)
  add_library(pp_fmt STATIC ${PROJECT_SOURCE_DIR}/cmake/fmt_archive.cpp)
  target_link_libraries(pp_fmt PRIVATE pp_flags)
else()
  add_library(pp_fmt INTERFACE)
  target_link_libraries(pp_fmt INTERFACE fmt::fmt)
endif()

# For programs that users run; sanitizers want the shared ones.
add_library(pp_standard_archives INTERFACE)
if(NOT PINCHPOINT_SANITIZE)
  # At a fixed place, as the HiGHS program and Debian's python3 are: nothing is relocated, 4 % of a small plan. Stack, heap
  # and shared libraries are at random places all the same. And what nothing refers to is left out: 1 %.
  target_link_options(pp_standard_archives INTERFACE -static-libstdc++ -static-libgcc -no-pie -Wl,--gc-sections)
endif()
