// The database of the ledger is out of room, or is stopped and started again, while documents come in and receipts come
// back: the gateway says so and goes on by itself, and nothing is lost or doubled.
#include <boost/json/parse.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <string>
#include <thread>

#include "tests/gateway/troubles/load_of.h"
#include "tests/gateway/troubles/promises.h"
#include "tests/support/eventually.h"
#include "tests/support/postgres_server.h"
#include "tests/support/small_disk.h"

namespace tests::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::size_t disk_bytes = std::size_t{24} << 20;
constexpr int most_that_fit = 3000;

class Database : public testing::Test {
 protected:
  void SetUp() override {
    can_mount_ = SmallDisk::can_be_made();  // before the server starts, so that it sees the disk
    server_ = PostgresServer::of_this_program();
    if (server_ == nullptr) GTEST_SKIP() << "PostgreSQL 15 is not installed";
  }
  static Manner manner(const std::string& ledger) {
    return {.pace = "0.3", .resend_after = "2s", .ledger = ledger, .takeover_after = "5s"};
  }
  static bool is_ready(const Site& site) {
    const auto answer = site.ask("GET", "/readyz", {});
    return boost::json::parse(answer.body).at("ready").as_bool();
  }

  bool can_mount_ = false;
  PostgresServer* server_ = nullptr;
};

TEST_F(Database, out_of_room_is_said_and_waited_out_and_nothing_is_lost) {
  if (!can_mount_) GTEST_SKIP() << "no tmpfs can be mounted here, so no database runs out of room";
  const ScratchDirectory scratch;
  const auto folder = scratch.path() / "small";
  std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));
  const SmallDisk disk(folder, disk_bytes);
  const std::string address = server_->new_database_in(folder);
  Site site(manner(address));
  site.start_platform();
  site.start_gateway();
  Promises promises(site);
  promises.post(20);
  disk.fill();

  const auto refusal = promises.post_until_refused(most_that_fit);
  EXPECT_EQ(refusal.status, 503U);
  EXPECT_EQ(refusal.headers.get("Retry-After"), "30");
  EXPECT_THAT(refusal.body, AllOf(HasSubstr("ledger.no_room"), HasSubstr("磁盘已满")));
  EXPECT_FALSE(is_ready(site));
  const LoadOf load(site.gateway().id());
  std::this_thread::sleep_for(std::chrono::seconds(3));
  EXPECT_LT(load.share_of_a_core(), 0.25 * slowness);
  EXPECT_THAT(site.gateway().err(), HasSubstr("the database's disk is full"));

  disk.make_room();
  promises.post(5);
  EXPECT_TRUE(eventually([&] { return is_ready(site); }));
  promises.expect_all_kept();
  site.gateway().signal(SIGTERM);
  EXPECT_EQ(site.gateway().exit_status(), 0);
  server_->drop_database_in_folder(address);
}

TEST_F(Database, stopped_and_started_again_loses_and_doubles_nothing) {
  Site site(manner(server_->new_database()));
  site.start_platform();
  site.start_gateway();
  Promises promises(site);
  for (int round = 0; round < 3; ++round) {
    promises.post(15);
    server_->stop_at_once();
    const auto refusal = promises.post_until_refused(1);
    EXPECT_EQ(refusal.status, 503U);
    EXPECT_EQ(refusal.headers.get("Retry-After"), "5");
    EXPECT_THAT(refusal.body, AllOf(HasSubstr("ledger.unusable"), HasSubstr("账本暂时无法使用")));
    EXPECT_EQ(site.ask("GET", "/v1/documents", Site::viewer_token).status, 503U);
    EXPECT_FALSE(is_ready(site));
    std::this_thread::sleep_for(std::chrono::seconds(1));
    server_->start();
  }
  promises.post(5);
  EXPECT_TRUE(eventually([&] { return is_ready(site); }));
  promises.expect_all_kept();
  EXPECT_FALSE(site.gateway().has_ended());
  EXPECT_THAT(site.gateway().err(), HasSubstr("it can be used again"));
}

}  // namespace
}  // namespace tests::app
