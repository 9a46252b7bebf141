// Key files under a passphrase, in every form; PKCS#12 of several makers.
#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "signing/keys/open_key.h"
#include "signing/signature_value.h"
#include "tests/signing/keys/key_files.h"
#include "tests/signing/messages.h"

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::Identities;

const std::string passphrase = "correct horse 口令";

class ProtectedKeys : public testing::Test {
 protected:
  base::Result<std::shared_ptr<const signing::Key>> open(const std::string& bytes, const std::string& given,
                                                         const std::filesystem::path& certificate = {}) {
    tests::write_private(file_, bytes);
    return signing::keys::open_key(
        {.uri = "file:" + file_.string(), .certificate = certificate, .pin = base::Secret(std::string_view(given))});
  }
  // "opened" only if what it signs fits the public key; else the codes.
  std::string outcome(const std::string& bytes, const std::string& given,
                      const std::filesystem::path& certificate = {}) {
    const auto key = open(bytes, given, certificate);
    if (!key) return key.faults().front().code;
    const bool sm2 = (*key)->certificate().key_kind == signing::KeyKind::sm2;
    const auto algorithm = sm2 ? signing::SignatureAlgorithm::sm2_sm3 : signing::SignatureAlgorithm::rsa_sha256;
    const auto value = (*key)->sign(algorithm, "bytes");
    if (!value) return value.faults().front().code;
    return signing::value_fits(sm2 ? sm2_.get() : rsa_.get(), algorithm, "bytes", *value) ? "opened" : "misfit";
  }
  std::string words(const std::string& bytes, const std::string& given, const std::filesystem::path& certificate = {}) {
    const auto key = open(bytes, given, certificate);
    if (key) return "opened";
    EXPECT_EQ(key.faults().size(), 1U);
    EXPECT_THAT(key.faults().front().zh, HasSubstr(file_.string()));
    return key.faults().front().en;
  }
  void expect_opens_with_its_passphrase_only(const std::string& bytes, const std::filesystem::path& certificate = {}) {
    EXPECT_EQ(outcome(bytes, passphrase, certificate), "opened");
    for (const std::string wrong : {"incorrect horse", "", "correct horse 口"}) {
      EXPECT_EQ(outcome(bytes, wrong, certificate), "key.pin") << wrong;
    }
    EXPECT_THAT(words(bytes, "a wrong one", certificate),
                AllOf(HasSubstr("does not open " + file_.string()), Not(HasSubstr("a wrong one"))));
    EXPECT_THAT(words(bytes, "", certificate), HasSubstr("pin in the settings"));
  }

  const Identities& ours_ = Identities::shared();
  const signing::Handle<EVP_PKEY> sm2_ = tests::read_key(ours_.sm2.key), rsa_ = tests::read_key(ours_.rsa.key);
  const signing::Handle<X509> sm2_certificate_ = tests::read_certificate(ours_.sm2.certificate),
                              rsa_certificate_ = tests::read_certificate(ours_.rsa.certificate);
  tests::ScratchDirectory scratch_;
  std::filesystem::path file_ = scratch_.path() / "key";
};

TEST_F(ProtectedKeys, InPkcs8PemOpenWithTheirPassphraseOnly) {
  expect_opens_with_its_passphrase_only(tests::encrypted_pem(sm2_.get(), passphrase), ours_.sm2.certificate);
  expect_opens_with_its_passphrase_only(tests::encrypted_pem(rsa_.get(), passphrase), ours_.rsa.certificate);
}

TEST_F(ProtectedKeys, InPkcs8DerOpenWithTheirPassphraseOnly) {
  expect_opens_with_its_passphrase_only(tests::encrypted_pkcs8_der(sm2_.get(), passphrase), ours_.sm2.certificate);
  expect_opens_with_its_passphrase_only(tests::encrypted_pkcs8_der(rsa_.get(), passphrase), ours_.rsa.certificate);
}

TEST_F(ProtectedKeys, OfGmsslOpenWithTheirPassphraseOnly) {
  expect_opens_with_its_passphrase_only(tests::gmssl_der(sm2_.get(), passphrase), ours_.sm2.certificate);
}

TEST_F(ProtectedKeys, InTheOlderPemFormsOpenWithTheirPassphraseOnly) {
  expect_opens_with_its_passphrase_only(tests::older_pem(rsa_.get(), passphrase), ours_.rsa.certificate);
  expect_opens_with_its_passphrase_only(tests::older_pem(sm2_.get(), passphrase), ours_.sm2.certificate);
  const auto written_as_ec = [&](std::string pem) {  // as OpenSSL 1.1 did
    for (auto at = pem.find("SM2 PRIVATE"); at != std::string::npos; at = pem.find("SM2 PRIVATE")) {
      pem.replace(at, 3, "EC");
    }
    return pem;
  };
  expect_opens_with_its_passphrase_only(written_as_ec(tests::older_pem(sm2_.get(), passphrase)), ours_.sm2.certificate);
  EXPECT_EQ(outcome(written_as_ec(tests::older_pem(sm2_.get())), "", ours_.sm2.certificate), "opened");
}

TEST_F(ProtectedKeys, ThatAreNotProtectedOpenWithAnyPassphrase) {
  EXPECT_EQ(outcome(tests::pem_of(sm2_.get()), "not needed", ours_.sm2.certificate), "opened");
}

TEST_F(ProtectedKeys, InPkcs12OpenWithTheirPassphraseOnly) {
  expect_opens_with_its_passphrase_only(tests::pkcs12(passphrase, sm2_.get(), {sm2_certificate_.get()}));
  expect_opens_with_its_passphrase_only(tests::pkcs12(passphrase, rsa_.get(), {rsa_certificate_.get()}));
}

TEST_F(ProtectedKeys, InPkcs12WithoutAPassphraseOpenWithoutOne) {
  for (const auto kind : {tests::NoPassphrase::null, tests::NoPassphrase::empty}) {
    const auto bytes = tests::pkcs12("", sm2_.get(), {sm2_certificate_.get()}, kind);
    EXPECT_EQ(outcome(bytes, ""), "opened");
    EXPECT_EQ(outcome(bytes, "one too many"), "key.pin");
  }
}

TEST_F(ProtectedKeys, InPkcs12TakeTheCertificateOfTheKeyFromAChain) {
  const auto root = tests::read_certificate(ours_.authority.sm2_root());
  const auto bytes = tests::pkcs12(passphrase, sm2_.get(), {sm2_certificate_.get(), root.get()});
  const auto key = open(bytes, passphrase);
  ASSERT_TRUE(key) << key.faults().front().en;
  EXPECT_EQ((*key)->certificate().serial, ours_.sm2.serial);
  EXPECT_EQ(outcome(bytes, passphrase, file_), "opened");  // the same file named as the certificate's
}

TEST_F(ProtectedKeys, InPkcs12WithoutACertificateTakeTheOneNamed) {
  const auto bytes = tests::pkcs12(passphrase, sm2_.get(), {});
  EXPECT_EQ(outcome(bytes, passphrase, ours_.sm2.certificate), "opened");
  EXPECT_EQ(outcome(bytes, passphrase, ours_.rsa.certificate), "key.certificate");
  EXPECT_EQ(outcome(bytes, passphrase), "key.certificate");
}

TEST_F(ProtectedKeys, InPkcs12WithoutAKeyAreRefusedInWords) {
  const auto bytes = tests::pkcs12(passphrase, nullptr, {sm2_certificate_.get()});
  EXPECT_EQ(outcome(bytes, passphrase), "key.form");
  EXPECT_THAT(words(bytes, passphrase), HasSubstr("no private key"));
}

TEST_F(ProtectedKeys, OfACardWithTwoPairsUseTheOneThatSigns) {
  const signing::Handle<EVP_PKEY> other(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
  const auto encryption = tests::make_certificate(other.get(), {.usage = "keyEncipherment,dataEncipherment"});
  const auto bytes =
      tests::pkcs12_of_pairs(passphrase, {{other.get(), encryption.get()}, {sm2_.get(), sm2_certificate_.get()}});
  EXPECT_EQ(outcome(bytes, passphrase), "opened");
  const auto alone = tests::pkcs12(passphrase, other.get(), {encryption.get()});
  EXPECT_EQ(outcome(alone, passphrase), "key.certificate");
  EXPECT_THAT(words(alone, passphrase), AllOf(HasSubstr("serial 77"), HasSubstr("for encryption")));
}

TEST_F(ProtectedKeys, CutShortAreRefused) {
  const auto bytes = tests::pkcs12(passphrase, sm2_.get(), {sm2_certificate_.get()});
  for (const std::size_t size : {bytes.size() - 1, bytes.size() / 2, std::size_t{10}, std::size_t{1}}) {
    EXPECT_EQ(outcome(bytes.substr(0, size), passphrase), "key.form") << size;
  }
}

int run_openssl(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "openssl");
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, "openssl", nullptr, nullptr, pointers.data(), environ) != 0) return -1;
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// RC2-40 for the certificates, 3DES for the key, SHA-1 for the MAC: what Windows and Java wrote for twenty years.
class OldPkcs12 : public ProtectedKeys {
 protected:
  std::string made_by_openssl() {
    const auto made = (scratch_.path() / "old.pfx").string();
    EXPECT_EQ(run_openssl({"pkcs12", "-export", "-legacy", "-inkey", ours_.rsa.key.string(), "-in",
                           ours_.rsa.certificate.string(), "-passout", "pass:secret", "-out", made}),
              0);
    return tests::read_file(made);
  }
};

TEST_F(OldPkcs12, OpensToo) {
  const auto bytes = made_by_openssl();
  EXPECT_EQ(outcome(bytes, "secret"), "opened");
  EXPECT_EQ(outcome(bytes, "Secret"), "key.pin");
  EXPECT_EQ(outcome(bytes, ""), "key.pin");
}

TEST_F(OldPkcs12, IsRefusedInWordsWhereOpensslLacksTheAlgorithm) {
  const auto bytes = made_by_openssl();
  setenv("OPENSSL_MODULES", scratch_.path().c_str(), 1);
  const auto without = words(bytes, "secret");
  unsetenv("OPENSSL_MODULES");
  EXPECT_THAT(without, AllOf(HasSubstr("RC2"), HasSubstr("export the key again")));
  EXPECT_EQ(outcome(bytes, "secret"), "opened");
}

TEST_F(ProtectedKeys, UnderAnUnknownAlgorithmAreRefusedInWords) {
  const auto bytes = tests::encrypted_pkcs8_der(sm2_.get(), passphrase);
  const unsigned char* at = signing::octets(bytes);
  const signing::Handle<X509_SIG> sig(d2i_X509_SIG(nullptr, &at, static_cast<long>(bytes.size())));
  X509_ALGOR* algorithm = nullptr;
  X509_SIG_getm(sig.get(), &algorithm, nullptr);
  X509_ALGOR_set0(algorithm, OBJ_txt2obj("1.2.156.10197.1.999", 1), V_ASN1_NULL, nullptr);
  unsigned char* der = nullptr;
  const int size = i2d_X509_SIG(sig.get(), &der);
  const std::string changed(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  EXPECT_EQ(outcome(changed, passphrase, ours_.sm2.certificate), "key.form");
  EXPECT_THAT(words(changed, passphrase, ours_.sm2.certificate), HasSubstr("encrypted with 1.2.156.10197.1.999"));
}

}  // namespace
