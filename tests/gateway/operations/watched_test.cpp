// Ports, keys, the overview and alerts, as those who watch see them.
#include "tests/gateway/operations/running_operations.h"

namespace tests::operations {
namespace {

class Watched : public Operations {
 protected:
  json::object port(const std::string& token = "viewer") {
    return ask("GET", "/v1/ports", "", token).value().at("ports").at(0).as_object();
  }
  Told order(const std::string& body, const std::string& token = "chief", const std::string& name = "hainan") {
    return ask("POST", "/v1/ports/" + name + "/actions", body, token);
  }
  json::value overview(const std::string& token = "viewer") { return ask("GET", "/v1/overview", "", token).value(); }
};

TEST_F(Watched, APortIsShownWithHowItIsDoingAndWithoutItsLogin) {
  accept({"A1"});
  accept({"B1", "B2"}, "E2");
  const json::object shown = port();
  EXPECT_EQ(shown.at("name"), "hainan");
  EXPECT_EQ(shown.at("url"), "http://port.example:8090/push");
  EXPECT_EQ(shown.at("reachable"), true);
  EXPECT_EQ(shown.at("breaker"), "closed");
  EXPECT_EQ(shown.at("most_at_once"), 32);
  EXPECT_EQ(shown.at("waiting"), 1) << "what other enterprises have waiting is not this client's";
  EXPECT_TRUE(shown.at("paused").is_null());
  EXPECT_EQ(port("chief").at("waiting"), 3);
}

TEST_F(Watched, APortIsPausedAndResumedWithWhoAndWhy) {
  const Told paused = order(R"({"action":"pause","reason":"夜间维护"})");
  ASSERT_EQ(paused.status, 200u) << paused.body;
  EXPECT_EQ(paused.value().at("paused").at("by"), "chief");
  EXPECT_EQ(paused.value().at("paused").at("reason"), "夜间维护");
  EXPECT_EQ(orders_, 1) << "dispatch is told";
  EXPECT_FALSE(port().at("paused").is_null());
  EXPECT_TRUE(order(R"({"action":"resume","reason":"已恢复"})").value().at("paused").is_null());
  EXPECT_EQ(order(R"({"action":"set_concurrency","most_at_once":3,"reason":"口岸限流"})").value().at("most_at_once"),
            3);
  EXPECT_EQ(ledger_->acts({}).acts.size(), 3u);
}

TEST_F(Watched, AnOrderForAPortHasToBeAllowedAndWhole) {
  EXPECT_EQ(order(R"({"action":"pause","reason":"x"})", "viewer").status, 403u);
  const Told others = order(R"({"action":"pause","reason":"x"})", "operator");
  EXPECT_EQ(others.status, 403u) << "E2 sends by it as well";
  EXPECT_THAT(others.body, HasSubstr("port.of_others"));
  EXPECT_EQ(order(R"({"action":"pause","reason":"x"})", "chief", "nowhere").status, 404u);
  EXPECT_EQ(order("{", "chief").status, 400u);
  const Told wrong = order(R"({"action":"stop","most":1})");
  EXPECT_EQ(wrong.status, 422u);
  for (const char* code : {"port.action", "json.shape", "action.reason"}) EXPECT_THAT(wrong.body, HasSubstr(code));
  for (const char* most : {"0", "1001", "\"3\"", "1.5"}) {
    const Told told = order(R"({"action":"set_concurrency","reason":"x","most_at_once":)" + std::string(most) + "}");
    EXPECT_EQ(told.status, 422u) << most;
    EXPECT_THAT(told.body, HasSubstr("port.most_at_once"));
  }
  EXPECT_EQ(order(R"({"action":"set_concurrency","reason":"x","most_at_once":1000})").status, 200u);
  EXPECT_EQ(order(R"({"action":"pause","reason":"x","most_at_once":1})").status, 422u);
}

TEST_F(Watched, KeysAreShownWithTheirCertificatesToWhomTheyBelong) {
  const json::value told = ask("GET", "/v1/keys", "", "viewer").value();
  const json::object key = told.at("keys").at(0).as_object();
  EXPECT_EQ(key.at("name"), "a.pem");
  EXPECT_EQ(key.at("uri"), "file:/keys/a.pem");
  EXPECT_EQ(key.at("state"), "signs");
  EXPECT_EQ(key.at("signatures"), 12);
  EXPECT_EQ(key.at("latency_ms"), 240.0);
  EXPECT_EQ(key.at("certificate").at("serial"), "0a1b");
  EXPECT_EQ(key.at("certificate").at("days_left"), 1430);
  EXPECT_TRUE(ask("GET", "/v1/keys", "", "stranger").value().at("keys").as_array().empty());
}

TEST_F(Watched, TheOverviewCountsWhatIsTheCallers) {
  const auto ids = accept({"A1", "A2"});
  accept({"B1"}, "E2");
  ASSERT_EQ(act(ids[0], R"("action":"hold")").status, 200u);
  const json::value own = overview();
  EXPECT_EQ(own.at("states").at("accepted"), 1);
  EXPECT_EQ(own.at("states").at("held"), 1);
  EXPECT_EQ(own.at("states").at("withdrawn"), 0);
  EXPECT_EQ(own.at("today").at("posted"), 2);
  EXPECT_EQ(own.at("waiting_for_person").at("held"), 1);
  EXPECT_EQ(own.at("flow").as_array().size(), 60u);
  EXPECT_EQ(own.at("flow").at(59).at("accepted"), 2);
  EXPECT_TRUE(own.at("settle_seconds").at(59).at("p50").is_null());
  EXPECT_EQ(own.at("oldest_waiting").at(0).at("id").as_string(), ids[1]);
  EXPECT_EQ(overview("chief").at("today").at("posted"), 3);
}

TEST_F(Watched, CodesThatRefusedTodayAreExplained) {
  const auto ids = accept({"A1"});
  seal(ids);
  deliver(ids[0], DeliveryOutcome::confirmed, State::sent);
  const base::Time now = clock_.now();
  const ledger::InboundRecord record{"d1", "hainan", "/ceb312msg", "DXPENT0000000001", "{}", now};
  ledger_->store_inbound(std::span(&record, 1), {"hainan", "/ceb312msg", "DXPENT0000000001"}, now);
  ledger::Ledger::Applied applied;
  applied.inbound_digest = "d1";
  applied.receipt = {"-301010", base::china_digits17(now), "", now, now, "refused"};
  applied.move = move_to(ids[0], State::refused);
  applied.refused_for = "-301010";
  applied.refused_type = "CEB311Message";
  ASSERT_TRUE(ledger_->apply_receipt(applied));
  const json::value code = overview().at("codes_today").at(0);
  EXPECT_EQ(code.at("code"), "-301010");
  EXPECT_EQ(code.at("count"), 1);
  EXPECT_FALSE(code.at("meaning").at("zh").as_string().empty());
  EXPECT_FALSE(code.at("advice").at("en").as_string().empty());
}

TEST_F(Watched, AlertsAreListedByTheirState) {
  ledger::Alert alert{.kind = ledger::AlertKind::port_unreachable,
                      .subject = "hainan",
                      .enterprise = {},
                      .zh = "口岸",
                      .en = "port",
                      .began_at = clock_.now()};
  ASSERT_TRUE(ledger_->begin_alert(alert));
  const auto open = ask("GET", "/v1/alerts?state=open", "", "viewer").value().at("alerts").as_array();
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].at("kind"), "port_unreachable");
  EXPECT_EQ(open[0].at("text").at("zh"), "口岸");
  EXPECT_TRUE(open[0].at("ended_at").is_null());
  EXPECT_EQ(overview().at("alerts").as_array().size(), 1u);
  EXPECT_TRUE(ask("GET", "/v1/alerts?state=ended", "", "viewer").value().at("alerts").as_array().empty());
  EXPECT_EQ(ask("GET", "/v1/alerts?state=over", "", "viewer").status, 400u);
}

}  // namespace
}  // namespace tests::operations
