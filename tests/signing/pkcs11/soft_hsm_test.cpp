#include "tests/signing/pkcs11/soft_hsm.h"

#include <atomic>
#include <thread>
#include <vector>

#include "signing/certificate_reading.h"
#include "signing/pkcs11/pkcs11_key.h"
#include "signing/signature_value.h"
#include "tests/signing/pkcs11/answers.h"

namespace {

using signing::pkcs11::open_pkcs11_key;
using tests::code_of;
using tests::SoftHsm;
using tests::words_of;
using enum signing::SignatureAlgorithm;

class SoftHsmTokens : public testing::Test {
 protected:
  void SetUp() override {
    if (!SoftHsm::installed()) GTEST_SKIP() << "softhsm2 is not installed";
    hsm_ = &SoftHsm::shared();
  }

  static signing::KeySource source(const std::string& path, unsigned parallel = 0) {
    return {.uri = "pkcs11:" + path + "?module-name=softhsm2",
            .pin = base::Secret(SoftHsm::pin),
            .timeout = std::chrono::seconds(60),
            .parallel = parallel};
  }
  std::shared_ptr<const signing::Key> open(const std::string& path, unsigned parallel = 0) const {
    auto key = open_pkcs11_key(source(path, parallel));
    if (!key) throw std::runtime_error(key.faults().front().en);
    return *key;
  }
  void expect_signs(const signing::Key& key) const {
    EXPECT_EQ(key.certificate().serial, hsm_->identities().rsa.serial);
    for (const auto algorithm : {rsa_sha1, rsa_sha256}) {
      const auto value = key.sign(algorithm, "bytes of a message");
      ASSERT_TRUE(value) << value.faults().front().en;
      EXPECT_EQ(value->size(), 256U);
      EVP_PKEY* checks = key.certificate().read->public_key();
      EXPECT_TRUE(signing::value_fits(checks, algorithm, "bytes of a message", *value));
      EXPECT_FALSE(signing::value_fits(checks, algorithm, "bytes of a messagE", *value));
    }
    EXPECT_EQ(code_of(key.sign(sm2_sm3, "bytes")), "key.kind");
    EXPECT_EQ(code_of(key.check()), "good");
  }

  const SoftHsm* hsm_ = nullptr;
};

TEST_F(SoftHsmTokens, SignWithTheKeyOfALabelOrAnId) {
  for (const auto* path : {"token=Enterprise;object=sign", "token=Enterprise;id=%0A%01", "token=Enterprise;id=%0a%02",
                           "object=labelled;type=private;token=Enterprise"}) {
    expect_signs(*open(path));
  }
  auto by_path = source("");
  by_path.uri = "pkcs11:token=Enterprise;object=sign?module-path=/usr/lib/softhsm/libsofthsm2.so";
  EXPECT_EQ(code_of(open_pkcs11_key(by_path)), "good");
}

TEST_F(SoftHsmTokens, TakeTheCertificateFromAFileInEitherForm) {
  const tests::ScratchDirectory scratch;
  auto bare = source("token=Enterprise;object=bare");
  EXPECT_EQ(code_of(open_pkcs11_key(bare)), "key.certificate");
  bare.certificate = hsm_->identities().rsa.certificate;
  const auto key = open_pkcs11_key(bare);
  ASSERT_TRUE(key) << words_of(key);
  expect_signs(**key);
  bare.certificate = scratch.path() / "certificate.der";
  tests::write_file(bare.certificate, (*key)->certificate().der);
  EXPECT_EQ(code_of(open_pkcs11_key(bare)), "good");
}

TEST_F(SoftHsmTokens, WithAFileThatHoldsNoCertificateOfTheKeyAreRefused) {
  const tests::ScratchDirectory scratch;
  auto from = source("token=Enterprise;object=sign");
  const auto opened_with = [&](const std::filesystem::path& file) {
    from.certificate = file;
    return code_of(open_pkcs11_key(from));
  };
  EXPECT_EQ(opened_with(hsm_->identities().authority.rsa_root()), "key.certificate");
  EXPECT_EQ(opened_with(hsm_->identities().sm2.certificate), "key.form");  // no sm2_mechanism
  from.sm2_mechanism = signing::Sm2Mechanism{};
  EXPECT_EQ(opened_with(hsm_->identities().sm2.certificate), "key.certificate");
  EXPECT_EQ(opened_with("/absent"), "key.read");
  EXPECT_EQ(opened_with(hsm_->identities().rsa.key), "key.form");
  const auto pem = tests::read_file(hsm_->identities().rsa.certificate);
  tests::write_file(scratch.path() / "limit", pem + std::string(65536 - pem.size(), '\n'));
  EXPECT_EQ(opened_with(scratch.path() / "limit"), "good");
  tests::write_file(scratch.path() / "over", pem + std::string(65537 - pem.size(), '\n'));
  EXPECT_EQ(opened_with(scratch.path() / "over"), "key.form");
}

TEST_F(SoftHsmTokens, AreGivenAWrongPinOnce) {
  auto wrong = source("token=Enterprise;object=sign");
  wrong.pin = base::Secret("999999");
  EXPECT_EQ(hsm_->token("Enterprise").flags & CKF_USER_PIN_COUNT_LOW, 0U);
  EXPECT_EQ(code_of(open_pkcs11_key(wrong)), "key.pin");
  EXPECT_NE(hsm_->token("Enterprise").flags & CKF_USER_PIN_COUNT_LOW, 0U);
  expect_signs(*open("token=Enterprise;object=sign"));
  EXPECT_EQ(hsm_->token("Enterprise").flags & CKF_USER_PIN_COUNT_LOW, 0U);
  auto none = source("token=Enterprise;object=sign");
  none.pin = base::Secret();
  EXPECT_EQ(code_of(open_pkcs11_key(none)), "key.pin");
  EXPECT_EQ(hsm_->token("Enterprise").flags & CKF_USER_PIN_COUNT_LOW, 0U);
}

TEST_F(SoftHsmTokens, ThatAreNotThereAreNamedBesideThoseThatAre) {
  const auto opened = open_pkcs11_key(source("token=Absent;object=sign"));
  EXPECT_EQ(code_of(opened), "key.absent");
  EXPECT_NE(words_of(opened).find("token=Absent"), std::string::npos);
  EXPECT_NE(words_of(opened).find("token=Enterprise;serial="), std::string::npos) << words_of(opened);
}

TEST_F(SoftHsmTokens, OfOneNameAreToldApartBySerial) {
  const auto opened = open_pkcs11_key(source("token=Twin"));
  EXPECT_EQ(code_of(opened), "key.form");
  const auto words = words_of(opened);
  const auto at = words.find("serial=");
  ASSERT_NE(at, std::string::npos) << words;
  const auto exact = open_pkcs11_key(source("token=Twin;" + words.substr(at, words.find(';', at) - at)));
  EXPECT_NE(words_of(exact).find("holds no private key"), std::string::npos) << words_of(exact);
}

TEST_F(SoftHsmTokens, WithSeveralKeysNameThem) {
  for (const auto* path : {"token=Enterprise", "token=Enterprise;object=absent", "token=Enterprise;id=%0B"}) {
    const auto opened = open_pkcs11_key(source(path));
    EXPECT_EQ(code_of(opened), "key.form");
    for (const auto* key : {"object=sign;id=%0A%01", "object=labelled;id=%0A%02", "object=bare;id=%0A%03"}) {
      EXPECT_NE(words_of(opened).find(key), std::string::npos) << words_of(opened);
    }
  }
}

TEST_F(SoftHsmTokens, SignInSeveralSessionsAtOnce) {
  const auto key = open("token=Enterprise;object=sign", 4);
  EXPECT_EQ(key->parallel(), 4U);
  std::atomic<int> good = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&, i] {
      for (int j = 0; j < 20; ++j) {
        const std::string bytes = std::to_string(i) + "/" + std::to_string(j);
        const auto value = key->sign(rsa_sha256, bytes);
        good += value && signing::value_fits(key->certificate().read->public_key(), rsa_sha256, bytes, *value);
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(good.load(), 160);
}

TEST_F(SoftHsmTokens, ServeTheirOtherKeysWhenOneGoes) {
  auto first = open("token=Enterprise;object=sign");
  const auto second = open("token=Enterprise;object=labelled");
  first.reset();
  expect_signs(*second);
}

TEST_F(SoftHsmTokens, AreOpenedAnewAfterTheLibraryWasFinalised) {
  const auto key = open("token=Enterprise;object=sign", 2);
  hsm_->functions().C_Finalize(nullptr);
  EXPECT_EQ(code_of(key->sign(rsa_sha256, "bytes")), "key.absent");
  expect_signs(*key);
  hsm_->functions().C_Finalize(nullptr);
  EXPECT_EQ(code_of(key->check()), "good");
}

TEST_F(SoftHsmTokens, AreOpenedAnewAfterTheirSessionsWereClosed) {
  const auto key = open("token=Enterprise;object=sign");
  CK_ULONG count = 16;
  std::array<CK_SLOT_ID, 16> slots{};
  ASSERT_EQ(hsm_->functions().C_GetSlotList(CK_TRUE, slots.data(), &count), CKR_OK);
  for (CK_ULONG i = 0; i < count; ++i) hsm_->functions().C_CloseAllSessions(slots.at(i));
  EXPECT_EQ(code_of(key->sign(rsa_sha256, "bytes")), "key.absent");
  expect_signs(*key);
}

}  // namespace
