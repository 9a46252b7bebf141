#include "gateway/channels/as2/door.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/guid.h"
#include "gateway/channels/agreements/receipt_verdict.h"
#include "gateway/channels/as2/http_forms.h"
#include "gateway/channels/as2/words.h"

namespace gateway::channels::as2 {

namespace asio = boost::asio;
namespace format = codecs::as2;
using asio::awaitable;
using format::ReceiptWay;

namespace {

constexpr int most_posts_of_a_receipt = 5;
constexpr std::chrono::seconds between_posts{1};  // doubled after each

http::Response nothing_more_to_say() { return http::Response::text(200, ""); }

std::string key_of(const format::MessageHead& head) { return head.from + "\n" + head.to + "\n" + head.message_id; }

// Some leave the angle brackets away.
std::string bracketed(const std::string& id) { return id.starts_with('<') ? id : "<" + id + ">"; }

std::string new_message_id() { return "<" + base::new_guid() + "@cebgate>"; }

}  // namespace

awaitable<http::Response> Door::answer(http::Request request) {
  const auto self = shared_from_this();
  if (is_closed_) co_return try_again();
  format::Headers fields = fields_of(request.headers);
  if (format::is_mdn(fields, request.body)) {
    co_return co_await take_receipt(std::move(fields), std::move(request.body));
  }
  co_return co_await take_message(std::move(fields), std::move(request.body));
}

bool Door::is_ours(const std::string& dxp_id) const {
  return dxp_id.empty() || std::ranges::find(parts_.dxp_ids, dxp_id) != parts_.dxp_ids.end();
}

void Door::note(const base::Faults& faults) { remark_ = agreements::line(faults); }

// What nobody awaits any more is taken all the same: it would only come again. Anybody can bring one that is not
// signed, and so end the waiting for the one that is.
awaitable<http::Response> Door::take_receipt(format::Headers fields, std::string body) {
  const auto head = format::read_head(fields);
  if (!head) co_return unusable(head.faults());
  const auto dxp_id = parts_.partnership.dxp_id_of(head->to);
  auto agreement = parts_.partnership.of(dxp_id.value_or(""), base::SystemClock().now());
  if (!agreement) co_return try_again();
  std::string proof = agreements::proof_in(fields, body);
  const bool must_be_signed = agreement->receipt.signed_with.has_value();
  auto read = [fields = std::move(fields), body = std::move(body), agreed = std::move(agreement).value()] {
    return format::read_mdn(fields, body, agreed);
  };
  auto mdn = co_await parts_.pool.run(std::move(read));
  base::Faults faults = mdn ? base::Faults{} : mdn.faults();
  if (mdn && must_be_signed && !mdn->signer) faults.push_back(receipt_not_signed());
  if (!faults.empty()) {
    note(faults);
    co_return unusable(faults);
  }
  const std::string id = bracketed(mdn->original_message_id);
  parts_.awaited.give(id, Receipt{std::move(mdn).value(), std::move(proof)});
  co_return nothing_more_to_say();
}

// The names are held to the agreement as the message is opened: for a stranger's that is the one we would have.
base::Result<Door::Asked> Door::asked_in(const format::Headers& fields) const {
  auto head = format::read_head(fields);
  if (!head) return head.faults();
  auto receipt = format::read_receipt_request(fields);
  const std::optional<std::string> dxp_id = parts_.partnership.dxp_id_of(head->to);
  auto agreement = parts_.partnership.of(dxp_id.value_or(""), base::SystemClock().now());
  if (!agreement) return agreement.faults();
  if (receipt && receipt->way == ReceiptWay::to_url && !may_be_sent_to(parts_.port, receipt->return_url)) {
    return receipt_elsewhere(receipt->return_url);
  }
  const bool is_known = dxp_id && is_ours(*dxp_id);
  if (!is_known) agreement->own_id.clear();
  return Asked{std::move(head).value(), receipt ? std::move(receipt).value() : format::ReceiptRequest{},
               std::move(agreement).value(), is_known ? *dxp_id : ""};
}

awaitable<http::Response> Door::take_message(format::Headers fields, std::string body) {
  const base::Faults waiting = parts_.partnership.faults(base::SystemClock().now());
  if (!waiting.empty()) co_return try_again();
  auto asked = asked_in(fields);
  if (!asked) {
    note(asked.faults());
    co_return unusable(asked.faults());
  }
  if (auto receipt = earlier_.find(key_of(asked->head))) {
    co_return co_await given(asked->receipt, std::move(*receipt));
  }
  auto open = [fields = std::move(fields), body = std::move(body), agreement = asked->agreement] {
    return format::open_message(fields, body, agreement);
  };
  auto message = co_await parts_.pool.run(std::move(open));
  if (!message) co_return co_await refuse(std::move(asked).value(), message.faults());
  co_return co_await take_opened(std::move(asked).value(), std::move(message).value());
}

awaitable<http::Response> Door::take_opened(Asked asked, format::ReceivedMessage message) {
  const std::string key = key_of(asked.head);
  if (auto standing = arrivals_.find(key)) co_return co_await wait_for_ledger(std::move(asked), std::move(standing));
  std::optional<format::OutgoingMdn> receipt;
  if (asked.receipt.way != ReceiptWay::none) {
    format::MdnContent content{asked.head.message_id, {}, std::move(message.mic), {}};
    auto made = co_await receipt_for(asked, std::move(content));
    if (!made) co_return co_await refuse(std::move(asked), made.faults());
    receipt = std::move(made).value();
  }
  const auto executor = co_await asio::this_coro::executor;
  Brought brought{key, asked.dxp_id, std::move(message.payload.bytes), std::move(receipt)};
  auto arrival = arrivals_.find(key);
  if (!arrival && !is_closed_) arrival = arrivals_.put(std::move(brought), executor);
  if (!arrival) co_return try_again();
  co_return co_await wait_for_ledger(std::move(asked), std::move(arrival));
}

awaitable<http::Response> Door::wait_for_ledger(Asked asked, std::shared_ptr<Arrival> arrival) {
  const bool is_kept = co_await arrivals_.is_kept(arrival, parts_.port.timeout);
  if (!is_kept) co_return try_again();
  const Brought& brought = arrival->brought();
  if (!brought.receipt) co_return nothing_more_to_say();
  earlier_.remember(brought.key, *brought.receipt);
  co_return co_await given(std::move(asked.receipt), *brought.receipt);
}

// Beyond the limit every failure looks alike, and like a gateway that is busy.
awaitable<http::Response> Door::refuse(Asked asked, base::Faults faults) {
  note(faults);
  if (!failures_.may_answer(std::chrono::steady_clock::now())) co_return try_again();
  if (asked.receipt.way == ReceiptWay::none) co_return unusable(faults);
  asked.agreement.own_id = asked.head.to;
  asked.agreement.partner_id = asked.head.from;
  format::MdnContent content{asked.head.message_id, format::disposition_of(faults), {}, faults};
  auto receipt = co_await receipt_for(asked, std::move(content));
  if (!receipt) co_return unusable(faults);
  co_return co_await given(std::move(asked.receipt), std::move(receipt).value());
}

awaitable<base::Result<format::OutgoingMdn>> Door::receipt_for(const Asked& asked, format::MdnContent content) {
  auto make = [content = std::move(content), request = asked.receipt, agreement = asked.agreement] {
    return format::make_mdn(content, new_message_id(), request, agreement);
  };
  co_return co_await parts_.pool.run(std::move(make));
}

awaitable<http::Response> Door::given(format::ReceiptRequest request, format::OutgoingMdn receipt) {
  if (request.way == ReceiptWay::none) co_return nothing_more_to_say();
  if (request.way == ReceiptWay::to_url) {
    const auto executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, send_receipt(std::move(request.return_url), std::move(receipt)), asio::detached);
    co_return nothing_more_to_say();
  }
  http::Response response;
  response.headers = headers_of(receipt.headers);
  response.body = std::move(receipt.body);
  co_return response;
}

// A partner that has not got it sends its message again, and is answered with it again.
awaitable<void> Door::send_receipt(std::string url, format::OutgoingMdn receipt) {
  const auto self = shared_from_this();
  asio::steady_timer timer(co_await asio::this_coro::executor);
  std::string detail;
  for (int posts = 0; posts < most_posts_of_a_receipt; ++posts) {
    if (posts > 0) {
      timer.expires_after(between_posts * (1 << (posts - 1)));
      co_await timer.async_wait(asio::use_awaitable);
    }
    http::Call call = post(parts_.port, url, receipt.headers, receipt.body);
    const http::Exchange exchange = co_await http::send(std::move(call));
    const bool answered = exchange.reach == http::Reach::answered;
    if (answered && exchange.response.status < 500) co_return;
    detail = answered ? "HTTP " + std::to_string(exchange.response.status) : exchange.detail;
  }
  note({receipt_not_delivered(url, detail)});
}

}  // namespace gateway::channels::as2
