// How the gateway starts, refuses to start, and ends.
#include <atomic>
#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <string>
#include <sys/resource.h>
#include <thread>

#include "tests/gateway/app/site.h"
#include "tests/support/cebgate_run.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int unusable = 2;

TEST(Running, sigterm_ends_it_with_0_while_orders_come_in_and_loses_none_of_the_accepted) {
  Site site;
  site.start_platform();
  site.start_gateway();
  std::atomic<int> accepted = 0;
  std::thread erp([&] {
    for (int i = 0;; ++i) {
      const auto exchange = site.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce),
                                        posting("CEB311Message", order_document({.number = "R" + std::to_string(i)})));
      if (exchange.reach != gateway::http::Reach::answered || exchange.response.status != 202) return;
      ++accepted;
    }
  });
  EXPECT_TRUE(eventually([&] { return accepted >= 5; }));
  site.gateway().signal(SIGTERM);
  EXPECT_EQ(site.gateway().exit_status(), 0) << site.gateway().err();
  erp.join();

  site.start_gateway();
  const auto settled = [&] { return site.measure(R"(cebgate_documents{state="settled"})") >= accepted; };
  EXPECT_TRUE(eventually(settled)) << accepted << " were accepted";
}

TEST(Running, an_interrupt_ends_it_like_sigterm) {
  Site site;
  site.start_platform();
  site.start_gateway();
  site.gateway().signal(SIGINT);
  EXPECT_EQ(site.gateway().exit_status(), 0) << site.gateway().err();
}

TEST(Running, no_core_dump_of_it_is_ever_made) {
  rlimit own{};
  getrlimit(RLIMIT_CORE, &own);
  if (own.rlim_max == 0) GTEST_SKIP() << "core dumps are forbidden to this test already";
  Site site;
  site.start_platform();
  site.start_gateway();
  rlimit limit{1, 1};
  ASSERT_EQ(prlimit(site.gateway().id(), RLIMIT_CORE, nullptr, &limit), 0);
  EXPECT_EQ(limit.rlim_max, 0U);
}

TEST(Running, a_second_gateway_on_the_same_ledger_is_refused_in_words) {
  Site site;
  site.start_platform();
  site.start_gateway();
  ChildProcess second("cebgate", site.serve_arguments(), site.folder() / "second");
  EXPECT_EQ(second.exit_status(), unusable);
  EXPECT_EQ(second.out(), "");
  EXPECT_THAT(second.err(), AllOf(HasSubstr("ledger.db"), HasSubstr("another")));
  EXPECT_EQ(site.ask("GET", "/healthz", "").status, 200U);  // the first goes on
}

TEST(Running, a_key_that_others_can_read_is_refused_with_the_command_that_mends_it) {
  Site site;
  site.start_platform();
  site.write_settings();
  const auto key = site.folder() / "keys" / (enterprises.payment + ".key.pem");
  std::filesystem::permissions(key, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  const Ran ran = CebgateRun()(site.serve_arguments());
  EXPECT_EQ(ran.status, unusable);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, AllOf(HasSubstr("chmod 600"), HasSubstr(key.string())));
}

TEST(Running, faults_of_the_settings_are_all_named_with_file_and_line) {
  const CebgateRun run;
  const std::string file = run.write("cebgate.toml",
                                     "[server]\n"
                                     "listen = \"127.0.0.1\"\n"
                                     "[ledger]\n"
                                     "uri = \"sqlite:ledger.db\"\n"
                                     "[[port]]\n"
                                     "name = \"hainan\"\n"
                                     "profile = \"pigeon\"\n"
                                     "url = \"http://127.0.0.1:8090\"\n");
  const Ran ran = run({"serve", "--config", file});
  EXPECT_EQ(ran.status, unusable);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, AllOf(HasSubstr(file + ":2"), HasSubstr(file + ":4"), HasSubstr(file + ":7")));
  EXPECT_THAT(ran.err, HasSubstr("hainan-http"));  // what is allowed
}

TEST(Running, a_key_that_is_not_there_is_named_at_the_start) {
  Site site;
  site.start_platform();
  site.write_settings();
  const auto key = site.folder() / "keys" / (enterprises.ecommerce + ".key.pem");
  std::filesystem::remove(key);
  const Ran ran = CebgateRun()(site.serve_arguments());
  EXPECT_EQ(ran.status, unusable);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr(key.string()));
}

}  // namespace
}  // namespace tests::app
