#include <openssl/core_names.h>

#include "tests/signing/pkcs11/stub_fixture.h"

namespace {

using tests::code_of;
using tests::StubToken;
using tests::words_of;

class Sm2Tokens : public tests::StubTokenTest {
 protected:
  static signing::KeySource source_for(unsigned long number, Takes takes) {
    auto made = source();
    made.sm2_mechanism = signing::Sm2Mechanism{.number = number, .takes = takes};
    return made;
  }
  std::string point() const {
    std::string point(65, '\0');
    std::size_t size = 0;
    EVP_PKEY_get_octet_string_param(own_.read->public_key(), OSSL_PKEY_PARAM_PUB_KEY,
                                    reinterpret_cast<unsigned char*>(point.data()), point.size(), &size);
    return point;
  }
};

TEST_F(Sm2Tokens, SignByTheMechanismThatTheSettingNamesWhateverTheFormOfTheirValue) {
  for (const auto form : {StubToken::ValueForm::raw, StubToken::ValueForm::der}) {
    change([&](StubToken::State& now) { now.form = form; });
    for (const auto& from :
         {source_for(StubToken::signs_digest, Takes::digest), source_for(StubToken::signs_message, Takes::message)}) {
      const auto key = open(from);
      EXPECT_EQ(key->certificate().serial, ours_.sm2.serial);
      EXPECT_EQ(key->parallel(), 1U);
      expect_fits(key->sign(sm2_sm3, "bytes of a message"), "bytes of a message");
      expect_fits(key->sign(sm2_sm3, ""), "");
      EXPECT_EQ(code_of(key->sign(signing::SignatureAlgorithm::rsa_sha256, "bytes")), "key.kind");
    }
  }
}

TEST_F(Sm2Tokens, WithoutTheSettingAreRefusedByItsName) {
  auto without = source();
  without.sm2_mechanism.reset();
  const auto opened = signing::pkcs11::open_pkcs11_key(without);
  EXPECT_EQ(code_of(opened), "key.form");
  EXPECT_NE(words_of(opened).find("sm2_mechanism"), std::string::npos);
  EXPECT_EQ(told(&StubToken::State::signatures), 0);
}

TEST_F(Sm2Tokens, WhoseMechanismTakesTheOtherThingAreToldWhich) {
  auto opened = signing::pkcs11::open_pkcs11_key(source_for(StubToken::signs_digest, Takes::message));
  EXPECT_EQ(code_of(opened), "key.form");
  EXPECT_NE(words_of(opened).find("takes the digest"), std::string::npos) << words_of(opened);
  opened = signing::pkcs11::open_pkcs11_key(source_for(StubToken::signs_message, Takes::digest));
  EXPECT_EQ(code_of(opened), "key.form");
  EXPECT_NE(words_of(opened).find("takes the message"), std::string::npos) << words_of(opened);
}

TEST_F(Sm2Tokens, ThatRefuseTheMechanismSayItsName) {
  const auto opened = signing::pkcs11::open_pkcs11_key(source_for(0x1234, Takes::digest));
  EXPECT_EQ(code_of(opened), "key.sign");
  EXPECT_NE(words_of(opened).find("CKR_MECHANISM_INVALID"), std::string::npos);
}

TEST_F(Sm2Tokens, ThatAnswerNoSm2ValueAreRefused) {
  const auto key = open(source());
  change([](StubToken::State& now) { now.form = StubToken::ValueForm::broken; });
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.sign");
}

TEST_F(Sm2Tokens, TakeTheCertificateFromAFileWhereTheTokenHasNone) {
  change([](StubToken::State& now) { now.certificate_der.clear(); });
  auto from = source();
  EXPECT_EQ(code_of(signing::pkcs11::open_pkcs11_key(from)), "key.certificate");
  from.certificate = ours_.sm2.certificate;
  expect_fits(open(from)->sign(sm2_sm3, "bytes"), "bytes");
}

TEST_F(Sm2Tokens, WithTheCertificateOfAnotherKeyAreRefused) {
  auto from = source();
  from.certificate = ours_.authority.sm2_root();
  EXPECT_EQ(code_of(signing::pkcs11::open_pkcs11_key(from)), "key.certificate");  // by a signature
  EXPECT_EQ(told(&StubToken::State::signatures), 1);
  for (const auto& point : {point(), "\x04\x41" + point(), point().substr(1)}) {
    change([&](StubToken::State& now) { now.point = point; });
    EXPECT_EQ(code_of(signing::pkcs11::open_pkcs11_key(from)), "key.certificate");  // by the public key
    EXPECT_EQ(told(&StubToken::State::signatures), 1);
    const int before = told(&StubToken::State::signatures);
    EXPECT_EQ(code_of(signing::pkcs11::open_pkcs11_key(source())), "good");
    change([&](StubToken::State& now) { now.signatures = before; });
  }
  from.certificate = ours_.rsa.certificate;
  EXPECT_EQ(code_of(signing::pkcs11::open_pkcs11_key(from)), "key.certificate");
  EXPECT_EQ(told(&StubToken::State::signatures), 1);
}

}  // namespace
