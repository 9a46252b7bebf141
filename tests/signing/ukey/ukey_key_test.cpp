#include "signing/ukey/ukey_key.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "signing/sign.h"
#include "signing/verify.h"
#include "tests/signing/ukey/open_ukey.h"

namespace {

using tests::at_once;
using tests::Identities;
using tests::open_ukey;
using tests::outcome;
using tests::sign_and_check;
using tests::sm2;
using tests::UkeyBehaviour;
using tests::UkeyServer;

const signing::Dialect& dialect(const std::string& name) {
  return *signing::find_dialect(signing::standard_dialects(), name);
}

void expect_valid_messages(const UkeyServer& server, const std::string& serial, std::vector<std::string> dialects) {
  const auto key = open_ukey(server);
  EXPECT_EQ(key->certificate().serial, serial);
  EXPECT_EQ(key->parallel(), 1u);
  for (const auto& name : dialects) {
    const auto made = signing::sign(tests::message("<ceb:Order/>"), *key, dialect(name), {});
    ASSERT_TRUE(made) << made.faults().front().en;
    const auto found = signing::verify(*made, {.now = tests::signing_time});
    EXPECT_TRUE(found.valid) << found.faults.front().en;
    EXPECT_EQ(found.dialect, name);
    EXPECT_NE(made->find("<ds:KeyName>" + serial + "<"), std::string::npos);
  }
}

TEST(UkeyKey, MakesMessagesThatVerifyWithAnSm2Card) {
  UkeyServer server(Identities::shared().sm2);
  expect_valid_messages(server, Identities::shared().sm2.serial, {"sm2-sm3", "hainan-sm2"});
}

TEST(UkeyKey, MakesMessagesThatVerifyWithAnRsaCard) {
  UkeyServer server(Identities::shared().rsa);
  server.behave(at_once());
  expect_valid_messages(server, Identities::shared().rsa.serial, {"rsa-sha1"});
}

TEST(UkeyKey, TakesAnSm2ValueInDer) {
  UkeyServer server(Identities::shared().sm2);
  auto behaviour = at_once();
  behaviour.value_form = tests::UkeyValueForm::der;
  server.behave(behaviour);
  EXPECT_EQ(sign_and_check(*open_ukey(server), "text"), "ok");
}

TEST(UkeyKey, ReadsTheCertificateInEveryForm) {
  const auto& identity = Identities::shared().sm2;
  UkeyServer server(identity);
  const std::string pem = tests::read_file(identity.certificate);
  const auto after_begin = pem.find('\n') + 1;
  for (const auto& form : {pem, pem.substr(after_begin, pem.find("-----END") - after_begin)}) {
    auto behaviour = at_once();
    behaviour.certificate = form;
    server.behave(behaviour);
    EXPECT_EQ(open_ukey(server)->certificate().serial, identity.serial);
  }
  auto behaviour = at_once();
  behaviour.certificate = "no certificate";
  server.behave(behaviour);
  EXPECT_EQ(outcome(signing::ukey::open_ukey(tests::ukey_source(server))), "key.certificate");
}

TEST(UkeyKey, KeepsToTheSerialWhateverNumberTheClientNames) {
  UkeyServer server(Identities::shared().sm2);
  auto behaviour = at_once();
  behaviour.number = "another";
  server.behave(behaviour);
  const auto key = open_ukey(server);
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
  EXPECT_EQ(key->certificate().serial, Identities::shared().sm2.serial);
}

TEST(UkeyKey, SendsTextAndPinWithEveryCharacterAsItIs) {
  UkeyServer server(Identities::shared().sm2, "8\"\\\n密码😀");
  server.behave(at_once());
  const std::string text = "<a b=\"\\\">\r\n\t\x01\x7F中文😀/</a>";
  EXPECT_EQ(sign_and_check(*open_ukey(server), text), "ok");
  EXPECT_EQ(server.counts().signed_texts.back(), text);
  EXPECT_EQ(server.counts().wrong_pins, 0);
}

TEST(UkeyKey, TakesAGivenCertificateOnlyOfTheSameKey) {
  const auto& identities = Identities::shared();
  UkeyServer server(identities.sm2);
  server.behave(at_once());
  auto source = tests::ukey_source(server);
  source.certificate = identities.sm2.certificate;
  EXPECT_EQ(outcome(signing::ukey::open_ukey(source)), "ok");
  const tests::ScratchDirectory scratch;
  const auto own = signing::Certificate::from_pem(tests::read_file(identities.sm2.certificate));
  tests::write_file(scratch.path() / "own.der", own->der);
  source.certificate = scratch.path() / "own.der";
  EXPECT_EQ(outcome(signing::ukey::open_ukey(source)), "ok");

  const int asked = server.counts().requests;
  source.certificate = identities.rsa.certificate;
  EXPECT_EQ(outcome(signing::ukey::open_ukey(source)), "key.certificate");
  source.certificate = "/nowhere.pem";
  EXPECT_EQ(outcome(signing::ukey::open_ukey(source)), "key.read");
  source.certificate = identities.sm2.key;
  EXPECT_EQ(outcome(signing::ukey::open_ukey(source)), "key.form");
  EXPECT_EQ(server.counts().requests, asked);
}

TEST(UkeyKey, IsNotOpenedWhereItsValueDoesNotFitItsCertificate) {
  UkeyServer server(Identities::shared().sm2);
  auto behaviour = at_once();
  behaviour.value = base::base64(std::string(64, '\x11'));
  server.behave(behaviour);
  EXPECT_EQ(outcome(signing::ukey::open_ukey(tests::ukey_source(server))), "key.certificate");
  for (const auto& value : {std::string("?"), std::string(), base::base64("short")}) {
    behaviour.value = value;
    server.behave(behaviour);
    EXPECT_EQ(outcome(signing::ukey::open_ukey(tests::ukey_source(server))), "key.sign") << value;
  }
}

TEST(UkeyKey, RefusesWhatItsCardCannotSign) {
  UkeyServer server(Identities::shared().rsa);
  server.behave(at_once());
  const auto key = open_ukey(server);
  EXPECT_EQ(outcome(key->sign(sm2, "text")), "key.kind");
  EXPECT_EQ(outcome(key->sign(signing::SignatureAlgorithm::rsa_sha256, "text")), "key.kind");
  EXPECT_EQ(outcome(key->sign(signing::SignatureAlgorithm::rsa_sha1, "\xB0\xA1")), "key.sign");
  const std::string most(std::size_t{1} << 20, 'a');
  EXPECT_EQ(outcome(key->sign(signing::SignatureAlgorithm::rsa_sha1, most)), "ok");
  EXPECT_EQ(outcome(key->sign(signing::SignatureAlgorithm::rsa_sha1, most + "a")), "key.sign");
}

TEST(UkeyKey, NeedsAPinAndSaysWhereToNameIt) {
  UkeyServer server(Identities::shared().sm2);
  auto source = tests::ukey_source(server);
  source.pin = base::Secret();
  const auto key = signing::ukey::open_ukey(source);
  ASSERT_EQ(outcome(key), "key.pin");
  EXPECT_NE(key.faults().front().en.find("setting pin"), std::string::npos);
  EXPECT_EQ(server.counts().connections, 0);
}

TEST(UkeyKey, NamesEveryFaultOfItsSettingsAtOnce) {
  const auto key = signing::ukey::open_ukey({.uri = "ukey+ws://ukey.example", .certificate = "/nowhere.pem"});
  ASSERT_FALSE(key);
  std::vector<std::string> codes;
  for (const auto& one : key.faults()) codes.push_back(one.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"key.form", "key.pin", "key.read"}));
}

TEST(UkeyKey, ChecksWithoutThePinThatTheSameCardIsThere) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server);
  const int asked = server.counts().requests;
  EXPECT_EQ(outcome(key->check()), "ok");
  server.change_card(Identities::shared().rsa);
  EXPECT_EQ(outcome(key->check()), "key.certificate");
  EXPECT_EQ(server.counts().requests, asked);
}

TEST(UkeyKey, TakesTheTimeOfOneSignatureAfterAnother) {
  UkeyServer server(Identities::shared().sm2);
  const auto key = open_ukey(server);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(sign_and_check(*key, "1"), "ok");
  EXPECT_EQ(sign_and_check(*key, "2"), "ok");
  EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(2 * 240));
}

}  // namespace
