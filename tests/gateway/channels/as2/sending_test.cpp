// What a delivery over AS2 becomes by what the partner says.
#include "tests/gateway/channels/as2/site.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace tests {
namespace {

using gateway::channels::Outcome;
using testing::HasSubstr;
using testing::IsEmpty;

class As2Sending : public As2Site {
 protected:
  Answer send_to(Behaviour behaviour) {
    partner_.behave(std::move(behaviour));
    return send();
  }
  void ask_for_receipts_at_the_door() { port_.agreement.receipt_url = partner_.door_url(); }
  // The door is open before anything is sent.
  void open_door() { (void)receive(); }
};

TEST_F(As2Sending, AReceiptWithOurDigestConfirmsAndIsKeptAsProof) {
  const Answer answer = send();
  EXPECT_EQ(answer.outcome, Outcome::confirmed) << answer.text;
  EXPECT_THAT(answer.text, HasSubstr("processed"));
  const Arrived arrived = partner_.arrived(1).front();
  EXPECT_EQ(arrived.payload, "<DxpMsg/>");
  EXPECT_EQ(arrived.file_name, "GUID-1.xml");
  EXPECT_TRUE(arrived.is_signed && arrived.is_encrypted && !arrived.is_compressed);
  const ScratchDirectory scratch;
  write_file(scratch.path() / "proof", answer.proof);
  const std::string verify = "openssl cms -verify -noverify -in " + (scratch.path() / "proof").string() +
                             " -certfile " + port_.agreement.partner_certificates.front().string() + " > " +
                             (scratch.path() / "said").string() + " 2>/dev/null";
  EXPECT_EQ(std::system(verify.c_str()), 0) << "another program verifies it";
  EXPECT_THAT(read_file(scratch.path() / "said"), HasSubstr("Received-Content-MIC"));
}

TEST_F(As2Sending, TheSameMessageHasTheSameIdAndAnotherHasAnother) {
  send("GUID-1");
  restart();
  send("GUID-1");
  send("GUID-2");
  const auto arrived = partner_.arrived(3);
  EXPECT_EQ(arrived[0].message_id, arrived[1].message_id);
  EXPECT_NE(arrived[0].message_id, arrived[2].message_id);
}

TEST_F(As2Sending, ItIsProtectedAsAgreed) {
  port_.agreement.sign = config::SignatureDigest::sha1;
  port_.agreement.encrypt = config::Encryption::des3;
  port_.agreement.compress = config::Compressing::yes;
  EXPECT_EQ(send().outcome, Outcome::confirmed);
  EXPECT_TRUE(partner_.arrived(1).front().is_compressed);
  port_.agreement.sign = config::SignatureDigest::none;
  port_.agreement.encrypt = config::Encryption::none;
  port_.agreement.receipt = config::ReceiptForm::plain;
  restart();
  EXPECT_EQ(send().outcome, Outcome::confirmed);
  const Arrived bare = partner_.arrived(1).front();
  EXPECT_TRUE(!bare.is_signed && !bare.is_encrypted);
}

TEST_F(As2Sending, ARefusalAtThePartnersDoorIsRefused) {
  for (const char* word : {"authentication-failed", "decryption-failed", "integrity-check-failed",
                           "insufficient-message-security", "unknown-trading-relationship"}) {
    const Answer answer = send_to({Manner::refusing, word, "请核对证书"});
    EXPECT_EQ(answer.outcome, Outcome::refused) << word;
    EXPECT_THAT(answer.text, HasSubstr(word));
    EXPECT_THAT(answer.text, HasSubstr("请核对证书"));
    EXPECT_FALSE(answer.proof.empty());
  }
}

TEST_F(As2Sending, AnErrorThatMayComeAfterProcessingIsUnknown) {
  for (const char* word : {"unexpected-processing-error", "duplicate-document", "something else"}) {
    EXPECT_EQ(send_to({Manner::refusing, word}).outcome, Outcome::unknown) << word;
  }
}

TEST_F(As2Sending, AReceiptThatProvesNothingIsUnknown) {
  for (const Manner manner : {Manner::wrong_mic, Manner::unsigned_one, Manner::other_message, Manner::stranger,
                              Manner::garbled, Manner::empty, Manner::dropped}) {
    const Answer answer = send_to({manner});
    EXPECT_EQ(answer.outcome, Outcome::unknown) << static_cast<int>(manner);
    EXPECT_FALSE(answer.text.empty());
  }
}

TEST_F(As2Sending, ARefusalThatIsNotSignedProvesNothingEither) {
  port_.agreement.receipt = config::ReceiptForm::plain;
  EXPECT_EQ(send_to({Manner::refusing}).outcome, Outcome::refused) << "plain receipts were agreed on";
  EXPECT_EQ(send_to({Manner::good}).outcome, Outcome::confirmed);
}

TEST_F(As2Sending, StatusesAreReadAsThoseOfEveryPortOverHttp) {
  const auto outcome = [&](unsigned status) { return send_to({Manner::status, "", "busy", status}).outcome; };
  EXPECT_EQ(outcome(503), Outcome::unreachable);
  EXPECT_EQ(outcome(429), Outcome::unreachable);
  EXPECT_FALSE(channel().health().reachable);
  EXPECT_EQ(outcome(404), Outcome::refused);
  EXPECT_EQ(outcome(401), Outcome::refused);
  EXPECT_EQ(outcome(500), Outcome::unknown);
  EXPECT_EQ(outcome(502), Outcome::unknown);
}

TEST_F(As2Sending, AnAsynchronousReceiptIsWaitedFor) {
  ask_for_receipts_at_the_door();
  open_door();
  const Answer answer = send_to({Manner::late});
  EXPECT_EQ(answer.outcome, Outcome::confirmed) << answer.text;
  EXPECT_FALSE(answer.proof.empty());
}

TEST_F(As2Sending, AnAsynchronousReceiptThatProvesNothingIsUnknown) {
  ask_for_receipts_at_the_door();
  open_door();
  EXPECT_EQ(send_to({Manner::wrong_mic}).outcome, Outcome::unknown);
  EXPECT_EQ(send_to({Manner::refusing}).outcome, Outcome::refused);
}

TEST_F(As2Sending, AnUnsignedAsynchronousReceiptDoesNotEndTheWaiting) {
  ask_for_receipts_at_the_door();
  port_.timeout = std::chrono::milliseconds(500);
  open_door();
  const Answer answer = send_to({Manner::unsigned_one});
  EXPECT_EQ(answer.outcome, Outcome::unknown);
  EXPECT_THAT(channel().health().detail, HasSubstr("agreed to be signed")) << channel().health().detail;
}

TEST_F(As2Sending, AReceiptThatComesTooLateProvesTheNextTime) {
  ask_for_receipts_at_the_door();
  port_.timeout = std::chrono::milliseconds(300);
  open_door();
  Behaviour late{Manner::late};
  late.lateness = std::chrono::milliseconds(600);
  EXPECT_EQ(send_to(late).outcome, Outcome::unknown);
  EXPECT_EQ(partner_.arrived(1).size(), 1U);
  partner_.behave({Manner::silent});
  Answer again;
  EXPECT_TRUE(eventually([&] { return (again = send()).outcome == Outcome::confirmed; }));
  EXPECT_FALSE(again.proof.empty());
}

TEST_F(As2Sending, ACertificateThatHasExpiredKeepsThePortWaitingAndSaysSo) {
  const ScratchDirectory scratch;
  TestAuthority authority(scratch.path());
  const TestValidity over{.not_before = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1},
                          .not_after = std::chrono::sys_days{std::chrono::year{2021} / 1 / 1}};
  const auto old = authority.issue_rsa("customs", over);
  port_.agreement.partner_certificates = {old.certificate};
  port_.agreement.encrypt_for = old.certificate;
  const Answer answer = send();
  EXPECT_EQ(answer.outcome, Outcome::unreachable) << "nothing has left";
  EXPECT_THAT(answer.text, HasSubstr("cannot be used now"));
  EXPECT_FALSE(receive());
  EXPECT_FALSE(channel().health().reachable);
  EXPECT_THAT(channel().health().detail, HasSubstr("证书"));
  EXPECT_THAT(partner_.arrived(0), IsEmpty());
}

}  // namespace
}  // namespace tests
