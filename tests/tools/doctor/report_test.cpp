// The list as text, as JSON and as a page: both languages, steps in their order, nothing that could run or load.
#include "tools/cebgate/doctor/report.h"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "tests/tools/doctor/site.h"
#include "tools/cebgate/doctor/checks.h"

namespace tests::doctor {
namespace {

using namespace tools::cebgate::doctor;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tools::cebgate::Language;

Report report_of(const Finding& finding) { return {{Step::channel, {finding}}}; }

const Report mixed{
    {Step::settings, {{Verdict::pass, {"设置 a", "settings a"}, {"设置无误", "the settings are good"}}}},
    {Step::filing, {}},
    {Step::channel,
     {{Verdict::fail, {"口岸 b", "port b"}, {"连接不上", "it cannot be reached"}, {"请检查", "check it"}},
      {Verdict::warning, {"口岸 c", "port c"}, {"没有企业使用", "nobody uses it"}},
      {Verdict::not_checkable, {"通道", "channel"}, {"看不到", "it cannot be seen"}, {"请核实", "ask"}}}}};

TEST(DoctorReport, FailsOnlyByWhatFails) {
  EXPECT_TRUE(fails(mixed));
  for (const Verdict verdict : {Verdict::pass, Verdict::warning, Verdict::not_checkable}) {
    EXPECT_FALSE(fails(report_of({verdict, {}, {}})));
  }
  EXPECT_FALSE(fails({}));
}

TEST(DoctorReport, AsTextSaysWhatToDoAndWhomToAskWhereItDoesNotPass) {
  EXPECT_EQ(as_text(mixed, Language::en),
            "0. Settings\n"
            "pass  settings a: the settings are good\n"
            "\n"
            "5. Platform account and channel\n"
            "FAIL  port b: it cannot be reached\n"
            "      to do: check it\n"
            "      ask: the promotion centre of the public service platform\n"
            "warn  port c: nobody uses it\n"
            "      ask: the promotion centre of the public service platform\n"
            "not checkable  channel: it cannot be seen\n"
            "      to do: ask\n"
            "      ask: the promotion centre of the public service platform\n");
  EXPECT_THAT(as_text(mixed, Language::zh), AllOf(HasSubstr("无法在此查验  通道：看不到"), HasSubstr("怎么办：请核实"),
                                                  HasSubstr("联系：公共服务平台的推广中心")));
}

TEST(DoctorReport, AsTextIsSafeForATerminal) {
  const std::string text = as_text(report_of({Verdict::pass, {"a", "a"}, {"b", "b\x1B[2J\nFAIL"}}), Language::en);
  EXPECT_THAT(text, AllOf(Not(HasSubstr("\x1B")), Not(HasSubstr("\nFAIL"))));
}

TEST(DoctorReport, AsJsonHasEveryFieldInBothLanguages) {
  const auto parsed = boost::json::parse(as_json(mixed));
  const auto& rows = parsed.as_array();
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].at("verdict"), "pass");
  EXPECT_FALSE(rows[0].as_object().contains("ask"));
  EXPECT_EQ(rows[1].at("step").at("number"), 5);
  EXPECT_EQ(rows[1].at("step").at("zh"), "平台账号和通道");
  EXPECT_EQ(rows[1].at("subject"), "port b");
  EXPECT_EQ(rows[1].at("subject_zh"), "口岸 b");
  EXPECT_EQ(rows[1].at("to_do").at("zh"), "请检查");
  EXPECT_EQ(rows[3].at("verdict"), "not_checkable");
  EXPECT_EQ(rows[3].at("ask").at("en"), "the promotion centre of the public service platform");
}

TEST(DoctorReport, TheChecksFollowTheStepsOfTheGuide) {
  EXPECT_TRUE(std::ranges::is_sorted(checks(), {}, [](const Check& check) { return number(check.step); }));
  for (int step = 0; step <= 7; ++step) {
    EXPECT_FALSE(name(static_cast<Step>(step)).is_empty());
    EXPECT_FALSE(office(static_cast<Step>(step)).is_empty());
    EXPECT_NE(std::ranges::find(checks(), static_cast<Step>(step), &Check::step), checks().end());
  }
}

TEST(DoctorPage, IsOneFileThatLoadsAndRunsNothing) {
  const std::string page = as_page(mixed, {"/etc/cebgate.toml", "1.0", {}});
  EXPECT_THAT(page, AllOf(testing::StartsWith("<!DOCTYPE html>"), testing::EndsWith("</html>\n"),
                          HasSubstr("default-src 'none'"), HasSubstr("charset=\"utf-8\""), HasSubstr("@media print")));
  EXPECT_THAT(
      page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("src=")), Not(HasSubstr("<link")), Not(HasSubstr("url("))));
}

TEST(DoctorPage, SaysEverythingInBothLanguages) {
  const std::string page = as_page(mixed, {"/etc/cebgate.toml", "1.0", {}});
  for (const char* words :
       {"5. 平台账号和通道", "Platform account and channel", "口岸 b", "port b", "连接不上", "it cannot be reached",
        "怎么办：请检查", "To do: check it", "无法在此查验 1", "not checkable 1", "FAIL 1", "通过 1",
        "联系：公共服务平台的推广中心", "/etc/cebgate.toml"}) {
    EXPECT_THAT(page, HasSubstr(words));
  }
  EXPECT_THAT(page, Not(HasSubstr("Filing")));  // in which nothing was found
}

TEST(DoctorPage, EscapesWhatComesFromElsewhere) {
  const std::string strange = "<script>alert('\"&')</script>\x07";
  const std::string page = as_page(
      report_of({Verdict::fail, {strange, strange}, {strange, strange}, {strange, strange}}), {strange, "1.0", {}});
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script>")), Not(HasSubstr("\x07")),
                          HasSubstr("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;␇")));
}

class DoctorOutput : public Site {
 protected:
  Ran run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"doctor", "--config", write_settings()});
    return run_(arguments);
  }
};

TEST_F(DoctorOutput, ThePageIsWrittenToAFile) {
  const Ran ran = run({"--format", "html", "-o", run_.path("doctor.html")});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  const std::string page = read_file(run_.path("doctor.html"));
  EXPECT_THAT(page, AllOf(HasSubstr("DXPENT0000000001"), HasSubstr("海关编码"), HasSubstr("测试企业")));
}

TEST_F(DoctorOutput, AFileThatCannotBeWrittenIsNoVerdict) {
  const Ran ran = run({"-o", run_.path("nowhere/doctor.txt")});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("nowhere/doctor.txt"));
}

TEST_F(DoctorOutput, AnotherFormatIsRefused) { EXPECT_EQ(run({"--format", "pdf"}).status, 2); }

TEST_F(DoctorOutput, EveryRowOfARunIsInBothLanguagesAndHasAStep) {
  const auto rows = examined();
  EXPECT_GT(rows.size(), 15U);
  int step = 0;
  for (const Row& row : rows) {
    EXPECT_NE(row.zh, row.en) << row.subject;
    EXPECT_GE(row.step, step) << row.subject;
    step = static_cast<int>(row.step);
    EXPECT_EQ(row.ask.empty(), row.verdict == "pass") << row.subject;
    EXPECT_TRUE(row.verdict != "not_checkable" || !row.to_do.empty()) << row.subject;
  }
}

}  // namespace
}  // namespace tests::doctor
