#include "tests/gateway/channels/as2/partner.h"

#include <arpa/inet.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/channels/as2/http_forms.h"
#include "tests/support/eventually.h"
#include "tests/support/raw_socket.h"

namespace tests {

namespace asio = boost::asio;
namespace as2 = codecs::as2;
namespace http = gateway::http;
using asio::awaitable;
using gateway::channels::as2::fields_of;
using gateway::channels::as2::headers_of;

namespace {

constexpr std::size_t many = 16;  // one after the other, unless there are more

// Bound and not listened at: whoever else wants it is refused.
int bind_to(unsigned short port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(descriptor, 1) == 0) {
    return descriptor;
  }
  ::close(descriptor);
  return -1;
}

as2::MdnContent content_for(const Behaviour& behaviour, const as2::ReceivedMessage& message) {
  as2::MdnContent content{message.head.message_id, {}, message.mic, {}};
  if (behaviour.manner == Manner::refusing) {
    content.disposition = {as2::Disposition::Kind::processed_with_error, behaviour.modifier};
    content.mic.reset();
    content.faults = {base::Fault{"as2.test", "", behaviour.words, behaviour.words, "", 0}};
  }
  if (behaviour.manner == Manner::wrong_mic) content.mic = as2::mic_of(message.mic.digest, "other bytes");
  if (behaviour.manner == Manner::other_message) content.original_message_id = "<another@customs>";
  return content;
}

http::Response response_of(as2::OutgoingMdn receipt) {
  http::Response response;
  response.headers = headers_of(receipt.headers);
  response.body = std::move(receipt.body);
  return response;
}

awaitable<void> rest(std::chrono::milliseconds length) {
  asio::steady_timer timer(co_await asio::this_coro::executor, length);
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

As2Partner::As2Partner(http::ServerOptions options) : options_(std::move(options)) {
  options_.body_limit_bytes = std::size_t{32} << 20;
  start();
  options_.port = own_port_;
  thread_ = std::thread([this] { context_.run(); });
}

As2Partner::~As2Partner() {
  context_.stop();
  thread_.join();
  if (squatter_ >= 0) ::close(squatter_);
}

void As2Partner::start() {
  http::Router router;
  router.add({"POST", "/as2", {}, [this](http::Request request) { return take(std::move(request)); }});
  server_.emplace(context_.get_executor(), options_, std::move(router), nullptr);
  own_port_ = port_of(server_->url());
  server_->start();
}

void As2Partner::go_away() {
  asio::co_spawn(context_, server_->stop(std::chrono::milliseconds{0}), asio::use_future).wait();
  server_.reset();
  squatter_ = bind_to(door_);
}

void As2Partner::come_back() {
  if (squatter_ >= 0) ::close(std::exchange(squatter_, -1));
  start();
}

config::Port As2Partner::port() const {
  const As2Partners& partners = As2Partners::shared();
  config::Port port;
  port.name = "exchange";
  port.profile = "dxp-as2";
  port.url =
      std::string(options_.certificate ? "https" : "http") + "://127.0.0.1:" + std::to_string(own_port_) + "/as2";
  port.timeout = std::chrono::seconds(20);
  port.listening = {"127.0.0.1", door_, {}, {}, {}};
  port.agreement.partner_id = partners.customs.id;
  port.agreement.key = partners.shop.key_file;
  port.agreement.certificate = partners.shop.certificate_file;
  port.agreement.partner_certificates = {partners.customs.certificate_file};
  port.agreement.encrypt_for = partners.customs.certificate_file;
  port.agreement.incoming = {.is_signed = true, .is_encrypted = true, .is_compressed = false};
  return port;
}

as2::Agreement As2Partner::agreement(const std::string& dxp_id) const {
  as2::Agreement agreement = As2Partners::shared().of_customs();
  agreement.partner_id = dxp_id;
  agreement.outgoing = {as2::Digest::sha256, as2::Cipher::aes256_cbc, as2::Compression::none};
  agreement.receipt = {as2::ReceiptWay::in_response, "", as2::Digest::sha256};
  return agreement;
}

void As2Partner::behave(Behaviour behaviour) {
  const std::lock_guard lock(mutex_);
  behaviour_ = std::move(behaviour);
}

std::vector<Arrived> As2Partner::arrived(std::size_t count) {
  const auto have_come = [&] {
    const std::lock_guard lock(mutex_);
    return arrived_.size() >= count;
  };
  if (!eventually(have_come)) throw std::runtime_error("it has not arrived");
  const std::lock_guard lock(mutex_);
  return std::exchange(arrived_, {});
}

std::vector<std::string> As2Partner::posted_receipts() {
  const std::lock_guard lock(mutex_);
  return receipts_;
}

awaitable<http::Response> As2Partner::take(http::Request request) {
  const as2::Headers fields = fields_of(request.headers);
  if (as2::is_mdn(fields, request.body)) {
    const std::lock_guard lock(mutex_);
    receipts_.push_back(std::move(request.body));
    co_return http::Response::text(200, "");
  }
  const auto head = as2::read_head(fields);
  if (!head) co_return http::Response::problem(400, "no message", head.faults());
  as2::Agreement agreed = agreement(head->from);
  auto message = as2::open_message(fields, request.body, agreed);
  if (!message) co_return http::Response::problem(400, "it cannot be opened", message.faults());
  Behaviour behaviour;
  {
    const std::lock_guard lock(mutex_);
    arrived_.push_back({message->payload.bytes, head->message_id, message->payload.file_name, message->encrypted,
                        message->signer.has_value(), message->compressed});
    behaviour = behaviour_;
  }
  co_return co_await answer(std::move(behaviour), std::move(message).value(), std::move(agreed));
}

awaitable<http::Response> As2Partner::answer(Behaviour behaviour, as2::ReceivedMessage message,
                                             as2::Agreement agreement) {
  if (behaviour.manner == Manner::silent) co_await rest(std::chrono::seconds(60));
  if (behaviour.manner == Manner::empty) co_return http::Response::text(200, "");
  if (behaviour.manner == Manner::garbled) co_return http::Response::text(200, "OK");
  if (behaviour.manner == Manner::status) co_return http::Response::text(behaviour.status, behaviour.words);
  if (behaviour.manner == Manner::dropped) {
    http::Response lost;
    lost.delivery = http::Delivery::drop_connection;
    co_return lost;
  }
  if (behaviour.manner == Manner::stranger) agreement.signing_key = As2Partners::shared().stranger.keys;
  as2::ReceiptRequest request = message.receipt;
  if (behaviour.manner == Manner::unsigned_one) request.signed_with.reset();
  auto receipt = must(as2::make_mdn(content_for(behaviour, message), "<r@customs>", request, agreement));
  if (request.way != as2::ReceiptWay::to_url) co_return response_of(std::move(receipt));
  asio::co_spawn(context_, send_receipt(std::move(receipt), request.return_url, behaviour.lateness), asio::detached);
  co_return http::Response::text(202, "");
}

awaitable<void> As2Partner::send_receipt(as2::OutgoingMdn receipt, std::string url,
                                         std::chrono::milliseconds lateness) {
  co_await rest(lateness);
  for (;;) {
    http::Call call;
    call.method = "POST";
    call.url = url;
    call.headers = headers_of(receipt.headers);
    call.body = receipt.body;
    const http::Exchange exchange = co_await http::send(std::move(call));
    if (exchange.reach == http::Reach::answered && exchange.response.status < 500) co_return;
    co_await rest(std::chrono::milliseconds(20));
  }
}

void As2Partner::put(const std::string& record, const std::string& dxp_id) {
  asio::post(context_, [this, record, dxp_id] {
    to_deliver_.emplace_back(record, dxp_id);
    go_on();
  });
}

void As2Partner::go_on() {
  const bool all_at_once = to_deliver_.size() + delivering_ > many;
  while (!to_deliver_.empty() && (delivering_ == 0 || all_at_once)) {
    auto [record, dxp_id] = std::move(to_deliver_.front());
    to_deliver_.pop_front();
    ++delivering_;
    asio::co_spawn(context_, deliver(std::move(record), std::move(dxp_id)), asio::detached);
  }
}

// The same message again, until a receipt says that it is there.
awaitable<void> As2Partner::deliver(std::string record, std::string dxp_id) {
  const as2::Agreement agreed = agreement(dxp_id);
  const std::string id = "<" + std::to_string(++numbered_) + "@customs>";
  const auto message = must(as2::make_message({record, "application/xml", ""}, id, agreed));
  for (bool is_there = false; !is_there;) {
    http::Call call;
    call.method = "POST";
    call.url = door_url();
    call.headers = headers_of(message.headers);
    call.body = message.body;
    const http::Exchange exchange = co_await http::send(std::move(call));
    if (exchange.reach == http::Reach::answered && exchange.response.status == 200) {
      const auto mdn = as2::read_mdn(fields_of(exchange.response.headers), exchange.response.body, agreed);
      is_there = mdn && as2::check_mdn(*mdn, {id, message.mic}, agreed.receipt).empty();
    }
    if (!is_there) co_await rest(std::chrono::milliseconds(20));
  }
  --delivering_;
  go_on();
}

// The door opens a little later than the test begins.
http::Exchange As2Partner::post(const as2::OutgoingMessage& message) {
  http::Exchange exchange;
  const bool has_opened = eventually([&] {
    http::Call call;
    call.method = "POST";
    call.url = door_url();
    call.headers = headers_of(message.headers);
    call.body = message.body;
    exchange = asio::co_spawn(context_, http::send(std::move(call)), asio::use_future).get();
    return exchange.reach != http::Reach::unreachable;
  });
  if (!has_opened) throw std::runtime_error("nobody opens: " + exchange.detail);
  return exchange;
}

}  // namespace tests
