// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/backends/highs/highs_watch.hpp"

#include <array>

#include "optim/solve/backends/highs/highs_library.hpp"

namespace pinchpoint::optim {

namespace {

constexpr std::array interrupts = {kHighsCallbackSimplexInterrupt, kHighsCallbackIpmInterrupt,
                                   kHighsCallbackMipInterrupt};

Progress to_progress(int kind, const HighsCallbackDataOut& out) {
  Progress progress;
  progress.objective = out.objective_function_value;
  progress.bound = out.objective_function_value;
  if (kind == kHighsCallbackMipInterrupt) {
    progress.phase = "branch and bound";
    progress.iterations = out.mip_total_lp_iterations;
    progress.objective = out.mip_primal_bound;
    progress.bound = out.mip_dual_bound;
  } else if (kind == kHighsCallbackIpmInterrupt) {
    progress.phase = "interior point";
    progress.iterations = out.ipm_iteration_count;
  } else {
    progress.phase = "simplex";
    progress.iterations = out.simplex_iteration_count;
  }
  return progress;
}

void on_callback(int kind, const char*, const HighsCallbackDataOut* out, HighsCallbackDataIn* in, void* watch) {
  if (out == nullptr || watch == nullptr) return;
  const bool stop = static_cast<HighsWatch*>(watch)->hear(to_progress(kind, *out));
  if (in != nullptr && stop) in->user_interrupt = 1;
}

}  // namespace

HighsWatch::HighsWatch(void* highs, const SolveOptions& options) : highs_(highs), options_(options) {
  highs_api().setCallback(highs_, on_callback, this);
  for (const HighsInt kind : interrupts) highs_api().startCallback(highs_, kind);
}

HighsWatch::~HighsWatch() {
  for (const HighsInt kind : interrupts) highs_api().stopCallback(highs_, kind);
  highs_api().setCallback(highs_, nullptr, nullptr);
}

bool HighsWatch::hear(Progress progress) {
  if (options_.interrupt != nullptr && options_.interrupt->load(std::memory_order_relaxed)) return true;
  if (!options_.on_progress) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_report_ < std::chrono::milliseconds(100)) return false;
  last_report_ = now;
  progress.seconds = std::chrono::duration<double>(now - begin_).count();
  options_.on_progress(progress);
  return false;
}

}  // namespace pinchpoint::optim
