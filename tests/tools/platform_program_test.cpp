// The program cebgate-platform itself: what it prints, how it ends.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <csignal>
#include <gmock/gmock.h>

#include "gateway/http/client.h"
#include "tests/support/child_process.h"
#include "tests/support/eventually.h"
#include "tests/support/paths.h"

namespace tests::tools {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class PlatformProgram : public testing::Test {
 protected:
  std::filesystem::path output() const { return scratch_.path() / "platform"; }

 private:
  ScratchDirectory scratch_;
};

TEST_F(PlatformProgram, says_where_it_listens_answers_and_stops_on_sigterm) {
  ChildProcess platform("cebgate-platform", {"--listen", "127.0.0.1:0"}, output());
  const std::string line = platform.first_line();
  ASSERT_THAT(line, StartsWith("listening on http://127.0.0.1:"));
  gateway::http::Call call;
  call.url = line.substr(std::string("listening on ").size()) + "/_received";
  boost::asio::io_context io;
  auto answered = boost::asio::co_spawn(io, gateway::http::send(std::move(call)), boost::asio::use_future);
  io.run();
  EXPECT_EQ(answered.get().response.body, "[]");
  platform.signal(SIGTERM);
  EXPECT_EQ(platform.exit_status(), 0);
}

TEST_F(PlatformProgram, serves_folders_makes_them_and_stops_on_sigterm) {
  const ScratchDirectory folders;
  ChildProcess platform("cebgate-platform",
                        {"--listen", "127.0.0.1:0", "--directory", folders.path().string(), "--enterprise",
                         "4601960001:DXPENT0000000001"},
                        output());
  ASSERT_THAT(platform.first_line(), StartsWith("listening on "));
  write_file(folders.path() / "DXPENT0000000001" / "out" / "M1.xml", "no envelope");
  const auto in = folders.path() / "DXPENT0000000001" / "in";
  EXPECT_TRUE(eventually([&] { return !std::filesystem::is_empty(in); }));
  platform.signal(SIGTERM);
  EXPECT_EQ(platform.exit_status(), 0);
}

TEST_F(PlatformProgram, prints_the_codes_that_it_answers_and_ends) {
  ChildProcess platform("cebgate-platform", {"--codes"}, output());
  EXPECT_EQ(platform.exit_status(), 0);
  const std::string list = platform.out();
  EXPECT_THAT(list, StartsWith("code\ttypes\toccasions\ttext\tsource\n"));
  EXPECT_THAT(list, HasSubstr("\n-301002\tCEB311Message\trepeated_row\t订单商品信息内有重复商品序号\t7-2\n"));
  EXPECT_THAT(list, HasSubstr("\n-621017\t\t\t"));
}

TEST_F(PlatformProgram, a_fault_of_usage_or_environment_ends_with_2) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--listen", "127.0.0.1"},
                                                {"--listen", "127.0.0.1:65536"},
                                                {"--pace", "-1"},
                                                {"--loud"},
                                                {"--enterprise", "4601960001"},
                                                {"--role", "4601960001:payment"},
                                                {"--company", "4601960001:示例电商"},
                                                {"--annual-limit", "-1"},
                                                {"--scenario", "/none/scenario.tsv"},
                                                {"--trust", "/none/ca.pem"},
                                                {"--state", "/none/state.jsonl"}}) {
    ChildProcess platform("cebgate-platform", wrong, output());
    EXPECT_EQ(platform.exit_status(), 2) << wrong.front();
  }
}

}  // namespace
}  // namespace tests::tools
