#include "gateway/channels/hainan_http_channel.h"

#include <algorithm>
#include <charconv>

#include "gateway/channels/http_answers.h"
#include "gateway/http/target.h"

namespace gateway::channels {

namespace asio = boost::asio;
using codecs::hainan::ListingForm;

namespace {

constexpr std::string_view standard_push_path = "/cebcmsg";

std::string path_for(const config::Port& port, const std::string& name, std::string_view standard) {
  const auto chosen = port.paths.find(name);
  return chosen == port.paths.end() ? std::string(standard) : chosen->second;
}

Answer judged(const http::Exchange& exchange) {
  if (exchange.reach != http::Reach::answered) return not_answered(exchange);
  const http::Response& response = exchange.response;
  const bool good = response.status >= 200 && response.status < 300;
  if (good && trimmed(response.body) == "OK") return {Outcome::confirmed, "OK"};
  return refused_by_status(response);
}

std::optional<base::Time> epoch_milliseconds_in(const ListingForm& form, const std::string& record,
                                                std::string_view meaning) {
  const auto digits = codecs::hainan::value_in(form, record, meaning);
  if (!digits || digits->empty()) return std::nullopt;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(digits->data(), digits->data() + digits->size(), count);
  if (error != std::errc{} || end != digits->data() + digits->size()) return std::nullopt;
  return base::Time(std::chrono::milliseconds(count));
}

// A record that cannot be read is handed on as well: it is kept for the operator.
base::Time marked_at(const ListingForm& form, const std::string& record, base::Time otherwise) {
  if (const auto received = epoch_milliseconds_in(form, record, "receivedAt")) return *received;
  return epoch_milliseconds_in(form, record, "returnedAt").value_or(otherwise);
}

base::Fault fault(std::string code, const std::string& url, const std::string& detail) {
  return base::Fault{std::move(code),
                     url,
                     "无法从 " + url + " 取得回执：" + detail + "；稍后会再试。",
                     "No receipts from " + url + ": " + detail + "; this is tried again.",
                     {}};
}

}  // namespace

HainanHttpChannel::HainanHttpChannel(const config::Port& port) : port_(port), address_(port.url) {
  while (address_.ends_with('/')) address_.pop_back();
  for (ListingForm form : codecs::hainan::standard_listings()) {
    form.path = path_for(port_, form.receipt_type, form.path);
    listings_.push_back(std::move(form));
  }
}

const ListingForm* HainanHttpChannel::form_at(const std::string& path) const {
  const auto found = std::ranges::find(listings_, path, &ListingForm::path);
  return found == listings_.end() ? nullptr : &*found;
}

asio::awaitable<http::Exchange> HainanHttpChannel::ask(http::Call call) {
  call.timeout = port_.timeout;
  http::Exchange exchange = co_await sessions_.send(std::move(call));
  const bool answered = exchange.reach == http::Reach::answered;
  health_.reachable = answered && exchange.response.status < 500 && exchange.response.status != 429;
  health_.detail = answered ? "HTTP " + std::to_string(exchange.response.status) : exchange.detail;
  co_return exchange;
}

asio::awaitable<Answer> HainanHttpChannel::send(Outgoing message) {
  http::Call call;
  call.method = "POST";
  call.url = address_ + path_for(port_, "push", standard_push_path);
  call.headers.set("Content-Type", "application/json");
  call.body = std::move(message.envelope);
  const http::Exchange exchange = co_await ask(std::move(call));
  co_return judged(exchange);
}

std::vector<Source> HainanHttpChannel::sources() const {
  std::vector<Source> sources;
  for (const ListingForm& form : listings_) sources.push_back({form.path, form.receipt_type, Supply::listing});
  return sources;
}

asio::awaitable<base::Result<std::vector<Received>>> HainanHttpChannel::receive(Window window) {
  const ListingForm* form = form_at(window.source);
  const std::string url = address_ + window.source;
  if (form == nullptr) co_return fault("channel.source", url, "not a listing of this port");
  http::Call call;
  call.url = url + "?dxpid=" + http::percent_encoded(window.dxp_id) + "&qryid=" + base::china_digits14(window.since);
  const http::Exchange exchange = co_await ask(std::move(call));
  if (exchange.reach != http::Reach::answered) co_return fault("channel.unreachable", url, exchange.detail);
  if (exchange.response.status != 200) co_return fault("channel.answer", url, said_by_port(exchange.response));
  auto records = codecs::hainan::split_listing(*form, exchange.response.body);
  if (!records) co_return records.faults();
  std::vector<Received> received;
  for (std::string& record : *records) {
    const base::Time at = marked_at(*form, record, window.since);
    received.push_back({std::move(record), at});
  }
  co_return received;
}

asio::awaitable<void> HainanHttpChannel::acknowledge(Window) { co_return; }

}  // namespace gateway::channels
