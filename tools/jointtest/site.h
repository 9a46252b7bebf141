// The programs that a run drives: a gateway, another one that other enterprises send by, and the simulator, all of the
// run's own in its folder; or the operator's own gateway. They end with it. Faults: jointtest.site, those of the
// settings and of secrets. Main thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "tools/jointtest/child.h"
#include "tools/jointtest/plan.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest {

struct Place {
  std::filesystem::path programs;  // the folder of cebgate and cebgate-platform
  std::filesystem::path run;       // the run's own
};

class Site {
 public:
  // `arrangements`: lines of a scenario file of the simulator (docs/formats/scenario.md).
  static base::Result<Site> simulated(const Plan& plan, const Place& place, const std::string& arrangements,
                                      std::chrono::seconds ahead);
  static base::Result<Site> of_operator(const Plan& plan, const Place& place);

  const std::string& gateway() const { return gateway_; }
  const std::string& others() const { return others_; }        // empty: there is none
  const std::string& simulator() const { return simulator_; }  // likewise
  const std::filesystem::path& ca() const { return ca_; }      // for HTTPS; empty: the system's
  const base::Secret& token() const { return token_; }
  const std::vector<RunResult::Enterprise>& enterprises() const { return enterprises_; }

 private:
  Site() = default;

  std::string gateway_, others_, simulator_;
  std::filesystem::path ca_;
  base::Secret token_;
  std::vector<RunResult::Enterprise> enterprises_;
  std::vector<Child> children_;
};

}  // namespace tools::jointtest
