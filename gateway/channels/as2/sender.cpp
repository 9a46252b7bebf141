#include "gateway/channels/as2/sender.h"

#include <utility>

#include "base/clock.h"
#include "gateway/channels/agreements/receipt_verdict.h"
#include "gateway/channels/as2/http_forms.h"
#include "gateway/channels/http_answers.h"

namespace gateway::channels::as2 {

namespace format = codecs::as2;
using boost::asio::awaitable;
using std::chrono::steady_clock;

namespace {

bool is_good(const http::Response& response) { return response.status >= 200 && response.status < 300; }

Answer no_receipt(const std::string& zh, const std::string& en) { return {Outcome::unknown, zh + " | " + en}; }

}  // namespace

std::string message_id_of(const Outgoing& message) { return "<" + message.guid + "." + message.dxp_id + "@cebgate>"; }

Sender::Sender(const config::Port& port, agreements::Partnership& partnership, AwaitedReceipts& awaited,
               offload::Pool& pool)
    : port_(port), partnership_(partnership), awaited_(awaited), pool_(pool) {}

awaitable<Answer> Sender::send(Outgoing message) {
  auto agreement = partnership_.of(message.dxp_id, base::SystemClock().now());
  if (!agreement) co_return Answer{Outcome::unreachable, agreements::line(agreement.faults())};
  std::string full;
  try {
    co_return co_await make_and_post(std::move(message), std::move(agreement).value());
  } catch (const offload::OffloadFull& error) {
    full = error.what();
  }
  co_return Answer{Outcome::unreachable, full};
}

awaitable<Answer> Sender::make_and_post(Outgoing message, format::Agreement agreement) {
  const std::string id = message_id_of(message);
  auto make = [id, agreement, message = std::move(message)]() mutable {
    const format::Payload payload{std::move(message.envelope), "application/xml", message.guid + ".xml"};
    return format::make_message(payload, id, agreement);
  };
  auto made = co_await pool_.run(std::move(make));
  if (!made) co_return Answer{Outcome::unreachable, agreements::line(made.faults())};
  Sent sent{{id, made->mic}, std::move(agreement)};
  co_return co_await post(std::move(made).value(), std::move(sent));
}

// A receipt that came too late for the last time proves as much now.
awaitable<Answer> Sender::post(format::OutgoingMessage made, Sent sent) {
  const bool comes_later = sent.agreement.receipt.way == format::ReceiptWay::to_url;
  if (comes_later) {
    if (auto late = awaited_.take(sent.message.message_id)) {
      Answer answer = judged(sent, std::move(*late));
      if (answer.outcome == Outcome::confirmed) co_return answer;
    }
    awaited_.expect(sent.message.message_id);
  }
  const auto deadline = steady_clock::now() + port_.timeout;
  http::Call call = as2::post(port_, port_.url, made.headers, std::move(made.body));
  http::Exchange exchange = co_await sessions_.send(std::move(call));
  const bool answered = exchange.reach == http::Reach::answered;
  trouble_ = answered ? "" : exchange.detail;
  if (!answered) co_return not_answered(exchange);
  if (!is_good(exchange.response)) {
    const unsigned status = exchange.response.status;
    if (status >= 500 || status == 429) trouble_ = said_by_port(exchange.response);
    co_return refused_by_status(exchange.response);
  }
  co_return co_await answer_to(std::move(sent), std::move(exchange.response), deadline);
}

awaitable<Answer> Sender::answer_to(Sent sent, http::Response response, steady_clock::time_point deadline) {
  const bool comes_later = sent.agreement.receipt.way == format::ReceiptWay::to_url;
  if (!trimmed(response.body).empty() && (!comes_later || format::is_mdn(fields_of(response.headers), response.body))) {
    co_return co_await judged(sent, response);
  }
  if (!comes_later) {
    co_return no_receipt("伙伴的应答中没有回执（MDN）", "the partner's response holds no receipt (MDN)");
  }
  auto receipt = co_await awaited_.wait(sent.message.message_id, deadline);
  if (receipt) co_return judged(sent, std::move(*receipt));
  co_return no_receipt("限定时间内没有收到异步回执（MDN）",
                       "no asynchronous receipt (MDN) came within the time allowed");
}

awaitable<Answer> Sender::judged(const Sent& sent, const http::Response& response) {
  const format::Headers fields = fields_of(response.headers);
  auto read = [fields, body = response.body, agreement = sent.agreement] {
    return format::read_mdn(fields, body, agreement);
  };
  auto mdn = co_await pool_.run(std::move(read));
  if (!mdn) co_return Answer{Outcome::unknown, agreements::line(mdn.faults())};
  co_return judged(sent, Receipt{std::move(mdn).value(), agreements::proof_in(fields, response.body)});
}

Answer Sender::judged(const Sent& sent, Receipt receipt) {
  Answer answer = agreements::judged(receipt.mdn, sent.message, sent.agreement.receipt);
  answer.proof = std::move(receipt.proof);
  if (answer.outcome != Outcome::unknown) awaited_.forget(sent.message.message_id);
  return answer;
}

}  // namespace gateway::channels::as2
