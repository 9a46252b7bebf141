// The full plan over a RabbitMQ: every case settles or is refused as over HTTP.
#include <filesystem>
#include <gmock/gmock.h>

#include "tests/support/bare_amqp.h"
#include "tests/support/eventually.h"
#include "tests/support/rabbit_server.h"
#include "tests/tools/jointtest/plans.h"
#include "tools/jointtest/journal.h"

namespace tests::jointtest {
namespace {

using ::testing::HasSubstr;
using tools::jointtest::Verdict;

// Of the full plan's enterprises.
const std::vector<std::string> dxp_ids{"DXPENT0000000001", "DXPENT0000000002", "DXPENT0000000003", "DXPENT0000000008",
                                       "DXPENT0000000009"};

class OverABroker : public ::testing::Test {
 protected:
  void SetUp() override {
    rabbit_ = RabbitServer::of_this_program();
    if (rabbit_ == nullptr) GTEST_SKIP() << "rabbitmq-server is not installed";
    BareAmqp desk(rabbit_->login());
    for (const std::string& dxp_id : dxp_ids) {
      desk.declare_queue("in." + dxp_id);
      desk.declare_queue("out." + dxp_id);
    }
  }

  // The full plan as it stands, but for the way to the simulator.
  std::string plan() const {
    const auto folder = source_directory() / "tests/scenarios";
    std::string text = read_file(folder / "full.toml");
    const auto replace = [&text](const std::string& what, const std::string& by) {
      const auto at = text.find(what);
      ASSERT_NE(at, std::string::npos) << what;
      text.replace(at, what.size(), by);
    };
    replace("documents = \"documents\"", "documents = \"" + (folder / "documents").string() + "\"");
    replace("channel = \"hainan-http\"", "channel = \"dxp-amqp\"\nbroker = \"" + rabbit_->url() + "\"\nuser = \"" +
                                             rabbit_->login().user + "\"\npassword = \"file:password\"");
    for (auto at = text.find("file = \""); at != std::string::npos; at = text.find("file = \"", at + 1)) {
      text.insert(at + std::string("file = \"").size(), folder.string() + "/");
    }
    write_file(run_.path("password"), rabbit_->login().password);
    std::filesystem::permissions(run_.path("password"), std::filesystem::perms::owner_read);
    return run_.write("plan.toml", text);
  }

  RabbitServer* rabbit_ = nullptr;
  CebgateRun run_;
};

TEST_F(OverABroker, TheFullPlanPassesAndSkipsByNameWhatHoldsForHttpAlone) {
  // Longer than the minute that a child may usually take.
  ChildProcess child("cebgate", {"jointtest", "run", plan(), "--run-dir", run_.path("run")}, run_.path("ran"));
  ASSERT_TRUE(eventually([&] { return child.has_ended(); }, std::chrono::minutes(3))) << child.out();
  EXPECT_EQ(child.exit_status(), 0) << child.out() << child.err();
  const auto results = tools::jointtest::read_results(run_.path("run"));
  ASSERT_TRUE(results);
  for (const auto& one : results->cases) {
    if (one.verdict == Verdict::passed) continue;
    EXPECT_EQ(one.verdict, Verdict::skipped) << one.name;
    EXPECT_THAT(one.steps.front().en, HasSubstr("hainan-http")) << one.name;
  }
}

}  // namespace
}  // namespace tests::jointtest
