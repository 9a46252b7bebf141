// The parts of the channel by themselves, each to its limit and one over.
#include <gmock/gmock.h>

#include "gateway/channels/as3/answered_messages.h"
#include "gateway/channels/as3/in_folder.h"
#include "gateway/channels/as3/unclaimed_receipts.h"
#include "tests/support/eventually.h"
#include "tests/support/ftp_server.h"

namespace tests {
namespace {

using namespace gateway::channels::as3;

Incoming receipt_of(const std::string& message_id) {
  Incoming receipt;
  receipt.kind = Kind::receipt;
  receipt.message_id = message_id;
  return receipt;
}

TEST(As3UnclaimedReceipts, are_kept_up_to_a_limit_and_taken_once) {
  UnclaimedReceipts receipts(2);
  for (const char* id : {"<1>", "<2>", "<2>", "<3>"}) receipts.keep(receipt_of(id));
  EXPECT_FALSE(receipts.contains("<1>")) << "the oldest of three";
  EXPECT_TRUE(receipts.take("<2>"));
  EXPECT_FALSE(receipts.take("<2>"));
  receipts.keep(receipt_of("<4>"));
  EXPECT_TRUE(receipts.contains("<3>")) << "what was taken leaves room";
}

TEST(As3AnsweredMessages, are_remembered_up_to_a_limit_by_id_and_content) {
  AnsweredMessages answered(2);
  answered.remember("<1>", "a");
  answered.remember("<2>", "b");
  EXPECT_TRUE(answered.contains("<1>", "a"));
  EXPECT_FALSE(answered.contains("<1>", "b")) << "another content";
  answered.remember("<2>", "c");
  EXPECT_TRUE(answered.contains("<1>", "a")) << "an id of before takes no room";
  EXPECT_TRUE(answered.contains("<2>", "c"));
  answered.remember("<3>", "d");
  EXPECT_FALSE(answered.contains("<1>", "a")) << "the oldest of three";
  EXPECT_TRUE(answered.contains("<2>", "c"));
}

// Each waits for its time before it is set aside: until then it is held.
TEST(As3InFolder, reads_no_more_files_than_it_may_hold) {
  if (!FtpServer::is_installed()) GTEST_SKIP() << "vsftpd is not installed";
  FtpServer server(FtpSecurity::none);
  const auto in = server.make_folder("in");
  server.make_folder("out");
  config::Port port;
  port.url = server.url();
  port.user = server.user();
  port.password = "file:" + server.password().string();
  port.ftp.tls = config::FtpTls::none;
  port.timeout = std::chrono::seconds(20);
  for (std::size_t i = 0; i <= most_held; ++i)
    server.put(in / ("R" + std::to_string(100000 + i) + ".as3"), "unreadable");
  Sessions sessions(port);
  InFolder folder({server.path("in"), server.path("out"), {}, std::chrono::hours(1)}, sessions);
  const codecs::as2::Agreement agreement;
  const auto read = [&] {
    std::size_t count = 0;
    const std::string log = server.log();
    for (auto at = log.find("OK DOWNLOAD"); at != std::string::npos; at = log.find("OK DOWNLOAD", at + 1)) ++count;
    return count;
  };
  const auto are_read = [&] {
    EXPECT_TRUE(folder.look(agreement, std::chrono::seconds(20)));
    return read() >= most_held;
  };
  ASSERT_TRUE(eventually(are_read, std::chrono::minutes(3))) << read();
  EXPECT_TRUE(folder.look(agreement, std::chrono::seconds(20)));
  EXPECT_EQ(read(), most_held) << "one more lies there";
}

}  // namespace
}  // namespace tests
