#include "tools/bench/posting.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <charconv>

#include "tools/cebgate/json_text.h"

namespace tools::bench {

namespace {

namespace asio = boost::asio;
using gateway::http::Exchange;
using gateway::http::Reach;
using std::chrono::duration;
using std::chrono::duration_cast;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t documents_without_a_limit = 1000;
constexpr seconds pause_without_an_answer{1};

asio::awaitable<void> wait_until(steady_clock::time_point due) {
  asio::steady_timer timer(co_await asio::this_coro::executor, due);
  co_await timer.async_wait(asio::use_awaitable);
}

seconds retry_after(const Exchange& exchange) {
  const std::string_view text = exchange.response.headers.get("Retry-After");
  int asked = 1;
  std::from_chars(text.data(), text.data() + text.size(), asked);
  return seconds(std::clamp(asked, 1, 60));
}

std::string first_code(const boost::json::value& refusal) {
  const auto& faults = cebgate::array_of(refusal, "faults");
  return faults.empty() ? "" : cebgate::text_of(faults.front(), "code");
}

}  // namespace

Posting::Posting(const Options& options, const Api& api, Documents& documents, Posts& posts)
    : options_(options),
      api_(api),
      documents_(documents),
      posts_(posts),
      limit_(options.documents.value_or(options.seconds ? most_documents : documents_without_a_limit)),
      open_(options.connections),
      begun_(steady_clock::now()),
      last_answer_(begun_) {
  if (options.seconds) end_ = begun_ + duration_cast<steady_clock::duration>(duration<double>(*options.seconds));
}

// At a given rate the slots are laid out from the beginning: a gateway that lags behind does not slow the ERP down, and
// what it makes the ERP wait is part of the latency.
std::optional<Posting::Slot> Posting::next_slot() {
  Slot slot{std::min(options_.array, limit_ - posts_.posted), steady_clock::now()};
  if (options_.rate) {
    const duration<double> since(static_cast<double>(posts_.posted) / *options_.rate);
    slot.due = begun_ + duration_cast<steady_clock::duration>(since);
  }
  if (slot.count == 0 || (end_ && std::max(slot.due, steady_clock::now()) >= *end_)) return std::nullopt;
  posts_.posted += slot.count;
  return slot;
}

asio::awaitable<void> Posting::one_connection() {
  gateway::http::Session session;
  while (const auto slot = next_slot()) {
    std::string body = documents_.next_post(slot->count);
    if (options_.rate) co_await wait_until(slot->due);
    const Exchange exchange = co_await post(session, std::move(body), slot->count);
    last_answer_ = steady_clock::now();
    posts_.latencies.add(duration<double, std::milli>(last_answer_ - slot->due).count());
    count(exchange, slot->count);
  }
}

asio::awaitable<Exchange> Posting::post(gateway::http::Session& session, std::string body, std::size_t count) {
  const auto give_up = steady_clock::now() + longest_wait_for_a_busy_gateway;
  for (int unanswered = 0;;) {
    Exchange exchange = co_await api_.post_documents(session, body, count);
    ++posts_.calls;
    seconds pause = pause_without_an_answer;
    if (exchange.reach != Reach::answered) {
      ++posts_.failures[exchange.detail];
      if (++unanswered == most_tries_without_an_answer) co_return exchange;
      ++posts_.repeated;
    } else if (exchange.response.status == 503) {
      ++posts_.busy;
      pause = retry_after(exchange);
      if (steady_clock::now() + pause > give_up) co_return exchange;
    } else {
      co_return exchange;
    }
    co_await wait_until(steady_clock::now() + pause);
  }
}

void Posting::count(const Exchange& exchange, std::size_t documents) {
  if (exchange.reach != Reach::answered) {
    posts_.unanswered += documents;
    return;
  }
  const auto answer = cebgate::read_answer(exchange.response.body);
  const std::string status = "HTTP " + std::to_string(exchange.response.status);
  if (!succeeded(exchange)) {
    const std::string code = first_code(answer);
    refuse(code.empty() ? status : code, documents);
    return;
  }
  std::size_t told = 0;
  if (const auto* items = answer.if_array()) {
    for (const auto& item : *items) {
      if (told++ >= documents) break;
      if (cebgate::text_of(item, "id").empty()) {
        refuse(first_code(item), 1);
      } else {
        ++posts_.accepted;
      }
    }
  }
  if (told < documents) refuse(status + ", not in the answer", documents - told);
}

void Posting::refuse(const std::string& kind, std::size_t documents) {
  posts_.refused += documents;
  posts_.refusals[kind] += documents;
}

double Posting::part_done(Moment now) const {
  double part = static_cast<double>(posts_.posted) / static_cast<double>(limit_);
  if (end_) part = std::max(part, duration<double>(now - begun_) / duration<double>(*end_ - begun_));
  return std::min(part, 1.0);
}

}  // namespace tools::bench
