// Runs a plan: every case a conversation of its own, some beside each other, each step written down when it is done.
// Faults: jointtest.*, before anything was sent. Throws std::runtime_error where the run's folder takes no more. Blocks
// the main thread until all is done or a SIGINT or SIGTERM stops it between two steps.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "tools/jointtest/plan.h"
#include "tools/jointtest/results.h"
#include "tools/jointtest/site.h"

namespace tools::jointtest {

// Told as it goes: a step has waited for long, is done; a case has come to its end.
struct Watching {
  std::function<void(const CaseResult&one, const StepResult&step)> step_waits, step_done;
  std::function<void(const CaseResult& one)> case_done;
};

inline constexpr std::chrono::seconds long_wait{10};

enum class Ending { all_done, stopped };

struct Ran {
  RunResult results;
  Ending ending = Ending::all_done;
};

struct RunTerms {
  const schemas::Catalog* catalog = nullptr;
  Against against = Against::simulator;
  Place place;                        // `run` is there; it is empty, or one to go on with
  std::vector<std::string> versions;  // "cebgate 0.1.0" …
  Watching watching;
};

// Begins in an empty folder, goes on in one that holds a journal of this very plan.
base::Result<Ran> run_plan(Plan plan, const RunTerms& terms);

}  // namespace tools::jointtest
