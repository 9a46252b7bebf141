#include "tools/jointtest/api.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "tools/jointtest/journal_lines.h"

namespace tools::jointtest {
namespace {

namespace json = boost::json;
using gateway::http::Exchange;
using gateway::http::Reach;

// A document nested at most 64 deep stands in the answer.
json::value parsed(const std::string& text) {
  json::parse_options options;
  options.max_depth = 80;
  boost::system::error_code error;
  json::value value = json::parse(text, error, {}, options);
  return error ? json::value() : value;
}

std::string trouble(const Exchange& exchange, std::string_view language) {
  if (exchange.reach != Reach::answered) return exchange.detail;
  std::string words;
  const json::value answer = answer_in(exchange);
  for (const json::value& fault : array_of(answer, "faults")) {
    const std::string path = text_of(fault, "path");
    words += (words.empty() ? "" : " ") + (path.empty() ? "" : path + ": ") + text_of(fault, language) + " [" +
             text_of(fault, "code") + "]";
  }
  return "HTTP " + std::to_string(exchange.response.status) + (words.empty() ? "" : ": " + words);
}

}  // namespace

Api::Api(std::string url, std::filesystem::path ca, const base::Secret& token)
    : url_(std::move(url)), ca_(std::move(ca)), authorization_("Bearer " + std::string(token.reveal())) {
  while (url_.ends_with('/')) url_.pop_back();
}

gateway::http::Call Api::call(std::string target) const {
  gateway::http::Call call;
  call.url = url_ + std::move(target);
  call.headers.set("Authorization", authorization_);
  if (!ca_.empty()) call.trust = ca_;
  return call;
}

boost::asio::awaitable<Exchange> Api::get(gateway::http::Session& session, std::string target) const {
  co_return co_await session.send(call(std::move(target)));
}

boost::asio::awaitable<Exchange> Api::post(gateway::http::Session& session, std::string target,
                                           std::string content_type, std::string body,
                                           std::string idempotency_key) const {
  gateway::http::Call asked = call(std::move(target));
  asked.method = "POST";
  asked.headers.set("Content-Type", std::move(content_type));
  if (!idempotency_key.empty()) asked.headers.set("Idempotency-Key", std::move(idempotency_key));
  asked.body = std::move(body);
  co_return co_await session.send(std::move(asked));
}

bool succeeded(const Exchange& exchange) {
  return exchange.reach == Reach::answered && exchange.response.status >= 200 && exchange.response.status < 300;
}

json::value answer_in(const Exchange& exchange) { return parsed(exchange.response.body); }

std::string trouble_zh(const Exchange& exchange) { return trouble(exchange, "zh"); }
std::string trouble_en(const Exchange& exchange) { return trouble(exchange, "en"); }

bool has_fault(const Exchange& exchange, std::string_view code) {
  const json::value answer = answer_in(exchange);
  return std::ranges::any_of(array_of(answer, "faults"),
                             [&](const json::value& fault) { return text_of(fault, "code") == code; });
}

Seen seen_in(const json::value& document) {
  Seen seen;
  seen.version = static_cast<int>(number_of(document, "version"));
  seen.state = text_of(document, "state");
  seen.stage = text_of(document, "stage");
  seen.outcome = text_of(document, "outcome");
  seen.reason = text_of(document, "reason");
  for (const json::value& one : array_of(document, "receipts")) {
    SeenReceipt receipt{text_of(one, "returnStatus"), text_of(one, "returnInfo"), text_of(one, "returnTime")};
    const bool is_known = std::ranges::any_of(seen.receipts, [&](const SeenReceipt& known) {
      return known.status == receipt.status && known.return_time == receipt.return_time;
    });
    if (!is_known) seen.receipts.push_back(std::move(receipt));
  }
  std::ranges::stable_sort(seen.receipts, {}, &SeenReceipt::return_time);
  for (const json::value& one : array_of(document, "notices")) seen.notices.push_back(text_of(one, "type"));
  return seen;
}

}  // namespace tools::jointtest
