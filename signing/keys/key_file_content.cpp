#include "signing/keys/key_file_content.h"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <optional>

#include "signing/certificate_file.h"
#include "signing/keys/key_file_algorithms.h"
#include "signing/keys/key_file_faults.h"
#include "signing/keys/pkcs12_content.h"

namespace signing::keys {

namespace {

using KeyResult = base::Result<Handle<EVP_PKEY>>;

// The block's memory is wiped with it.
class PemBlock {
 public:
  explicit PemBlock(BIO* pem) {
    if (PEM_read_bio_ex(pem, &name_, &header_, &data_, &held_, PEM_FLAG_SECURE | PEM_FLAG_EAY_COMPATIBLE) != 1)
      held_ = 0;
    size_ = held_;
  }
  ~PemBlock() {
    OPENSSL_secure_free(name_);
    OPENSSL_secure_free(header_);
    OPENSSL_secure_clear_free(data_, static_cast<std::size_t>(held_));
  }
  PemBlock(const PemBlock&) = delete;
  PemBlock& operator=(const PemBlock&) = delete;

  bool is_there() const { return data_ != nullptr; }
  std::string_view name() const { return name_; }
  char* header() { return header_; }
  unsigned char* data() { return data_; }
  const unsigned char* data() const { return data_; }
  long& size() { return size_; }
  long size() const { return size_; }

 private:
  char *name_ = nullptr, *header_ = nullptr;
  unsigned char* data_ = nullptr;
  long held_ = 0, size_ = 0;  // size: without the padding of a block that was encrypted
};

KeyResult read_plain(const std::string& file, const unsigned char* der, long size) {
  Handle<EVP_PKEY> key(d2i_AutoPrivateKey(nullptr, &der, size));
  ERR_clear_error();
  if (!key) return no_private_key(file);
  return key;
}

KeyResult decrypt(const std::string& file, const X509_SIG* encrypted, const base::Secret& passphrase) {
  if (passphrase.empty()) return passphrase_missing(file);
  const X509_ALGOR* algorithm = nullptr;
  X509_SIG_get0(encrypted, &algorithm, nullptr);
  const std::string_view text = passphrase.reveal();
  const KeyFileAlgorithms algorithms;
  const Handle<PKCS8_PRIV_KEY_INFO> plain(
      PKCS8_decrypt_ex(encrypted, text.data(), static_cast<int>(text.size()), algorithms.context(), nullptr));
  Handle<EVP_PKEY> key(plain ? EVP_PKCS82PKEY(plain.get()) : nullptr);
  if (!key) return cannot_decrypt(file, passphrase, algorithm_name(algorithm));
  ERR_clear_error();
  return key;
}

int give_passphrase(char* into, int room, int, void* passphrase) {
  const std::string_view text = static_cast<const base::Secret*>(passphrase)->reveal();
  if (text.empty() || text.size() > static_cast<std::size_t>(room)) return -1;
  text.copy(into, text.size());
  return static_cast<int>(text.size());
}

// The forms before PKCS#8 encrypt the block itself and say how in its header (RFC 1421).
KeyResult read_older_form(const std::string& file, PemBlock& block, const base::Secret& passphrase) {
  if (block.header()[0] == '\0') return read_plain(file, block.data(), block.size());
  if (passphrase.empty()) return passphrase_missing(file);
  const std::string_view header = block.header();
  const auto info = header.find("DEK-Info: ");
  const std::string_view algorithm = info == std::string_view::npos ? header : header.substr(info + 10);
  const std::string name(algorithm.substr(0, algorithm.find_first_of(",\r\n")));
  EVP_CIPHER_INFO cipher{};
  const bool opened =
      PEM_get_EVP_CIPHER_INFO(block.header(), &cipher) == 1 &&
      PEM_do_header(&cipher, block.data(), &block.size(), give_passphrase, const_cast<base::Secret*>(&passphrase)) == 1;
  if (!opened) return cannot_decrypt(file, passphrase, name);
  auto key = read_plain(file, block.data(), block.size());
  if (!key) return cannot_decrypt(file, passphrase, name);  // the padding fitted by chance
  return key;
}

KeyResult read_block(const std::string& file, PemBlock& block, const base::Secret& passphrase) {
  if (block.name() != PEM_STRING_PKCS8) return read_older_form(file, block, passphrase);
  const unsigned char* at = block.data();
  const Handle<X509_SIG> encrypted(d2i_X509_SIG(nullptr, &at, block.size()));
  ERR_clear_error();
  if (!encrypted) return no_private_key(file);
  return decrypt(file, encrypted.get(), passphrase);
}

base::Result<KeyFileContent> read_pem(const std::string& file, std::string_view bytes, const base::Secret& passphrase) {
  KeyFileContent content;
  const auto pem = pem_reader(bytes);
  for (;;) {
    PemBlock block(pem.get());
    if (!block.is_there()) break;
    if (!block.name().ends_with("PRIVATE KEY")) continue;
    auto key = read_block(file, block, passphrase);
    if (!key) return key.faults();
    content.keys.push_back(*std::move(key));
  }
  ERR_clear_error();
  if (content.keys.empty()) return no_private_key(file);
  content.certificates = read_certificates(bytes);
  return content;
}

base::Result<KeyFileContent> read_der(const std::string& file, std::string_view bytes, const base::Secret& passphrase) {
  if (auto content = read_pkcs12(file, bytes, passphrase)) return *std::move(content);
  const unsigned char* at = octets(bytes);
  const Handle<X509_SIG> encrypted(d2i_X509_SIG(nullptr, &at, static_cast<long>(bytes.size())));
  ERR_clear_error();
  auto key = encrypted ? decrypt(file, encrypted.get(), passphrase)
                       : read_plain(file, octets(bytes), static_cast<long>(bytes.size()));
  if (!key) return key.faults();
  KeyFileContent content;
  content.keys.push_back(*std::move(key));
  return content;
}

}  // namespace

base::Result<KeyFileContent> read_key_file(const std::string& file, std::string_view bytes,
                                           const base::Secret& passphrase) {
  const bool is_pem = bytes.find(pem_begin) != std::string_view::npos;
  return is_pem ? read_pem(file, bytes, passphrase) : read_der(file, bytes, passphrase);
}

}  // namespace signing::keys
