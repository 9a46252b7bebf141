// The simulator's end of the data exchange platform, with messages signed by a real key.
#include <gmock/gmock.h>
#include <optional>
#include <variant>

#include "codecs/ceb/xml_codec.h"
#include "codecs/dxp/envelope.h"
#include "signing/keys/open_key.h"
#include "signing/sign.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"
#include "tests/tools/platform_documents.h"
#include "tests/tools/platform_exchange.h"
#include "tests/tools/platform_signatures.h"

namespace tools::platform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using namespace tests::tools;  // NOLINT: the documents of one sale
using codecs::dxp::Envelope;
using codecs::dxp::Reply;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t any_number = 1000;

class PlatformDxp : public testing::Test {
 protected:
  base::Result<Reception> bring(const std::string& bytes) {
    return platform_->inbox.take({Way::folders, bytes, platform_dxp_id});
  }
  Reception send(const std::string& sale, const Changes& changes = {}) {
    return *bring(wrapped(signed_text(message_text("CEB311Message", {order_body(sale, changes)}))));
  }

  std::vector<Letter> letters() {
    return platform_->customs.receipts().letters(Way::folders, clock_.now(), any_number);
  }

  std::vector<std::string> types() {
    std::vector<std::string> types;
    for (const Letter& letter : letters()) types.push_back(letter.type);
    return types;
  }

  // The receipt in a letter, as its document.
  static codecs::ceb::Element document_in(const Letter& letter) {
    const auto content = codecs::dxp::read(letter.bytes);
    if (!content) return {};
    return codecs::ceb::read_xml(platform_catalog(), std::get<Envelope>(*content).data)->documents.front();
  }

  std::vector<std::string> statuses() {
    std::vector<std::string> statuses;
    for (const Letter& letter : letters()) {
      const auto document = document_in(letter);
      statuses.push_back(document.children.empty() ? "" : document.child("returnStatus")->text);
    }
    return statuses;
  }

  static codecs::dxp::Response response_in(const Letter& letter) {
    return std::get<Reply>(*codecs::dxp::read(letter.bytes)).responses.front();
  }

  static base::Faults faults_of(const std::string& xml) {
    const auto document = base::XmlDocument::read(xml);
    if (!document) return document.faults();
    return platform_judge().judge(*document, schemas::Level::schema, schemas::SignatureDemand::none_yet).faults;
  }

  void expect_valid(const Letter& letter) {
    for (const base::Fault& fault : faults_of(letter.bytes)) ADD_FAILURE() << letter.type << fault.path << fault.en;
    const auto content = codecs::dxp::read(letter.bytes);
    ASSERT_TRUE(content);
    const auto* envelope = std::get_if<Envelope>(&*content);
    if (envelope == nullptr) return;
    for (const base::Fault& fault : faults_of(envelope->data)) ADD_FAILURE() << letter.type << fault.path << fault.en;
  }

  tests::ManualClock clock_{*base::read_china_digits("20260131100000")};
  std::optional<PlatformExchange> platform_{std::in_place, clock_};
};

TEST_F(PlatformDxp, an_order_is_answered_by_letters_to_its_enterprise_at_their_time) {
  EXPECT_EQ(send("A1"), Reception::taken);
  EXPECT_THAT(letters(), IsEmpty());
  clock_.advance(milliseconds(200));
  EXPECT_THAT(statuses(), ElementsAre("2"));
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses(), ElementsAre("2", "120"));
  for (const Letter& letter : letters()) {
    expect_valid(letter);
    EXPECT_EQ(letter.type, "CEB312Message");
    EXPECT_EQ(letter.dxp_id, platform_dxp_id);
    const auto head = std::get<Envelope>(*codecs::dxp::read(letter.bytes)).head;
    EXPECT_THAT(head.receivers, ElementsAre(platform_dxp_id));
    EXPECT_EQ(head.message_id, letter.id);
  }
}

TEST_F(PlatformDxp, what_came_by_dxp_is_not_in_the_listings_and_what_came_by_http_is_in_no_letter) {
  send("A1");
  const std::string xml = signed_text(message_text("CEB311Message", {order_body("A2")}));
  ASSERT_TRUE(platform_->inbox.take({Way::hainan, xml, ""}));
  clock_.advance(seconds(2));
  EXPECT_EQ(letters().size(), 2U);
  EXPECT_EQ(platform_->customs.receipts().records(platform_dxp_id, "CEB312Message", base::Time(), clock_.now()).size(),
            2U);
}

TEST_F(PlatformDxp, a_letter_leaves_the_way_its_message_came) {
  send("A1");
  const std::string other = wrapped(signed_text(message_text("CEB311Message", {order_body("A2")})));
  ASSERT_TRUE(platform_->inbox.take({Way::as2, other, platform_dxp_id}));
  clock_.advance(seconds(2));
  const auto leaving = [&](Way way) { return platform_->customs.receipts().letters(way, clock_.now(), any_number); };
  EXPECT_THAT(leaving(Way::folders), testing::SizeIs(2));
  EXPECT_THAT(leaving(Way::as2), testing::SizeIs(2));
  EXPECT_THAT(leaving(Way::amqp), IsEmpty());
  ASSERT_TRUE(platform_->inbox.take({Way::amqp, "<DxpMsg", platform_dxp_id}));
  EXPECT_THAT(leaving(Way::amqp), testing::SizeIs(1));
  platform_->customs.receipts().handed_over(leaving(Way::as2).front());
  EXPECT_THAT(leaving(Way::as2), testing::SizeIs(1));
  EXPECT_THAT(leaving(Way::folders), testing::SizeIs(2));
}

TEST_F(PlatformDxp, a_letter_that_was_handed_over_is_not_given_again) {
  send("A1");
  clock_.advance(seconds(2));
  platform_->customs.receipts().handed_over(letters().front());
  EXPECT_THAT(statuses(), ElementsAre("120"));
  EXPECT_EQ(platform_->customs.receipts().letters(Way::folders, clock_.now(), 0).size(), 0U);
}

TEST_F(PlatformDxp, content_that_is_not_what_was_signed_is_replied_1004_and_no_signature_1001) {
  std::string xml = signed_text(message_text("CEB311Message", {order_body("A1")}));
  xml.replace(xml.find("示例路1号"), std::string("示例路1号").size(), "示例路2号");
  ASSERT_TRUE(bring(wrapped(xml)));
  ASSERT_TRUE(bring(wrapped(message_text("CEB311Message", {order_body("A2")}))));
  clock_.advance(seconds(2));
  ASSERT_THAT(types(), ElementsAre("DxpRep", "DxpRep"));
  EXPECT_EQ(response_in(letters()[0]).code, "1004");
  EXPECT_THAT(*response_in(letters()[0]).info, HasSubstr("签名与数据不符"));
  EXPECT_EQ(response_in(letters()[0]).answered.message_id, "MESSAGE-1");
  EXPECT_EQ(response_in(letters()[1]).code, "1001");
  for (const Letter& letter : letters()) expect_valid(letter);
}

TEST_F(PlatformDxp, a_certificate_that_has_ended_is_replied_1002) {
  const base::Time end = *base::read_china_digits("20260130000000");
  const tests::TestIdentity identity = platform_authority().issue_sm2("示例电商", {.not_after = end});
  const auto key =
      signing::keys::open_key({.uri = "file:" + identity.key.string(), .certificate = identity.certificate});
  const auto& dialect = *signing::find_dialect(signing::standard_dialects(), "sm2-sm3");
  const std::string xml = message_text("CEB311Message", {order_body("A1")});
  ASSERT_TRUE(bring(wrapped(*signing::sign(xml, **key, dialect, {}))));
  ASSERT_THAT(types(), ElementsAre("DxpRep"));
  EXPECT_EQ(response_in(letters().front()).code, "1002");
}

TEST_F(PlatformDxp, every_code_of_table_7_1_turns_a_message_away_once_where_a_trigger_asks_for_it) {
  for (const std::string code : {"0999", "1003", "1999", "2001", "2002", "2999", "3001", "3002", "3003", "3999"}) {
    const std::string message = wrapped(signed_text(message_text("CEB311Message", {order_body("A~reply" + code)})));
    ASSERT_TRUE(bring(message));
    ASSERT_THAT(types(), ElementsAre("DxpRep")) << code;
    expect_valid(letters().front());
    EXPECT_EQ(response_in(letters().front()).code, code);
    EXPECT_EQ(*response_in(letters().front()).info, platform_rules().reply_text(code));
    platform_->customs.receipts().handed_over(letters().front());
    ASSERT_TRUE(bring(message));
    clock_.advance(seconds(2));
    EXPECT_FALSE(statuses().empty()) << code;
    for (const Letter& letter : letters()) platform_->customs.receipts().handed_over(letter);
  }
}

TEST_F(PlatformDxp, an_envelope_with_a_signature_of_its_own_is_held_to_it) {
  const std::string good = signed_text(wrapped(signed_text(message_text("CEB311Message", {order_body("A1")}))));
  ASSERT_TRUE(bring(good));
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses(), ElementsAre("2", "120"));
  std::string readdressed = signed_text(wrapped(signed_text(message_text("CEB311Message", {order_body("A2")}))));
  readdressed.replace(readdressed.find("MESSAGE-1"), 9, "MESSAGE-2");
  ASSERT_TRUE(bring(readdressed));
  clock_.advance(seconds(2));
  ASSERT_THAT(types(), ElementsAre("CEB312Message", "CEB312Message", "DxpRep"));
  EXPECT_EQ(response_in(letters()[2]).code, "1004");
}

TEST_F(PlatformDxp, a_message_that_fails_its_schema_comes_back_in_a_ceb900) {
  const std::string xml = signed_text(message_text("CEB311Message", {order_body("A1", {{"currency", "840"}})}));
  ASSERT_TRUE(bring(wrapped(xml)));
  ASSERT_THAT(types(), ElementsAre("CEB900Message"));
  expect_valid(letters().front());
  const auto refusal = document_in(letters().front());
  EXPECT_EQ(refusal.child("oriCopMsgId")->text, "MESSAGE-1");
  EXPECT_EQ(refusal.child("oriMessageType")->text, "CEB311Message");
  EXPECT_EQ(refusal.child("oriBizMessage")->text, xml);
  EXPECT_THAT(refusal.child("returnInfo")->text, HasSubstr("currency"));
}

TEST_F(PlatformDxp, what_is_no_xml_inside_is_refused_without_being_repeated) {
  ASSERT_TRUE(bring(wrapped("no \x01 message")));
  ASSERT_THAT(types(), ElementsAre("CEB900Message"));
  expect_valid(letters().front());
  EXPECT_EQ(document_in(letters().front()).child("oriMessageType")->text, "Unknown");
}

TEST_F(PlatformDxp, an_unreadable_envelope_is_replied_to_where_its_sender_is_known) {
  ASSERT_TRUE(bring("<DxpMsg"));
  ASSERT_TRUE(bring("<DxpMsg/>"));
  ASSERT_TRUE(platform_->inbox.take({Way::folders, "<DxpMsg", ""}));
  ASSERT_THAT(types(), ElementsAre("DxpRep", "DxpRep"));
  for (const Letter& letter : letters()) expect_valid(letter);
  EXPECT_EQ(response_in(letters()[0]).code, "0001");
  EXPECT_EQ(response_in(letters()[1]).code, "0002");
  EXPECT_EQ(platform_->customs.received().size(), 3U);
}

TEST_F(PlatformDxp, triggers_work_as_they_do_over_http) {
  EXPECT_EQ(send("A1~silent"), Reception::taken);
  EXPECT_EQ(send("A2~lost-ack"), Reception::answer_lost);
  EXPECT_EQ(send("A3~http500"), Reception::refused);
  send("A4~twice");
  send("A5~foreign+garbled");
  send("A6~-301010");
  send("A7~late5");
  clock_.advance(seconds(3));
  EXPECT_THAT(statuses(), UnorderedElementsAre("2", "120", "2", "2", "120", "120", "2", "120", "2", "", "-301010"));
  clock_.advance(seconds(3));
  EXPECT_EQ(letters().size(), 13U);
}

TEST_F(PlatformDxp, the_same_receipt_twice_is_one_message_in_two_envelopes) {
  send("A1~twice+-301010");
  clock_.advance(seconds(3));
  ASSERT_EQ(letters().size(), 2U);
  EXPECT_NE(letters()[0].bytes, letters()[1].bytes);
  EXPECT_EQ(std::get<Envelope>(*codecs::dxp::read(letters()[0].bytes)).data,
            std::get<Envelope>(*codecs::dxp::read(letters()[1].bytes)).data);
}

TEST_F(PlatformDxp, only_the_letters_of_a_document_that_asks_for_it_are_handed_over_in_halves) {
  send("A1~half-written");
  send("A2");
  clock_.advance(seconds(3));
  for (const Letter& letter : letters()) {
    EXPECT_EQ(letter.handing == Handing::in_halves, document_in(letter).child("orderNo")->text == "A1~half-written");
  }
}

TEST_F(PlatformDxp, a_restart_gives_every_letter_again_to_the_byte) {
  const tests::ScratchDirectory scratch;
  const auto file = scratch.path() / "state.jsonl";
  ASSERT_TRUE(platform_->inbox.keep_in(file));
  send("A1~twice");
  ASSERT_TRUE(bring("<DxpMsg"));
  clock_.advance(seconds(3));
  const auto before = letters();
  for (const Letter& letter : before) platform_->customs.receipts().handed_over(letter);
  platform_.emplace(clock_);
  ASSERT_TRUE(platform_->inbox.keep_in(file));
  const auto after = letters();
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].bytes, before[i].bytes);
}

TEST_F(PlatformDxp, a_full_simulator_takes_no_more) {
  platform_.emplace(clock_, 1);
  ASSERT_TRUE(bring("<DxpMsg"));
  EXPECT_EQ(bring("<DxpMsg").faults().front().code, "platform.full");
}

}  // namespace
}  // namespace tools::platform
