#include "signing/keys/file_key.h"

#include <gtest/gtest.h>

#include "signing/openssl_handles.h"
#include "signing/signature_value.h"
#include "tests/signing/keys/key_files.h"
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

const std::string byte_order_mark = "\xEF\xBB\xBF";

std::string with_crlf(const std::string& text) {
  std::string changed;
  for (const char c : text) changed += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return changed;
}

class KeyFiles : public testing::Test {
 protected:
  std::string written(const std::string& name, const std::string& bytes) {
    tests::write_private(scratch_.path() / name, bytes);
    return scratch_.path() / name;
  }

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
    const auto pair = tests::read_key(identity->key);
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
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    const auto pem = tests::older_pem(tests::read_key(identity->key).get());
    EXPECT_EQ(pem.find("BEGIN PRIVATE KEY"), std::string::npos);
    EXPECT_EQ(fault_codes(written("older.pem", pem), identity->certificate), "opened");
  }
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
  const auto certificate = tests::read_file(ours_.sm2.certificate);
  const auto filled = [&](std::size_t size) { return certificate + std::string(size - certificate.size(), '\n'); };
  EXPECT_EQ(fault_codes(ours_.sm2.key, written("cert", filled(65536))), "opened");
  EXPECT_EQ(fault_codes(ours_.sm2.key, written("cert", filled(65537))), "key.form");
}

TEST_F(KeyFiles, OfAnotherPairAreRefused) {
  EXPECT_EQ(fault_codes(ours_.sm2.key, ours_.rsa.certificate), "key.certificate");
  EXPECT_EQ(fault_codes(ours_.sm2.key, ours_.authority.sm2_root()), "key.certificate");
}

TEST_F(KeyFiles, OfAnotherKindAreRefused) {
  const signing::Handle<EVP_PKEY> p256(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  EXPECT_EQ(fault_codes(written("p256.pem", tests::pem_of(p256.get())), ours_.sm2.certificate), "key.kind");
}

TEST_F(KeyFiles, InPkcs8DerOpenToo) {
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    const auto file = written("key.der", tests::pkcs8_der(tests::read_key(identity->key).get()));
    EXPECT_EQ(fault_codes(file, identity->certificate), "opened");
  }
}

TEST_F(KeyFiles, WithTextBeforeTheKeyOpen) {
  const auto pem = tests::read_file(ours_.sm2.key);
  for (const std::string& before : {byte_order_mark, std::string("Bag Attributes\n    friendlyName: 签名\n")}) {
    EXPECT_EQ(fault_codes(written("key", before + pem), ours_.sm2.certificate), "opened");
  }
  EXPECT_EQ(fault_codes(written("key", with_crlf(pem)), ours_.sm2.certificate), "opened");
}

TEST_F(KeyFiles, HoldTheirCertificateThemselvesWhereNoneIsNamed) {
  const auto key = tests::read_file(ours_.sm2.key), certificate = tests::read_file(ours_.sm2.certificate),
             root = tests::read_file(ours_.authority.sm2_root());
  for (const auto& bytes : {key + certificate, certificate + key, root + certificate + key}) {
    const auto opened = signing::keys::open_key({.uri = written("both.pem", bytes)});
    ASSERT_TRUE(opened) << opened.faults().front().en;
    EXPECT_EQ((*opened)->certificate().serial, ours_.sm2.serial);
  }
  const auto alone = signing::keys::open_key({.uri = written("key.pem", key)});
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.faults().front().code, "key.certificate");
  EXPECT_NE(alone.faults().front().en.find("--cert FILE"), std::string::npos);
}

TEST_F(KeyFiles, TakeTheirCertificateInAnyForm) {
  const auto pem = tests::read_file(ours_.sm2.certificate);
  const auto der = tests::der_of(tests::read_certificate(ours_.sm2.certificate).get());
  for (const std::string& bytes : {der, byte_order_mark + pem, "subject=CN=operator\n\n" + pem, with_crlf(pem),
                                   byte_order_mark + with_crlf("证书\n" + pem)}) {
    EXPECT_EQ(fault_codes(ours_.sm2.key, written("cert", bytes)), "opened") << bytes;
  }
  EXPECT_EQ(fault_codes(ours_.sm2.key, written("cert", der + "x")), "key.form");
  EXPECT_EQ(fault_codes(ours_.sm2.key, written("cert", der.substr(0, der.size() - 1))), "key.form");
  EXPECT_EQ(fault_codes(ours_.sm2.key, written("cert", pem.substr(0, pem.size() / 2))), "key.form");
}

TEST_F(KeyFiles, TakeTheirOwnCertificateAmongSeveral) {
  const auto own = tests::read_file(ours_.sm2.certificate), root = tests::read_file(ours_.authority.sm2_root()),
             other = tests::read_file(ours_.rsa.certificate);
  for (const auto& bytes : {root + own, own + root, other + root + own}) {
    const auto opened = signing::keys::open_key({.uri = ours_.sm2.key, .certificate = written("chain", bytes)});
    ASSERT_TRUE(opened) << opened.faults().front().en;
    EXPECT_EQ((*opened)->certificate().serial, ours_.sm2.serial);
  }
  EXPECT_EQ(fault_codes(ours_.sm2.key, written("chain", root + other)), "key.certificate");
}

TEST_F(KeyFiles, TakeTheRenewedOfTwoCertificates) {
  using namespace std::chrono;
  const auto key = tests::read_key(ours_.sm2.key);
  const base::Time sooner = sys_days{2027y / 1 / 1}, later = sys_days{2030y / 1 / 1};
  const auto older = tests::pem_of(tests::make_certificate(key.get(), {.not_after = sooner}).get()),
             renewed = tests::pem_of(tests::make_certificate(key.get(), {.not_after = later}).get());
  for (const auto& bytes : {older + renewed, renewed + older}) {
    const auto opened = signing::keys::open_key({.uri = ours_.sm2.key, .certificate = written("two", bytes)});
    ASSERT_TRUE(opened);
    EXPECT_EQ((*opened)->certificate().not_after, later);
  }
}

TEST_F(KeyFiles, OpenWithoutRegardToDates) {
  using namespace std::chrono;
  const auto key = tests::read_key(ours_.sm2.key);
  const auto expired = tests::make_certificate(key.get(), {.not_after = sys_days{2001y / 1 / 1}});
  EXPECT_EQ(fault_codes(ours_.sm2.key, written("expired", tests::pem_of(expired.get()))), "opened");
}

TEST_F(KeyFiles, OfAnEncryptionCertificateAreRefusedInWords) {
  const auto key = tests::read_key(ours_.sm2.key);
  const auto outcome = [&](const std::string& usage) {
    const auto certificate = tests::make_certificate(key.get(), {.usage = usage});
    return fault_codes(ours_.sm2.key, written("cert", tests::pem_of(certificate.get())));
  };
  EXPECT_EQ(outcome("keyEncipherment,dataEncipherment,keyAgreement"), "key.certificate");
  EXPECT_EQ(outcome("keyCertSign,cRLSign"), "key.certificate");
  EXPECT_EQ(outcome("digitalSignature"), "opened");
  EXPECT_EQ(outcome("nonRepudiation,keyEncipherment"), "opened");
  EXPECT_EQ(outcome(""), "opened");
  const auto certificate = tests::make_certificate(key.get(), {.usage = "dataEncipherment"});
  const auto opened =
      signing::keys::open_key({.uri = ours_.sm2.key, .certificate = written("cert", tests::pem_of(certificate.get()))});
  EXPECT_NE(opened.faults().front().en.find("for encryption"), std::string::npos);
  EXPECT_EQ(fault_codes(ours_.sm2.key,
                        written("both", tests::pem_of(certificate.get()) + tests::read_file(ours_.sm2.certificate))),
            "opened");
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
