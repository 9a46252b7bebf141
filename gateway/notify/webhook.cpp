#include "gateway/notify/webhook.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>

#include "gateway/views/document_json.h"

namespace gateway::notify {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_answer_bytes = std::size_t{1} << 20;  // nothing of it is read

http::Addresses allowed_by(const config::Notifying& target) {
  if (target.targets == config::Targets::public_alone) return http::Addresses::public_alone;
  return target.url.starts_with("https:") ? http::Addresses::any : http::Addresses::private_alone;
}

}  // namespace

std::string body_of(const ledger::Notice& notice) {
  return json::serialize(json::object{{"type", "document.changed"},
                                      {"timestamp", base::rfc3339(notice.change.at)},
                                      {"data", views::change(notice.change)}});
}

http::Call webhook(const config::Notifying& target, const SigningSecret& secret, const ledger::Notice& notice,
                   base::Time now) {
  const auto timestamp = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  http::Call call;
  call.method = "POST";
  call.url = target.url;
  call.body = body_of(notice);
  call.answer_limit_bytes = longest_answer_bytes;
  call.addresses = allowed_by(target);
  call.headers.set("Content-Type", "application/json");
  call.headers.set("webhook-id", notice.webhook_id);
  call.headers.set("webhook-timestamp", std::to_string(timestamp));
  call.headers.set("webhook-signature", secret.signature(notice.webhook_id, timestamp, call.body));
  return call;
}

std::optional<unsigned> status_of(const http::Exchange& exchange) {
  if (exchange.reach != http::Reach::answered) return std::nullopt;
  return exchange.response.status;
}

std::string in_words(const http::Exchange& exchange) {
  const auto status = status_of(exchange);
  return status ? "answered " + std::to_string(*status) : exchange.detail;
}

}  // namespace gateway::notify
