// The operator's API over HTTP, on a real ledger; intake's part in an amendment is a stand-in.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>
#include <thread>

#include "base/digest.h"
#include "gateway/http/client.h"
#include "gateway/http/server.h"
#include "gateway/http/tokens.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "gateway/operations/operations.h"
#include "gateway/operations/replay_runs.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace tests::operations {

namespace json = boost::json;
using namespace gateway;
using ledger::DeliveryOutcome;
using lifecycle::State;
using ::testing::HasSubstr;

struct Told {
  unsigned status = 0;
  std::string body;
  json::value value() const { return json::parse(body); }
};

inline const schemas::Catalog& catalog() {
  static const auto loaded = schemas::Catalog::load(tests::schemas_directory(), "202205");
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

inline const schemas::Knowledge& knowledge() {
  static const auto loaded = schemas::Knowledge::load(catalog(), {tests::schemas_directory(), {}});
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

inline std::vector<config::Client> clients() {
  using config::Role;
  return {{"operator", Role::operator_, {"E1"}, base::sha256_hex("token-operator")},
          {"colleague", Role::operator_, {"E1"}, base::sha256_hex("token-colleague")},
          {"stranger", Role::operator_, {"E2"}, base::sha256_hex("token-stranger")},
          {"chief", Role::operator_, {"*"}, base::sha256_hex("token-chief")},
          {"viewer", Role::viewer, {"E1"}, base::sha256_hex("token-viewer")},
          {"submitter", Role::submitter, {"E1"}, base::sha256_hex("token-submitter")}};
}

inline config::Settings settings() {
  config::Settings made;
  for (const char* code : {"E1", "E2"}) {
    config::Enterprise enterprise;
    enterprise.code = code;
    enterprise.dxp_id = code == std::string_view("E1") ? "DXPENT0000000001" : "DXPENT0000000002";
    enterprise.port = "hainan";
    made.enterprises.push_back(std::move(enterprise));
  }
  config::Port port;
  port.name = "hainan";
  port.profile = "hainan-http";
  port.url = "http://shop:secret@port.example:8090/push";
  made.ports.push_back(std::move(port));
  return made;
}

class Operations : public ::testing::Test {
 protected:
  Operations() {
    gateway::operations::Parts parts{
        settings_,
        catalog(),
        knowledge(),
        *ledger_,
        store_,
        clock_,
        [this] { return ports_; },
        [this] { return std::vector{key_}; },
        [] { return std::uint64_t{7}; },
        [this] { ++wakes_; },
        [this] { runs_->wake(); },
        [this](http::Request request, std::string reason) { return amended(std::move(request), std::move(reason)); }};
    parts.on_port_order = [this] { ++orders_; };
    http::Router router;
    gateway::operations::Operations(parts).add_routes(router);
    http::ServerOptions options;
    options.on_error = [](const std::string& error) { ADD_FAILURE() << error; };
    server_ =
        std::make_unique<http::Server>(io_.get_executor(), options, router, std::make_shared<http::Tokens>(clients()));
    server_->start();
    runs_->start();
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Operations() override {
    boost::asio::co_spawn(io_, runs_->stop(std::chrono::seconds(5)), boost::asio::use_future).get();
    boost::asio::co_spawn(io_, server_->stop(std::chrono::seconds(5)), boost::asio::use_future).get();
    guard_.reset();
    io_.stop();
    thread_.join();
  }

  Told ask(const std::string& method, const std::string& path, const std::string& body, const std::string& token) {
    http::Call call;
    call.method = method;
    call.url = server_->url() + path;
    call.body = body;
    if (!token.empty()) call.headers.set("Authorization", "Bearer token-" + token);
    const auto exchange = boost::asio::co_spawn(io_, http::send(std::move(call)), boost::asio::use_future).get();
    if (exchange.reach != http::Reach::answered) throw std::runtime_error(exchange.detail);
    return {exchange.response.status, exchange.response.body};
  }
  Told act(const std::string& id, const std::string& members, const std::string& token = "operator") {
    return ask("POST", "/v1/documents/" + id + "/actions", "{" + members + R"(,"reason":"因客户要求"})", token);
  }

  static ledger::NewVersion new_version(const std::string& number, const std::string& enterprise = "E1") {
    ledger::NewVersion version;
    version.type = "CEB311Message";
    version.key = "CEB311Message/P/" + number;
    version.number = number;
    version.enterprise = enterprise;
    version.port = "hainan";
    version.dxp_id = "DXPENT0000000001";
    version.guid = "guid-" + number;
    version.app_type = "1";
    version.app_status = "2";
    version.app_time = "20260131093000";
    version.content_digest = number;
    version.body = R"({"OrderHead":{"appStatus":"2"}})";
    version.by = "erp";
    return version;
  }
  std::vector<std::string> accept(const std::vector<std::string>& numbers, const std::string& enterprise = "E1") {
    std::vector<ledger::NewVersion> versions;
    for (const std::string& number : numbers) versions.push_back(new_version(number, enterprise));
    std::vector<std::string> ids;
    const auto accepted = ledger_->accept(versions, std::nullopt, clock_.now());
    for (const ledger::Summary& summary : *accepted) ids.push_back(summary.id);
    return ids;
  }
  ledger::Move move_to(const std::string& id, State state) {
    const auto standing = ledger_->newest_by_id(id);
    ledger::Move move;
    move.ref = {id, standing->summary.version};
    move.revision = standing->revision;
    move.from = standing->summary.picture.state;
    move.to.state = state;
    move.by = "dispatch";
    return move;
  }
  void seal(const std::vector<std::string>& ids) {
    ledger::SealedMessage message;
    message.guid = "message-of-" + ids.front();
    message.type = "CEB311Message";
    message.enterprise = "E1";
    message.port = "hainan";
    message.signed_xml = "<signed/>";
    message.envelope = "{}";
    std::vector<ledger::Move> moves;
    for (const std::string& id : ids) {
      moves.push_back(move_to(id, State::sealed));
      message.documents.push_back(moves.back().ref);
    }
    ASSERT_TRUE(ledger_->seal(message, moves, clock_.now()));
  }
  void deliver(const std::string& first_id, DeliveryOutcome outcome, State state) {
    const auto delivery = ledger_->begin_delivery("message-of-" + first_id, clock_.now());
    ASSERT_TRUE(delivery);
    ledger_->finish_delivery(*delivery, {outcome, ""}, clock_.now(), [state](const ledger::Standing& standing) {
      ledger::Ledger::Next next{standing.summary.picture, std::nullopt};
      next.picture.state = state;
      return std::optional(next);
    });
  }
  void receive(const std::string& id, const std::string& status, State state, const std::string& info = {}) {
    const base::Time now = clock_.now();
    const std::string digest = id + status;
    const ledger::InboundRecord record{digest, "hainan", "/ceb312msg", "DXPENT0000000001", "{}", now};
    ledger_->store_inbound(std::span(&record, 1), {"hainan", "/ceb312msg", "DXPENT0000000001"}, now);
    ledger::Ledger::Applied applied;
    applied.inbound_digest = digest;
    applied.receipt = {status, base::china_digits17(now), info, now, now, "recorded"};
    applied.move = move_to(id, state);
    ASSERT_TRUE(ledger_->apply_receipt(applied));
  }
  State state_of(const std::string& id) { return ledger_->newest_by_id(id)->summary.picture.state; }

  // Stands where intake's answer would.
  boost::asio::awaitable<http::Response> amended(http::Request request, std::string reason) {
    co_return http::Response::json(200, R"({"amended":")" + request.places["id"] + R"(","why":")" + reason + "\"}");
  }

  const config::Settings settings_ = settings();
  ScratchDirectory scratch_;
  ManualClock clock_{*base::read_rfc3339("2026-01-31T09:30:00+08:00")};
  std::unique_ptr<ledger::Ledger> ledger_ =
      gateway::ledger::kinds::open_ledger("sqlite:" + (scratch_.path() / "ledger.db").string());
  offload::Pool store_{1, 100};
  std::vector<gateway::operations::PortHealth> ports_{{"hainan", true, "ok", "closed", 12, 3, 4}};
  keys::KeyReport key_{
      .enterprise = "E1",
      .key = "file:/keys/a.pem",
      .certificate = keys::CertificateFacts{"0a1b", "CN=operator", {}, *base::read_rfc3339("2030-01-01T00:00:00Z")},
      .standing = keys::Standing::in_use,
      .why_zh = {},
      .why_en = {},
      .signatures = 12,
      .failures = 3,
      .mean = std::chrono::milliseconds(240),
      .queue_age = std::chrono::milliseconds(1500)};
  std::atomic<int> wakes_{0}, orders_{0};
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{io_.get_executor()};
  std::shared_ptr<gateway::operations::ReplayRuns> runs_ = std::make_shared<gateway::operations::ReplayRuns>(
      io_.get_executor(),
      gateway::operations::RunParts{settings_, knowledge(), *ledger_, store_, clock_, [this] { ++wakes_; }});
  std::unique_ptr<http::Server> server_;
  std::thread thread_;
};

}  // namespace tests::operations
