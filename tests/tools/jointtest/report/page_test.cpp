// What the page says; how it looks and behaves is for browser_test.js.
#include "tools/jointtest/report/page.h"

#include <gmock/gmock.h>
#include <regex>

#include "tests/tools/jointtest/report/sample_run.h"
#include "tools/jointtest/report/open_points.h"

namespace tests::jointtest {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace tools::jointtest;
using namespace tools::jointtest::report;

std::string page_of(const RunResult& run, Masking masking = Masking::shown) { return page(run, catalog(), masking); }

std::string part(const std::string& page, const std::string& from, const std::string& to) {
  const auto begin = page.find(from);
  if (begin == std::string::npos) return "";
  return page.substr(begin, page.find(to, begin) - begin);
}

// The page's part about one language, as plain text.
std::string text_of(std::string html, const std::string& language) {
  const std::string other = language == "en" ? "zh-CN" : "en";
  html = std::regex_replace(html, std::regex("<(span|text)[^>]* lang=\"" + other + "\"[^>]*>[^<]*</\\1>"), "");
  html = std::regex_replace(html, std::regex("<span lang=\"" + other + "\">[^<]*</span>"), "");
  return std::regex_replace(html, std::regex("<[^>]*>"), "|");
}

TEST(ReportPage, IsOneFileThatLoadsNothing) {
  const std::string page = page_of(full_run());
  EXPECT_THAT(page, AllOf(testing::StartsWith("<!DOCTYPE html>\n<html lang=\"zh-CN\">"), testing::EndsWith("</html>\n"),
                          HasSubstr("default-src 'none'"), Not(HasSubstr("unsafe-inline"))));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("src=")), Not(HasSubstr("<link")), Not(HasSubstr("url(")),
                          Not(HasSubstr("@import")), Not(HasSubstr(" style=")), Not(HasSubstr("onclick"))));
}

TEST(ReportPage, SaysWhoTestedWhatAgainstWhomAndWhen) {
  const std::string heading = part(page_of(small_run()), "<header", "<nav");
  for (const char* words :
       {"海南跨境电商联调计划（全部报文类型）", "Joint debugging in Hainan, all message types", "海南测试电商有限公司",
        "4601960001", "91460000MA5T000017", "DXPENT0000000001", "hainan http://127.0.0.1:8090 (hainan-http)",
        "cebgate 0.1.0", "schemas 202205", "knowledge 2026-01-15", "模拟平台", "2026-01-31 09:29:58",
        "2026-01-31 09:32:14", "2 min 16 s", "有用例未通过", "Cases failed"}) {
    EXPECT_THAT(heading, HasSubstr(words));
  }
  EXPECT_THAT(text_of(heading, "en"), HasSubstr("|1| |passed|"));
}

TEST(ReportPage, SaysThatARunAgainstTheSimulatorIsNotOneAgainstThePlatform) {
  RunResult run = small_run();
  EXPECT_THAT(page_of(run), HasSubstr("不能代替与公共服务平台的联调"));
  run.against = "platform";
  EXPECT_THAT(page_of(run), AllOf(Not(HasSubstr("不能代替")), HasSubstr("公共服务平台")));
}

TEST(ReportPage, ConcludesFromTheCases) {
  RunResult run = small_run();
  const auto conclusion = [&run] { return text_of(part(page_of(run), "<div class=\"conclusion", "</p>"), "en"); };
  const auto all_cases = run.cases;
  EXPECT_THAT(conclusion(), HasSubstr("Cases failed"));
  run.cases = {all_cases[0], all_cases[3]};
  EXPECT_THAT(conclusion(), HasSubstr("Not all cases were run"));
  run.cases = {all_cases[0], all_cases[2]};
  EXPECT_THAT(conclusion(), HasSubstr("All cases that were run passed; others were skipped"));
  run.cases = {all_cases[0]};
  EXPECT_THAT(conclusion(), HasSubstr("All cases passed"));
  run.cases = {all_cases[2]};
  EXPECT_THAT(conclusion(), HasSubstr("All cases were skipped"));
  run.cases.clear();
  EXPECT_THAT(conclusion(), HasSubstr("Not all cases were run")) << "nothing was shown";
}

std::vector<std::string> rows_of(const std::string& table) {
  std::vector<std::string> rows;
  for (std::size_t at = table.find("<tr>"); at != std::string::npos; at = table.find("<tr>", at + 1)) {
    const std::string row = text_of(table.substr(at, table.find("</tr>", at) - at), "en");
    rows.push_back(std::regex_replace(row, std::regex("\\|+"), "|"));
  }
  return rows;
}

TEST(ReportMatrix, SetsTypesAgainstCases) {
  RunResult run = small_run();
  run.cases[3].types = {"CEB411Message"};
  const std::string matrix = part(page_of(run), "<table class=\"matrix\"", "</table>");
  EXPECT_THAT(rows_of(matrix),
              ElementsAre("|Case|Verdict|311|411|511|621|",
                          "|1|Bonded import 1210 through 6409|passed|✓|passed|✓|passed|✓|passed|✓|passed|",
                          "|2|Direct mail 9610 through 6410|failed|✗|failed|✗|failed|✗|failed|✗|failed|",
                          "|3|Payment sent by another enterprise|skipped|–|skipped|–|skipped|–|skipped|",
                          "|4|Waybill sent by another enterprise|not run|○|not run|"));
  const std::string worst = part(matrix, "<tr class=\"worst\">", "</tr>");
  EXPECT_THAT(text_of(worst, "en"), HasSubstr("By message type"));
  EXPECT_EQ(std::regex_replace(text_of(part(worst, "<td>", "</tr>"), "zh-CN"), std::regex("\\|+"), "|"),
            "|✗|未通过|✗|未通过|✗|未通过|✗|未通过|");
}

TEST(ReportPage, ShowsStepsWithTheirWordsAndTimes) {
  const std::string page = page_of(small_run());
  const std::string failed = part(page, "<tr id=\"case-2-step-8\" class=\"failed\">", "</tr>");
  EXPECT_THAT(text_of(failed, "en"),
              AllOf(HasSubstr("|10|"), HasSubstr("expected customs status 100 with [Code:…;Desc:…]"),
                    HasSubstr("2026-01-31 09:30:00"), HasSubstr("2.00 s"), Not(HasSubstr("期望"))));
}

TEST(ReportPage, ShowsEveryMessageAndReceiptAsItWas) {
  const RunResult run = small_run();
  const std::string page = page_of(run);
  const std::string message = part(page, "id=\"case-1-message-1\"", "</section>");
  EXPECT_THAT(message, AllOf(HasSubstr("原文（" + std::to_string(order_xml("10").size()) + " 字节）"),
                             HasSubstr("&lt;ceb:buyerName&gt;测试甲&lt;/ceb:buyerName&gt;"),
                             HasSubstr("{org_id=1, instm=1769823000000"), HasSubstr("CEB312Message"),
                             HasSubstr("[Code:1800;Desc:逻辑校验通过]"), HasSubstr("签名有效"),
                             HasSubstr("0197F3A0-0000-7000-8000-000000000110")));
  const std::string inventory = part(page, "id=\"case-1-message-4\"", "</section>");
  EXPECT_THAT(inventory, AllOf(HasSubstr("信封内的报文"), HasSubstr("&lt;returnStatus&gt;800&lt;/returnStatus&gt;")));
}

TEST(ReportPage, SaysThatItWasMasked) {
  EXPECT_THAT(page_of(small_run(), Masking::masked), AllOf(HasSubstr("已屏蔽（***）"), HasSubstr("masked (***)")));
  EXPECT_THAT(page_of(small_run(), Masking::shown), AllOf(HasSubstr("请按规定保管"), Not(HasSubstr("已屏蔽"))));
}

TEST(OpenPoints, AreWhatBothSidesHaveToComeBackTo) {
  RunResult run = small_run();
  run.cases[0].messages[1].signature_valid = false;
  run.cases[0].messages[1].signature_en = "the digest differs";
  run.cases[0].steps[1].verdict = Verdict::skipped;
  std::vector<std::string> told;
  for (const OpenPoint& point : open_points(run, catalog())) {
    told.push_back(title(point.kind).en + " | " + point.place + " | " + point.says.en + " | " + point.id);
  }
  EXPECT_THAT(
      told,
      ElementsAre(
          "step failed | direct-mail-9610:10 | expected customs status 100 with [Code:…;Desc:…]; within 60 s "
          "there was 2, and the inventory is still sent | case-2-step-8",
          "not run | waybill-of-others:3 | 6 steps from here on were not run | case-4",
          "skipped | bonded-import-1210:4 |  | case-1-step-2",
          "skipped | payment-of-others:3 | only a simulator can be made to refuse | case-3",
          "document not settled | CEB621Message/4601960001/JT17 | Import inventory: it stays sent | "
          "case-2-message-4",
          "bad signature | CEB411Message/4601960001/JT11 | Import payment: the digest differs (its case passed) | "
          "case-1-message-2"));
}

TEST(OpenPoints, AreOneForStepsThatWereSkippedForOneReason) {
  RunResult run = small_run();
  run.cases.resize(1);
  const auto skip = [&run](std::size_t step, const std::string& why) {
    run.cases[0].steps[step].verdict = Verdict::skipped;
    run.cases[0].steps[step].en = why;
  };
  for (const std::size_t step : {1u, 2u, 5u}) skip(step, "a step before it failed");
  skip(3, "a simulator alone can do it");
  std::vector<std::string> told;
  for (const OpenPoint& point : open_points(run, catalog())) told.push_back(point.place + ": " + point.says.en);
  EXPECT_THAT(told, ElementsAre("bonded-import-1210:4: a step before it failed (2 steps from here on)",
                                "bonded-import-1210:6: a simulator alone can do it",
                                "bonded-import-1210:8: a step before it failed"));
}

TEST(OpenPoints, AreNoneWhereAllIsDone) {
  RunResult run = small_run();
  run.cases.resize(1);
  run.cases[0].messages[0].state = "refused";
  run.cases[0].messages[1].state = "withdrawn";
  run.cases[0].messages[1].bytes.clear();  // nothing was signed
  run.cases[0].messages[1].signature_valid = false;
  EXPECT_TRUE(open_points(run, catalog()).empty());
  EXPECT_THAT(text_of(part(page_of(run), "id=\"open-points\"", "</section>"), "en"), HasSubstr("None."));
}

TEST(ReportPage, HasAPlaceForTheSignaturesOfBothSides) {
  RunResult run = small_run();
  run.against = "platform";
  const std::string end = part(page_of(run), "id=\"signing-off\"", "</section>");
  EXPECT_THAT(
      end, AllOf(HasSubstr("单位（盖章）"), HasSubstr("代表（签字）"), HasSubstr("公共服务平台"), HasSubstr("日期")));
}

}  // namespace
}  // namespace tests::jointtest
