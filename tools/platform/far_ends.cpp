#include "tools/platform/far_ends.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <string_view>
#include <utility>

namespace tools::platform {

namespace asio = boost::asio;

namespace {

// Of --amqp or --amqp1.
config::Port broker_of(const Options& options) {
  config::Port broker = options.broker;
  broker.profile = options.amqp1_url.empty() ? "dxp-amqp" : "dxp-amqp1";
  if (!options.amqp1_url.empty()) broker.url = options.amqp1_url;
  if (!options.front.empty() && !broker.url.starts_with("amqp://")) {
    throw Refusal{
        "--amqp-front 需要 --amqp 或 --amqp1 的 amqp:// 地址\n"
        "--amqp-front needs an amqp:// address of --amqp or --amqp1\n"};
  }
  return broker;
}

As3Terms complete(As3Terms terms) {
  config::Agreement& agreement = terms.port.agreement;
  agreement.partner_certificates = {agreement.encrypt_for};
  agreement.incoming.is_signed = true;
  return terms;
}

}  // namespace

FarEnds::FarEnds(asio::io_context& io, const Options& options, const Inspection& inspection, Inbox& inbox,
                 Customs& customs, const base::Clock& clock)
    : io_(io),
      options_(options),
      inbox_(inbox),
      receipts_(customs.receipts()),
      clock_(clock),
      troubles_(inspection, customs, clock) {}

void FarEnds::start() {
  const config::Port broker = broker_of(options_);
  if (!options_.directory.empty()) serve_folders();
  if (!options_.front.empty()) stand_before(broker);
  if (!broker.url.empty()) serve_queues(broker);
  if (!options_.as2.listen.empty()) serve_as2();
  if (!options_.as3.port.url.empty()) serve_as3();
}

std::optional<unsigned short> FarEnds::front_port() const {
  return front_ ? std::optional(front_->port()) : std::nullopt;
}

void FarEnds::serve_folders() {
  folders_.emplace(options_.directory, inbox_, receipts_, clock_);
  for (const std::string& one : options_.enterprises) folders_->make_for(one.substr(one.find(':') + 1));
  asio::co_spawn(io_, folders_->run(), asio::detached);
}

void FarEnds::stand_before(const config::Port& broker) {
  constexpr std::size_t scheme = std::string_view("amqp://").size();
  const std::string place = broker.url.substr(scheme, broker.url.find('/', scheme) - scheme);
  const auto colon = place.rfind(':');
  const bool has_port = colon != std::string::npos && place.find(']', colon) == std::string::npos;
  const auto at = listener("--amqp-front", options_.front);
  auto judge = [this](const std::string& content) { return troubles_.harm_of(content); };
  front_ = std::make_unique<BrokerFront>(
      io_.get_executor(), asio::ip::tcp::endpoint(asio::ip::make_address(at.host), at.port),
      has_port ? place.substr(0, colon) : place, has_port ? place.substr(colon + 1) : "5672", std::move(judge));
  asio::co_spawn(io_, front_->run(), asio::detached);
}

void FarEnds::serve_queues(const config::Port& broker) {
  queues_.emplace(broker, options_.queues, inbox_, receipts_, clock_);
  for (const std::string& dxp_id : dxp_ids_in(options_.enterprises)) {
    asio::co_spawn(io_, queues_->take_from(dxp_id), asio::detached);
  }
  asio::co_spawn(io_, queues_->hand_over(), asio::detached);
}

void FarEnds::serve_as2() {
  as2_.emplace(options_.as2, inbox_, receipts_, clock_);
  needed(as2_->check());
  as2_server_.emplace(io_.get_executor(), listener("--as2", options_.as2.listen), as2_->router(), nullptr);
  as2_server_->start();
  asio::co_spawn(io_, as2_->hand_over(), asio::detached);
}

void FarEnds::serve_as3() {
  as3_.emplace(complete(options_.as3), dxp_ids_in(options_.enterprises), inbox_, receipts_, clock_);
  asio::co_spawn(io_, as3_->run(), asio::detached);
}

}  // namespace tools::platform
