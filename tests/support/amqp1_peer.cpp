#include "tests/support/amqp1_peer.h"

#include <condition_variable>
#include <proton/connection.hpp>
#include <proton/connection_options.hpp>
#include <proton/container.hpp>
#include <proton/delivery.h>
#include <proton/delivery.hpp>
#include <proton/disposition.h>
#include <proton/error_condition.hpp>
#include <proton/listen_handler.hpp>
#include <proton/listener.hpp>
#include <proton/message.hpp>
#include <proton/messaging_handler.hpp>
#include <proton/receiver.hpp>
#include <proton/receiver_options.hpp>
#include <proton/ssl.hpp>
#include <proton/types.hpp>

#include "gateway/channels/amqp1/body.h"
#include "gateway/channels/amqp1/raw.h"

namespace tests {

namespace {

constexpr int credit = 10;

}  // namespace

class Amqp1Peer::Listening final : public proton::messaging_handler, proton::listen_handler {
 public:
  Listening(std::atomic<Saying>& saying, const TlsFiles& own, const std::filesystem::path& clients)
      : saying_(saying),
        tls_(proton::ssl_certificate(own.certificate.string(), own.key.string()), clients.string(), clients.string()),
        container_(*this, "peer") {}

  void run() { container_.run(); }
  void stop() { container_.stop(); }
  int port() {
    std::unique_lock lock(mutex_);
    listens_.wait(lock, [this] { return port_ != 0; });
    return port_;
  }
  std::vector<std::string> taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }

 private:
  void on_container_start(proton::container& container) override {
    container.auto_stop(false);
    container.listen("//127.0.0.1:0", *this);
  }
  void on_open(proton::listener& listener) override {
    const std::lock_guard lock(mutex_);
    port_ = listener.port();
    listens_.notify_all();
  }
  proton::connection_options on_accept(proton::listener&) override {
    return proton::connection_options().handler(*this).ssl_server_options(tls_).sasl_allowed_mechs("EXTERNAL");
  }
  void on_receiver_open(proton::receiver& receiver) override {
    receiver.open(proton::receiver_options().credit_window(0).auto_accept(false));
    if (saying_ != Saying::no_credit) receiver.add_credit(credit);
  }
  void on_message(proton::delivery& delivery, proton::message& message) override {
    {
      const std::lock_guard lock(mutex_);
      taken_.push_back(gateway::channels::amqp1::body_of(message));
    }
    delivery.receiver().add_credit(1);
    say(delivery);
  }
  void say(proton::delivery& delivery) {
    switch (saying_) {
      case Saying::accepted:
        return delivery.accept();
      case Saying::rejected:
        pn_condition_set_name(pn_disposition_condition(pn_delivery_local(gateway::channels::amqp1::raw(delivery))),
                              "shop:closed");
        pn_condition_set_description(
            pn_disposition_condition(pn_delivery_local(gateway::channels::amqp1::raw(delivery))), "报文格式错误");
        return delivery.reject();
      case Saying::released:
        return delivery.release();
      case Saying::modified:
        return delivery.modify();
      case Saying::settled:
        return delivery.settle();
      case Saying::ended:
        return delivery.receiver().close(proton::error_condition("amqp:link:message-size-exceeded", "at most 4 MB"));
      case Saying::held:
      case Saying::no_credit:
        return;
    }
  }
  void on_error(const proton::error_condition&) override {}  // of a client that goes

  std::atomic<Saying>& saying_;
  mutable std::mutex mutex_;
  std::condition_variable listens_;
  int port_ = 0;
  std::vector<std::string> taken_;
  const proton::ssl_server_options tls_;
  proton::container container_;
};

Amqp1Peer::Amqp1Peer()
    : server_(make_tls_files(folder("server"), "DNS:localhost")),
      client_(make_issued_tls_files(folder("client"), "DNS:client")),
      listening_(std::make_unique<Listening>(saying_, server_, client_.ca)),
      thread_([this] { listening_->run(); }) {}

std::filesystem::path Amqp1Peer::folder(const std::string& name) const {
  create_directories(scratch_.path() / name);
  return scratch_.path() / name;
}

Amqp1Peer::~Amqp1Peer() {
  listening_->stop();
  thread_.join();
}

config::Port Amqp1Peer::port() const {
  config::Port port;
  port.name = "peer";
  port.profile = "dxp-amqp1";
  port.url = "amqps://localhost:" + std::to_string(listening_->port());
  port.login = config::Login::certificate;
  port.tls = {.ca = server_.certificate, .certificate = client_.files.certificate, .key = client_.files.key};
  port.queues.address = "in.{dxp_id}";
  port.queues.queue = "out.{dxp_id}";
  port.timeout = std::chrono::seconds(2);
  return port;
}

std::vector<std::string> Amqp1Peer::taken() const { return listening_->taken(); }

}  // namespace tests
