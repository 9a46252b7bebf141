// Casework behind a real listener, over a real ledger with orders and inventories of invented people.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>
#include <thread>

#include "base/digest.h"
#include "gateway/casework/casework.h"
#include "gateway/http/client.h"
#include "gateway/http/server.h"
#include "gateway/http/tokens.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace tests::casework {

namespace json = boost::json;
using namespace gateway;
using lifecycle::State;

struct Told {
  unsigned status = 0;
  std::string body;
  json::value value() const { return json::parse(body); }
  bool says(std::string_view text) const { return body.find(text) != std::string::npos; }
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

class Casework : public ::testing::Test {
 protected:
  Casework() {
    http::Router router;
    gateway::casework::Casework({catalog(), knowledge(), *ledger_, store_, clock_, [this] { ++told_; }})
        .add_routes(router);
    http::ServerOptions options;
    options.on_error = [](const std::string& error) { ADD_FAILURE() << error; };
    using config::Role;
    const std::vector<config::Client> clients{{"operator", Role::operator_, {"E1"}, base::sha256_hex("token-operator")},
                                              {"stranger", Role::operator_, {"E2"}, base::sha256_hex("token-stranger")},
                                              {"viewer", Role::viewer, {"E1"}, base::sha256_hex("token-viewer")}};
    server_ =
        std::make_unique<http::Server>(io_.get_executor(), options, router, std::make_shared<http::Tokens>(clients));
    server_->start();
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Casework() override {
    boost::asio::co_spawn(io_, server_->stop(std::chrono::seconds(5)), boost::asio::use_future).get();
    guard_.reset();
    io_.stop();
    thread_.join();
  }

  Told ask(const std::string& method, const std::string& path, const std::string& body = {},
           const std::string& token = "operator") {
    http::Call call;
    call.method = method;
    call.url = server_->url() + path;
    call.body = body;
    call.headers.set("Authorization", "Bearer token-" + token);
    const auto exchange = boost::asio::co_spawn(io_, http::send(std::move(call)), boost::asio::use_future).get();
    if (exchange.reach != http::Reach::answered) throw std::runtime_error(exchange.detail);
    return {exchange.response.status, exchange.response.body};
  }
  Told get(const std::string& path, const std::string& token = "operator") { return ask("GET", path, {}, token); }

  std::string accept(const std::string& type, const std::string& number, const std::vector<ledger::Number>& numbers,
                     const std::string& enterprise = "E1") {
    ledger::NewVersion version;
    version.type = type;
    version.key = type + "/P/" + number;
    version.number = number;
    version.enterprise = enterprise;
    version.port = "hainan";
    version.dxp_id = "DXPENT0000000001";
    version.guid = "guid-" + number;
    version.app_type = "1";
    version.app_status = "2";
    version.app_time = "20260131093000";
    version.content_digest = number;
    version.body = R"({"OrderHead":{"orderNo":")" + number +
                   R"(","buyerName":"测试甲","buyerIdNumber":"990000199001010017"},"OrderList":[)" +
                   R"({"itemNo":"SKU-1","itemName":"示例面霜"},{"itemNo":"SKU-2","itemName":"示例唇膏"}]})";
    version.numbers = numbers;
    version.by = "erp";
    return ledger_->accept({&version, 1}, std::nullopt, clock_.now())->front().id;
  }
  std::string order(const std::string& number, const std::string& enterprise = "E1") {
    return accept("CEB311Message", number, {{"orderNo", number}}, enterprise);
  }
  void receive(const std::string& id, const std::string& status, State state, const std::string& info) {
    const auto standing = ledger_->newest_by_id(id);
    const base::Time now = clock_.now();
    const ledger::InboundRecord record{id + status, "hainan", "/ceb312msg", "DXPENT0000000001", "{}", now};
    ledger_->store_inbound(std::span(&record, 1), {"hainan", "/ceb312msg", "DXPENT0000000001"}, now);
    ledger::Ledger::Applied applied;
    applied.inbound_digest = id + status;
    applied.receipt = {status, base::china_digits17(now), info, now, now, std::string(word(state))};
    applied.move.ref = {id, 1};
    applied.move.revision = standing->revision;
    applied.move.from = standing->summary.picture.state;
    applied.move.to = {state, status, "", info};
    applied.move.by = "receipts";
    ASSERT_TRUE(ledger_->apply_receipt(applied));
  }
  std::vector<ledger::Act> acts(ledger::ActKind kind) {
    ledger::ActQuery query;
    query.kind = kind;
    return ledger_->acts(query).acts;
  }

  ScratchDirectory scratch_;
  ManualClock clock_{*base::read_rfc3339("2026-01-31T09:30:00+08:00")};
  std::unique_ptr<ledger::Ledger> ledger_ =
      ledger::kinds::open_ledger("sqlite:" + (scratch_.path() / "ledger.db").string());
  offload::Pool store_{1, 100};
  std::atomic<int> told_{0};
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{io_.get_executor()};
  std::unique_ptr<http::Server> server_;
  std::thread thread_;
};

}  // namespace tests::casework
