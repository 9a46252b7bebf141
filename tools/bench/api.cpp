#include "tools/bench/api.h"

#include <utility>

namespace tools::bench {

using gateway::http::Exchange;
using gateway::http::Reach;

Api::Api(std::string url, std::string trust, const base::Secret& token)
    : url_(std::move(url)), trust_(std::move(trust)), authorization_("Bearer " + std::string(token.reveal())) {
  while (url_.ends_with('/')) url_.pop_back();
}

gateway::http::Call Api::call(std::string target) const {
  gateway::http::Call call;
  call.url = url_ + std::move(target);
  call.headers.set("Authorization", authorization_);
  if (!trust_.empty()) call.trust = trust_;
  return call;
}

boost::asio::awaitable<Exchange> Api::get(gateway::http::Session& session, std::string target) const {
  co_return co_await session.send(call(std::move(target)));
}

boost::asio::awaitable<Exchange> Api::post_documents(gateway::http::Session& session, std::string body,
                                                     std::size_t count) const {
  gateway::http::Call asked = call(count > 1 ? "/v1/documents?partial=true" : "/v1/documents");
  asked.method = "POST";
  asked.headers.set("Content-Type", "application/json");
  asked.body = std::move(body);
  asked.timeout = std::chrono::minutes(2);
  co_return co_await session.send(std::move(asked));
}

boost::asio::awaitable<std::optional<Use>> Api::use(gateway::http::Session& session) const {
  const Exchange exchange = co_await get(session, "/metrics");
  if (!succeeded(exchange)) co_return std::nullopt;
  co_return use_in_metrics(exchange.response.body);
}

std::string trouble(const Exchange& exchange) {
  if (exchange.reach != Reach::answered) return exchange.detail;
  return "HTTP " + std::to_string(exchange.response.status);
}

bool succeeded(const Exchange& exchange) {
  return exchange.reach == Reach::answered && exchange.response.status >= 200 && exchange.response.status < 300;
}

}  // namespace tools::bench
