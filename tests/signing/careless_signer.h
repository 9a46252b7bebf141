// Signs messages as careless software does: every step of the making can be done otherwise. Works on text that is
// canonical but for the XML declaration, so it needs no C14N of its own. One thread.
#pragma once

#include <functional>
#include <string>

#include "signing/dialect.h"
#include "signing/openssl_handles.h"

namespace tests {

using Change = std::function<std::string(const std::string&)>;

struct Carelessness {
  Change digested = nullptr;                                                  // canonical document -> what is digested
  Change digest = nullptr;                                                    // bytes -> digest
  Change written_digest = nullptr;                                            // digest -> text of DigestValue
  Change signed_text = nullptr;                                               // canonical SignedInfo -> what is signed
  std::function<std::string(EVP_PKEY*, const std::string&)> value = nullptr;  // key, text -> r‖s or RSA's bytes
  Change written_value = nullptr;                                             // value -> text of SignatureValue
  Change signed_info = nullptr;    // SignedInfo as it stands in the message, made before it is signed
  Change unsigned_text = nullptr;  // what becomes of the message before the signature is put in
};

// `text`: as tests::message() makes it; the signature becomes the root's last child.
std::string sign_carelessly(const std::string& text, const signing::Dialect& dialect, const Carelessness& how);
std::string sign_carelessly(const std::string& text, const std::string& dialect, const Carelessness& how);

// Values over digests.
std::string sm2_value(EVP_PKEY* key, const std::string& e);
std::string rsa_value(EVP_PKEY* key, const EVP_MD* algorithm, const std::string& digest);
std::string rsa_value_without_digest_info(EVP_PKEY* key, const std::string& digest);

std::string hexadecimal(const std::string& bytes);

}  // namespace tests
