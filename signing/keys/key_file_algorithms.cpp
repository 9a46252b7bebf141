#include "signing/keys/key_file_algorithms.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

namespace signing::keys {

namespace {

// GmSSL's PBKDF2 names its function as GM/T 0006 does, which OpenSSL 3.0 has no number for. Once for the process.
bool teach_gmssl_derivation() {
  constexpr const char* hmac_sm3 = "1.2.156.10197.1.401.2";
  int number = OBJ_txt2nid(hmac_sm3);
  if (number == NID_undef) number = OBJ_create(hmac_sm3, "hmac-sm3", "hmac-sm3");
  return EVP_PBE_alg_add_type(EVP_PBE_TYPE_PRF, number, -1, NID_sm3, nullptr) == 1;
}

}  // namespace

KeyFileAlgorithms::KeyFileAlgorithms()
    : context_(OSSL_LIB_CTX_new()),
      current_(OSSL_PROVIDER_load(context_, "default")),
      legacy_(OSSL_PROVIDER_load(context_, "legacy")) {
  [[maybe_unused]] static const bool taught = teach_gmssl_derivation();
  ERR_clear_error();
}

KeyFileAlgorithms::~KeyFileAlgorithms() {
  if (legacy_ != nullptr) OSSL_PROVIDER_unload(legacy_);
  if (current_ != nullptr) OSSL_PROVIDER_unload(current_);
  OSSL_LIB_CTX_free(context_);
}

}  // namespace signing::keys
