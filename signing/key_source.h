// What names a key: where it lives, what opens it, and what the settings say of the device. Values only.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "base/secret.h"

namespace signing {

// PKCS#11 has no standard number for SM2, so the vendor's is a setting.
struct Sm2Mechanism {
  unsigned long number = 0;              // CK_MECHANISM_TYPE
  enum class Takes { digest, message };  // SM3(ZA‖M), 32 bytes, made here; or M, and the token does the rest
  Takes takes = Takes::digest;
};

struct KeySource {
  // file:PATH or a bare path (PEM, PKCS#12), pkcs11:… (RFC 7512), ukey+ws://HOST:PORT, skf:LIBRARY?…, sdf:LIBRARY?…
  std::string uri;
  std::filesystem::path certificate{};       // PEM or DER; empty: the one that stands with the key
  base::Secret pin{};                        // PIN or passphrase; empty: none
  std::chrono::milliseconds timeout{10000};  // of one call to a device
  unsigned parallel = 0;                     // signatures at the same time; 0: what suits the kind of key
  std::optional<Sm2Mechanism> sm2_mechanism{};
};

}  // namespace signing
