# Writes OUTPUT, a .cpp that holds the text of FILES (relative to FOLDER, separated by |).
string(REPLACE "|" ";" example_files "${FILES}")
set(entries "")
foreach(example_file ${example_files})
  # Not file(READ): CMake reads [ and ] of its content as parts of a list.
  execute_process(COMMAND ${CMAKE_COMMAND} -E cat ${FOLDER}/${example_file} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  string(APPEND entries "    {\"${example_file}\", R\"example(${text})example\"},\n")
endforeach()
string(CONFIGURE [[// Generated from data/examples by src/delivery/cli/embed_examples.cmake.
#include "delivery/cli/examples.hpp"

namespace pinchpoint::cli {

const std::vector<ExampleFile>& example_files() {
  static const std::vector<ExampleFile> files = {
@entries@  };
  return files;
}

}  // namespace pinchpoint::cli
]] content @ONLY)
file(WRITE ${OUTPUT} "${content}")
