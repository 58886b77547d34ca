// SPDX-License-Identifier: Apache-2.0
// Times the way from a model folder to a problem that HiGHS holds, as `pinchpoint plan` goes it, checks included:
//   assembly_bench FOLDER [--solve] [--certify] [--tables DIR]
// Prints one JSON object: seconds by phase, peak memory, size of the matrix, fingerprint; with --solve the objective,
// with --certify whether the optimum that one thread of simplex finds is proved. --tables writes all coefficients.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstring>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/plan/assembly.hpp"
#include "analysis/plan/plan.hpp"
#include "coefficient_tables.hpp"
#include "core/base/heap.hpp"
#include "core/tables/model_folder.hpp"
#include "domain/world/world.hpp"
#include "fingerprint.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/scaling.hpp"
#include "optim/solve/solver.hpp"

namespace {

using namespace pinchpoint;
using Json = nlohmann::ordered_json;

class Laps {
 public:
  void end(const char* phase) {
    const auto now = std::chrono::steady_clock::now();
    seconds_[phase] = std::chrono::duration<double>(now - last_).count();
    last_ = now;
  }
  [[nodiscard]] Json json() const {
    double total = 0;
    for (const auto& [phase, seconds] : seconds_.items()) total += seconds.get<double>();
    Json all = seconds_;
    all["total"] = total;
    return all;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  Json seconds_ = Json::object();
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::int64_t peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  constexpr std::int64_t kibibyte = 1024;
  return usage.ru_maxrss * kibibyte;
}

/// Bytes of the arrays that a solver must hold: matrix by columns, costs, bounds and sides.
std::int64_t matrix_bytes(const optim::Model& model) {
  return model.nonzero_count() * 12 + model.column_count() * std::int64_t{28} + model.row_count() * std::int64_t{16};
}

[[noreturn]] void refuse(const Diagnostics& problems, const std::string& folder) {
  fmt::print(stderr, "{}", render_text(problems, folder));
  std::exit(2);
}

struct Request {
  std::string folder;
  std::string tables;
  bool is_solved = false;
  bool is_certified = false;
};

std::optional<Request> parse(int count, char** argument) {
  if (count < 2) return std::nullopt;
  Request request;
  request.folder = argument[1];
  for (int at = 2; at < count; ++at) {
    if (std::strcmp(argument[at], "--solve") == 0) {
      request.is_solved = true;
    } else if (std::strcmp(argument[at], "--certify") == 0) {
      request.is_certified = true;
    } else if (std::strcmp(argument[at], "--tables") == 0 && at + 1 < count) {
      request.tables = argument[++at];
    } else {
      return std::nullopt;
    }
  }
  return request;
}

/// The same steps on any machine: they are counted (tools/bench_instructions.py).
bool is_proved(const optim::Model& model) {
  const optim::ScaledModel scaled = optim::scale(model);
  optim::SolveOptions options;
  options.method = optim::Method::simplex;
  options.threads = 1;
  return optim::certify(scaled.model, optim::solve(scaled.model, options)).holds();
}

int run(const Request& request) {
  // Loads the library, as the peers import theirs before they begin to count.
  const auto session = optim::backends().front().open();
  const double cpu_at_start = cpu_seconds();
  Laps laps;
  auto folder = tables::read_model_folder(request.folder);
  if (!folder) refuse(folder.error(), request.folder);
  laps.end("read");
  const auto world = load_world(folder.value());
  if (!world) refuse(world.error(), request.folder);
  laps.end("load");
  Diagnostics problems = check_structure(world.value(), folder.value());
  problems.append(plan::check_free_loops(world.value(), folder.value()));
  laps.end("check");
  const plan::PlanProblem problem = plan::assemble_plan(world.value(), true);
  laps.end("assemble");
  const std::int64_t assembled_peak = peak_bytes();
  session->load(problem.model);
  laps.end("hand_over");
  const double cpu = cpu_seconds() - cpu_at_start;
  const std::int64_t peak = peak_bytes();

  const bench::Fingerprint print = bench::fingerprint(problem.model);
  Json answer = {{"seconds", laps.json()},
                 {"cpu_seconds", cpu},
                 {"assembled_peak_bytes", assembled_peak},
                 {"peak_bytes", peak},
                 {"matrix_bytes", matrix_bytes(problem.model)},
                 {"offset", problem.model.offset},
                 {"rows", print.rows},
                 {"columns", print.columns},
                 {"nonzeros", print.nonzeros},
                 {"sums", Json(print.sums)}};
  if (!request.tables.empty()) bench::write_coefficient_tables(problem.model, request.tables);
  if (request.is_solved) answer["objective"] = optim::solve(problem.model).objective;
  if (request.is_certified) answer["is_proved"] = is_proved(problem.model);
  fmt::print("{}\n", answer.dump());
  return 0;
}

}  // namespace

int main(int count, char** argument) {
  pinchpoint::lay_out_heap();  // as the program does
  const auto request = parse(count, argument);
  if (!request) {
    fmt::print(stderr, "usage: assembly_bench FOLDER [--solve] [--certify] [--tables DIR]\n");
    return 2;
  }
  return run(*request);
}
