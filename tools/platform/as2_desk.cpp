#include "tools/platform/as2_desk.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>
#include <utility>

#include "base/guid.h"
#include "base/log.h"
#include "gateway/channels/agreements/receipt_verdict.h"
#include "gateway/channels/as2/http_forms.h"

namespace tools::platform {
namespace {

namespace as2 = codecs::as2;
namespace asio = boost::asio;
namespace http = gateway::http;
using namespace gateway::channels;
using as2::ReceiptWay;
using asio::awaitable;

constexpr std::chrono::milliseconds between_rounds{20}, after_trouble{300};
constexpr std::size_t most_letters = 500;  // of one round
constexpr std::size_t most_remembered = 100'000, most_remembered_bytes = std::size_t{256} << 20;
constexpr std::chrono::seconds longest_post{60};

asio::awaitable<void> rest(std::chrono::milliseconds length) {
  asio::steady_timer timer(co_await asio::this_coro::executor, length);
  co_await timer.async_wait(asio::use_awaitable);
}

config::Port port_of(const As2Terms& terms) {
  config::Port port;
  port.timeout = longest_post;
  port.agreement.own_id = terms.id;
  port.agreement.partner_id = terms.partner_id;
  port.agreement.key = terms.key;
  port.agreement.certificate = terms.certificate;
  port.agreement.partner_certificates = {terms.partner_certificate};
  port.agreement.encrypt_for = terms.partner_certificate;
  port.agreement.incoming.is_signed = true;
  return port;
}

std::string key_of(const as2::MessageHead& head) { return head.from + "\n" + head.message_id; }

as2::Mic of_other_bytes(const as2::Mic& mic) { return as2::mic_of(mic.digest, "not what was sent"); }

base::Fault nobody(const std::string& name) {
  return {"as2.partner", "", "没有名为“" + name + "”的企业", "there is no enterprise named \"" + name + "\"", "", 0};
}

http::Response dropped() {
  http::Response response;
  response.delivery = http::Delivery::drop_connection;
  return response;
}

}  // namespace

As2Desk::As2Desk(As2Terms terms, Inbox& inbox, ReceiptBook& receipts, const base::Clock& clock)
    : terms_(std::move(terms)),
      port_(port_of(terms_)),
      inbox_(inbox),
      receipts_(receipts),
      clock_(clock),
      partnership_(port_.agreement, ReceiptWay::in_response),
      earlier_(most_remembered, most_remembered_bytes) {}

base::Done As2Desk::check() {
  const auto agreement = agreement_with("");
  if (!agreement) return agreement.faults();
  return base::Nothing{};
}

http::Router As2Desk::router() {
  http::Router router;
  router.add({"POST", "/as2", {}, [this](http::Request request) { return take(std::move(request)); }});
  return router;
}

base::Result<as2::Agreement> As2Desk::agreement_with(const std::string& partner) {
  auto agreement = partnership_.of("", clock_.now());
  if (!agreement) return agreement;
  agreement->partner_id = partner;
  agreement->incoming.signature = as2::Digest::sha1;
  return agreement;
}

base::Result<As2Desk::Caller> As2Desk::caller_in(const as2::Headers& fields) {
  auto head = as2::read_head(fields);
  if (!head) return head.faults();
  const auto dxp_id = agreements::dxp_id_in(terms_.partner_id, head->from);
  if (!dxp_id) return nobody(head->from);
  auto agreement = agreement_with(head->from);
  if (!agreement) return agreement.faults();
  return Caller{std::move(head).value(), *dxp_id, std::move(agreement).value()};
}

// A message that comes again is answered with its own receipt and not given to customs.
awaitable<http::Response> As2Desk::take(http::Request request) {
  const as2::Headers fields = gateway::channels::as2::fields_of(request.headers);
  auto caller = caller_in(fields);
  if (!caller) co_return http::Response::problem(400, "not an AS2 message for this platform", caller.faults());
  if (auto receipt = earlier_.find(key_of(caller->head))) {
    const auto asked = as2::read_receipt_request(fields);
    if (asked) co_return co_await given(*asked, std::move(*receipt), std::chrono::milliseconds(0));
  }
  auto message = as2::open_message(fields, request.body, caller->agreement);
  if (message) co_return co_await receive(std::move(caller).value(), std::move(message).value());
  complain(caller->dxp_id, message.faults().front().en);
  const auto asked = as2::read_receipt_request(fields);
  const as2::MdnContent content{caller->head.message_id, as2::disposition_of(message.faults()), {}, message.faults()};
  const auto request_or_plain = asked ? *asked : as2::ReceiptRequest{};
  auto receipt = as2::make_mdn(content, "<" + base::new_guid() + "@platform>", request_or_plain, caller->agreement);
  if (!receipt) co_return http::Response::problem(400, "the message cannot be opened", message.faults());
  co_return co_await given(request_or_plain, std::move(receipt).value(), std::chrono::milliseconds(0));
}

awaitable<http::Response> As2Desk::receive(Caller caller, as2::ReceivedMessage message) {
  as2::MdnContent content{caller.head.message_id, {}, message.mic, {}};
  const std::string id = "<" + base::new_guid() + "@platform>";
  auto receipt = as2::make_mdn(content, id, message.receipt, caller.agreement);
  if (!receipt) co_return http::Response::problem(400, "no receipt can be made", receipt.faults());
  const auto reception = inbox_.take({Way::as2, std::move(message.payload.bytes), caller.dxp_id});
  if (!reception) co_return http::Response::problem(503, "the message is not taken", reception.faults());
  if (*reception == Reception::refused) co_return http::Response::text(500, "Internal Server Error");
  earlier_.remember(key_of(caller.head), *receipt);
  if (*reception == Reception::answer_lost) co_return dropped();
  if (*reception == Reception::answer_wrong) {
    content.mic = of_other_bytes(message.mic);
    receipt = as2::make_mdn(content, id, message.receipt, caller.agreement);
    if (!receipt) co_return http::Response::problem(400, "no receipt can be made", receipt.faults());
  }
  const std::chrono::duration<double> lateness(*reception == Reception::answer_late ? terms_.lateness_seconds : 0);
  co_return co_await given(std::move(message.receipt), std::move(receipt).value(),
                           std::chrono::duration_cast<std::chrono::milliseconds>(lateness));
}

awaitable<http::Response> As2Desk::given(as2::ReceiptRequest asked, as2::OutgoingMdn receipt,
                                         std::chrono::milliseconds lateness) {
  if (asked.way == ReceiptWay::none) co_return http::Response::text(200, "");
  if (asked.way == ReceiptWay::to_url) {
    const auto executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, post_receipt(std::move(asked.return_url), std::move(receipt), lateness), asio::detached);
    co_return http::Response::text(200, "");
  }
  if (lateness.count() > 0) co_await rest(lateness);
  http::Response response;
  response.headers = gateway::channels::as2::headers_of(receipt.headers);
  response.body = std::move(receipt.body);
  co_return response;
}

awaitable<void> As2Desk::post_receipt(std::string url, as2::OutgoingMdn receipt, std::chrono::milliseconds lateness) {
  constexpr int most_posts = 100;
  co_await rest(lateness);
  for (int posts = 0; posts < most_posts; ++posts) {
    http::Call call = gateway::channels::as2::post(port_, url, receipt.headers, receipt.body);
    const http::Exchange exchange = co_await sessions_.send(std::move(call));
    if (exchange.reach == http::Reach::answered && exchange.response.status < 500) co_return;
    complain(url, "the receipt is not taken: " + exchange.detail);
    co_await rest(after_trouble);
  }
}

// Whoever cannot be reached keeps back no other's.
awaitable<void> As2Desk::hand_over() {
  for (;;) {
    std::set<std::string> in_trouble;
    const auto letters = receipts_.letters(Way::as2, clock_.now(), most_letters);
    for (const Letter& letter : letters) {
      if (in_trouble.contains(letter.dxp_id)) continue;
      const bool is_there = co_await hand_over(letter);
      if (!is_there) in_trouble.insert(letter.dxp_id);
    }
    co_await rest(in_trouble.empty() ? between_rounds : after_trouble);
  }
}

// The same Message-ID each time: one whose receipt was lost is known to the gateway.
awaitable<bool> As2Desk::hand_over(Letter letter) {
  const auto agreement = agreement_with(config::named_for(terms_.partner_id, letter.dxp_id));
  if (!agreement) {
    complain(letter.dxp_id, agreements::line(agreement.faults()));
    co_return false;
  }
  const std::string id = "<" + letter.id + "@platform>";
  auto message = as2::make_message({letter.bytes, "application/xml", letter.type + ".xml"}, id, *agreement);
  if (!message) {
    complain(letter.dxp_id, agreements::line(message.faults()));
    co_return false;
  }
  const std::string url = config::named_for(terms_.partner_url, letter.dxp_id);
  http::Call call = gateway::channels::as2::post(port_, url, message->headers, std::move(message->body));
  const http::Exchange exchange = co_await sessions_.send(std::move(call));
  std::string trouble = exchange.detail;
  if (exchange.reach == http::Reach::answered) {
    const as2::Headers fields = gateway::channels::as2::fields_of(exchange.response.headers);
    const auto mdn = as2::read_mdn(fields, exchange.response.body, *agreement);
    const base::Faults faults = mdn ? as2::check_mdn(*mdn, {id, message->mic}, agreement->receipt) : mdn.faults();
    trouble = faults.empty() ? "" : "HTTP " + std::to_string(exchange.response.status) + ", " + faults.front().en;
  }
  if (trouble.empty()) receipts_.handed_over(letter);
  if (!trouble.empty()) complain(url, trouble);
  co_return trouble.empty();
}

void As2Desk::complain(const std::string& about, const std::string& what) {
  std::string complaint = about + ": " + what;
  if (complaint == complaint_) return;
  base::log(base::LogLevel::warning, "platform", complaint);
  complaint_ = std::move(complaint);
}

}  // namespace tools::platform
