// One run: posts until the documents or the time are used up, follows the feed of changes, and waits until every
// accepted document has ended or the time for it is over. Blocks; one thread. Throws Unusable where the gateway does
// not answer, or refuses the token, before anything was posted.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/secret.h"
#include "tools/bench/options.h"
#include "tools/bench/process_use.h"
#include "tools/bench/tally.h"

namespace tools::bench {

struct Unusable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class UseSource { none, proc, metrics };

struct GatewayUse {
  UseSource source = UseSource::none;
  std::vector<Use> samples;  // at the start, about every second, and at the end
};

struct Outcome {
  Posts posts;
  Courses courses;
  std::chrono::duration<double> posting{};  // from the first post to the last answer
  GatewayUse gateway;
  double own_cpu_seconds = 0;

  bool is_good(Until until) const;
};

// How far it has come: 0 to 1.
using OnProgress = std::function<void(double)>;

Outcome run(const Options& options, const base::Secret& token, const OnProgress& on_progress);

}  // namespace tools::bench
