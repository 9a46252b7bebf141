#include "codecs/as2/key_pair.h"

#include <algorithm>
#include <cstring>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "codecs/as2/faults.h"
#include "codecs/as2/private_key.h"
#include "signing/certificate_file.h"

namespace codecs::as2 {

namespace {

struct Passphrase {
  std::string_view text;
  bool asked = false;
};

int give_passphrase(char* into, int room, int /*writing*/, void* given) {
  auto* passphrase = static_cast<Passphrase*>(given);
  passphrase->asked = true;
  const std::size_t size = passphrase->text.size();
  if (size == 0 || size > static_cast<std::size_t>(room)) return -1;
  std::memcpy(into, passphrase->text.data(), size);
  return static_cast<int>(size);
}

base::Fault unreadable_key(const Passphrase& passphrase) {
  if (passphrase.asked) {
    return fault("key.pin", "AS2 私钥有口令保护，而口令缺失或不正确；请填写正确的口令",
                 "the AS2 key is protected by a passphrase, which is missing or wrong; give the right one");
  }
  return fault("key.form", "AS2 私钥不是 PEM 格式（以 -----BEGIN PRIVATE KEY----- 开头）的私钥；请指定正确的文件",
               "the AS2 key is no private key in PEM form (-----BEGIN PRIVATE KEY-----); name the right file");
}

}  // namespace

base::Result<KeyPair> KeyPair::from_pem(const base::Secret& key, const base::Secret& passphrase,
                                        const signing::Certificate& certificate) {
  // The file may begin with certificates, which the reader of keys passes over.
  const auto pem = signing::pem_reader(key.reveal());
  Passphrase given{passphrase.reveal()};
  signing::Handle<EVP_PKEY> read(PEM_read_bio_PrivateKey(pem.get(), nullptr, give_passphrase, &given));
  ERR_clear_error();
  if (!read) return unreadable_key(given);
  if (certificate.key_kind != signing::KeyKind::rsa || EVP_PKEY_is_a(read.get(), "RSA") != 1) {
    return fault("key.kind", "AS2 只使用 RSA 密钥和证书；请更换",
                 "AS2 uses RSA keys and certificates alone; give such ones");
  }
  const bool belongs = EVP_PKEY_eq(read.get(), certificate.read->public_key()) == 1;
  ERR_clear_error();
  if (!belongs) {
    return fault("key.certificate", "AS2 证书（序列号 " + certificate.serial + "）不属于该私钥；请指定与私钥对应的证书",
                 "the AS2 certificate (serial " + certificate.serial +
                     ") does not belong to the key; name the one that was issued for it");
  }
  return KeyPair(std::make_shared<const PrivateKey>(PrivateKey{std::move(read)}), certificate);
}

base::Result<KeyPair> KeyPair::from_files(const std::filesystem::path& key, const base::Secret& passphrase,
                                          const std::filesystem::path& certificate) {
  const auto bytes = signing::read_small_file(key);
  if (!bytes) return bytes.faults();
  const auto read = signing::read_certificate_of(certificate);
  if (!read) return read.faults();
  return from_pem(*bytes, passphrase, *read);
}

}  // namespace codecs::as2
