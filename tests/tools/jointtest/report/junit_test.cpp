// junit.xml read back: it holds by the schema, and says of each case what it came to.
#include "tools/jointtest/report/junit.h"

#include <functional>
#include <gmock/gmock.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>
#include <memory>
#include <stdexcept>

#include "base/xml.h"
#include "tests/support/paths.h"
#include "tests/tools/jointtest/report/sample_run.h"

namespace tests::jointtest {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace tools::jointtest;
using report::junit_xml;

base::XmlDocument read(const std::string& xml) {
  auto document = base::XmlDocument::read(xml);
  if (!document) throw std::runtime_error(document.faults().front().en);
  return std::move(document).value();
}

bool holds_by_the_schema(const std::string& xml) {
  const std::string file = source_directory() / "tests/tools/jointtest/report/junit.xsd";
  const std::unique_ptr<xmlSchemaParserCtxt, decltype(&xmlSchemaFreeParserCtxt)> parser(
      xmlSchemaNewParserCtxt(file.c_str()), xmlSchemaFreeParserCtxt);
  const std::unique_ptr<xmlSchema, decltype(&xmlSchemaFree)> schema(xmlSchemaParse(parser.get()), xmlSchemaFree);
  if (schema == nullptr) throw std::runtime_error("junit.xsd cannot be read");
  const std::unique_ptr<xmlSchemaValidCtxt, decltype(&xmlSchemaFreeValidCtxt)> judge(
      xmlSchemaNewValidCtxt(schema.get()), xmlSchemaFreeValidCtxt);
  const auto document = read(xml);
  return xmlSchemaValidateDoc(judge.get(), document.get()) == 0;
}

std::string attribute(xmlNode* element, const char* name) {
  const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlGetProp(element, reinterpret_cast<const xmlChar*>(name)),
                                                          xmlFree);
  return value == nullptr ? "" : reinterpret_cast<const char*>(value.get());
}

std::string text(xmlNode* element) {
  const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlNodeGetContent(element), xmlFree);
  return reinterpret_cast<const char*>(value.get());
}

void each(xmlNode* from, const std::string& name, const std::function<void(xmlNode*)>& call) {
  for (xmlNode* node = from->children; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    if (name == reinterpret_cast<const char*>(node->name)) call(node);
    each(node, name, call);
  }
}

TEST(JUnit, HoldsByTheSchemaWhateverTheRun) {
  for (const RunResult& run : {small_run(), full_run(), hostile_run(), RunResult{}}) {
    EXPECT_TRUE(holds_by_the_schema(junit_xml(run)));
  }
  EXPECT_FALSE(holds_by_the_schema("<testsuites name=\"a\" tests=\"0\" failures=\"0\" errors=\"0\"/>"));
}

TEST(JUnit, CountsAndNamesTheCases) {
  const auto document = read(junit_xml(small_run()));
  xmlNode* root = xmlDocGetRootElement(document.get());
  std::vector<std::string> cases;
  each(root, "testsuite", [](xmlNode* suite) {
    EXPECT_EQ(attribute(suite, "name"),
              "海南跨境电商联调计划（全部报文类型） / Joint debugging in Hainan, all message types");
    EXPECT_EQ(attribute(suite, "tests"), "4");
    EXPECT_EQ(attribute(suite, "failures"), "1");
    EXPECT_EQ(attribute(suite, "errors"), "1") << "what was not come to is no success";
    EXPECT_EQ(attribute(suite, "skipped"), "1");
    EXPECT_EQ(attribute(suite, "time"), "136.250");
    EXPECT_EQ(attribute(suite, "timestamp"), "2026-01-31T09:29:58.000+08:00");
  });
  each(root, "testcase", [&cases](xmlNode* one) {
    xmlNode* outcome = one->children;
    cases.push_back(attribute(one, "classname") + " " + reinterpret_cast<const char*>(outcome->name));
  });
  EXPECT_THAT(cases, ElementsAre("jointtest.bonded-import-1210 system-out", "jointtest.direct-mail-9610 failure",
                                 "jointtest.payment-of-others skipped", "jointtest.waybill-of-others error"));
}

TEST(JUnit, NamesFileLineStepAndReasonOfAFailure) {
  const auto document = read(junit_xml(small_run()));
  int failures = 0;
  each(xmlDocGetRootElement(document.get()), "failure", [&failures](xmlNode* failure) {
    ++failures;
    const std::string words =
        "direct-mail-9610:10: 台账显示 进口清单 JT17: settled: 期望海关状态 100，[Code:…;Desc:金额不一致]；60 秒内得到 "
        "2，清单仍为 sent / expected customs status 100";
    EXPECT_THAT(attribute(failure, "message"), HasSubstr(words));
    EXPECT_THAT(text(failure), HasSubstr(words));
  });
  EXPECT_EQ(failures, 1);
  each(xmlDocGetRootElement(document.get()), "skipped", [](xmlNode* skipped) {
    EXPECT_THAT(attribute(skipped, "message"),
                AllOf(HasSubstr("payment-of-others:3: "), HasSubstr("only a simulator can be made to refuse")));
  });
}

TEST(JUnit, TellsEveryFailedStepOfACase) {
  RunResult run = small_run();
  for (std::size_t i : {0u, 2u}) {
    run.cases[1].steps[i].verdict = Verdict::failed;
    run.cases[1].steps[i].en = "reason " + std::to_string(i);
  }
  const auto document = read(junit_xml(run));
  each(xmlDocGetRootElement(document.get()), "failure", [](xmlNode* failure) {
    EXPECT_THAT(attribute(failure, "message"), HasSubstr("direct-mail-9610:3: "));
    EXPECT_THAT(text(failure), AllOf(HasSubstr("reason 0\n"), HasSubstr("reason 2\n"), HasSubstr("9610:10: ")));
  });
}

TEST(JUnit, CarriesWhatXmlForbidsAsSomethingVisible) {
  const auto document = read(junit_xml(hostile_run()));
  each(xmlDocGetRootElement(document.get()), "failure", [](xmlNode* failure) {
    EXPECT_THAT(text(failure), AllOf(HasSubstr("<script>window.broken=1</script>"), HasSubstr("]]>␁␛[2J\uFFFD")));
  });
}

}  // namespace
}  // namespace tests::jointtest
