#include "codecs/hainan/envelope.h"

#include <gtest/gtest.h>
#include <random>

namespace codecs::hainan {
namespace {

Envelope an_envelope() {
  return {.message_type = "CEB311Message",
          .sender_id = "SHOP",
          .receiver_id = "PORT",
          .send_time = *base::read_china_digits("20260131093000"),
          .xml = "<a/>"};
}

std::string fault_of(std::string_view body) {
  const auto envelope = read_envelope(body);
  if (envelope) return "no fault";
  EXPECT_FALSE(envelope.faults().front().zh.empty());
  EXPECT_FALSE(envelope.faults().front().en.empty());
  return envelope.faults().front().code + " " + envelope.faults().front().path;
}

TEST(Envelope, IsWrittenToTheLetter) {
  EXPECT_EQ(write_envelope(an_envelope()),
            "{\"Message\":{\"MessageHead\":{\"MessageId\":\"\",\"MessageType\":\"CEB311Message.xml\","
            "\"SenderID\":\"SHOP\",\"ReceiverID\":\"PORT\",\"SendTime\":\"2026-01-31 09:30:00\",\"Version\":\"1.0\"},"
            "\"MessageBody\":{\"data\":\"PGEvPg==\"}}}");
}

TEST(Envelope, IsReadAsItWasWritten) {
  Envelope written = an_envelope();
  written.sender_id = "公司 \"A\"";
  written.xml = std::string("<a>\xEF\xBB\xBF\0</a>", 11);
  const auto read = read_envelope(write_envelope(written));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->message_type, written.message_type);
  EXPECT_EQ(read->sender_id, written.sender_id);
  EXPECT_EQ(read->receiver_id, written.receiver_id);
  EXPECT_EQ(read->send_time, written.send_time);
  EXPECT_EQ(read->xml, written.xml);
}

TEST(Envelope, MayLackItsHead) {
  for (const char* head : {"", "\"MessageHead\":{},", "\"MessageHead\":[1],", "\"MessageHead\":{\"SendTime\":5},"}) {
    const auto read =
        read_envelope(std::string("{\"Message\":{") + head + "\"MessageBody\":{\"data\":\"PGEv\\nPg==\"}}}");
    ASSERT_TRUE(read) << head;
    EXPECT_EQ(read->xml, "<a/>");
    EXPECT_EQ(read->message_type, "");
    EXPECT_EQ(read->send_time, base::Time{});
  }
}

TEST(Envelope, SaysWhatIsMissingOrBroken) {
  EXPECT_EQ(fault_of(""), "envelope.syntax ");
  EXPECT_EQ(fault_of("{\"Message\":"), "envelope.syntax ");
  EXPECT_EQ(fault_of("[]"), "envelope.shape /Message");
  EXPECT_EQ(fault_of("{\"Message\":1}"), "envelope.shape /Message");
  EXPECT_EQ(fault_of("{\"Message\":{}}"), "envelope.shape /Message/MessageBody");
  EXPECT_EQ(fault_of("{\"Message\":{\"MessageBody\":{\"data\":null}}}"), "envelope.shape /Message/MessageBody/data");
  EXPECT_EQ(fault_of("{\"Message\":{\"MessageBody\":{\"data\":\"PGEvPg=\"}}}"),
            "envelope.data /Message/MessageBody/data");
  EXPECT_EQ(fault_of("{\"Message\":{\"MessageBody\":{\"data\":\"<a/>\"}}}"), "envelope.data /Message/MessageBody/data");
  EXPECT_EQ(fault_of("{\"Message\":{\"MessageBody\":{\"data\":\"\"}}}"), "envelope.data /Message/MessageBody/data");
  EXPECT_EQ(fault_of(std::string(100'000, '[')), "envelope.syntax ");
}

TEST(Envelope, NoBytesAreACrash) {
  const std::string whole = write_envelope(an_envelope());
  std::mt19937 random(11);
  for (int round = 0; round < 5000; ++round) {
    std::string text = whole;
    for (auto left = 1 + random() % 4; left > 0; --left)
      text[random() % text.size()] = static_cast<char>(random() % 256);
    const auto read = read_envelope(text);
    EXPECT_TRUE(read || !read.faults().empty());
  }
}

}  // namespace
}  // namespace codecs::hainan
