// A plan with scenarios of a test's own in a scratch folder, and runs of it by the real program.
#pragma once

#include <string>
#include <vector>

#include "tests/support/cebgate_run.h"
#include "tests/support/child_process.h"
#include "tools/jointtest/results.h"

namespace tests::jointtest {

inline const std::string enterprises = R"(
[[enterprise]]
code = "4601960001"
name = "测试电商企业"
dxp_id = "DXPENT0000000001"
roles = ["ecommerce", "platform", "agent"]
[[enterprise]]
code = "4601960002"
name = "测试支付企业"
dxp_id = "DXPENT0000000002"
roles = ["payment"]
[[enterprise]]
code = "4601960003"
name = "测试物流企业"
dxp_id = "DXPENT0000000003"
roles = ["logistics", "operator"]
)";

struct NamedScenario {
  std::string name, lines;
  std::string row = "test_data = [\"*\"]";  // of its table in the plan
};

class PlanRun {
 public:
  // `more`: of the plan, before its enterprises.
  explicit PlanRun(const std::vector<NamedScenario>& scenarios, const std::string& more = "");

  std::string plan() const { return run_.path("plan.toml"); }
  std::string folder() const { return run_.path("run"); }
  std::string scenario(const std::string& name) const { return run_.path(name + ".scenario"); }
  std::vector<std::string> arguments(const std::vector<std::string>& more = {}) const;
  Ran operator()(const std::vector<std::string>& more = {}) const;  // into folder()
  Ran go_on(const std::vector<std::string>& more = {}) const;
  ChildProcess start() const;   // likewise, without waiting for its end
  std::string journal() const;  // "" before there is one
  tools::jointtest::RunResult results() const;
  // What the simulator was sent; the same bytes again, after an answer that nobody heard, count once.
  std::size_t messages_at_customs() const;
  const CebgateRun& files() const { return run_; }

 private:
  CebgateRun run_;
};

}  // namespace tests::jointtest
