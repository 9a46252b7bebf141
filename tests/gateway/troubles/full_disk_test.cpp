// The disk of the SQLite ledger is full while documents come in and receipts come back: the gateway says so, keeps
// nothing half, waits quietly, and goes on by itself when there is room.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <utility>

#include "tests/gateway/troubles/load_of.h"
#include "tests/gateway/troubles/promises.h"
#include "tests/support/eventually.h"
#include "tests/support/small_disk.h"

namespace tests::app {
namespace {

using testing::HasSubstr;

constexpr std::size_t full_disk_bytes = std::size_t{6} << 20;
constexpr int most_that_fit_the_disk = 2000;

// tmpfs: a file system that is full. size_limit: the files may not grow, which needs no rights and so runs everywhere.
enum class Form { tmpfs, size_limit };

std::string name_of_form(const testing::TestParamInfo<Form>& form) {
  return form.param == Form::tmpfs ? "tmpfs" : "size_limit";
}

class FullDisk : public testing::TestWithParam<Form> {
 protected:
  FullDisk() : site_({.pace = "0.3", .resend_after = "2s", .ledger = "sqlite:small/ledger.db"}) {
    std::filesystem::create_directories(folder());
  }
  void SetUp() override {
    if (GetParam() == Form::size_limit) return;
    if (!SmallDisk::can_be_made()) GTEST_SKIP() << "no tmpfs can be mounted here; the form size_limit runs";
    disk_ = std::make_unique<SmallDisk>(folder(), full_disk_bytes);
  }

  std::filesystem::path folder() const { return site_.folder() / "small"; }

  void fill() {
    if (disk_) return disk_->fill();
    std::uintmax_t largest = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder())) {
      largest = std::max(largest, file.file_size());
    }
    let_files_have(largest + (std::uintmax_t{64} << 10));
  }
  void make_room() {
    if (disk_) return disk_->make_room();
    let_files_have(RLIM_INFINITY);
  }

  boost::json::object readiness() const { return boost::json::parse(site_.ask("GET", "/readyz", {}).body).as_object(); }
  std::size_t lines_with(const std::string& words) {
    const std::string log = site_.gateway().err();
    std::size_t lines = 0;
    for (auto at = log.find(words); at != std::string::npos; at = log.find(words, log.find('\n', at))) ++lines;
    return lines;
  }

  Site site_;
  std::unique_ptr<SmallDisk> disk_;

 private:
  void let_files_have(rlim_t bytes) {
    rlimit limit{};
    ASSERT_EQ(prlimit(site_.gateway().id(), RLIMIT_FSIZE, nullptr, &limit), 0);
    limit.rlim_cur = bytes;
    ASSERT_EQ(prlimit(site_.gateway().id(), RLIMIT_FSIZE, &limit, nullptr), 0);
  }
};

TEST_P(FullDisk, is_said_and_waited_out_and_nothing_is_lost_or_half_kept) {
  site_.start_platform();
  site_.start_gateway();
  Promises promises(site_);
  promises.post(20);
  fill();

  const auto refusal = promises.post_until_refused(most_that_fit_the_disk);
  EXPECT_EQ(refusal.status, 503U) << refusal.body;
  EXPECT_EQ(refusal.headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(refusal.headers.get("Retry-After"), "30");
  EXPECT_THAT(refusal.body, testing::AllOf(HasSubstr("ledger.no_room"), HasSubstr("磁盘已满"),
                                           HasSubstr("The disk of the ledger is full")));
  const auto unknown = site_.ask("GET", "/v1/documents?number=" + promises.next_number(), Site::viewer_token);
  EXPECT_THAT(unknown.body, HasSubstr(R"("documents":[])"));
  const auto ready = readiness();
  EXPECT_FALSE(ready.at("ready").as_bool());
  EXPECT_THAT(std::string(ready.at("ledger").at("detail").as_string()), HasSubstr("the disk is full"));

  // What had come before finds room in what is there already, and is applied first.
  std::string earlier;
  ASSERT_TRUE(eventually([&] {
    std::this_thread::sleep_for(std::chrono::seconds(3));
    return std::exchange(earlier, site_.gateway().err()) == site_.gateway().err();
  }));

  const LoadOf load(site_.gateway().id());
  const std::string before = site_.gateway().err();
  std::this_thread::sleep_for(std::chrono::seconds(4));
  EXPECT_LT(load.share_of_a_core(), 0.25 * slowness) << "it must not try without a pause";
  const std::string meanwhile = site_.gateway().err().substr(before.size());
  EXPECT_LE(std::ranges::count(meanwhile, '\n'), 3) << meanwhile;
  promises.post_until_refused(most_that_fit_the_disk);
  EXPECT_LE(lines_with("the disk is full"), 3U) << "a small write may find room in between";
  EXPECT_FALSE(site_.gateway().has_ended());

  make_room();
  promises.post(5);
  EXPECT_TRUE(eventually([&] { return readiness().at("ready").as_bool(); }));
  promises.expect_all_kept();
  EXPECT_TRUE(eventually([&] { return lines_with("it can be used again") == lines_with("the disk is full"); }));
}

INSTANTIATE_TEST_SUITE_P(OfTheLedger, FullDisk, testing::Values(Form::tmpfs, Form::size_limit), name_of_form);

}  // namespace
}  // namespace tests::app
