// Stories, notes, who looks after what, disclosure, refusals in groups and the day's reconciliation, over HTTP.
#include <algorithm>

#include "tests/gateway/casework/running_casework.h"

namespace tests::casework {
namespace {

using gateway::ledger::ActKind;

std::string kinds(const Told& told) {
  std::string list;
  const json::value story = told.value();
  for (const auto& event : story.at("events").as_array()) list += std::string(event.at("kind").as_string()) + " ";
  return list;
}

TEST_F(Casework, TheStoryTellsOfAllDocumentsOfASaleOldestFirst) {
  const auto sale = order("O1");
  clock_.advance(std::chrono::seconds(1));
  const auto inventory = accept("CEB621Message", "I1", {{"orderNo", "O1"}, {"logisticsNo", "W1"}});
  clock_.advance(std::chrono::seconds(1));
  accept("CEB511Message", "W1", {{"logisticsNo", "W1"}});
  order("O2");
  clock_.advance(std::chrono::seconds(1));
  receive(sale, "100", State::refused, "[Code:1313;Desc:测试甲超限]");
  ASSERT_EQ(ask("POST", "/v1/documents/" + inventory + "/notes", R"({"text":"<script>等订单</script>"})").status, 201u);
  const Told told = get("/v1/documents/" + sale + "/story");
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("number"), "O1");
  EXPECT_EQ(told.value().at("documents").as_array().size(), 3u);
  EXPECT_EQ(kinds(told), "moved moved moved moved receipt note ");
  const json::value receipt = told.value().at("events").at(4);
  EXPECT_EQ(receipt.at("code"), "100");
  EXPECT_EQ(receipt.at("document"), json::string(sale));
  EXPECT_EQ(receipt.at("explanation").at("code"), "1313");
  EXPECT_EQ(told.value().at("events").at(5).at("text"), "<script>等订单</script>");
}

TEST_F(Casework, AStoryShowsNothingOfEnterprisesThatTheCallerMayNotSee) {
  const auto ours = order("O1");
  accept("CEB411Message", "P1", {{"orderNo", "O1"}}, "E2");
  EXPECT_EQ(get("/v1/documents/" + ours + "/story").value().at("documents").as_array().size(), 1u);
  EXPECT_EQ(get("/v1/documents/" + ours + "/story", "stranger").status, 404u);
  EXPECT_EQ(get("/v1/documents/none/story").status, 404u);
}

TEST_F(Casework, AStoryCanBeToldWithoutPersonalData) {
  const auto id = order("O1");
  receive(id, "100", State::refused, "订购人测试甲，证件990000199001010017");
  const Told told = get("/v1/documents/" + id + "/story?personal=masked");
  EXPECT_TRUE(told.says("订购人***，证件***")) << told.body;
  EXPECT_FALSE(told.says("测试甲"));
  EXPECT_FALSE(told.says("990000199001010017"));
  EXPECT_TRUE(get("/v1/documents/" + id + "/story").says("测试甲")) << "a program sees it as before";
}

TEST_F(Casework, NotesAreBoundedListedAndOnlyAnOperatorsToWrite) {
  const auto id = order("O1");
  const std::string path = "/v1/documents/" + id + "/notes";
  EXPECT_EQ(ask("POST", path, json::serialize(json::object{{"text", std::string(2000, 'a')}})).status, 201u);
  EXPECT_EQ(ask("POST", path, json::serialize(json::object{{"text", std::string(2001, 'a')}})).status, 422u);
  EXPECT_EQ(ask("POST", path, R"({"text":"  "})").status, 422u);
  EXPECT_EQ(ask("POST", path, R"({"text":"a","by":"me"})").status, 422u) << "an unknown member";
  EXPECT_EQ(ask("POST", path, "{").status, 400u);
  EXPECT_EQ(ask("POST", path, R"({"text":"a"})", "viewer").status, 403u);
  EXPECT_EQ(ask("POST", path, R"({"text":"a"})", "stranger").status, 404u);
  const json::value notes = get(path, "viewer").value();
  ASSERT_EQ(notes.at("notes").as_array().size(), 1u);
  EXPECT_EQ(notes.at("notes").at(0).at("by"), "operator");
  EXPECT_EQ(acts(ActKind::note).size(), 1u);
}

TEST_F(Casework, ACodeHasOneNoteWhichAnEmptyTextDeletes) {
  EXPECT_EQ(ask("PUT", "/v1/code-notes/1313", R"({"text":"问关务"})").status, 200u);
  EXPECT_EQ(ask("PUT", "/v1/code-notes/1313", R"({"text":"改单价"})").status, 200u);
  EXPECT_EQ(get("/v1/code-notes?code=1313").value().at("notes").at(0).at("text"), "改单价");
  EXPECT_EQ(get("/v1/code-notes?code=100").value().at("notes").as_array().size(), 0u);
  EXPECT_EQ(ask("PUT", "/v1/code-notes/1313", R"({"text":""})").status, 200u);
  EXPECT_EQ(get("/v1/code-notes").value().at("notes").as_array().size(), 0u);
  EXPECT_EQ(ask("PUT", "/v1/code-notes/" + std::string(65, '1'), R"({"text":"a"})").status, 422u);
}

TEST_F(Casework, ADocumentIsGivenToAColleagueAndBackToItsErp) {
  const auto id = order("O1");
  const std::string path = "/v1/documents/" + id + "/assignment";
  EXPECT_TRUE(get(path).value().at("to").is_null());
  EXPECT_EQ(ask("POST", path, R"({"to":"wang","reason":"请核对地址"})").status, 200u);
  EXPECT_EQ(get(path).value().at("to"), "wang");
  EXPECT_EQ(told_, 0);
  EXPECT_EQ(ask("POST", path, R"({"to":"erp","reason":"地址不全，请补"})").status, 200u);
  EXPECT_EQ(told_, 1) << "whoever tells ERPs is woken";
  EXPECT_EQ(ledger_->changes(0, {}, 10).back().reason, "交还 ERP 处理 | given back to the ERP: 地址不全，请补");
  EXPECT_EQ(ask("POST", path, R"({"to":null,"reason":"已经处理了"})").status, 200u);
  EXPECT_TRUE(get(path).value().at("to").is_null());
  EXPECT_EQ(ask("POST", path, R"({"reason":"没有写给谁"})").status, 422u);
  EXPECT_EQ(ask("POST", path, R"({"to":"wang","reason":"短"})").status, 422u);
  EXPECT_EQ(acts(ActKind::assignment).size(), 3u);
}

TEST_F(Casework, PersonalDataIsDisclosedForAReasonThatIsRecorded) {
  const auto id = order("O1");
  const std::string path = "/v1/documents/" + id + "/disclosure";
  const Told told = ask("POST", path, R"({"reason":"客户来电核对姓名"})");
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.value().at("document").at("OrderHead").at("buyerName"), "测试甲");
  EXPECT_TRUE(told.value().at("message").is_null());
  ASSERT_EQ(acts(ActKind::disclosure).size(), 1u);
  EXPECT_EQ(acts(ActKind::disclosure).front().reason, "客户来电核对姓名");
  EXPECT_EQ(acts(ActKind::disclosure).front().subject, "documents/" + id);
  EXPECT_EQ(kinds(get("/v1/documents/" + id + "/story")), "moved disclosure ");
  EXPECT_EQ(kinds(get("/v1/documents/" + id + "/story", "viewer")), "moved ");
}

TEST_F(Casework, NothingIsDisclosedWithoutAReasonOrTheRight) {
  const auto id = order("O1");
  const std::string path = "/v1/documents/" + id + "/disclosure";
  const auto with_reason = [&](std::size_t characters) {
    return ask("POST", path, json::serialize(json::object{{"reason", std::string(characters, 'a')}})).status;
  };
  EXPECT_EQ(with_reason(4), 422u);
  EXPECT_EQ(with_reason(501), 422u);
  EXPECT_EQ(ask("POST", path, "{}").status, 422u);
  EXPECT_EQ(ask("POST", path, R"({"reason":"客户来电","version":0})").status, 422u);
  EXPECT_EQ(ask("POST", path, R"({"reason":"客户来电核对","version":2})").status, 404u);
  EXPECT_EQ(ask("POST", path, R"({"reason":"客户来电核对"})", "viewer").status, 403u);
  EXPECT_EQ(ask("POST", path, R"({"reason":"客户来电核对"})", "stranger").status, 404u);
  EXPECT_TRUE(acts(ActKind::disclosure).empty());
  EXPECT_EQ(with_reason(5), 200u);
  EXPECT_EQ(with_reason(500), 200u);
}

TEST_F(Casework, RefusalsAreGroupedByTheCodeThatRefusedThem) {
  for (const char* const number : {"O1", "O2", "O3", "O4"}) {
    receive(order(number), "100", State::refused, "[Code:1313;Desc:超限]");
  }
  const auto other = order("O5");
  receive(other, "-301010", State::refused, "重复申报");
  ASSERT_EQ(ask("POST", "/v1/documents/" + other + "/assignment", R"({"to":"wang","reason":"请看一下吧"})").status,
            200u);
  const json::value told = get("/v1/refusals").value();
  const auto& groups = told.at("groups").as_array();
  ASSERT_EQ(groups.size(), 2u) << json::serialize(told);
  EXPECT_EQ(groups[0].at("code"), "1313");
  EXPECT_EQ(groups[0].at("class"), "mend the data");
  EXPECT_EQ(groups[0].at("count"), 4);
  EXPECT_EQ(groups[0].at("examples").as_array().size(), 3u);
  EXPECT_TRUE(groups[0].at("goods").is_null());
  EXPECT_FALSE(groups[0].at("explanation").at("zh").as_string().empty());
  EXPECT_EQ(groups[1].at("assigned").at("wang"), 1);
  EXPECT_EQ(told.at("more"), false);
  EXPECT_TRUE(get("/v1/refusals", "stranger").value().at("groups").as_array().empty());
}

TEST_F(Casework, RefusalsAreGroupedByGoodsToo) {
  receive(order("O1"), "100", State::refused, "[Code:1313;Desc:超限]");
  const json::value told = get("/v1/refusals?by=goods").value();
  const auto& groups = told.at("groups").as_array();
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].at("goods").at("itemNo"), "SKU-1");
  EXPECT_EQ(groups[1].at("goods").at("itemName"), "示例唇膏");
  EXPECT_NE(groups[0].at("group"), groups[1].at("group"));
  EXPECT_EQ(get("/v1/refusals?by=moon").status, 400u);
}

TEST_F(Casework, ADaysDocumentsAreReconciledByChinasDay) {
  clock_.advance(*base::read_rfc3339("2026-01-30T23:59:59+08:00") - clock_.now());
  order("YESTERDAY");
  clock_.advance(*base::read_rfc3339("2026-01-31T00:00:00+08:00") - clock_.now());
  receive(order("O1"), "100", State::refused, "");
  order("O2");
  order("FOREIGN", "E2");
  const json::value told = get("/v1/reconciliation?day=2026-01-31").value();
  ASSERT_EQ(told.at("rows").as_array().size(), 1u) << json::serialize(told);
  const json::value& row = told.at("rows").at(0);
  EXPECT_EQ(row.at("posted"), 2);
  EXPECT_EQ(row.at("refused"), 1);
  EXPECT_EQ(row.at("silent"), 1);
  EXPECT_EQ(told.at("total").at("posted"), 2);
  const Told file = get("/v1/reconciliation?day=2026-01-31&format=csv");
  EXPECT_TRUE(
      file.says("day,enterprise,port,type,posted,lodged,released,refused,silent,withdrawn\r\n"
                "2026-01-31,E1,hainan,CEB311Message,2,0,0,1,1,0\r\n"))
      << file.body;
  EXPECT_EQ(get("/v1/reconciliation?day=31.1.2026").status, 400u);
  EXPECT_EQ(get("/v1/reconciliation").value(), told) << "without a day it is today's";
}

TEST_F(Casework, TheKnowledgeBaseIsSearchedByCodeAndByWords) {
  const json::value by_code = get("/v1/explanations?q=1313&type=CEB621Message").value();
  ASSERT_FALSE(by_code.at("explanations").as_array().empty());
  EXPECT_EQ(by_code.at("explanations").at(0).at("code"), "1313");
  EXPECT_EQ(by_code.at("explanations").at(0).at("kind"), "customs_code");
  EXPECT_FALSE(get("/v1/explanations?q=CEB900").value().at("explanations").as_array().empty());
  EXPECT_TRUE(get("/v1/explanations?q=no+such+words+anywhere").value().at("explanations").as_array().empty());
  EXPECT_EQ(get("/v1/explanations?type=CEB1Message").status, 400u);
  EXPECT_EQ(get("/v1/explanations?q=" + std::string(201, 'a')).status, 400u);
}

TEST_F(Casework, TheKnowledgeBaseComesInPagesThatLeaveNothingOut) {
  std::size_t seen = 0;
  std::string cursor;
  for (;;) {
    const json::value page = get("/v1/explanations?limit=300" + cursor).value();
    seen += page.at("explanations").as_array().size();
    if (page.at("next").is_null()) break;
    cursor = "&cursor=" + std::string(page.at("next").as_string());
  }
  EXPECT_EQ(seen, knowledge().listed().size());
}

}  // namespace
}  // namespace tests::casework
