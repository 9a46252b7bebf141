#include "signing/pkcs11/token_objects.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <vector>

#include "signing/certificate_reading.h"
#include "signing/pkcs11/return_value.h"
#include "signing/pkcs11/wording.h"

namespace signing::pkcs11 {

namespace {

constexpr CK_ULONG most_objects = 64;

struct Query {
  CK_OBJECT_CLASS object_class;
  std::optional<std::string> label, id;
};

// At most most_objects.
base::Result<std::vector<CK_OBJECT_HANDLE>> find_objects(const Session& session, Query query, const KeyUri& uri) {
  std::vector<CK_ATTRIBUTE> wanted{{CKA_CLASS, &query.object_class, sizeof query.object_class}};
  if (query.label) wanted.push_back({CKA_LABEL, query.label->data(), query.label->size()});
  if (query.id) wanted.push_back({CKA_ID, query.id->data(), query.id->size()});
  CK_RV value = session.functions->C_FindObjectsInit(session.handle, wanted.data(), wanted.size());
  if (value != CKR_OK) return fault_of(value, "C_FindObjectsInit", uri);
  std::vector<CK_OBJECT_HANDLE> found;
  std::array<CK_OBJECT_HANDLE, most_objects> some{};
  CK_ULONG count = 1;
  while (value == CKR_OK && count > 0 && found.size() < most_objects) {
    count = 0;
    value = session.functions->C_FindObjects(session.handle, some.data(), most_objects - found.size(), &count);
    if (value == CKR_OK) found.insert(found.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
  }
  session.functions->C_FindObjectsFinal(session.handle);
  if (value != CKR_OK) return fault_of(value, "C_FindObjects", uri);
  return found;
}

std::optional<std::string> attribute(const Session& session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  CK_ATTRIBUTE asked{type, nullptr, 0};
  const auto read = [&] { return session.functions->C_GetAttributeValue(session.handle, object, &asked, 1); };
  constexpr CK_ULONG largest_bytes = 64 * 1024;  // more: also where the token says "unavailable"
  if (read() != CKR_OK || asked.ulValueLen > largest_bytes) return std::nullopt;
  std::string bytes(asked.ulValueLen, '\0');
  asked.pValue = bytes.data();
  if (read() != CKR_OK || asked.ulValueLen > bytes.size()) return std::nullopt;
  bytes.resize(asked.ulValueLen);
  return bytes;
}

TokenKey described(const Session& session, CK_OBJECT_HANDLE handle) {
  return {.handle = handle,
          .label = attribute(session, handle, CKA_LABEL).value_or(""),
          .id = attribute(session, handle, CKA_ID).value_or(""),
          .confirms_each = attribute(session, handle, CKA_ALWAYS_AUTHENTICATE) == std::string(1, CK_TRUE)};
}

std::string list_of(const Session& session, const std::vector<CK_OBJECT_HANDLE>& keys, const char* comma) {
  std::string all;
  for (const auto handle : keys) {
    const auto key = described(session, handle);
    all += (all.empty() ? "" : comma) + ("object=" + readable(key.label)) + ";id=" + percent_encoded(key.id);
  }
  return all;
}

base::Fault no_key(const Session& session, const KeyUri& uri) {
  const auto there = find_objects(session, {CKO_PRIVATE_KEY, {}, {}}, uri);
  if (!there) return there.faults().front();
  if (there->empty()) {
    return fault(
        "key.form", "密钥设备 " + uri.shown() + " 中没有私钥；请确认插入的是装有签名私钥的设备",
        "the token of " + uri.shown() + " holds no private key; check that it is the one with the signing key");
  }
  return fault("key.form",
               "设备中没有密钥地址 " + uri.shown() + " 所指的私钥；其中有：" + list_of(session, *there, "、") +
                   "；请更正 object 或 id",
               "the token holds no private key that fits the URI " + uri.shown() +
                   "; it holds: " + list_of(session, *there, ", ") + "; correct object or id");
}

base::Fault several_keys(const Session& session, const KeyUri& uri, const std::vector<CK_OBJECT_HANDLE>& fitting) {
  return fault("key.form",
               "密钥地址 " + uri.shown() + " 同时符合多个私钥：" + list_of(session, fitting, "、") +
                   "；请在地址中写明 object= 或 id=",
               "several private keys fit the URI " + uri.shown() + ": " + list_of(session, fitting, ", ") +
                   "; write object= or id= in the URI");
}

std::string modulus_of(const EVP_PKEY* key) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &read) != 1) return {};
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(read)), '\0');
  BN_bn2bin(read, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(read);
  return bytes;
}

std::string x_and_y_of(const EVP_PKEY* key) {
  constexpr std::size_t point_size = 65;  // 04, x, y
  std::string point(point_size, '\0');
  std::size_t size = 0;
  const bool read =
      EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, reinterpret_cast<unsigned char*>(point.data()),
                                      point_size, &size) == 1;
  return read && size == point_size ? point.substr(1) : std::string();
}

std::optional<CK_KEY_TYPE> key_type_of(const Session& session, const TokenKey& key) {
  const auto bytes = attribute(session, key.handle, CKA_KEY_TYPE);
  CK_KEY_TYPE type = 0;
  if (!bytes || bytes->size() != sizeof type) return std::nullopt;
  std::memcpy(&type, bytes->data(), sizeof type);
  return type;
}

// Of the private key itself, else of the public key with the same id.
std::optional<std::string> public_attribute(const Session& session, const TokenKey& key, CK_ATTRIBUTE_TYPE type,
                                            const KeyUri& uri) {
  auto own = attribute(session, key.handle, type);
  if ((own && !own->empty()) || key.id.empty()) return own;
  const auto pairs = find_objects(session, {CKO_PUBLIC_KEY, {}, key.id}, uri);
  if (!pairs || pairs->size() != 1) return std::nullopt;
  return attribute(session, pairs->front(), type);
}

bool for_signatures(const Certificate& certificate) {
  return (X509_get_key_usage(certificate.read->x509.get()) & KU_DIGITAL_SIGNATURE) != 0;
}

}  // namespace

base::Fault wrong_certificate(const KeyUri& uri, const Certificate& certificate) {
  return fault(
      "key.certificate",
      "证书（序列号 " + certificate.serial + "）不属于设备中的私钥 " + uri.shown() + "；请指定与该私钥对应的证书",
      "the certificate (serial " + certificate.serial + ") does not belong to the token's key " + uri.shown() +
          "; name the certificate that was issued for this key");
}

base::Result<TokenKey> find_private_key(const Session& session, const KeyUri& uri) {
  auto found = find_objects(session, {CKO_PRIVATE_KEY, uri.label(), uri.id()}, uri);
  if (!found) return found.faults();
  if (found->size() > 1) {  // a pair for signatures and one for encryption may share label and id
    std::erase_if(*found, [&](CK_OBJECT_HANDLE key) { return attribute(session, key, CKA_SIGN) == std::string(1, 0); });
  }
  if (found->empty()) return no_key(session, uri);
  if (found->size() > 1) return several_keys(session, uri, *found);
  return described(session, found->front());
}

base::Result<Certificate> find_certificate(const Session& session, const TokenKey& key, const KeyUri& uri) {
  std::vector<Query> queries;
  if (!key.id.empty()) queries.push_back({CKO_CERTIFICATE, {}, key.id});
  if (!key.label.empty()) queries.push_back({CKO_CERTIFICATE, key.label, {}});
  std::optional<Certificate> another, fitting;
  for (const auto& query : queries) {
    const auto found = find_objects(session, query, uri);
    if (!found) return found.faults();
    for (const auto object : *found) {
      auto certificate = Certificate::from_der(attribute(session, object, CKA_VALUE).value_or(""));
      if (!certificate) continue;
      if (contradicts(session, key, *certificate, uri)) {
        another = *std::move(certificate);
      } else if (for_signatures(*certificate)) {
        return certificate;
      } else {
        fitting = *std::move(certificate);
      }
    }
    if (fitting) return *std::move(fitting);
  }
  if (another) return wrong_certificate(uri, *another);
  return fault(
      "key.certificate",
      "密钥设备中没有与私钥 " + uri.shown() + " 对应（同 id 或同名）的 SM2 或 RSA 证书；请用 certificate 指定证书文件",
      "the token holds no SM2 or RSA certificate with the id or label of the key " + uri.shown() +
          "; name a certificate file with `certificate`");
}

bool contradicts(const Session& session, const TokenKey& key, const Certificate& certificate, const KeyUri& uri) {
  const bool rsa = certificate.key_kind == KeyKind::rsa;
  const std::string own = rsa ? modulus_of(certificate.read->public_key()) : x_and_y_of(certificate.read->public_key());
  ERR_clear_error();
  if (const auto type = key_type_of(session, key); type && (*type == CKK_RSA) != rsa) return true;
  const auto told = public_attribute(session, key, rsa ? CKA_MODULUS : CKA_EC_POINT, uri);
  // A modulus may have leading zeros; a point comes as x‖y, 04‖x‖y or that in an OCTET STRING, or compressed.
  const std::size_t least_bytes = rsa ? 1 : own.size();
  return told && told->size() >= least_bytes && !told->ends_with(own);
}

}  // namespace signing::pkcs11
