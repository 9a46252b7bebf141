// A port over AS2 with its partner: the channel's coroutines are run to their end on this thread, the partner has its
// own.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>
#include <optional>

#include "codecs/as2/mdn.h"
#include "gateway/channels/as2/dxp_as2_channel.h"
#include "tests/gateway/channels/as2/partner.h"
#include "tests/support/eventually.h"

namespace tests {

inline const std::string site_dxp_id = "DXPENT0000000001";

class As2Site : public testing::Test {
 protected:
  using Answer = gateway::channels::Answer;
  using Records = base::Result<std::vector<gateway::channels::Received>>;

  As2Site() : As2Site(gateway::http::ServerOptions{}) {}
  explicit As2Site(gateway::http::ServerOptions options) : partner_(std::move(options)), port_(partner_.port()) {}
  ~As2Site() override { close(); }

  gateway::channels::as2::DxpAs2Channel& channel() {
    if (!channel_) channel_.emplace(port_, std::vector<std::string>{site_dxp_id});
    return *channel_;
  }
  void close() {
    io_.stop();
    channel_.reset();
  }
  // Another gateway in its place.
  void restart() {
    close();
    channel();
  }

  void run_a_little() {
    io_.restart();
    io_.run_one_for(std::chrono::milliseconds(10));
    io_.poll();
  }
  template <class Value>
  static boost::asio::awaitable<std::optional<Value>> held(boost::asio::awaitable<Value> flow) {
    co_return co_await std::move(flow);
  }
  template <class Value>
  Value finish(std::future<Value> value) {
    do {
      run_a_little();
    } while (value.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
    return value.get();
  }
  template <class Value>
  Value run(boost::asio::awaitable<Value> flow) {
    return *finish(boost::asio::co_spawn(io_, held(std::move(flow)), boost::asio::use_future));
  }

  Answer send(const std::string& guid = "GUID-1", const std::string& envelope = "<DxpMsg/>") {
    return run(channel().send({envelope, guid, "CEB311Message", site_dxp_id}));
  }
  gateway::channels::Window window() const { return {"as2", site_dxp_id, base::Time()}; }
  Records receive() { return run(channel().receive(window())); }
  void acknowledge() { finish(boost::asio::co_spawn(io_, channel().acknowledge(window()), boost::asio::use_future)); }

  // What the partner posts, and its answer, while the gateway does as it does: receives, and keeps what it is told to.
  enum class Ledger { keeps, is_away };
  gateway::http::Exchange post(const codecs::as2::OutgoingMessage& message, Ledger ledger = Ledger::keeps) {
    auto answer = std::async(std::launch::async, [&] { return partner_.post(message); });
    const auto is_ready = [](auto& value) {
      return value.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    };
    while (!is_ready(answer)) {
      auto asked = boost::asio::co_spawn(io_, held(channel().receive(window())), boost::asio::use_future);
      while (!is_ready(answer) && !is_ready(asked)) run_a_little();
      if (!is_ready(asked)) break;
      const Records records = *asked.get();
      if (!records || records->empty()) continue;
      for (const auto& one : *records) kept_.push_back(one.bytes);
      if (ledger == Ledger::keeps) acknowledge();
    }
    return answer.get();
  }

  codecs::as2::Agreement customs() const { return partner_.agreement(site_dxp_id); }
  codecs::as2::OutgoingMessage message(const codecs::as2::Agreement& agreement, const std::string& id = "<m1@customs>",
                                       const std::string& payload = "<DxpMsg>回执</DxpMsg>") const {
    return must(codecs::as2::make_message({payload, "application/xml", "r.xml"}, id, agreement));
  }
  static base::Result<codecs::as2::ReceivedMdn> receipt_in(const gateway::http::Exchange& exchange,
                                                           const codecs::as2::Agreement& agreement) {
    codecs::as2::Headers fields;
    for (const auto& [name, value] : exchange.response.headers.fields) fields.push_back({name, value});
    return codecs::as2::read_mdn(fields, exchange.response.body, agreement);
  }

  As2Partner partner_;
  config::Port port_;
  boost::asio::io_context io_;
  std::optional<gateway::channels::as2::DxpAs2Channel> channel_;
  std::vector<std::string> kept_;
};

}  // namespace tests
