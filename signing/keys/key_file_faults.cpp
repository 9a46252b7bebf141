#include "signing/keys/key_file_faults.h"

#include <array>
#include <memory>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

namespace signing::keys {

namespace {

base::Fault key_file_fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault passphrase_wrong(const std::string& file) {
  return key_file_fault("key.pin", "口令打不开 " + file + "；请更正设置中 pin 所指的口令",
                        "the passphrase does not open " + file + "; correct the one that pin in the settings names");
}

base::Fault unknown_algorithm(const std::string& file, const std::string& algorithm) {
  return key_file_fault("key.form",
                        file + " 用 " + algorithm + " 加密，本机的 OpenSSL 不支持；请用 AES-256 加密重新导出该密钥",
                        file + " is encrypted with " + algorithm +
                            ", which the OpenSSL of this machine cannot open; export the key again with AES-256");
}

std::string object_name(const ASN1_OBJECT* object) {
  std::array<char, 80> text{};
  OBJ_obj2txt(text.data(), text.size(), object, 0);
  return text.data();
}

template <class Part>
using Owned = std::unique_ptr<Part, void (*)(Part*)>;

template <class Part>
Owned<Part> parameter(const X509_ALGOR* algorithm, const ASN1_ITEM* form, void (*release)(Part*)) {
  const ASN1_TYPE* given = algorithm->parameter;
  const bool sequence = given != nullptr && given->type == V_ASN1_SEQUENCE;
  return {sequence ? static_cast<Part*>(ASN1_item_unpack(given->value.sequence, form)) : nullptr, release};
}

bool tells_of_an_unknown_algorithm(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  switch (ERR_GET_LIB(error)) {
    case ERR_LIB_EVP:
      return reason == ERR_R_UNSUPPORTED || reason == EVP_R_UNKNOWN_PBE_ALGORITHM ||
             reason == EVP_R_UNSUPPORTED_ALGORITHM || reason == EVP_R_UNSUPPORTED_CIPHER ||
             reason == EVP_R_UNKNOWN_CIPHER || reason == EVP_R_UNSUPPORTED_PRF ||
             reason == EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION;
    case ERR_LIB_PKCS12:
      return reason == PKCS12_R_UNKNOWN_DIGEST_ALGORITHM;
    case ERR_LIB_PEM:
      return reason == PEM_R_UNSUPPORTED_CIPHER || reason == PEM_R_UNSUPPORTED_ENCRYPTION;
    default:
      return false;
  }
}

}  // namespace

base::Fault no_private_key(const std::string& file) {
  return key_file_fault(
      "key.form",
      file +
          " 中没有私钥；需要 PEM（以 -----BEGIN PRIVATE KEY-----，或 EC、RSA、ENCRYPTED PRIVATE KEY "
          "开头）、DER 格式的 PKCS#8 或 PKCS#12（.p12、.pfx）文件",
      file +
          " holds no private key; it must be PEM (-----BEGIN PRIVATE KEY-----, or EC, RSA or ENCRYPTED "
          "PRIVATE KEY), PKCS#8 in DER, or PKCS#12 (.p12, .pfx)");
}

base::Fault passphrase_missing(const std::string& file) {
  return key_file_fault(
      "key.pin",
      file + " 中的私钥受口令保护；请在设置的 pin 中写明口令在何处：file:路径、env:环境变量名 或 credential:名称",
      "the key in " + file +
          " is protected by a passphrase; name it with pin in the settings: file:PATH, env:NAME or "
          "credential:NAME");
}

std::string algorithm_name(const X509_ALGOR* algorithm) {
  const std::string name = object_name(algorithm->algorithm);
  if (OBJ_obj2nid(algorithm->algorithm) != NID_pbes2) return name;
  const auto scheme = parameter<PBE2PARAM>(algorithm, ASN1_ITEM_rptr(PBE2PARAM), PBE2PARAM_free);
  if (!scheme) return name;
  const std::string cipher = name + ", " + object_name(scheme->encryption->algorithm);
  const auto derivation = parameter<PBKDF2PARAM>(scheme->keyfunc, ASN1_ITEM_rptr(PBKDF2PARAM), PBKDF2PARAM_free);
  return derivation && derivation->prf != nullptr ? cipher + ", " + object_name(derivation->prf->algorithm) : cipher;
}

base::Fault cannot_decrypt(const std::string& file, const base::Secret& passphrase, const std::string& algorithm) {
  bool unknown = false;
  while (const unsigned long error = ERR_get_error()) unknown = unknown || tells_of_an_unknown_algorithm(error);
  if (unknown) return unknown_algorithm(file, algorithm);
  return passphrase.empty() ? passphrase_missing(file) : passphrase_wrong(file);
}

}  // namespace signing::keys
