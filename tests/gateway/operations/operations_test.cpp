// The operator's API and what machines watch, over HTTP and a real ledger.
#include "gateway/operations/operations.h"

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
#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace {

namespace json = boost::json;
using namespace gateway;
using ledger::DeliveryOutcome;
using lifecycle::State;
using testing::HasSubstr;

struct Told {
  unsigned status = 0;
  std::string body;
  json::value value() const { return json::parse(body); }
};

const schemas::Catalog& catalog() {
  static const auto loaded = schemas::Catalog::load(tests::schemas_directory(), "202205");
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

const schemas::Knowledge& knowledge() {
  static const auto loaded = schemas::Knowledge::load(catalog(), {tests::schemas_directory(), {}});
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

std::vector<config::Client> clients() {
  using config::Role;
  return {{"operator", Role::operator_, {"E1"}, base::sha256_hex("token-operator")},
          {"stranger", Role::operator_, {"E2"}, base::sha256_hex("token-stranger")},
          {"viewer", Role::viewer, {"E1"}, base::sha256_hex("token-viewer")},
          {"submitter", Role::submitter, {"E1"}, base::sha256_hex("token-submitter")}};
}

class Operations : public testing::Test {
 protected:
  Operations() {
    operations::Parts parts{catalog(),
                            knowledge(),
                            *ledger_,
                            store_,
                            clock_,
                            [this] { return ports_; },
                            [this] { return std::vector{key_}; },
                            [] { return std::uint64_t{7}; },
                            [this] { ++wakes_; }};
    http::Router router;
    operations::Operations(parts).add_routes(router);
    http::ServerOptions options;
    options.on_error = [](const std::string& error) { ADD_FAILURE() << error; };
    server_ = std::make_unique<http::Server>(io_.get_executor(), options, router, http::Tokens(clients()));
    server_->start();
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Operations() override {
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

  std::vector<std::string> accept(const std::vector<std::string>& numbers) {
    std::vector<ledger::NewVersion> versions;
    for (const std::string& number : numbers) {
      ledger::NewVersion version;
      version.type = "CEB311Message";
      version.key = "CEB311Message/P/" + number;
      version.number = number;
      version.enterprise = "E1";
      version.port = "hainan";
      version.dxp_id = "DXPENT0000000001";
      version.guid = "guid-" + number;
      version.app_type = "1";
      version.app_status = "2";
      version.app_time = "20260131093000";
      version.content_digest = number;
      version.body = R"({"OrderHead":{"appStatus":"2"}})";
      version.by = "erp";
      versions.push_back(version);
    }
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
    ledger_->finish_delivery(*delivery, outcome, "", clock_.now(), [state](const ledger::Standing& standing) {
      ledger::Ledger::Next next{standing.summary.picture, std::nullopt};
      next.picture.state = state;
      return std::optional(next);
    });
  }
  void receive(const std::string& id, const std::string& status, State state) {
    const base::Time now = clock_.now();
    const ledger::InboundRecord record{status, "hainan", "/ceb312msg", "DXPENT0000000001", "{}", now};
    ledger_->store_inbound(std::span(&record, 1), {"hainan", "/ceb312msg", "DXPENT0000000001"}, now);
    ledger::Ledger::Applied applied;
    applied.inbound_digest = status;
    applied.receipt = {status, base::china_digits17(now), "", now, now, "recorded"};
    applied.move = move_to(id, state);
    ASSERT_TRUE(ledger_->apply_receipt(applied));
  }
  State state_of(const std::string& id) { return ledger_->newest_by_id(id)->summary.picture.state; }

  tests::ScratchDirectory scratch_;
  tests::ManualClock clock_{*base::read_rfc3339("2026-01-31T09:30:00+08:00")};
  std::unique_ptr<ledger::Ledger> ledger_ =
      gateway::ledger::kinds::open_ledger("sqlite:" + (scratch_.path() / "ledger.db").string());
  offload::Pool store_{1, 100};
  std::vector<operations::PortHealth> ports_{{"hainan", true, "ok"}};
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
  std::atomic<int> wakes_{0};
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{io_.get_executor()};
  std::unique_ptr<http::Server> server_;
  std::thread thread_;
};

constexpr const char* replay = R"("action":"replay","mode":"same-bytes")";
constexpr const char* hold = R"("action":"hold")";
constexpr const char* release = R"("action":"release")";
constexpr const char* withdraw = R"("action":"withdraw")";

TEST_F(Operations, HoldAndReleaseKeepWhoAndWhy) {
  const auto id = accept({"A1"}).front();
  const Told held = act(id, hold);
  ASSERT_EQ(held.status, 200u) << held.body;
  EXPECT_EQ(held.value().at("state"), "held");
  EXPECT_EQ(held.value().at("timeline").at(1).at("by"), "operator");
  EXPECT_EQ(held.value().at("timeline").at(1).at("reason"), "因客户要求");
  const Told released = act(id, release);
  ASSERT_EQ(released.status, 200u) << released.body;
  EXPECT_EQ(released.value().at("state"), "accepted");
  EXPECT_EQ(ledger_->due_documents("hainan", clock_.now(), 10, {}).size(), 1u);
  EXPECT_EQ(wakes_, 2);
}

TEST_F(Operations, ASentDocumentsBytesGoAgain) {
  const auto id = accept({"A1"}).front();
  seal({id});
  deliver(id, DeliveryOutcome::confirmed, State::sent);
  EXPECT_TRUE(ledger_->due_messages("hainan", clock_.now(), 10).empty());
  const Told told = act(id, replay);
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("state"), "unconfirmed");
  EXPECT_EQ(ledger_->due_messages("hainan", clock_.now(), 10).size(), 1u);
}

TEST_F(Operations, AHeldOnesBytesGoAgainAndWhatMayHaveArrivedIsUnconfirmed) {
  const auto ids = accept({"A1", "A2"});
  seal({ids[0]});
  seal({ids[1]});
  deliver(ids[0], DeliveryOutcome::unreachable, State::held);
  deliver(ids[1], DeliveryOutcome::unknown, State::held);
  EXPECT_EQ(act(ids[0], replay).value().at("state"), "deferred");
  EXPECT_EQ(act(ids[1], replay).value().at("state"), "unconfirmed");
}

TEST_F(Operations, WithoutSealedBytesNothingCanGoAgain) {
  const auto id = accept({"A1"}).front();
  const Told early = act(id, replay);
  EXPECT_EQ(early.status, 409u);
  EXPECT_THAT(early.body, HasSubstr("hold, withdraw"));
  act(id, hold);
  const Told held = act(id, replay);
  EXPECT_EQ(held.status, 409u);
  EXPECT_THAT(held.body, HasSubstr("release, withdraw"));
  EXPECT_EQ(state_of(id), State::held);
}

TEST_F(Operations, AHeldDocumentWithBytesIsReplayedNotReleased) {
  const auto id = accept({"A1"}).front();
  seal({id});
  deliver(id, DeliveryOutcome::refused, State::held);
  const Told told = act(id, release);
  EXPECT_EQ(told.status, 409u);
  EXPECT_THAT(told.body, HasSubstr("replay"));
}

TEST_F(Operations, WhatCustomsHasDecidedIsNeverSentAgain) {
  const auto id = accept({"A1"}).front();
  seal({id});
  deliver(id, DeliveryOutcome::confirmed, State::sent);
  std::string deciding;
  for (const char* status : {"501", "502", "503", "505", "599", "700"}) {
    const schemas::Declared declared{"CEB311Message", "1", "2"};
    if (catalog().answer(declared, status).effect == schemas::Effect::hold) deciding = status;
  }
  ASSERT_FALSE(deciding.empty());
  receive(id, deciding, State::held);
  EXPECT_EQ(act(id, replay).status, 409u);
  EXPECT_EQ(act(id, release).status, 409u);
  EXPECT_EQ(act(id, withdraw).status, 200u);
}

TEST_F(Operations, ASettledDocumentTakesNoAction) {
  const auto id = accept({"A1"}).front();
  ASSERT_TRUE(ledger_->move(move_to(id, State::settled), clock_.now()));
  for (const char* action : {replay, hold, release, withdraw}) EXPECT_EQ(act(id, action).status, 409u) << action;
}

TEST_F(Operations, AWithdrawnDocumentTakesItsMessageApartAndTheOthersAreSealedAnew) {
  const auto ids = accept({"A1", "A2"});
  seal(ids);
  const Told told = act(ids[0], withdraw);
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(state_of(ids[0]), State::withdrawn);
  EXPECT_EQ(state_of(ids[1]), State::accepted);
  EXPECT_TRUE(ledger_->due_messages("hainan", clock_.now(), 10).empty());
  EXPECT_EQ(ledger_->due_documents("hainan", clock_.now(), 10, {}).size(), 1u);
}

TEST_F(Operations, WhileItsBytesAreLeavingADocumentCannotBeTakenOut) {
  const auto id = accept({"A1"}).front();
  seal({id});
  ASSERT_TRUE(ledger_->begin_delivery("message-of-" + id, clock_.now()));
  const Told told = act(id, withdraw);
  EXPECT_EQ(told.status, 409u);
  EXPECT_THAT(told.body, HasSubstr("action.moved_on"));
  EXPECT_EQ(state_of(id), State::sealed);
}

TEST_F(Operations, ActionsNeedTheRightAndTheEnterprise) {
  const auto id = accept({"A1"}).front();
  EXPECT_EQ(act(id, hold, "").status, 401u);
  EXPECT_EQ(act(id, hold, "viewer").status, 403u);
  EXPECT_EQ(act(id, hold, "submitter").status, 403u);
  EXPECT_EQ(act(id, hold, "stranger").status, 404u);
  EXPECT_EQ(act("unknown", hold).status, 404u);
  EXPECT_EQ(state_of(id), State::accepted);
}

struct WrongOrder {
  const char* name;
  const char* body;
  unsigned status;
  const char* says;
};

class OperationsOnWrongOrders : public Operations, public testing::WithParamInterface<WrongOrder> {};

TEST_P(OperationsOnWrongOrders, RefuseInWords) {
  const auto id = accept({"A1"}).front();
  const Told told = ask("POST", "/v1/documents/" + id + "/actions", GetParam().body, "operator");
  EXPECT_EQ(told.status, GetParam().status) << told.body;
  EXPECT_THAT(told.body, HasSubstr(GetParam().says));
  EXPECT_EQ(state_of(id), State::accepted);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, OperationsOnWrongOrders,
    testing::Values(WrongOrder{"Broken", "{", 400, "json.syntax"}, WrongOrder{"NoObject", "[]", 422, "json.shape"},
                    WrongOrder{"NoReason", R"({"action":"hold"})", 422, "/reason"},
                    WrongOrder{"BlankReason", R"({"action":"hold","reason":"  "})", 422, "/reason"},
                    WrongOrder{"NumberAsReason", R"({"action":"hold","reason":1})", 422, "/reason"},
                    WrongOrder{"UnknownAction", R"({"action":"resend","reason":"x"})", 422, "replay, hold, release"},
                    WrongOrder{"UnknownMember", R"({"action":"hold","reason":"x","force":true})", 422, "/force"},
                    WrongOrder{"NoMode", R"({"action":"replay","reason":"x"})", 422, "same-bytes"},
                    WrongOrder{"OtherMode", R"({"action":"replay","mode":"sealed-again","reason":"x"})", 422,
                               "same-bytes"},
                    WrongOrder{"ModeOfHold", R"({"action":"hold","mode":"same-bytes","reason":"x"})", 422, "/mode"},
                    WrongOrder{"Amend", R"({"action":"amend","document":{},"reason":"x"})", 422, "POST /v1/documents"}),
    [](const auto& instance) { return instance.param.name; });

TEST_F(Operations, AReasonHasAtMostFiveHundredCharacters) {
  const auto id = accept({"A1"}).front();
  const auto body = [](int characters) {
    std::string reason;
    for (int i = 0; i < characters; ++i) reason += "因";
    return R"({"action":"hold","reason":")" + reason + "\"}";
  };
  EXPECT_EQ(ask("POST", "/v1/documents/" + id + "/actions", body(501), "operator").status, 422u);
  EXPECT_EQ(ask("POST", "/v1/documents/" + id + "/actions", body(500), "operator").status, 200u);
}

TEST_F(Operations, CodesThatNobodyExplainsAreOfferedForExplanation) {
  const auto id = accept({"A1"}).front();
  for (const char* code : {"-301099", "-301010"}) {
    const auto standing = ledger_->newest_by_id(id);
    const ledger::InboundRecord record{code, "hainan", "/ceb312msg", standing->dxp_id, "{}", clock_.now()};
    ledger_->store_inbound(std::span(&record, 1), {"hainan", "/ceb312msg", standing->dxp_id}, clock_.now());
    ledger::Ledger::Applied applied;
    applied.inbound_digest = code;
    applied.receipt = {code, "", "", clock_.now(), clock_.now(), "recorded"};
    applied.move.ref = {id, 1};
    applied.move.revision = standing->revision;
    applied.move.to = standing->summary.picture;
    applied.unexplained = ledger::UnexplainedCode{"CEB311Message", code, "原文", 0, {}, {}};
    ASSERT_TRUE(ledger_->apply_receipt(applied));
  }
  EXPECT_EQ(ask("GET", "/v1/codes/unexplained", "", "").status, 401u);
  const Told told = ask("GET", "/v1/codes/unexplained", "", "viewer");
  ASSERT_EQ(told.status, 200u) << told.body;
  const json::value answer = told.value();
  ASSERT_EQ(answer.at("codes").as_array().size(), 1u) << "what the tables have learnt since is not asked for";
  const json::value& code = answer.at("codes").at(0);
  EXPECT_EQ(code.at("type"), "CEB311Message");
  EXPECT_EQ(code.at("code"), "-301099");
  EXPECT_EQ(code.at("times"), 1);
  EXPECT_EQ(code.at("example"), "原文");
  EXPECT_EQ(code.at("first_seen"), code.at("last_seen"));
  EXPECT_THAT(ask("GET", "/metrics", "", "viewer").body, HasSubstr("cebgate_unexplained_codes 2\n"));
}

TEST_F(Operations, LivenessAndReadinessNeedNoToken) {
  EXPECT_EQ(ask("GET", "/healthz", "", "").status, 200u);
  const Told ready = ask("GET", "/readyz", "", "");
  ASSERT_EQ(ready.status, 200u) << ready.body;
  EXPECT_EQ(ready.value().at("ready"), true);
  EXPECT_EQ(ready.value().at("ledger").at("writable"), true);
  EXPECT_EQ(ready.value().at("ports").at(0).at("name"), "hainan");
  EXPECT_EQ(ready.value().at("keys").at(0).at("not_after"), "2030-01-01T08:00:00.000+08:00");
}

TEST_F(Operations, APortThatIsAwayIsShownButDocumentsMayStillCome) {
  ports_.front() = {"hainan", false, "Connection refused"};
  const Told told = ask("GET", "/readyz", "", "");
  EXPECT_EQ(told.status, 200u);
  EXPECT_EQ(told.value().at("ports").at(0).at("reachable"), false);
}

TEST_F(Operations, WithoutAKeyInUseTheGatewayIsNotReadyAndSaysWhy) {
  key_.standing = keys::Standing::out_of_use;
  key_.why_zh = "PIN 不正确";
  key_.why_en = "the PIN is wrong";
  const Told told = ask("GET", "/readyz", "", "");
  EXPECT_EQ(told.status, 503u);
  const json::value key = told.value().at("keys").at(0);
  EXPECT_EQ(key.at("standing"), "out_of_use");
  EXPECT_EQ(key.at("why_en"), "the PIN is wrong");
}

TEST_F(Operations, TheEndOfACertificateIsShownAheadOfIt) {
  const auto left = [&](int days) -> json::value {
    key_.certificate->not_after = clock_.now() + std::chrono::days(days);
    const Told told = ask("GET", "/readyz", "", "");
    return told.value().at("keys").at(0);
  };
  EXPECT_EQ(left(61).at("ends"), "far");
  EXPECT_EQ(left(60).at("ends"), "within_60_days");
  EXPECT_EQ(left(30).at("ends"), "within_30_days");
  EXPECT_EQ(left(7).at("ends"), "within_7_days");
  EXPECT_EQ(left(7).at("days_left"), 7);
  EXPECT_EQ(left(-1).at("ends"), "ended");
  EXPECT_EQ(left(-1).at("valid"), false);
}

TEST_F(Operations, MeasuresArePrometheusTextForThoseWhoMayLook) {
  accept({"A1", "A2"});
  clock_.advance(std::chrono::seconds(90));
  EXPECT_EQ(ask("GET", "/metrics", "", "").status, 401u);
  const Told told = ask("GET", "/metrics", "", "viewer");
  ASSERT_EQ(told.status, 200u);
  EXPECT_THAT(told.body, HasSubstr("cebgate_documents{state=\"accepted\"} 2\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_documents{state=\"held\"} 0\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_inbound_records{state=\"unmatched\"} 0\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_oldest_waiting_seconds{port=\"hainan\"} 90\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_port_reachable{port=\"hainan\"} 1\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_certificate_not_after_seconds{enterprise=\"E1\",serial=\"0a1b\"}"));
  const std::string labels = "{enterprise=\"E1\",key=\"file:/keys/a.pem\"}";
  EXPECT_THAT(told.body, HasSubstr("cebgate_key_in_use" + labels + " 1\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_key_signatures_total" + labels + " 12\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_key_failures_total" + labels + " 3\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_key_signature_seconds" + labels + " 0.24\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_key_queue_age_seconds" + labels + " 1.5\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_documents_accepted_total 7\n"));
}

}  // namespace
