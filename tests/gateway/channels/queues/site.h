// A port of a test's own on the program's RabbitMQ: an exchange and a queue for one DXPID, the settings of the port
// over either AMQP, and coroutines of its channel run to their end. Skips the test where RabbitMQ is not installed.
#pragma once

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <fstream>
#include <gmock/gmock.h>
#include <optional>

#include "gateway/channels/channel.h"
#include "gateway/channels/kinds/make_channel.h"
#include "tests/support/eventually.h"
#include "tests/support/paths.h"
#include "tests/support/rabbit_server.h"

namespace tests {

template <class Value>
boost::asio::awaitable<void> keep(boost::asio::awaitable<Value> flow, std::optional<Value>& into) {
  into.emplace(co_await std::move(flow));
}

class AmqpSite : public testing::Test {
 protected:
  using Channel = gateway::channels::Channel;
  using Answer = gateway::channels::Answer;
  using Received = std::vector<gateway::channels::Received>;

  void SetUp() override {
    rabbit_ = RabbitServer::of_this_program();
    if (rabbit_ == nullptr) GTEST_SKIP() << "rabbitmq-server is not installed";
    write_password(rabbit_->login().password);
    desk_.emplace(rabbit_->login());
    desk_->declare_exchange(exchange_);
    desk_->declare_queue(in_);
    desk_->declare_queue(out_);
    desk_->bind(in_, exchange_, "in." + dxp_id_);
  }

  void TearDown() override {
    channel_.reset();
    if (rabbit_ == nullptr) return;
    desk_.emplace(rabbit_->login());
    for (const std::string& queue : {in_, out_}) desk_->remove_queue(queue);
  }

  void write_password(const std::string& password) {
    std::filesystem::remove(secret());
    std::ofstream(secret()) << password;
    std::filesystem::permissions(secret(), std::filesystem::perms::owner_read);
  }
  std::string secret() const { return (scratch_.path() / "password").string(); }

  virtual config::Port settings() const { return over_amqp(); }

  config::Port over_amqp() const {
    config::Port port;
    port.name = "dxp";
    port.profile = "dxp-amqp";
    port.url = rabbit_->url();
    port.user = rabbit_->login().user;
    port.password = "file:" + secret();
    port.queues.exchange = exchange_;
    port.queues.routing_key = "in.{dxp_id}";
    port.queues.queue = out_of("{dxp_id}");
    port.timeout = std::chrono::seconds(20);
    return port;
  }

  config::Port over_amqp1() const {
    config::Port port = over_amqp();
    port.profile = "dxp-amqp1";
    port.queues.address = "/queue/" + in_;
    port.queues.queue = "/queue/" + out_of("{dxp_id}");
    return port;
  }

  Channel& channel() {
    if (!channel_) open(settings());
    return *channel_;
  }
  void open(const config::Port& port) { channel_ = gateway::channels::kinds::make_channel(port, {}); }

  template <class Value>
  Value run(boost::asio::awaitable<Value> flow) {
    context_.restart();
    std::optional<Value> value;
    auto done = boost::asio::co_spawn(context_, keep(std::move(flow), value), boost::asio::use_future);
    context_.run();
    done.get();
    return std::move(*value);
  }

  gateway::channels::Outgoing message(const std::string& guid, std::string body = "<DxpMsg/>") const {
    return {.envelope = std::move(body), .guid = guid, .type = "CEB311Message", .dxp_id = dxp_id_};
  }
  Answer send(const std::string& guid, std::string body = "<DxpMsg/>") {
    return run(channel().send(message(guid, std::move(body))));
  }

  gateway::channels::Window window() { return {channel().sources().front().name, dxp_id_, base::Time{}}; }
  base::Result<Received> receive() { return run(channel().receive(window())); }
  std::vector<std::string> bodies() {
    const auto received = receive();
    if (!received) ADD_FAILURE() << received.faults().front().en;
    std::vector<std::string> found;
    if (!received) return found;
    for (const auto& one : *received) found.push_back(one.bytes);
    return found;
  }
  void acknowledge() {
    context_.restart();
    auto done = boost::asio::co_spawn(context_, channel().acknowledge(window()), boost::asio::use_future);
    context_.run();
    done.get();
  }
  void put(const std::string& body) { desk_->publish("", out_, body); }

  std::string out_of(const std::string& dxp_id) const { return "out." + mark_ + "." + dxp_id; }

  // The test's name, without what an address would take for its end.
  static std::string mark() {
    std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    std::ranges::replace(name, '/', '.');
    return name;
  }

  const std::string mark_ = mark();
  const std::string dxp_id_ = "DXPENT0000000001";
  const std::string exchange_ = "dxp." + mark_, in_ = "in." + mark_, out_ = out_of(dxp_id_);
  ScratchDirectory scratch_;
  RabbitServer* rabbit_ = nullptr;
  std::optional<BareAmqp> desk_;
  boost::asio::io_context context_;
  std::unique_ptr<Channel> channel_;
};

}  // namespace tests
