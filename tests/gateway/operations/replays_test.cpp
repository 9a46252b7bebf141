// Orders for many documents: previewed, carried out at their pace, watched and stopped.
#include <set>

#include "tests/gateway/operations/running_operations.h"
#include "tests/support/eventually.h"

namespace tests::operations {
namespace {

class Replays : public Operations {
 protected:
  Told post(const std::string& members, const std::string& token = "operator") {
    return ask("POST", "/v1/replays", "{" + members + "}", token);
  }
  std::string preview(const std::string& filter, const std::string& order = hold_all, const std::string& more = {}) {
    const Told told = post(R"("dry_run":true,"filter":{)" + filter + "}," + order + R"(,"reason":"口岸停机")" + more);
    if (told.status != 200) throw std::runtime_error(told.body);
    return std::string(told.value().at("id").as_string());
  }
  Told run(const std::string& id, const std::string& more = {}, const std::string& token = "operator") {
    return post(R"("preview":")" + id + "\"" + more, token);
  }
  json::value order(const std::string& id) {
    const Told told = ask("GET", "/v1/replays/" + id, "", "operator");
    if (told.status != 200) throw std::runtime_error(told.body);
    return told.value();
  }
  json::value ended(const std::string& id, const std::string& state = "done") {
    EXPECT_TRUE(eventually([&] { return order(id).at("state") == json::string(state); })) << order(id);
    return order(id);
  }
  // Due at customs and held with bytes: nothing of them has arrived.
  std::vector<std::string> held(const std::vector<std::string>& numbers) {
    auto ids = accept(numbers);
    for (const auto& id : ids) {
      seal({id});
      deliver(id, DeliveryOutcome::unreachable, State::held);
    }
    return ids;
  }
  static std::vector<std::string> numbers(int count) {
    std::vector<std::string> made;
    for (int i = 0; i < count; ++i) made.push_back("N" + std::to_string(i));
    return made;
  }

  static constexpr const char* hold_all = R"("action":"hold")";
  static constexpr const char* same_bytes = R"("mode":"same-bytes")";
  static constexpr const char* every_order = R"("type":"CEB311Message")";
};

TEST_F(Replays, APreviewCountsWhatWouldHappenAndMovesNothing) {
  const auto ids = held({"A1", "A2"});
  const auto accepted = accept({"A3"}).front();
  const Told told = post(R"("dry_run":true,"filter":{"type":"CEB311Message"},"mode":"same-bytes","reason":"口岸恢复")");
  ASSERT_EQ(told.status, 200u) << told.body;
  const json::value shown = told.value();
  EXPECT_EQ(shown.at("state"), "preview");
  EXPECT_EQ(shown.at("action"), "replay") << "where nothing else is said";
  EXPECT_EQ(shown.at("matched"), 3);
  EXPECT_EQ(shown.at("pending"), 2);
  EXPECT_EQ(shown.at("would").at("deferred"), 2);
  EXPECT_EQ(shown.at("by_state").at("held"), 2);
  EXPECT_EQ(shown.at("by_state").at("accepted"), 1);
  EXPECT_EQ(shown.at("by_type").at("CEB311Message"), 3);
  EXPECT_EQ(shown.at("by_enterprise").at("E1"), 3);
  EXPECT_EQ(shown.at("not_allowed").at(0).at("count"), 1);
  EXPECT_EQ(shown.at("not_allowed").at(0).at("en"), "it is in no message, so there are no bytes to send again");
  EXPECT_EQ(shown.at("examples").as_array().size(), 2u);
  EXPECT_EQ(shown.at("examples_not_allowed").at(0).at("id"), json::string(accepted));
  EXPECT_EQ(shown.at("expires_at"), "2026-01-31T10:30:00.000+08:00");
  for (const auto& id : ids) EXPECT_EQ(state_of(id), State::held);
}

TEST_F(Replays, APreviewIsCarriedOutToTheLastDocumentAndKeepsWhoAndWhy) {
  const auto ids = held(numbers(30));
  const auto other = accept({"B1"}).front();
  const auto id = preview(R"("state":"held","port":"hainan")", same_bytes);
  const Told started = run(id, R"(,"pace":10000)");
  ASSERT_EQ(started.status, 202u) << started.body;
  const json::value done = ended(id);
  EXPECT_EQ(done.at("moved"), 30);
  EXPECT_EQ(done.at("pending"), 0);
  EXPECT_EQ(done.at("passed_over"), 0);
  for (const auto& one : ids) EXPECT_EQ(state_of(one), State::deferred);
  EXPECT_EQ(state_of(other), State::accepted);
  const auto move = ledger_->document(ids.front(), std::nullopt)->timeline.back();
  EXPECT_EQ(move.by, "operator");
  EXPECT_EQ(move.reason, "口岸停机");
  EXPECT_GT(wakes_, 0);
  EXPECT_EQ(run(id).status, 409u) << "once";
}

TEST_F(Replays, ThePaceIsKeptAndAStoppedOrderMovesNothingMore) {
  const auto ids = held(numbers(300));
  const auto id = preview(R"("state":"held")", same_bytes);
  const auto began = std::chrono::steady_clock::now();
  ASSERT_EQ(run(id, R"(,"pace":100)").status, 202u);
  ASSERT_TRUE(eventually([&] { return order(id).at("moved").as_int64() >= 20; }));
  const Told stopped = ask("POST", "/v1/replays/" + id + "/stop", "", "operator");
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  ASSERT_EQ(stopped.status, 200u) << stopped.body;
  const auto moved = stopped.value().at("moved").as_int64();
  EXPECT_EQ(stopped.value().at("state"), "stopped");
  EXPECT_EQ(stopped.value().at("stopped_by"), "operator");
  EXPECT_LE(moved, static_cast<std::int64_t>(seconds * 100) + 2) << "faster than its pace";
  EXPECT_EQ(ask("POST", "/v1/replays/" + id + "/stop", "", "operator").status, 409u);
  const auto next = preview(R"("state":"held")", same_bytes);
  ASSERT_EQ(run(next, R"(,"pace":10000)").status, 202u);
  EXPECT_EQ(ended(next).at("moved"), 300 - moved) << "what had been left";
  EXPECT_EQ(order(id).at("moved"), moved);
}

TEST_F(Replays, WhatMovedSinceThePreviewIsPassedOver) {
  const auto ids = held({"A1", "A2", "A3"});
  const auto id = preview(R"("state":"held")", same_bytes);
  receive(ids[1], "2", State::settled);
  ASSERT_EQ(act(ids[2], R"("action":"withdraw")").status, 200u);
  ASSERT_EQ(run(id).status, 202u);
  const json::value done = ended(id);
  EXPECT_EQ(done.at("moved"), 1);
  EXPECT_EQ(done.at("passed_over"), 2);
  EXPECT_EQ(state_of(ids[0]), State::deferred);
  EXPECT_EQ(state_of(ids[1]), State::settled) << "the receipt has the word";
  EXPECT_EQ(state_of(ids[2]), State::withdrawn);
}

TEST_F(Replays, DocumentsOfOneMessageGoTogetherAndAreNotSentBackToBeSealed) {
  const auto ids = accept({"A1", "A2", "A3"});
  seal(ids);
  deliver(ids[0], DeliveryOutcome::unreachable, State::deferred);
  const auto id = preview(R"("ids":[")" + ids[0] + R"(",")" + ids[1] + "\"]", R"("action":"withdraw")");
  ASSERT_EQ(run(id, R"(,"pace":1)").status, 202u);
  EXPECT_EQ(ended(id).at("moved"), 2);
  EXPECT_EQ(state_of(ids[0]), State::withdrawn);
  EXPECT_EQ(state_of(ids[1]), State::withdrawn);
  EXPECT_EQ(state_of(ids[2]), State::accepted) << "sealed anew without them";
}

TEST_F(Replays, ManyAreSealedAgainWithTheirWholeMessages) {
  const auto ids = accept({"A1", "A2"});
  seal(ids);
  deliver(ids[0], DeliveryOutcome::refused, State::held);
  const auto id = preview(every_order, R"("mode":"sealed-again")");
  ASSERT_EQ(run(id).status, 202u);
  EXPECT_EQ(ended(id).at("moved"), 2);
  EXPECT_EQ(ledger_->due_documents("hainan", clock_.now(), 10, {}).size(), 2u);
  EXPECT_TRUE(ledger_->due_messages("hainan", clock_.now(), 10, {}).empty());
}

TEST_F(Replays, HeldOnesAreReleasedByTheReasonTheyWereHeldFor) {
  const auto ids = accept({"A1", "A2"});
  ledger::Move move = move_to(ids[0], State::held);
  move.to.reason = "无法封装 | cannot be sealed: 100% of it";
  ASSERT_TRUE(ledger_->move(move, clock_.now()));
  ASSERT_TRUE(ledger_->move(move_to(ids[1], State::held), clock_.now()));
  const auto id = preview(R"("state":"held","reason":"cannot be sealed: 100%")", R"("action":"release")");
  ASSERT_EQ(run(id).status, 202u);
  EXPECT_EQ(ended(id).at("moved"), 1);
  EXPECT_EQ(state_of(ids[0]), State::accepted);
  EXPECT_EQ(state_of(ids[1]), State::held);
}

TEST_F(Replays, AFilterThatFindsMoreThanTheLimitIsRefusedWithTheCount) {
  accept(numbers(6));
  const std::string of_all =
      R"("dry_run":true,"filter":{"type":"CEB311Message"},"action":"hold","reason":"x","limit":)";
  const Told told = post(of_all + "5");
  EXPECT_EQ(told.status, 422u);
  EXPECT_THAT(told.body, HasSubstr("replay.too_many"));
  EXPECT_THAT(told.body, HasSubstr("finds 6 documents, more than the limit of 5"));
  EXPECT_EQ(post(of_all + "6").status, 200u);
}

TEST_F(Replays, ByDefaultAThousandMayBeMovedAndNotOneMore) {
  accept(numbers(1000));
  EXPECT_EQ(order(preview(every_order)).at("pending"), 1000);
  accept({"one-more"});
  EXPECT_THROW(preview(every_order), std::runtime_error);
}

TEST_F(Replays, APreviewLastsAnHour) {
  accept({"A1"});
  const auto id = preview(every_order);
  clock_.advance(std::chrono::hours(1) + std::chrono::milliseconds(1));
  const Told told = run(id);
  EXPECT_EQ(told.status, 409u);
  EXPECT_THAT(told.body, HasSubstr("replay.preview_past"));
  EXPECT_EQ(run(preview(every_order)).status, 202u);
}

TEST_F(Replays, WhatIsRunIsWhatWasPreviewed) {
  accept({"A1"});
  const auto id = preview(every_order);
  EXPECT_EQ(run(id, R"(,"filter":{"state":"held"})").status, 422u);
  EXPECT_EQ(run(id, R"(,"action":"withdraw")").status, 422u);
  EXPECT_EQ(run(id, R"(,"reason":"另一原因")").status, 422u);
  EXPECT_EQ(run(id, R"(,"filter":{"type":"CEB311Message"},"action":"hold","reason":"口岸停机")").status, 202u);
}

TEST_F(Replays, OrdersNeedTheRightAndTheEnterprise) {
  accept({"A1"});
  accept({"B1"}, "E2");
  const std::string of_all = R"("dry_run":true,"filter":{"type":"CEB311Message"},"action":"hold","reason":"x")";
  EXPECT_EQ(post(of_all, "").status, 401u);
  EXPECT_EQ(post(of_all, "viewer").status, 403u);
  EXPECT_EQ(post(of_all, "submitter").status, 403u);
  const auto id = preview(every_order);
  EXPECT_EQ(order(id).at("matched"), 1) << "the other enterprise's is not there for this operator";
  EXPECT_EQ(ask("GET", "/v1/replays/" + id, "", "viewer").status, 403u);
  EXPECT_EQ(ask("GET", "/v1/replays/" + id, "", "stranger").status, 404u);
  EXPECT_EQ(ask("POST", "/v1/replays/" + id + "/stop", "", "stranger").status, 404u);
  EXPECT_EQ(run(id, "", "stranger").status, 404u);
  EXPECT_EQ(ask("GET", "/v1/replays", "", "stranger").value().at("replays").as_array().size(), 0u);
  EXPECT_EQ(ask("GET", "/v1/replays", "", "operator").value().at("replays").as_array().size(), 1u);
}

TEST_F(Replays, AnotherOperatorOfTheEnterpriseMayStopButNotStartIt) {
  accept(numbers(50));
  const auto id = preview(every_order);
  EXPECT_EQ(run(id, "", "colleague").status, 404u);
  ASSERT_EQ(run(id, R"(,"pace":1)").status, 202u);
  EXPECT_EQ(ask("POST", "/v1/replays/" + id + "/stop", "", "colleague").value().at("stopped_by"), "colleague");
}

TEST_F(Replays, OrdersAreListedNewestFirstInPages) {
  accept({"A1"});
  std::set<std::string> made;
  for (int i = 0; i < 3; ++i) made.insert(preview(every_order));
  std::set<std::string> seen;
  std::string cursor;
  for (int page = 0; page < 2; ++page) {
    const json::value answer = ask("GET", "/v1/replays?limit=2" + cursor, "", "operator").value();
    for (const auto& row : answer.at("replays").as_array()) seen.insert(std::string(row.at("id").as_string()));
    if (answer.at("next").is_string()) cursor = "&cursor=" + std::string(answer.at("next").as_string());
  }
  EXPECT_EQ(seen, made);
  EXPECT_EQ(ask("GET", "/v1/replays?limit=0", "", "operator").status, 400u);
}

struct WrongReplay {
  const char* name;
  const char* members;
  const char* says;
};

class ReplaysOnWrongOrders : public Replays, public ::testing::WithParamInterface<WrongReplay> {};

TEST_P(ReplaysOnWrongOrders, RefuseInWords) {
  const auto id = accept({"A1"}).front();
  const Told told = post(GetParam().members);
  EXPECT_EQ(told.status, 422u) << told.body;
  EXPECT_THAT(told.body, HasSubstr(GetParam().says));
  EXPECT_EQ(state_of(id), State::accepted);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, ReplaysOnWrongOrders,
    ::testing::Values(
        WrongReplay{"NoPreview", R"("filter":{"state":"held"},"action":"hold","reason":"x")", "replay.preview_first"},
        WrongReplay{"Both", R"("dry_run":true,"preview":"1")", "replay.preview_first"},
        WrongReplay{"NoFilter", R"("dry_run":true,"action":"hold","reason":"x")", "replay.filter"},
        WrongReplay{"EmptyFilter", R"("dry_run":true,"filter":{},"action":"hold","reason":"x")", "replay.filter"},
        WrongReplay{"UnknownFilter", R"("dry_run":true,"filter":{"stat":"held"},"action":"hold","reason":"x")",
                    "/filter/stat"},
        WrongReplay{"WrongState", R"("dry_run":true,"filter":{"state":"lost"},"action":"hold","reason":"x")",
                    "/filter/state"},
        WrongReplay{"WrongTime", R"("dry_run":true,"filter":{"since":"today"},"action":"hold","reason":"x")",
                    "/filter/since"},
        WrongReplay{"NoIds", R"("dry_run":true,"filter":{"ids":[]},"action":"hold","reason":"x")", "replay.ids"},
        WrongReplay{"NoReason", R"("dry_run":true,"filter":{"state":"held"},"action":"hold")", "/reason"},
        WrongReplay{"NoMode", R"("dry_run":true,"filter":{"state":"held"},"reason":"x")", "/mode"},
        WrongReplay{"Amend", R"("dry_run":true,"filter":{"state":"held"},"action":"amend","reason":"x")",
                    "replay.amend"},
        WrongReplay{"TooHighALimit",
                    R"("dry_run":true,"filter":{"state":"held"},"action":"hold","reason":"x","limit":100001)",
                    "/limit"},
        WrongReplay{"NoPace", R"("preview":"1","pace":0)", "/pace"},
        WrongReplay{"TooFast", R"("preview":"1","pace":10001)", "/pace"},
        WrongReplay{"WrongPreview", R"("preview":"one")", "replay.preview"}),
    [](const auto& instance) { return instance.param.name; });

TEST_F(Replays, NamesAThousandDocumentsByTheirIdsAndNotOneMore) {
  accept({"A1"});
  const auto filter = [](int count) {
    std::string ids;
    for (int i = 0; i < count; ++i) ids += std::string(i == 0 ? "" : ",") + "\"id-" + std::to_string(i) + "\"";
    return R"("dry_run":true,"action":"hold","reason":"x","filter":{"ids":[)" + ids + "]}";
  };
  EXPECT_EQ(post(filter(1000)).status, 200u);
  EXPECT_EQ(post(filter(1001)).status, 422u);
}

}  // namespace
}  // namespace tests::operations
