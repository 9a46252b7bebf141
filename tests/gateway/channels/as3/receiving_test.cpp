// What comes over AS3: taken whole, answered after the ledger has it, once, and set aside where it cannot be read.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>

#include "gateway/channels/as3/as3_channel.h"
#include "gateway/channels/as3/in_folder.h"
#include "tests/gateway/channels/as3/as3_far_end.h"

namespace tests {
namespace {

using codecs::as2::Disposition;
using gateway::channels::as3::As3Channel;
using gateway::channels::as3::most_file_bytes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class As3Receiving : public testing::Test {
 protected:
  void SetUp() override {
    if (!FtpServer::is_installed()) GTEST_SKIP() << "vsftpd is not installed";
    far_end_.emplace();
    far_end_->settings().timeout = std::chrono::seconds(2) * slowness;
    far_end_->ask_for_receipts();
  }

  As3FarEnd& far_end() { return *far_end_; }
  As3Channel& channel() {
    if (!channel_) channel_.emplace(far_end_->port());
    return *channel_;
  }
  using Records = base::Result<std::vector<gateway::channels::Received>>;
  Records ask() {
    std::optional<Records> received;
    auto flow = [](As3Channel& on, std::optional<Records>& into) -> boost::asio::awaitable<void> {
      gateway::channels::Window window{"in", channel_dxp_id, {}};
      auto records = co_await on.receive(std::move(window));
      into.emplace(std::move(records));
    }(channel(), received);
    boost::asio::co_spawn(io_, std::move(flow), boost::asio::detached);
    io_.restart();
    io_.run();
    return *received;
  }
  std::vector<std::string> receive() {
    std::vector<std::string> records;
    for (const auto& one : must(ask())) records.push_back(one.bytes);
    return records;
  }
  void acknowledge() {
    boost::asio::co_spawn(io_, channel().acknowledge({"in", channel_dxp_id, {}}), boost::asio::detached);
    io_.restart();
    io_.run();
  }
  // Until something has come.
  std::vector<std::string> next() {
    std::vector<std::string> records;
    eventually([&] { return !(records = receive()).empty(); });
    return records;
  }
  std::vector<std::filesystem::path> files_in(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& one : std::filesystem::recursive_directory_iterator(far_end().in() / folder, error)) {
      if (one.is_regular_file()) files.push_back(one.path());
    }
    return files;
  }
  bool has_receipts(std::size_t count) {
    return eventually([&] { return far_end().receipts().size() >= count; });
  }

  std::optional<As3FarEnd> far_end_;
  boost::asio::io_context io_;
  std::optional<As3Channel> channel_;
};

TEST_F(As3Receiving, a_message_is_answered_only_after_it_is_acknowledged) {
  const auto file = far_end().put_file(far_end().file_of("R1", "<1@customs>"));
  ASSERT_THAT(next(), ElementsAre("R1"));
  ASSERT_THAT(receive(), ElementsAre("R1"));
  EXPECT_THAT(far_end().receipts(), IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(file));
  acknowledge();
  ASSERT_TRUE(has_receipts(1));
  const auto receipt = far_end().receipts().front();
  EXPECT_EQ(receipt.original_message_id, "<1@customs>");
  EXPECT_EQ(receipt.disposition.kind, Disposition::Kind::processed);
  EXPECT_TRUE(receipt.signer);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_THAT(files_in("archive"), SizeIs(1));
}

TEST_F(As3Receiving, a_message_that_comes_twice_is_given_once_and_answered_twice) {
  const std::string bytes = far_end().file_of("R1", "<1@customs>");
  far_end().put_file(bytes);
  far_end().put_file(bytes);
  ASSERT_THAT(next(), ElementsAre("R1"));
  acknowledge();
  far_end().put_file(far_end().file_of("R1", "<1@customs>"));
  EXPECT_TRUE(eventually([&] {
    EXPECT_THAT(receive(), IsEmpty());
    return far_end().receipts().size() >= 3;
  })) << far_end().receipts().size();
  EXPECT_THAT(files_in("archive"), SizeIs(3));
}

TEST_F(As3Receiving, another_message_under_the_same_id_is_not_lost) {
  far_end().put_file(far_end().file_of("R1", "<1@customs>"));
  ASSERT_THAT(next(), ElementsAre("R1"));
  acknowledge();
  far_end().put_file(far_end().file_of("R2", "<1@customs>"));
  EXPECT_THAT(next(), ElementsAre("R2"));
}

TEST_F(As3Receiving, removes_what_is_acknowledged_where_the_settings_say_so) {
  far_end().settings().ftp.after_reading = config::AfterReading::remove;
  far_end().put_file(far_end().file_of("R1", "<1@customs>"));
  ASSERT_THAT(next(), ElementsAre("R1"));
  acknowledge();
  EXPECT_THAT(files_in(""), IsEmpty());
}

TEST_F(As3Receiving, a_half_written_file_is_taken_when_it_is_whole) {
  const std::string bytes = far_end().file_of("R1", "<1@customs>");
  const auto file = far_end().in() / "R1.as3";
  far_end().server().put(file, bytes.substr(0, bytes.size() / 2));
  EXPECT_THAT(receive(), IsEmpty());
  far_end().server().put(file, bytes);
  EXPECT_THAT(next(), ElementsAre("R1"));
  EXPECT_THAT(files_in("corrupt"), IsEmpty());
}

TEST_F(As3Receiving, files_under_temporary_names_are_left_alone) {
  const std::string bytes = far_end().file_of("R1", "<1@customs>");
  far_end().server().put(far_end().in() / "A.as3.part.tmp", bytes);
  far_end().put_file(far_end().file_of("R2", "<2@customs>"));
  EXPECT_THAT(next(), ElementsAre("R2"));
}

TEST_F(As3Receiving, what_cannot_be_opened_is_set_aside_told_and_answered) {
  std::string bytes = far_end().file_of("R1", "<1@customs>");
  bytes[bytes.size() / 2] ^= 1;
  far_end().put_file(bytes);
  EXPECT_TRUE(eventually([&] {
    EXPECT_THAT(receive(), IsEmpty());
    return !files_in("corrupt").empty();
  }));
  ASSERT_TRUE(has_receipts(1));
  EXPECT_EQ(far_end().receipts().front().disposition.kind, Disposition::Kind::processed_with_error);
  receive();
  EXPECT_THAT(channel().health().detail, HasSubstr("cannot be read"));
  EXPECT_TRUE(channel().health().reachable);
}

TEST_F(As3Receiving, what_is_no_message_at_all_is_set_aside_and_keeps_nothing_back) {
  far_end().put_file("no AS3 at all \xff");
  far_end().put_file("");
  far_end().put_file(far_end().file_of("R1", "<1@customs>"));
  EXPECT_THAT(next(), ElementsAre("R1"));
  acknowledge();
  EXPECT_TRUE(eventually([&] {
    receive();
    return files_in("corrupt").size() == 2;
  }));
  EXPECT_THAT(far_end().receipts(), SizeIs(1)) << "of the message alone";
}

TEST_F(As3Receiving, a_file_one_byte_over_the_limit_is_set_aside_unread) {
  const auto file = far_end().put_file("x");
  std::filesystem::resize_file(file, most_file_bytes + 1);
  EXPECT_TRUE(eventually([&] {
    EXPECT_THAT(receive(), IsEmpty());
    return !files_in("corrupt").empty();
  }));
  EXPECT_EQ(far_end().server().log().find("RETR"), std::string::npos);
}

TEST_F(As3Receiving, a_login_that_is_refused_is_a_fault_and_said_in_health) {
  far_end().settings().user = "nobody";
  const Records received = ask();
  ASSERT_FALSE(received);
  EXPECT_EQ(received.faults().front().code, "as3.login");
  EXPECT_FALSE(channel().health().reachable);
}

TEST_F(As3Receiving, an_answer_that_cannot_be_placed_is_tried_again_and_the_file_stays) {
  const auto file = far_end().put_file(far_end().file_of("R1", "<1@customs>"));
  ASSERT_THAT(next(), ElementsAre("R1"));
  std::filesystem::rename(far_end().out(), far_end().out().string() + ".away");
  acknowledge();
  EXPECT_THAT(receive(), IsEmpty()) << "it is not given again";
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_THAT(channel().health().detail, HasSubstr("no such folder"));
  std::filesystem::rename(far_end().out().string() + ".away", far_end().out());
  EXPECT_TRUE(eventually([&] {
    receive();
    return !std::filesystem::exists(file);
  }));
  EXPECT_TRUE(has_receipts(1));
}

}  // namespace
}  // namespace tests
