#include "signing/keys/file_key.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "signing/openssl_handles.h"
#include "signing/signature_value.h"
#include "tests/signing/messages.h"

namespace {

using tests::Identities;

std::string fault_codes(const std::string& key, const std::filesystem::path& certificate) {
  const auto opened = signing::keys::open_key({.uri = key, .certificate = certificate});
  if (opened) return "opened";
  std::string all;
  for (const auto& fault : opened.faults()) {
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty());
    all += (all.empty() ? "" : " ") + fault.code;
  }
  return all;
}

signing::Handle<EVP_PKEY> private_key(const std::filesystem::path& file) {
  const signing::Handle<BIO> bio(BIO_new_file(file.c_str(), "rb"));
  return signing::Handle<EVP_PKEY>(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

class KeyFiles : public testing::Test {
 protected:
  const Identities& ours_ = Identities::shared();
  tests::ScratchDirectory scratch_;
};

TEST_F(KeyFiles, OpenByPathAndByFileUri) {
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    for (const auto& name : {identity->key.string(), "file:" + identity->key.string()}) {
      const auto key = signing::keys::open_key({.uri = name, .certificate = identity->certificate});
      ASSERT_TRUE(key) << key.faults().front().en;
      EXPECT_EQ((*key)->certificate().serial, identity->serial);
      EXPECT_EQ((*key)->certificate().subject, "CN=operator,OU=测试跨境电商有限公司,C=CN");
    }
  }
}

TEST_F(KeyFiles, SignAValueThatTheirCertificateChecks) {
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    const auto key = Identities::open(*identity);
    const auto pair = private_key(identity->key);
    using enum signing::SignatureAlgorithm;
    for (const auto algorithm : {sm2_sm3, rsa_sha1, rsa_sha256}) {
      const auto value = key->sign(algorithm, "bytes");
      const auto kind = key->certificate().key_kind;
      ASSERT_EQ(static_cast<bool>(value), signing::key_kind(algorithm) == kind);
      if (!value) {
        EXPECT_EQ(value.faults().front().code, "key.kind");
        continue;
      }
      EXPECT_EQ(value->size(), kind == signing::KeyKind::sm2 ? 64U : 256U);
      EXPECT_TRUE(signing::value_fits(pair.get(), algorithm, "bytes", *value));
      EXPECT_FALSE(signing::value_fits(pair.get(), algorithm, "byteS", *value));
    }
  }
}

TEST_F(KeyFiles, InTheOlderPemFormsOpenToo) {
  const auto file = scratch_.path() / "older.pem";
  const signing::Handle<BIO> bio(BIO_new_file(file.c_str(), "wb"));
  ASSERT_EQ(PEM_write_bio_PrivateKey_traditional(bio.get(), private_key(ours_.rsa.key).get(), nullptr, nullptr, 0,
                                                 nullptr, nullptr),
            1);
  BIO_flush(bio.get());
  EXPECT_EQ(fault_codes(file, ours_.rsa.certificate), "opened");
}

TEST_F(KeyFiles, NameEveryFaultAtOnce) {
  EXPECT_EQ(fault_codes("absent.key.pem", "absent.cert.pem"), "key.read key.read");
  EXPECT_EQ(fault_codes(scratch_.path(), ours_.sm2.certificate), "key.read");
  EXPECT_EQ(fault_codes(ours_.sm2.certificate, ours_.sm2.key), "key.form key.form");
}

TEST_F(KeyFiles, ThatAreEmptyOrOverTheLimitAreRefused) {
  tests::write_file(scratch_.path() / "empty", "");
  EXPECT_EQ(fault_codes(scratch_.path() / "empty", ours_.sm2.certificate), "key.form");
  const auto pem = tests::read_file(ours_.sm2.key);
  tests::write_file(scratch_.path() / "limit", pem + std::string(65536 - pem.size(), '\n'));
  EXPECT_EQ(fault_codes(scratch_.path() / "limit", ours_.sm2.certificate), "opened");
  tests::write_file(scratch_.path() / "over", pem + std::string(65537 - pem.size(), '\n'));
  EXPECT_EQ(fault_codes(scratch_.path() / "over", ours_.sm2.certificate), "key.form");
}

TEST_F(KeyFiles, OfAnotherPairAreRefused) {
  EXPECT_EQ(fault_codes(ours_.sm2.key, ours_.rsa.certificate), "key.certificate");
  EXPECT_EQ(fault_codes(ours_.sm2.key, ours_.authority.sm2_root()), "key.certificate");
}

TEST_F(KeyFiles, OfAnotherKindAreRefused) {
  const auto file = scratch_.path() / "p256.pem";
  const signing::Handle<EVP_PKEY> p256(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  const signing::Handle<BIO> bio(BIO_new_file(file.c_str(), "wb"));
  ASSERT_EQ(PEM_write_bio_PrivateKey(bio.get(), p256.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
  BIO_flush(bio.get());
  EXPECT_EQ(fault_codes(file, ours_.sm2.certificate), "key.kind");
}

TEST_F(KeyFiles, UnderAPassphraseAreRefusedWithoutAskingForIt) {
  const auto file = scratch_.path() / "protected.pem";
  const signing::Handle<BIO> bio(BIO_new_file(file.c_str(), "wb"));
  const auto pair = private_key(ours_.sm2.key);
  ASSERT_EQ(PEM_write_bio_PrivateKey(bio.get(), pair.get(), EVP_aes_128_cbc(), signing::octets("secret"), 6, nullptr,
                                     nullptr),
            1);
  BIO_flush(bio.get());
  const auto opened = signing::keys::open_key({.uri = file, .certificate = ours_.sm2.certificate});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.faults().front().code, "key.form");
  EXPECT_NE(opened.faults().front().en.find("passphrase"), std::string::npos);
}

TEST_F(KeyFiles, OfAnotherSchemeAreRefusedInWords) {
  for (const auto* key : {"tpm:token=x", "tpm2:x"}) {
    EXPECT_EQ(fault_codes(key, ours_.sm2.certificate), "key.form") << key;
  }
}

TEST_F(KeyFiles, ThatOthersMayReadAreNamedWithTheCommandThatMendsIt) {
  using std::filesystem::perms;
  const auto file = scratch_.path() / "plain.pem", odd = scratch_.path() / "it's a key.pem";
  for (const auto& made : {file, odd}) tests::write_file(made, "x");
  for (const auto mode : {perms::group_read, perms::others_read, perms::group_write, perms::others_exec}) {
    permissions(file, perms::owner_read | mode);
    const auto faults = signing::keys::key_file_care("file:" + file.string());
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().code, "key.care");
    EXPECT_TRUE(faults.front().en.ends_with("chmod 600 " + file.string())) << faults.front().en;
  }
  permissions(file, perms::owner_read | perms::owner_write);
  EXPECT_TRUE(signing::keys::key_file_care(file).empty());
  EXPECT_TRUE(signing::keys::key_file_care("pkcs11:token=x").empty());
  permissions(odd, perms::owner_read | perms::group_read);
  EXPECT_TRUE(signing::keys::key_file_care(odd).front().en.ends_with("'\\''s a key.pem'"));
}

TEST(Certificates, ThatAreNoneAreRefused) {
  EXPECT_FALSE(signing::Certificate::from_pem("no PEM"));
  EXPECT_FALSE(signing::Certificate::from_der("no DER"));
}

TEST(Certificates, GoFromPemToDerAndBack) {
  const auto pem = signing::Certificate::from_pem(tests::read_file(Identities::shared().sm2.certificate));
  ASSERT_TRUE(pem);
  const auto der = signing::Certificate::from_der(pem->der);
  ASSERT_TRUE(der);
  EXPECT_EQ(der->serial, pem->serial);
  EXPECT_EQ(der->issuer, "CN=Test sm2 root,C=CN");
  EXPECT_EQ(der->not_before, tests::TestValidity{}.not_before);
  EXPECT_EQ(der->not_after, tests::TestValidity{}.not_after);
  EXPECT_FALSE(signing::Certificate::from_der(pem->der + "x"));
}

}  // namespace
