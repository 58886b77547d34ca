# Defines highs::highs from PINCHPOINT_HIGHS_ROOT: what scripts/get_highs.sh fetched, or a system's HiGHS
# (-DPINCHPOINT_HIGHS_ROOT=/usr). Only the C API is used: docs/decisions/0002-highs.md says why.
set(PINCHPOINT_HIGHS_ROOT ${PROJECT_SOURCE_DIR}/.cache/highs-1.15.1 CACHE PATH "where HiGHS is installed")
set(highs_oldest 1.10.0)

find_path(highs_include interfaces/highs_c_api.h
  PATHS ${PINCHPOINT_HIGHS_ROOT}/include/highs ${PINCHPOINT_HIGHS_ROOT}/include
  NO_DEFAULT_PATH NO_CACHE)
find_library(highs_library highs
  PATHS ${PINCHPOINT_HIGHS_ROOT}
  PATH_SUFFIXES lib lib64 lib/${CMAKE_LIBRARY_ARCHITECTURE}
  NO_DEFAULT_PATH NO_CACHE)
if(NOT highs_include OR NOT highs_library)
  message(FATAL_ERROR
    "no HiGHS in ${PINCHPOINT_HIGHS_ROOT}: run scripts/get_highs.sh once, "
    "or point at a system's HiGHS with -DPINCHPOINT_HIGHS_ROOT=/usr "
    "(interfaces/highs_c_api.h and libhighs are looked for)")
endif()

file(STRINGS ${highs_include}/HConfig.h highs_version_lines REGEX "HIGHS_VERSION_(MAJOR|MINOR|PATCH)")
string(REGEX MATCHALL "[0-9]+" highs_version "${highs_version_lines}")
list(JOIN highs_version "." highs_version)
if(highs_version VERSION_LESS highs_oldest)
  message(FATAL_ERROR "HiGHS ${highs_version} in ${PINCHPOINT_HIGHS_ROOT} is older than ${highs_oldest}")
endif()
message(STATUS "HiGHS ${highs_version}: ${highs_library}")

add_library(highs::highs SHARED IMPORTED)
set_target_properties(highs::highs PROPERTIES
  IMPORTED_LOCATION ${highs_library}
  INTERFACE_INCLUDE_DIRECTORIES ${highs_include})
