// What came from ports, as operators see it and have it matched anew.
#include "tests/gateway/operations/running_operations.h"

namespace tests::operations {
namespace {

using ledger::InboundState;

class Inbound : public Operations {
 protected:
  void store(const std::string& digest, InboundState state, const std::string& bytes = "电话10000000000",
             const std::string& dxp_id = "DXPENT0000000001") {
    const ledger::InboundRecord record{digest, "hainan", "/ceb312msg", dxp_id, bytes, clock_.now()};
    ledger_->store_inbound(std::span(&record, 1), {"hainan", "/ceb312msg", dxp_id}, clock_.now());
    if (state != InboundState::fresh) ledger_->set_inbound(digest, state, "nothing fits", {});
  }
  json::array records(const std::string& query = {}, const std::string& token = "viewer") {
    return ask("GET", "/v1/inbound" + query, "", token).value().at("records").as_array();
  }
  InboundState state_of(const std::string& digest) { return ledger_->inbound_record(digest)->state; }
};

TEST_F(Inbound, WhatWasLeftOverIsListedWithItsTextMasked) {
  store("d1", InboundState::unmatched);
  store("d2", InboundState::unreadable, "\xD6\xD0");
  store("d3", InboundState::unmatched, "of another", "DXPENT0000000002");
  ASSERT_EQ(records().size(), 2u) << "what came for another enterprise is not there for this client";
  const auto found = records("?state=unmatched&port=hainan&source=/ceb312msg");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at("digest"), "d1");
  EXPECT_EQ(found[0].at("reason"), "nothing fits");
  EXPECT_EQ(found[0].at("text"), "电话***");
  EXPECT_EQ(records("?state=unreadable")[0].at("text"), "??");
  EXPECT_EQ(ask("GET", "/v1/inbound?state=lost", "", "viewer").status, 400u);
  EXPECT_EQ(ask("GET", "/v1/inbound", "", "").status, 401u);
}

TEST_F(Inbound, TheListComesInPages) {
  for (const char* digest : {"d1", "d2", "d3"}) store(digest, InboundState::unmatched);
  const json::value top = ask("GET", "/v1/inbound?limit=2", "", "viewer").value();
  ASSERT_EQ(top.at("records").as_array().size(), 2u);
  const auto rest = records("?limit=2&cursor=" + std::string(top.at("next").as_string()));
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].at("digest"), "d1");
}

TEST_F(Inbound, TheBytesAreForOperators) {
  store("d1", InboundState::unmatched, "raw");
  store("d2", InboundState::unmatched, "of another", "DXPENT0000000002");
  EXPECT_EQ(ask("GET", "/v1/inbound/d1", "", "viewer").status, 403u);
  EXPECT_EQ(ask("GET", "/v1/inbound/d1", "", "operator").value().at("bytes"), "cmF3");
  EXPECT_EQ(ask("GET", "/v1/inbound/d2", "", "operator").status, 404u);
  EXPECT_EQ(ask("GET", "/v1/inbound/d9", "", "operator").status, 404u);
}

TEST_F(Inbound, OneRecordIsMatchedAnewAndKeepsWhoAndWhy) {
  store("d1", InboundState::unreadable);
  store("d2", InboundState::applied);
  store("d3", InboundState::unmatched, "of another", "DXPENT0000000002");
  const std::string why = R"({"reason":"单证已补录"})";
  EXPECT_EQ(ask("POST", "/v1/inbound/d1/match", why, "viewer").status, 403u);
  EXPECT_EQ(ask("POST", "/v1/inbound/d1/match", "{}", "operator").status, 422u);
  EXPECT_EQ(ask("POST", "/v1/inbound/d1/match", "{", "operator").status, 400u);
  const Told told = ask("POST", "/v1/inbound/d1/match", why, "operator");
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("state"), "fresh");
  EXPECT_EQ(told.value().at("matched_again").at(0).at("by"), "operator");
  EXPECT_EQ(told.value().at("matched_again").at(0).at("reason"), "单证已补录");
  EXPECT_EQ(ask("POST", "/v1/inbound/d2/match", why, "operator").status, 409u);
  EXPECT_EQ(ask("POST", "/v1/inbound/d3/match", why, "operator").status, 404u);
  EXPECT_EQ(state_of("d3"), InboundState::unmatched);
}

TEST_F(Inbound, AllOfAStateAreMatchedAnewUpToTheLimit) {
  for (const char* digest : {"d1", "d2", "d3"}) store(digest, InboundState::unmatched);
  store("d4", InboundState::foreign);
  store("d5", InboundState::unmatched, "of another", "DXPENT0000000002");
  const Told told = ask("POST", "/v1/inbound/match", R"({"reason":"x","limit":2})", "operator");
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("to_be_matched"), 2);
  EXPECT_EQ(state_of("d1"), InboundState::unmatched) << "the newest first";
  EXPECT_EQ(
      ask("POST", "/v1/inbound/match", R"({"reason":"x","state":"foreign"})", "operator").value().at("to_be_matched"),
      1);
  EXPECT_EQ(ask("POST", "/v1/inbound/match", R"({"reason":"x"})", "operator").value().at("to_be_matched"), 1);
  EXPECT_EQ(state_of("d5"), InboundState::unmatched);
  for (const char* wrong : {R"({"reason":"x","state":"applied"})", R"({"reason":"x","limit":10001})", R"({})",
                            R"({"reason":"x","digest":"d1"})"}) {
    EXPECT_EQ(ask("POST", "/v1/inbound/match", wrong, "operator").status, 422u) << wrong;
  }
}

}  // namespace
}  // namespace tests::operations
