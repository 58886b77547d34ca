# Writes OUTPUT, a .cpp that holds the text of every data/schema/*.toml (SCHEMAS, separated by |).
string(REPLACE "|" ";" schema_files "${SCHEMAS}")
set(entries "")
foreach(schema_file ${schema_files})
  get_filename_component(table ${schema_file} NAME_WE)
  # Not file(READ): CMake reads [ and ] of its content as parts of a list.
  execute_process(COMMAND ${CMAKE_COMMAND} -E cat ${schema_file} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  string(APPEND entries "    {\"${table}\", R\"schema(${text})schema\"},\n")
endforeach()
string(CONFIGURE [[// Generated from data/schema by cmake/embed_schemas.cmake.
#include "core/tables/internal/embedded_schemas.hpp"

namespace pinchpoint::tables::internal {

const std::vector<std::pair<std::string_view, std::string_view>>& embedded_schemas() {
  static const std::vector<std::pair<std::string_view, std::string_view>> schemas = {
@entries@  };
  return schemas;
}

}  // namespace pinchpoint::tables::internal
]] content @ONLY)
file(WRITE ${OUTPUT} "${content}")
