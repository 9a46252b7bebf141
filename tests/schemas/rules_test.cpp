#include "schemas/rules.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <stdexcept>

#include "schemas/judge.h"
#include "tests/schemas/made_message.h"
#include "tests/schemas/rule_cases.h"
#include "tests/support/paths.h"

namespace {

using RuleCodes = std::vector<std::string>;
using schemas::Judge;
using schemas::SignatureDemand;

// A message that keeps every rule but for the changes, which are written as in tests/schemas/rules/cases.tsv.
std::string changed(const std::string& root, const std::string& changes) {
  return tests::RuleCase{.line = 0, .rule = {}, .edition = "202205", .root = root, .changes = changes, .says = {}}
      .document();
}

base::Faults faults_of(const Judge& rule_judge, const std::string& text,
                       SignatureDemand demand = SignatureDemand::as_schema_says) {
  const auto document = base::XmlDocument::read(text);
  auto faults = rule_judge.judge(*document, schemas::Level::all, demand).faults;
  std::erase_if(faults, [](const auto& fault) { return fault.code.starts_with("code."); });
  return faults;
}

// Codes with their severity, sorted: "rule.G04", "rule.I311-04?" for a warning.
RuleCodes codes_of(const base::Faults& faults) {
  RuleCodes codes;
  for (const auto& fault : faults) codes.push_back(fault.code + (fault.severity == base::Severity::warning ? "?" : ""));
  std::ranges::sort(codes);
  return codes;
}

base::Result<Judge> judge_with_site(const std::filesystem::path& site) {
  return Judge::load({tests::schemas_directory(), site}, tests::catalog_202205());
}

const Judge& rule_judge() {
  static const auto loaded = judge_with_site({});
  if (!loaded) throw std::runtime_error(loaded.faults().front().path + ": " + loaded.faults().front().en);
  return *loaded;
}

TEST(Rules, AFaultSaysPlaceClauseAndBothLanguages) {
  const auto faults = faults_of(rule_judge(), changed("CEB311Message", "acturalPaid=111.12259"));
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].code, "rule.I311-04");
  EXPECT_EQ(faults[0].path, "/ceb:CEB311Message/ceb:Order[1]/ceb:OrderHead/ceb:acturalPaid");
  EXPECT_EQ(faults[0].source, "报文规范 202205 §3.1.4");
  EXPECT_EQ(faults[0].en,
            "acturalPaid is 111.12259, but goodsValue + freight + taxTotal - discount = 111.1226; correct one of the "
            "amounts");
  EXPECT_NE(faults[0].zh.find("实际支付金额"), std::string::npos);
  EXPECT_GT(faults[0].line, 0);
}

TEST(Rules, WriteLargeAndNegativeSumsToTheLastDigit) {
  for (const auto& [goods, discount, sum] :
       std::vector<std::array<std::string, 3>>{{"89999999999.99999", "0", "89999999999.99999"},
                                               {"89999999999", "0", "89999999999"},
                                               {"0", "0.5", "-0.5"}}) {
    const auto faults =
        faults_of(rule_judge(),
                  changed("CEB311Message", "goodsValue=" + goods + "; freight=0; taxTotal=0; discount=" + discount));
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_NE(faults[0].en.find("discount = " + sum + ";"), std::string::npos) << faults[0].en;
    EXPECT_NE(faults[0].zh.find(" = " + sum + "；"), std::string::npos) << faults[0].zh;
  }
}

TEST(Rules, SayNothingOfWhatTheSchemaRefuses) {
  for (const std::string name : {"goodsValue", "freight", "taxTotal", "discount", "acturalPaid"}) {
    for (const std::string text : {"abc", "1e5", "1,5", "--1"}) {
      const auto faults = faults_of(rule_judge(), changed("CEB311Message", name + "=" + text));
      EXPECT_EQ(codes_of(faults), RuleCodes{"schema.number"}) << name << " " << text;
    }
    EXPECT_EQ(codes_of(faults_of(rule_judge(), changed("CEB311Message", "-" + name))), RuleCodes{"schema.missing"})
        << name;
  }
  for (const std::string name : {"qty", "price", "totalPrice", "gnum", "appType", "appTime", "appStatus"}) {
    EXPECT_EQ(codes_of(faults_of(rule_judge(), changed("CEB311Message", name + "="))), RuleCodes{"schema.empty"})
        << name;
  }
  for (const std::string name : {"qty", "price", "totalPrice", "gnum"}) {
    EXPECT_EQ(codes_of(faults_of(rule_judge(), changed("CEB311Message", "-" + name))), RuleCodes{"schema.missing"})
        << name;
  }
  for (const std::string name : {"guid", "appType", "appTime", "orderType", "buyerIdType"}) {
    const auto faults = faults_of(rule_judge(), changed("CEB311Message", name + "=" + std::string(99, '1')));
    EXPECT_EQ(codes_of(faults), RuleCodes{"schema.length"}) << name;
  }
}

TEST(Rules, NeverPrintAnIdentityNumber) {
  const std::string wrong = "990000199001010018";
  for (const auto& [root, field] :
       std::map<std::string, std::string>{{"CEB311Message", "buyerIdNumber"}, {"CEB411Message", "payerIdNumber"}}) {
    const auto faults = faults_of(rule_judge(), changed(root, field + "=" + wrong));
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].severity, base::Severity::warning);
    EXPECT_EQ((faults[0].zh + faults[0].en).find(wrong), std::string::npos);
  }
}

TEST(Rules, AskForNoSignatureBeforeSigning) {
  for (const char* root : {"CEB507Message", "CEB311Message", "CEB509Message", "CEB607Message", "CEB621Message"}) {
    const std::string text = changed(root, "-Signature");
    EXPECT_FALSE(faults_of(rule_judge(), text).empty()) << root;
    EXPECT_EQ(codes_of(faults_of(rule_judge(), text, SignatureDemand::none_yet)), RuleCodes{}) << root;
  }
}

constexpr const char* rules_head = "<schema xmlns=\"http://purl.oclc.org/dsdl/schematron\" queryBinding=\"xslt\">\n";
constexpr const char* both = "一 | one";

TEST(RuleFiles, NameEveryFaultWithItsLine) {
  const std::string sentences = both;
  const std::vector<std::pair<std::string, int>> cases{
      {"<diagnostics/>\n", 2},
      {"<phase id=\"other\"/>\n", 2},
      {"<phase id=\"signature\">\n<active pattern=\"A\"/></phase>\n", 3},
      {"<pattern id=\"A\">\n<title>一</title></pattern>", 3},
      {"<pattern id=\"A\">\n<rule><assert test=\"1\">" + sentences + "</assert></rule></pattern>", 3},
      {"<pattern><rule context=\"/a\">\n<assert test=\"1\">" + sentences + "</assert></rule></pattern>", 3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"1 +\">" + sentences + "</assert></rule></pattern>", 3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"$unknown\">" + sentences + "</assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"p:unbound\">" + sentences +
           "</assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"current()\">" + sentences +
           "</assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"1\"><span "
       "class=\"zh\">一</span></assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert role=\"fatal\" test=\"1\">" + sentences +
           "</assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\"><extends rule=\"b\"/></rule></pattern>", 2},
      {"<pattern id=\"A\"", 2},
  };
  const tests::ScratchDirectory scratch;
  const auto file = scratch.path() / "Faulty.sch";
  for (const auto& [content, line] : cases) {
    tests::write_file(file, rules_head + content + "</schema>");
    testing::internal::CaptureStderr();
    const auto rules = schemas::RuleSet::load({file}, "202205");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << content;
    ASSERT_FALSE(rules) << content;
    EXPECT_EQ(rules.faults().front().path, file.string()) << content;
    EXPECT_EQ(rules.faults().front().line, line) << content;
  }
}

TEST(RuleFiles, GiveANodeToTheFirstRuleOfAPatternThatTakesIt) {
  const tests::ScratchDirectory scratch;
  const auto file = scratch.path() / "First.sch";
  const std::string sentences = both;
  tests::write_file(
      file, std::string(rules_head) +
                "<let name=\"top\" value=\"local-name(/*)\"/><pattern id=\"A\"><let name=\"all\" value=\"count(//*)\"/>"
                "<rule context=\"b[@x] | c\"><report id=\"one\" test=\"$top = 'a' and $all = 4\">" +
                sentences + "</report></rule><rule context=\"b\"><report id=\"two\" test=\"true()\">" + sentences +
                "</report></rule></pattern></schema>");
  const auto rules = schemas::RuleSet::load({file}, "202205");
  ASSERT_TRUE(rules) << rules.faults().front().en;
  const auto document = base::XmlDocument::read("<a><b x=\"1\"/><b/><c/></a>");
  std::vector<std::string> found;
  for (const auto& fault :
       rules->apply(tests::catalog_202205().types().front().root, document->get(), SignatureDemand::none_yet)) {
    found.push_back(fault.code + " " + fault.path);
  }
  EXPECT_EQ(found, (std::vector<std::string>{"rule.one /a/b", "rule.one /a/c", "rule.two /a/b[2]"}));
}

std::string file_with(const std::string& id, const std::string& context, const std::string& test) {
  return std::string(rules_head) + "<ns prefix=\"ceb\" uri=\"http://www.chinaport.gov.cn/ceb\"/><pattern id=\"" + id +
         "\"><rule context=\"" + context + "\"><assert test=\"" + test + "\">" + both +
         "</assert></rule></pattern></schema>";
}

TEST(RulesOfTheSite, RunAfterOursForAKindATypeAndAnEdition) {
  const tests::ScratchDirectory site;
  std::filesystem::create_directories(site.path() / "rules/202205");
  std::filesystem::create_directories(site.path() / "rules/2018");
  tests::write_file(site.path() / "rules/declaration.sch", file_with("SITE-1", "/*", "false()"));
  tests::write_file(site.path() / "rules/CEB311Message.sch",
                    file_with("SITE-2", "//ceb:OrderHead[1]", "ceb:note = 'x'"));
  tests::write_file(site.path() / "rules/202205/CEB311Message.sch",
                    file_with("SITE-3", "/ceb:CEB311Message", "false()"));
  tests::write_file(site.path() / "rules/2018/CEB311Message.sch", file_with("SITE-4", "/*", "false()"));
  const auto with_site = judge_with_site(site.path());
  ASSERT_TRUE(with_site) << with_site.faults().front().en;
  RuleCodes codes;
  for (const auto& fault : faults_of(*with_site, changed("CEB311Message", "appType=9; [2]/note=x"))) {
    codes.push_back(fault.code);
  }
  EXPECT_EQ(codes, (RuleCodes{"rule.G04", "rule.SITE-1", "rule.SITE-2", "rule.SITE-3"}));
  EXPECT_EQ(codes_of(faults_of(*with_site, changed("CEB411Message", ""))), RuleCodes{"rule.SITE-1"});
  EXPECT_EQ(codes_of(faults_of(*with_site, changed("CEB312Message", ""))), RuleCodes{});
}

TEST(RulesOfTheSite, StopTheStartWhereAFileIsBrokenOrNobodyWouldReadIt) {
  const tests::ScratchDirectory site;
  std::filesystem::create_directories(site.path() / "rules");
  tests::write_file(site.path() / "rules/CEB311.sch", file_with("SITE-1", "/*", "true()"));
  tests::write_file(site.path() / "rules/CEB312Message.sch", file_with("SITE-2", "/*", "1 +"));
  const auto with_site = judge_with_site(site.path());
  ASSERT_FALSE(with_site);
  std::vector<std::string> files;
  for (const auto& fault : with_site.faults()) files.push_back(fault.code + " " + fault.path);
  EXPECT_EQ(files, (std::vector<std::string>{"rules.read " + (site.path() / "rules/CEB311.sch").string(),
                                             "rules.read " + (site.path() / "rules/CEB312Message.sch").string()}));
}

}  // namespace
