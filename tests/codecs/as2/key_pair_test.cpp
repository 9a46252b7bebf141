// Keys and certificates as they are given.
#include "codecs/as2/key_pair.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "codecs/as2/private_key.h"
#include "tests/codecs/as2/messages.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace codecs::as2 {
namespace {

class KeyPairs : public testing::Test {
 protected:
  std::string read(const std::string& key, const std::string& passphrase = {}) const {
    return tests::codes(KeyPair::from_pem(base::Secret(key), base::Secret(passphrase), shop_.keys.certificate()));
  }

  std::string encrypted_key(const std::string& passphrase) const {
    const signing::Handle<BIO> bio(BIO_new(BIO_s_mem()));
    EXPECT_EQ(PEM_write_bio_PKCS8PrivateKey(bio.get(), key_of(shop_.keys), EVP_aes_256_cbc(), passphrase.data(),
                                            static_cast<int>(passphrase.size()), nullptr, nullptr),
              1);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
  }

  const tests::As2Party& shop_ = tests::As2Partners::shared().shop;
  tests::ScratchDirectory scratch_;
};

TEST_F(KeyPairs, AreReadFromPemPlainOrEncrypted) {
  const std::string plain = tests::read_file(shop_.key_file);
  EXPECT_EQ(read(plain), "no fault");
  EXPECT_EQ(read("Bag Attributes\n" + tests::read_file(shop_.certificate_file) + plain), "no fault");
  EXPECT_EQ(read(encrypted_key("open sesame"), "open sesame"), "no fault");
}

TEST_F(KeyPairs, AWrongOrMissingPassphraseIsToldApartFromAWrongFile) {
  EXPECT_EQ(read(encrypted_key("open sesame"), "close sesame"), "key.pin");
  EXPECT_EQ(read(encrypted_key("open sesame")), "key.pin");
  EXPECT_EQ(read("no key"), "key.form");
  EXPECT_EQ(read(""), "key.form");
  EXPECT_EQ(read(tests::read_file(shop_.certificate_file)), "key.form");
}

TEST_F(KeyPairs, TheCertificateMustBeTheKeys) {
  EXPECT_EQ(read(tests::read_file(tests::As2Partners::shared().customs.key_file)), "key.certificate");
}

TEST_F(KeyPairs, Sm2IsNotForAs2) {
  tests::TestAuthority authority(scratch_.path() / "sm2");
  const auto identity = authority.issue_sm2("4601960001");
  EXPECT_EQ(tests::codes(KeyPair::from_files(identity.key, base::Secret(), identity.certificate)), "key.kind");
}

TEST_F(KeyPairs, FilesThatAreNotThereAreNamed) {
  const auto missing = scratch_.path() / "missing.pem";
  const auto no_key = KeyPair::from_files(missing, base::Secret(), shop_.certificate_file);
  EXPECT_EQ(tests::codes(no_key), "key.read");
  EXPECT_NE(no_key.faults().front().en.find("missing.pem"), std::string::npos);
  EXPECT_EQ(tests::codes(KeyPair::from_files(shop_.key_file, base::Secret(), missing)), "key.read");
}

}  // namespace
}  // namespace codecs::as2
