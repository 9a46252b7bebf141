// What a client's notices are signed with. Never printed. Safe from every thread once made. Standard Webhooks 1.0
// (standardwebhooks.com), symmetric: whsec_ and Base64 of 24 to 64 bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace gateway::notify {

class SigningSecret {
 public:
  // Fault notify.secret; it never repeats the secret.
  static base::Result<SigningSecret> read(const base::Secret& text);

  // The value of webhook-signature: "v1," and Base64 of HMAC-SHA256 over "ID.TIMESTAMP.BODY".
  std::string signature(std::string_view webhook_id, std::int64_t timestamp_seconds, std::string_view body) const;

 private:
  explicit SigningSecret(base::Secret key) : key_(std::move(key)) {}

  base::Secret key_;
};

}  // namespace gateway::notify
