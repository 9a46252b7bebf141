// A port like Hainan's for the suite of channels: it notes what is posted and lists what was put.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "codecs/hainan/listing.h"
#include "tests/contracts/channel_suite.h"
#include "tests/gateway/http/running_server.h"
#include "tests/support/eventually.h"

namespace tests {

class HainanFarEnd final : public FarEnd {
 public:
  HainanFarEnd() : port_number_(port_of(start())) {}

  config::Port port() const override {
    config::Port port;
    port.name = "hainan";
    port.profile = "hainan-http";
    port.url = "http://127.0.0.1:" + std::to_string(port_number_);
    port.timeout = timeout_;
    return port;
  }
  std::string source() const override { return "/ceb312msg"; }
  std::string record(const std::string& words) const override { return "{org_id=1, returninfo=" + words + "}"; }

  std::vector<std::string> arrived(std::size_t count) override {
    if (!eventually([&] { return noted() >= count; })) throw std::runtime_error("it has not arrived");
    const std::lock_guard lock(desk_->mutex);
    return std::exchange(desk_->posted, {});
  }
  void put(const std::string& record, const std::string& dxp_id) override {
    const std::lock_guard lock(desk_->mutex);
    desk_->listings[dxp_id].push_back(record);
  }
  void go_away() override { server_.reset(); }
  void come_back() override { start(); }
  void refuse(const std::string& words) override { answer(gateway::http::Response::text(400, words)); }
  void lose_answers() override {
    auto lost = gateway::http::Response::text(200, "OK");
    lost.delivery = gateway::http::Delivery::drop_connection;
    answer(lost);
  }
  void fall_silent() override {
    server_.reset();
    silent_.emplace([](RawSocket& socket) { socket.read_to_end(); });
    port_number_ = port_of(silent_->url());
    timeout_ = std::chrono::milliseconds(100);
  }

 private:
  struct Desk {
    std::mutex mutex;
    gateway::http::Response answer = gateway::http::Response::text(200, "OK");
    std::vector<std::string> posted;
    std::map<std::string, std::vector<std::string>> listings;
  };

  static boost::asio::awaitable<gateway::http::Response> note(std::shared_ptr<Desk> desk,
                                                              gateway::http::Request request) {
    const std::lock_guard lock(desk->mutex);
    desk->posted.push_back(std::move(request.body));
    co_return desk->answer;
  }
  static boost::asio::awaitable<gateway::http::Response> list(std::shared_ptr<Desk> desk,
                                                              gateway::http::Request request) {
    const std::lock_guard lock(desk->mutex);
    const auto& records = desk->listings[request.query.at("dxpid")];
    co_return gateway::http::Response::text(200, codecs::hainan::write_listing(records));
  }

  std::string start() {
    gateway::http::Router router;
    router.add({"POST", "/cebcmsg", {}, [desk = desk_](gateway::http::Request request) {
                  return note(desk, std::move(request));
                }});
    router.add({"GET", "/ceb312msg", {}, [desk = desk_](gateway::http::Request request) {
                  return list(desk, std::move(request));
                }});
    gateway::http::ServerOptions options;
    options.port = port_number_;
    options.body_limit_bytes = std::size_t{16} << 20;
    server_.emplace(std::move(router), options);
    return server_->url();
  }
  void answer(const gateway::http::Response& with) {
    const std::lock_guard lock(desk_->mutex);
    desk_->answer = with;
  }
  std::size_t noted() {
    const std::lock_guard lock(desk_->mutex);
    return desk_->posted.size();
  }

  std::shared_ptr<Desk> desk_ = std::make_shared<Desk>();
  std::optional<RunningServer> server_;
  std::optional<RawServer> silent_;
  unsigned short port_number_ = 0;
  std::chrono::milliseconds timeout_{10000};
};

}  // namespace tests
