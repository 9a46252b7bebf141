#include "gateway/channels/hainan_http_channel.h"

#include <algorithm>
#include <charconv>

#include "gateway/http/target.h"

namespace gateway::channels {

namespace asio = boost::asio;
using codecs::hainan::ListingForm;

namespace {

constexpr std::size_t most_answer_characters = 1000;
constexpr std::string_view standard_push_path = "/cebcmsg";
// Servers close what is idle after 5 s and more. A call that leaves as they do is unknown to have arrived: such a
// connection is not used again.
constexpr std::chrono::seconds longest_rest{2};

std::string path_for(const config::Port& port, const std::string& name, std::string_view standard) {
  const auto chosen = port.paths.find(name);
  return chosen == port.paths.end() ? std::string(standard) : chosen->second;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string_view cut(std::string_view utf8, std::size_t most_characters) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80;
    if (begins && characters++ == most_characters) return utf8.substr(0, i);
  }
  return utf8;
}

std::string said_by_port(const http::Response& response) {
  const std::string status = "HTTP " + std::to_string(response.status);
  const std::string_view said = trimmed(response.body);
  return std::string(cut(said.empty() ? status : status + ": " + std::string(said), most_answer_characters));
}

Answer judged(const http::Response& response) {
  const unsigned status = response.status;
  const bool good = status >= 200 && status < 300;
  if (good && trimmed(response.body) == "OK") return {Outcome::confirmed, "OK"};
  if (status == 429 || status == 503) return {Outcome::unreachable, said_by_port(response)};
  if (status >= 500) return {Outcome::unknown, said_by_port(response)};
  return {Outcome::refused, said_by_port(response)};
}

Answer judged(const http::Exchange& exchange) {
  switch (exchange.reach) {
    case http::Reach::answered:
      return judged(exchange.response);
    case http::Reach::unreachable:
      return {Outcome::unreachable, exchange.detail};
    case http::Reach::unknown:
      break;
  }
  return {Outcome::unknown, exchange.detail};
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

http::Session HainanHttpChannel::rested() {
  const auto earliest = std::chrono::steady_clock::now() - longest_rest;
  std::erase_if(resting_, [earliest](const Resting& one) { return one.since < earliest; });
  if (resting_.empty()) return http::Session();
  http::Session session = std::move(resting_.back().session);
  resting_.pop_back();
  return session;
}

asio::awaitable<http::Exchange> HainanHttpChannel::ask(http::Call call) {
  call.timeout = port_.timeout;
  http::Session session = rested();
  http::Exchange exchange = co_await session.send(std::move(call));
  resting_.push_back({std::move(session), std::chrono::steady_clock::now()});
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
