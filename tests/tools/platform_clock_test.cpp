// The simulator's clock: put ahead by a call on loopback or from the start, and by nobody else.
#include <gmock/gmock.h>

#include "tests/gateway/http/running_server.h"
#include "tests/support/child_process.h"
#include "tests/support/paths.h"
#include "tools/platform/clock_desk.h"

namespace tests::tools {
namespace {

using ::testing::HasSubstr;

class PlatformClock : public testing::Test {
 protected:
  void start(const std::vector<std::string>& more = {}, const std::string& listen = "127.0.0.1:0") {
    std::vector<std::string> arguments{"--listen", listen};
    arguments.insert(arguments.end(), more.begin(), more.end());
    platform_.emplace("cebgate-platform", arguments, scratch_.path() / "platform");
    url_ = platform_->first_line().substr(std::string("listening on ").size());
  }

  gateway::http::Response advance(const std::string& query) {
    gateway::http::Call call;
    call.method = "POST";
    call.url = url_ + "/_clock" + query;
    return send_and_wait(std::move(call)).response;
  }

  ScratchDirectory scratch_;
  std::optional<ChildProcess> platform_;
  std::string url_;
};

TEST_F(PlatformClock, IsPutAheadAndSaysByHowMuchAltogether) {
  start({"--clock-ahead", "30"});
  EXPECT_EQ(advance("?advance=600").body, R"({"ahead":630})");
  EXPECT_EQ(advance("?advance=0").body, R"({"ahead":630})");
}

TEST_F(PlatformClock, TakesNothingElseAndNoMoreThanAYear) {
  start();
  for (const char* query : {"", "?advance=", "?advance=-1", "?advance=soon", "?advance=1x", "?advance=31622401"}) {
    EXPECT_EQ(advance(query).status, 400U) << query;
  }
  EXPECT_EQ(advance("?advance=31622400").status, 200U);
  EXPECT_EQ(advance("?advance=1").status, 400U);
}

TEST_F(PlatformClock, IsNobodysWhereTheListenerIsNotOnLoopback) {
  EXPECT_TRUE(::tools::platform::is_loopback("127.0.0.1"));
  EXPECT_TRUE(::tools::platform::is_loopback("::1"));
  EXPECT_TRUE(::tools::platform::is_loopback("localhost"));
  EXPECT_FALSE(::tools::platform::is_loopback("0.0.0.0"));
  start({}, "0.0.0.0:0");
  url_ = "http://127.0.0.1" + url_.substr(url_.rfind(':'));
  EXPECT_EQ(advance("?advance=1").status, 404U);
}

}  // namespace
}  // namespace tests::tools
