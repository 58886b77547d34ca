// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "delivery/cli/context.hpp"
#include "delivery/importers/importers.hpp"

namespace pinchpoint::cli {

namespace {

namespace fs = std::filesystem;

/// A kind of foreign model: a row here is a subcommand.
struct Format {
  const char* name;
  const char* about;
  const char* footer;
  Result<importers::Import> (*import)(const fs::path&, const importers::ImportOptions&);
};

constexpr std::array formats = {
    Format{"osemosys", "OSeMOSYS: GNU MathProg data file, otoole's CSV folder, or datapackage.json",
           "PATH is one of\n"
           "  a data file of the GNU MathProg model (or model and data in one file)\n"
           "  a folder with one CSV file a set and parameter, as otoole writes it; defaults from a config.yaml there\n"
           "  a datapackage.json, or the folder that holds one\n\n"
           "Examples:\n"
           "  pinchpoint import osemosys utopia.txt --out utopia\n"
           "  pinchpoint import osemosys csv/ --out utopia --force",
           importers::import_osemosys},
    Format{
        "temoa", "Temoa 4: a SQLite database, or SQL text that makes one",
        "PATH is one of\n"
        "  a SQLite database of Temoa, schema version 4\n"
        "  SQL text: a whole dump, or only the rows\n"
        "time_sequencing, days_per_period and reserve_margin are read from a config*.toml beside PATH that names the\n"
        "database as its input; without one they are seasonal_timeslices, 365 and static.\n\n"
        "Examples:\n"
        "  pinchpoint import temoa utopia.sqlite --out utopia\n"
        "  pinchpoint import temoa utopia.sql --out utopia --force",
        importers::import_temoa},
    Format{"pypsa", "PyPSA: the CSV folder of a network",
           "PATH is a folder as Network.export_to_csv_folder writes it: network.csv, snapshots.csv, buses.csv, and a\n"
           "file for each other kind of component and time series (generators.csv, generators-p_max_pu.csv, …).\n"
           "The plan is that of Network.optimize(): one investment period, perfect foresight, linear; its costs are\n"
           "PyPSA's objective with the capital cost of all that may be extended, what stands already included.\n"
           "Not imported, and refused where it is used: unit commitment, several investment periods, scenarios,\n"
           "quadratic and piecewise costs, delays, phase shifters in loops.\n\n"
           "Examples:\n"
           "  pinchpoint import pypsa network/ --out model\n"
           "  pinchpoint plan model",
           importers::import_pypsa},
};

struct ImportCommand {
  std::string path, folder;
  importers::ImportOptions options;
  bool is_forced = false;
};

Exit refuse(const Diagnostics& problems, const Context& context) {
  print_refusal(context.output, problems, "nothing was written");
  return Exit::bad_input;
}

nlohmann::ordered_json counts_json(const std::vector<std::pair<std::string, std::size_t>>& counts) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

std::string counts_text(const std::vector<std::pair<std::string, std::size_t>>& counts) {
  std::string text;
  for (const auto& [name, count] : counts) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, count);
  return text;
}

void say_done(const ImportCommand& command, const importers::Import& import, const importers::Written& written,
              const Context& context) {
  const std::string folder = written.folder.string();
  if (context.output.json) {
    print_json({{"status", "done"},
                {"folder", folder},
                {"read", counts_json(import.read)},
                {"rows", counts_json(written.tables)},
                {"problems", diagnostics_json(import.warnings)}});
    return;
  }
  print_error(render_text(import.warnings));
  if (context.output.quiet) return;
  print(fmt::format("read {}: {}\nwrote {}: rows of {}\n\nnext:\n  pinchpoint check {}\n  pinchpoint plan {}\n",
                    command.path, counts_text(import.read), folder, counts_text(written.tables), folder, folder));
}

Exit import_model(const Format& format, const ImportCommand& command, const Context& context) {
  const Result<importers::Import> import = format.import(command.path, command.options);
  if (!import) return refuse(import.error(), context);
  context.interrupt.on_abort([unfinished = importers::FolderText::unfinished_path(command.folder)] {
    std::error_code ignored;
    fs::remove_all(unfinished, ignored);
  });
  const Result<importers::Written> written = import->folder.write(command.folder, command.is_forced);
  context.interrupt.on_abort({});
  if (!written) return refuse(written.error(), context);
  say_done(command, *import, *written, context);
  return Exit::done;
}

void add_format(CLI::App& parent, const Format& format, Context& context) {
  CLI::App* const command = parent.add_subcommand(format.name, format.about);
  const auto options = std::make_shared<ImportCommand>();
  command->add_option("path", options->path, "the model to read; it is never changed")->required()->type_name("PATH");
  command->add_option("--out", options->folder, "folder to make")->required()->type_name("DIR");
  command->add_option("--name", options->options.name, "name of the model; without it made of PATH")->type_name("NAME");
  command->add_option("--currency", options->options.currency, "currency of figures that name none (USD)")
      ->check([](const std::string& text) {
        const bool is_code = text.size() == 3 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == text.npos;
        return is_code ? std::string() : fmt::format("'{}' is no code of three capital letters", text);
      })
      ->type_name("CODE");
  if (std::string_view(format.name) == "osemosys") {
    command->add_flag("--lenient", options->options.is_lenient,
                      "parameters that OSeMOSYS lacks are left out with a warning, not refused");
    command->add_flag("--penalties-as-income", options->options.penalties_are_income,
                      "EmissionsPenalty below zero is income, as model texts of some countries have it");
  }
  command->add_flag("--force", options->is_forced, "replace the model folder that is there");
  add_output_options(*command, context);
  command->footer(format.footer);
  command->callback([&context, &format, options] {
    context.action = [&context, &format, options] { return import_model(format, *options, context); };
  });
}

}  // namespace

void add_import_command(CLI::App& app, Context& context) {
  CLI::App* const command = app.add_subcommand("import", "Makes a model folder of another tool's model");
  command->require_subcommand(1);
  for (const Format& format : formats) add_format(*command, format, context);
  command->footer(
      "The folder is checked and planned like any other; its plan has the other tool's conventions of time and money.\n"
      "What cannot be expressed is refused by name, and figures that contradict each other with both numbers.\n\n"
      "pinchpoint import osemosys --help says what is read.");
}

}  // namespace pinchpoint::cli
