// The operator's orders for one document, and what machines watch, over HTTP and a real ledger.
#include "tests/gateway/operations/running_operations.h"

namespace tests::operations {
namespace {

constexpr const char* replay = R"("action":"replay","mode":"same-bytes")";
constexpr const char* hold = R"("action":"hold")";
constexpr const char* release = R"("action":"release")";
constexpr const char* seal_again = R"("action":"replay","mode":"sealed-again")";
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

TEST_F(Operations, TellsWhatIsAllowedNowAndWhereItLeads) {
  const auto ids = accept({"A1", "A2"});
  const auto allowed = [&](const std::string& id) {
    const Told told = ask("GET", "/v1/documents/" + id + "/actions", "", "viewer");
    EXPECT_EQ(told.status, 200u) << told.body;
    return told.value().at("actions");
  };
  EXPECT_EQ(allowed(ids[0]), json::parse(R"([{"action":"hold","mode":"","to":"held"},
      {"action":"withdraw","mode":"","to":"withdrawn"}])"));
  seal({ids[1]});
  deliver(ids[1], DeliveryOutcome::refused, State::held);
  EXPECT_EQ(allowed(ids[1]), json::parse(R"([{"action":"replay","mode":"same-bytes","to":"deferred"},
      {"action":"replay","mode":"sealed-again","to":"accepted"},{"action":"withdraw","mode":"","to":"withdrawn"}])"));
  EXPECT_EQ(ask("GET", "/v1/documents/" + ids[0] + "/actions", "", "stranger").status, 404u);
  EXPECT_EQ(ask("GET", "/v1/documents/none/actions", "", "viewer").status, 404u);
}

TEST_F(Operations, ASentDocumentsBytesGoAgain) {
  const auto id = accept({"A1"}).front();
  seal({id});
  deliver(id, DeliveryOutcome::confirmed, State::sent);
  EXPECT_TRUE(ledger_->due_messages("hainan", clock_.now(), 10, {}).empty());
  const Told told = act(id, replay);
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("state"), "unconfirmed");
  EXPECT_EQ(ledger_->due_messages("hainan", clock_.now(), 10, {}).size(), 1u);
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

TEST_F(Operations, WhatThePortRefusedIsReplayedAndNotReleased) {
  const auto id = accept({"A1"}).front();
  seal({id});
  deliver(id, DeliveryOutcome::refused, State::held);
  const Told told = act(id, release);
  EXPECT_EQ(told.status, 409u);
  EXPECT_THAT(told.body, HasSubstr("choose replay with same-bytes or sealed-again"));
  EXPECT_THAT(told.body, HasSubstr("Allowed now: replay same-bytes, replay sealed-again, withdraw"));
}

TEST_F(Operations, AReleasedDocumentGoesOnWhereItStood) {
  const auto ids = accept({"A1", "A2", "A3"});
  for (const auto& id : ids) seal({id});
  deliver(ids[0], DeliveryOutcome::confirmed, State::held);
  deliver(ids[1], DeliveryOutcome::unknown, State::held);
  deliver(ids[2], DeliveryOutcome::unreachable, State::held);
  EXPECT_EQ(act(ids[0], release).value().at("state"), "sent");
  EXPECT_EQ(act(ids[1], release).value().at("state"), "unconfirmed");
  EXPECT_EQ(act(ids[2], release).value().at("state"), "deferred");
  EXPECT_EQ(ledger_->due_messages("hainan", clock_.now(), 10, {}).size(), 2u)
      << "what the port has taken is not sent again";
}

TEST_F(Operations, WhatNeverArrivedIsSealedAgainAndItsOldBytesNeverLeave) {
  const auto ids = accept({"A1", "A2", "A3"});
  seal({ids[0], ids[1]});
  seal({ids[2]});
  deliver(ids[0], DeliveryOutcome::unreachable, State::deferred);
  deliver(ids[2], DeliveryOutcome::refused, State::held);
  const Told told = act(ids[0], seal_again);
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("state"), "accepted");
  EXPECT_EQ(told.value().at("reason"), "因客户要求");
  EXPECT_EQ(state_of(ids[1]), State::accepted) << "its message is not sent any more";
  EXPECT_EQ(act(ids[2], seal_again).value().at("state"), "accepted");
  EXPECT_TRUE(ledger_->due_messages("hainan", clock_.now(), 10, {}).empty());
  EXPECT_EQ(ledger_->due_documents("hainan", clock_.now(), 10, {}).size(), 3u);
}

TEST_F(Operations, WhatMayHaveArrivedIsNeverSealedAgainAndItIsSaidWhatCustomsWouldAnswer) {
  const auto ids = accept({"A1", "A2", "A3"});
  for (const auto& id : ids) seal({id});
  deliver(ids[0], DeliveryOutcome::confirmed, State::sent);
  deliver(ids[1], DeliveryOutcome::unknown, State::unconfirmed);
  deliver(ids[2], DeliveryOutcome::unknown, State::held);
  for (const auto& id : ids) {
    const Told told = act(id, seal_again);
    EXPECT_EQ(told.status, 409u) << told.body;
    EXPECT_THAT(told.body, HasSubstr("under a second message guid"));
  }
  EXPECT_EQ(state_of(ids[2]), State::held);
}

TEST_F(Operations, WhatWasRefusedForItsSignatureAloneIsSealedAgain) {
  const auto ids = accept({"A1", "A2"});
  for (const auto& id : ids) {
    seal({id});
    deliver(id, DeliveryOutcome::confirmed, State::sent);
  }
  receive(ids[0], "100", State::refused, "验签失败，证书不受信任");
  receive(ids[1], "100", State::refused, "[Code:1313;Desc:超过限额]");
  const Told told = act(ids[0], seal_again);
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("state"), "accepted");
  EXPECT_EQ(told.value().at("outcome"), "");
  const Told other = act(ids[1], seal_again);
  EXPECT_EQ(other.status, 409u);
  EXPECT_THAT(other.body, HasSubstr("amend it"));
}

TEST_F(Operations, BytesThatCarryAWithdrawnDocumentAreNotSentOnPurpose) {
  const auto ids = accept({"A1", "A2"});
  seal(ids);
  deliver(ids[0], DeliveryOutcome::refused, State::held);
  ASSERT_EQ(act(ids[1], withdraw).status, 200u);
  const Told told = act(ids[0], replay);
  EXPECT_EQ(told.status, 409u);
  EXPECT_THAT(told.body, HasSubstr("use sealed-again"));
  EXPECT_EQ(act(ids[0], seal_again).status, 200u);
}

TEST_F(Operations, AnAmendmentIsHandedToWhoeverTakesDocuments) {
  const auto id = accept({"A1"}).front();
  const Told told = act(id, R"("action":"amend","document":{"OrderHead":{}})");
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("amended"), json::string(id));
  EXPECT_EQ(told.value().at("why"), "因客户要求");
  EXPECT_EQ(act(id, R"("action":"replay","mode":"amended","document":{})").value().at("amended"), json::string(id));
  EXPECT_EQ(act(id, R"("action":"amend","document":{})", "viewer").status, 403u);
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

TEST_F(Operations, WhatAnotherSystemSentIsNeverSentFromHere) {
  ledger::Import import;
  import.row = {"row-1", "hainan", "import", "DXPENT0000000001", "{}", clock_.now()};
  import.version = new_version("A1");
  import.sent_at = clock_.now();
  import.move.to.state = State::sent;
  import.move.by = "operator";
  const std::string id = ledger_->take_over({&import, 1}, clock_.now())->front();
  for (const char* action : {replay, seal_again}) {
    const Told told = act(id, action);
    EXPECT_EQ(told.status, 409u);
    EXPECT_THAT(told.body, HasSubstr("another system sent it"));
  }
  ASSERT_EQ(act(id, hold).status, 200u);
  EXPECT_EQ(act(id, replay).status, 409u);
  EXPECT_EQ(act(id, release).value().at("state"), "sent") << "its receipt is awaited again";
  EXPECT_TRUE(ledger_->due_documents("hainan", clock_.now(), 10, {}).empty());
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
  EXPECT_TRUE(ledger_->due_messages("hainan", clock_.now(), 10, {}).empty());
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

class OperationsOnWrongOrders : public Operations, public ::testing::WithParamInterface<WrongOrder> {};

TEST_P(OperationsOnWrongOrders, RefuseInWords) {
  const auto id = accept({"A1"}).front();
  const Told told = ask("POST", "/v1/documents/" + id + "/actions", GetParam().body, "operator");
  EXPECT_EQ(told.status, GetParam().status) << told.body;
  EXPECT_THAT(told.body, HasSubstr(GetParam().says));
  EXPECT_EQ(state_of(id), State::accepted);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, OperationsOnWrongOrders,
    ::testing::Values(
        WrongOrder{"Broken", "{", 400, "json.syntax"}, WrongOrder{"NoObject", "[]", 422, "json.shape"},
        WrongOrder{"NoReason", R"({"action":"hold"})", 422, "/reason"},
        WrongOrder{"BlankReason", R"({"action":"hold","reason":"  "})", 422, "/reason"},
        WrongOrder{"NumberAsReason", R"({"action":"hold","reason":1})", 422, "/reason"},
        WrongOrder{"UnknownAction", R"({"action":"resend","reason":"x"})", 422, "replay, amend, hold, release"},
        WrongOrder{"UnknownMember", R"({"action":"hold","reason":"x","force":true})", 422, "/force"},
        WrongOrder{"NoMode", R"({"action":"replay","reason":"x"})", 422, "same-bytes"},
        WrongOrder{"OtherMode", R"({"action":"replay","mode":"anew","reason":"x"})", 422, "same-bytes"},
        WrongOrder{"ModeOfHold", R"({"action":"hold","mode":"same-bytes","reason":"x"})", 422, "/mode"},
        WrongOrder{"AmendWithoutDocument", R"({"action":"amend","reason":"x"})", 422, "/document"},
        WrongOrder{"HoldWithDocument", R"({"action":"hold","document":{},"reason":"x"})", 422, "/document"}),
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
  ports_.front() = {"hainan", false, "Connection refused", "open", 1, 0, 9};
  const Told told = ask("GET", "/readyz", "", "");
  EXPECT_EQ(told.status, 200u);
  EXPECT_EQ(told.value().at("ports").at(0).at("reachable"), false);
  EXPECT_EQ(told.value().at("ports").at(0).at("breaker"), "open");
  EXPECT_THAT(ask("GET", "/metrics", "", "viewer").body,
              HasSubstr("cebgate_port_breaker{port=\"hainan\",state=\"open\"} 1\n"));
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
  EXPECT_THAT(told.body, HasSubstr("cebgate_port_concurrency_limit{port=\"hainan\"} 12\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_port_in_flight{port=\"hainan\"} 3\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_port_failures_total{port=\"hainan\"} 4\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_port_breaker{port=\"hainan\",state=\"closed\"} 1\n"));
  EXPECT_THAT(told.body, HasSubstr("cebgate_port_breaker{port=\"hainan\",state=\"open\"} 0\n"));
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
}  // namespace tests::operations
