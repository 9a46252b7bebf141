#include "signing/keys/pkcs12_content.h"

#include <memory>
#include <openssl/err.h>
#include <openssl/pkcs12.h>

#include "signing/certificate_reading.h"
#include "signing/keys/key_file_algorithms.h"
#include "signing/keys/key_file_faults.h"

namespace signing::keys {

namespace {

struct Free {
  void operator()(PKCS12* file) const { PKCS12_free(file); }
  void operator()(STACK_OF(PKCS7) * safes) const { sk_PKCS7_pop_free(safes, PKCS7_free); }
  void operator()(STACK_OF(PKCS12_SAFEBAG) * bags) const { sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free); }
};
using File = std::unique_ptr<PKCS12, Free>;
using Safes = std::unique_ptr<STACK_OF(PKCS7), Free>;
using Bags = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), Free>;

File parse(std::string_view bytes, OSSL_LIB_CTX* context) {
  const unsigned char* at = octets(bytes);
  PKCS12* file = PKCS12_init_ex(NID_pkcs7_data, context, nullptr);
  const bool parsed = d2i_PKCS12(&file, &at, static_cast<long>(bytes.size())) != nullptr;
  File owned(file);
  if (parsed) return owned;
  ERR_clear_error();
  return nullptr;
}

struct Spelling {
  const char* text;
  int size;
};

// RFC 7292 leaves it open how no passphrase is written, and programs differ.
std::vector<Spelling> spellings(const base::Secret& passphrase) {
  const std::string_view text = passphrase.reveal();
  if (text.empty()) return {{nullptr, 0}, {"", 0}};
  return {{text.data(), static_cast<int>(text.size())}};
}

// One try with one passphrase. After a failure OpenSSL's list of errors says why, and algorithm() where.
class Opening {
 public:
  Opening(Spelling passphrase, OSSL_LIB_CTX* context) : passphrase_(passphrase), context_(context) {}
  bool run(PKCS12* file) { return is_intact(file) && take_safes(file); }
  KeyFileContent& content() { return content_; }
  const std::string& algorithm() const { return algorithm_; }

 private:
  bool is_intact(PKCS12* file) {
    if (PKCS12_mac_present(file) != 1) return true;
    const X509_ALGOR* digest = nullptr;
    PKCS12_get0_mac(nullptr, &digest, nullptr, nullptr, file);
    algorithm_ = algorithm_name(digest);
    return PKCS12_verify_mac(file, passphrase_.text, passphrase_.size) == 1;
  }

  bool take_safes(const PKCS12* file) {
    const Safes safes(PKCS12_unpack_authsafes(file));
    for (int i = 0; safes && i < sk_PKCS7_num(safes.get()); ++i) {
      const Bags bags = unpack(sk_PKCS7_value(safes.get(), i));
      if (!bags || !take(bags.get())) return false;
    }
    return safes != nullptr;
  }

  Bags unpack(PKCS7* safe) {
    if (PKCS7_type_is_data(safe)) return Bags(PKCS12_unpack_p7data(safe));
    if (!PKCS7_type_is_encrypted(safe) || safe->d.encrypted == nullptr) return Bags(sk_PKCS12_SAFEBAG_new_null());
    algorithm_ = algorithm_name(safe->d.encrypted->enc_data->algorithm);
    return Bags(PKCS12_unpack_p7encdata(safe, passphrase_.text, passphrase_.size));
  }

  bool take(const STACK_OF(PKCS12_SAFEBAG) * bags) {
    for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); ++i) {
      if (!take(sk_PKCS12_SAFEBAG_value(bags, i))) return false;
    }
    return true;
  }

  bool take(const PKCS12_SAFEBAG* bag) {
    switch (PKCS12_SAFEBAG_get_nid(bag)) {
      case NID_keyBag:
        return take_key(PKCS12_SAFEBAG_get0_p8inf(bag));
      case NID_pkcs8ShroudedKeyBag:
        return take_shrouded(bag);
      case NID_certBag:
        return take_certificate(bag);
      case NID_safeContentsBag:
        return take(PKCS12_SAFEBAG_get0_safes(bag));
      default:
        return true;
    }
  }

  bool take_shrouded(const PKCS12_SAFEBAG* bag) {
    const X509_ALGOR* algorithm = nullptr;
    X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, nullptr);
    algorithm_ = algorithm_name(algorithm);
    const Handle<PKCS8_PRIV_KEY_INFO> plain(
        PKCS12_decrypt_skey_ex(bag, passphrase_.text, passphrase_.size, context_, nullptr));
    return plain && take_key(plain.get());
  }

  // The key goes into OpenSSL's usual context, so that it may outlive the one that it was opened in.
  bool take_key(const PKCS8_PRIV_KEY_INFO* plain) {
    content_.keys.emplace_back(EVP_PKCS82PKEY(plain));
    return content_.keys.back() != nullptr;
  }

  bool take_certificate(const PKCS12_SAFEBAG* bag) {
    const Handle<X509> found(PKCS12_SAFEBAG_get1_cert(bag));
    unsigned char* der = nullptr;
    const int size = found ? i2d_X509(found.get(), &der) : 0;
    if (size <= 0) return true;
    auto certificate = read_x509_der({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    if (certificate) content_.certificates.push_back(std::move(certificate));
    return true;
  }

  Spelling passphrase_;
  OSSL_LIB_CTX* context_;
  KeyFileContent content_;
  std::string algorithm_;
};

base::Result<KeyFileContent> open(const std::string& name, PKCS12* file, const base::Secret& passphrase,
                                  OSSL_LIB_CTX* context) {
  std::string algorithm;
  for (const Spelling& spelling : spellings(passphrase)) {
    Opening opening(spelling, context);
    if (opening.run(file)) {
      ERR_clear_error();
      if (opening.content().keys.empty()) return no_private_key(name);
      return std::move(opening.content());
    }
    algorithm = opening.algorithm();
  }
  return cannot_decrypt(name, passphrase, algorithm);
}

}  // namespace

std::optional<base::Result<KeyFileContent>> read_pkcs12(const std::string& file, std::string_view bytes,
                                                        const base::Secret& passphrase) {
  const KeyFileAlgorithms algorithms;
  const File parsed = parse(bytes, algorithms.context());
  if (!parsed) return std::nullopt;
  return open(file, parsed.get(), passphrase, algorithms.context());
}

}  // namespace signing::keys
