#include "gateway/notify/signing_secret.h"

#include <utility>

#include "base/base64.h"
#include "base/digest.h"

namespace gateway::notify {

namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t least_bytes = 24, most_bytes = 64;

base::Fault wrong_form() {
  return {.code = "notify.secret",
          .path = {},
          .zh = "notify_secret 应为 whsec_ 加 Base64（24 至 64 字节的随机数）：echo whsec_$(openssl rand -base64 32)",
          .en =
              "notify_secret has to be whsec_ and the Base64 of 24 to 64 random bytes: "
              "echo whsec_$(openssl rand -base64 32)",
          .source = "Standard Webhooks 1.0"};
}

}  // namespace

base::Result<SigningSecret> SigningSecret::read(const base::Secret& text) {
  const std::string_view written = text.reveal();
  if (!written.starts_with(prefix)) return wrong_form();
  auto bytes = base::read_base64(written.substr(prefix.size()));
  if (!bytes) return wrong_form();
  base::Secret key(std::move(*bytes));
  if (key.reveal().size() < least_bytes || key.reveal().size() > most_bytes) return wrong_form();
  return SigningSecret(std::move(key));
}

std::string SigningSecret::signature(std::string_view webhook_id, std::int64_t timestamp_seconds,
                                     std::string_view body) const {
  std::string content(webhook_id);
  content.append(".").append(std::to_string(timestamp_seconds)).append(".").append(body);
  return "v1," + base::base64(base::hmac_sha256(key_.reveal(), content));
}

}  // namespace gateway::notify
