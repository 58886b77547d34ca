// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "delivery/cli/context.hpp"
#include "delivery/cli/examples.hpp"
#include "delivery/results/text_file.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::cli {

namespace {

namespace fs = std::filesystem;

struct NewCommand {
  std::string folder;
  std::string example = "mini-chain";
  bool is_list = false;
};

std::string_view example_of(const ExampleFile& file) { return file.path.substr(0, file.path.find('/')); }
std::string_view path_inside(const ExampleFile& file) { return file.path.substr(file.path.find('/') + 1); }

std::vector<std::string> example_names() {
  std::vector<std::string> names;
  for (const ExampleFile& file : example_files()) {
    if (names.empty() || names.back() != example_of(file)) names.emplace_back(example_of(file));
  }
  return names;
}

/// `title` of an example's model.toml.
std::string title_of(std::string_view example) {
  constexpr std::string_view key = "title = \"";
  for (const ExampleFile& file : example_files()) {
    if (example_of(file) != example || path_inside(file) != "model.toml") continue;
    const std::size_t begin = file.text.find(key);
    if (begin == std::string_view::npos) return {};
    const std::string_view rest = file.text.substr(begin + key.size());
    return std::string(rest.substr(0, rest.find('"')));
  }
  return {};
}

Exit list_examples(const Context& context) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const std::string& name : example_names()) {
    list.push_back({{"example", name}, {"title", title_of(name)}});
    if (!context.output.json) print(fmt::format("  {:<16}{}\n", name, title_of(name)));
  }
  if (context.output.json) print_json({{"examples", list}});
  return Exit::done;
}

Exit refuse(const Context& context, const std::string& message) {
  print_problem(context.output, "bad_input", message);
  return Exit::bad_input;
}

void make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw results::WriteError(fmt::format("cannot write to {}: {}", path.string(), error.message()));
}

/// Written beside its place and renamed, so that there is never half an example.
std::vector<std::string> write_example(const std::string& example, const fs::path& folder, Interrupt& interrupt) {
  const fs::path parent = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  const fs::path unfinished = parent / fmt::format(".unfinished-{}-{}", ::getpid(), folder.filename().string());
  const auto remove_unfinished = [unfinished] {
    std::error_code ignored;
    fs::remove_all(unfinished, ignored);
  };
  interrupt.on_abort(remove_unfinished);
  std::vector<std::string> written;
  try {
    make_folders(unfinished);
    for (const ExampleFile& file : example_files()) {
      if (example_of(file) != example) continue;
      const fs::path path = unfinished / path_inside(file);
      make_folders(path.parent_path());
      results::write_text_file(path, file.text);
      written.emplace_back(path_inside(file));
    }
    std::error_code error;
    fs::rename(unfinished, folder, error);
    if (error) throw results::WriteError(fmt::format("cannot write to {}: {}", folder.string(), error.message()));
  } catch (...) {
    remove_unfinished();
    throw;
  }
  interrupt.on_abort({});
  return written;
}

/// "demo/" names the folder demo.
fs::path without_slash(const std::string& text) {
  const fs::path path(text);
  return path.has_filename() || !path.has_parent_path() ? path : path.parent_path();
}

Exit write_new(const NewCommand& command, const Context& context) {
  if (command.is_list) return list_examples(context);
  const std::vector<std::string> names = example_names();
  if (command.folder.empty()) return refuse(context, "which folder? pinchpoint new DIR writes an example into it");
  if (std::find(names.begin(), names.end(), command.example) == names.end()) {
    const std::string near = closest_name(command.example, names);
    return refuse(context,
                  fmt::format("there is no example '{}'{}; examples: {}", command.example,
                              near.empty() ? "" : fmt::format("; did you mean '{}'?", near), fmt::join(names, ", ")));
  }
  const fs::path folder = without_slash(command.folder);
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(folder, ignored)) &&
      !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored))) {
    return refuse(context, fmt::format("'{}' is there already and nothing is ever overwritten: name another folder",
                                       folder.string()));
  }
  const std::vector<std::string> written = write_example(command.example, folder, context.interrupt);
  if (context.output.json) {
    print_json({{"status", "done"}, {"folder", folder.string()}, {"example", command.example}, {"files", written}});
  } else if (!context.output.quiet) {
    print(fmt::format("wrote {} files to {}: {}\n\nnext:\n  pinchpoint check {}\n  pinchpoint plan {}\n",
                      written.size(), folder.string(), title_of(command.example), folder.string(), folder.string()));
  }
  return Exit::done;
}

}  // namespace

void add_new_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("new", "Writes a small running example into a new folder");
  const auto options = std::make_shared<NewCommand>();
  command->add_option("folder", options->folder, "folder to make; an existing one is never touched unless it is empty")
      ->type_name("DIR");
  command->add_option("--example", options->example, "which example (mini-chain)")->type_name("NAME");
  command->add_flag("--list", options->is_list, "list the examples");
  add_output_options(*command, context);
  command->footer(
      "Examples:\n"
      "  pinchpoint new demo\n"
      "  pinchpoint new --list\n"
      "  pinchpoint new broken --example contradiction");
  command->callback(
      [&context, options] { context.action = [&context, options] { return write_new(*options, context); }; });
}

}  // namespace pinchpoint::cli
