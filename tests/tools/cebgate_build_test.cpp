// `cebgate build`, `show` and `validate` as programs: exit status, JSON, and one message both ways.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cebgate_run.h"
#include "tests/tools/cebgate_documents.h"

namespace tests::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

class CebgateBuild : public ::testing::Test {
 protected:
  Ran build(const std::string& type, const std::string& json, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"build", type, cebgate_.write("in.json", json), "-o",
                                          cebgate_.path("out.xml")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cebgate_(arguments);
  }
  std::vector<std::string> with_settings() {
    return {"--config", cebgate_.write("cebgate.toml", settings_text()), "--enterprise", "4601960001"};
  }
  bool is_written() const { return std::filesystem::exists(cebgate_.path("out.xml")); }

  CebgateRun cebgate_;
};

TEST_F(CebgateBuild, WritesAMessageFromOneDocumentAndFillsInWhatIsAbsent) {
  const Ran built = build("CEB311Message", order_document("D1"), with_settings());
  ASSERT_EQ(built.status, 0) << built.err;
  const std::string xml = read_file(cebgate_.path("out.xml"));
  EXPECT_THAT(xml, HasSubstr("<ceb:appStatus>2</ceb:appStatus>"));
  EXPECT_THAT(xml, HasSubstr("<ceb:dxpId>DXPENT0000000001</ceb:dxpId>"));
  EXPECT_THAT(xml, HasSubstr("<ceb:price>10.00</ceb:price>"));  // a JSON number keeps its characters
  const Ran validated = cebgate_({"validate", cebgate_.path("out.xml")});
  EXPECT_EQ(validated.status, 0) << validated.out;
}

TEST_F(CebgateBuild, TakesAnArrayAndThePostedFormAlike) {
  const std::string posted =
      R"({"type":"CEB311Message","enterprise":"4601960001","document":)" + order_document("D2") + "}";
  const Ran built = build("CEB311Message", "[" + order_document("D1") + "," + posted + "]", with_settings());
  ASSERT_EQ(built.status, 0) << built.err;
  const std::string xml = read_file(cebgate_.path("out.xml"));
  EXPECT_THAT(xml, HasSubstr("<ceb:orderNo>D1</ceb:orderNo>"));
  EXPECT_THAT(xml, HasSubstr("<ceb:orderNo>D2</ceb:orderNo>"));
}

TEST_F(CebgateBuild, NamesEveryFaultByItsPlaceInTheInputAndWritesNothing) {
  std::string broken = order_document("D2", "3");  // 3 times 10.00 is not 20.00
  broken.replace(broken.find("\"orderType\":\"I\""), 15, "\"orderType\":\"IMPORT\"");
  const Ran built = build("CEB311Message", "[" + order_document("D1") + "," + broken + "]", with_settings());
  EXPECT_EQ(built.status, 1);
  EXPECT_THAT(built.err, HasSubstr("/1/OrderHead/orderType: "));
  EXPECT_THAT(built.err, HasSubstr("/1/OrderList/0"));
  EXPECT_THAT(built.err, Not(HasSubstr(": error: /0/")));
  EXPECT_FALSE(is_written());
}

TEST_F(CebgateBuild, AsksForSettingsWhereThereIsNoTransferNode) {
  const Ran built = build("CEB311Message", order_document("D1"));
  EXPECT_EQ(built.status, 2);
  EXPECT_THAT(built.err, HasSubstr("--config FILE --enterprise CODE"));
}

TEST_F(CebgateBuild, NamesTheKnownEnterprisesForAnUnknownOne) {
  const Ran built = build("CEB311Message", order_document("D1"),
                          {"--config", cebgate_.write("cebgate.toml", settings_text()), "--enterprise", "1"});
  EXPECT_EQ(built.status, 2);
  EXPECT_THAT(built.err, HasSubstr("4601960001"));
}

TEST_F(CebgateBuild, SaysWhereBrokenJsonBreaks) {
  const Ran built = build("CEB311Message", "{\n\"OrderHead\": {]", with_settings());
  EXPECT_EQ(built.status, 1);
  EXPECT_THAT(built.err, HasSubstr("in.json:2: error: "));
}

TEST_F(CebgateBuild, KnowsNoOtherType) {
  const Ran built = build("CEB999Message", order_document("D1"), with_settings());
  EXPECT_EQ(built.status, 1);
  EXPECT_THAT(built.err, HasSubstr("CEB311Message"));
}

TEST_F(CebgateBuild, GivesBackWhatShowPrints) {
  ASSERT_EQ(build("CEB621Message", inventory_document("N1"), with_settings()).status, 0);
  const std::string first = read_file(cebgate_.path("out.xml"));
  const Ran shown = cebgate_({"show", cebgate_.path("out.xml")});
  ASSERT_EQ(shown.status, 0) << shown.err;
  const auto message = boost::json::parse(shown.out).as_object();
  EXPECT_EQ(message.at("type").as_string(), "CEB621Message");
  EXPECT_EQ(message.at("documents").as_array().size(), 1u);
  ASSERT_EQ(build("CEB621Message", shown.out).status, 0);  // a whole message needs no settings
  EXPECT_EQ(read_file(cebgate_.path("out.xml")), first);
}

// Goods rows that begin at 3 break a rule; that is for validate to say.
TEST_F(CebgateBuild, WritesAWholeMessageThatBreaksARule) {
  ASSERT_EQ(build("CEB311Message", order_document("R1"), with_settings()).status, 0);
  auto message = boost::json::parse(cebgate_({"show", cebgate_.path("out.xml")}).out).as_object();
  auto& order = message.at("documents").as_array().at(0).as_object();
  order.at("OrderList").as_array().at(0).as_object().at("gnum") = "3";
  EXPECT_EQ(build("CEB311Message", boost::json::serialize(message)).status, 0);
  EXPECT_THAT(read_file(cebgate_.path("out.xml")), HasSubstr("<ceb:gnum>3</ceb:gnum>"));
  order.at("OrderHead").as_object().at("orderNo") = "";
  const Ran built = build("CEB311Message", boost::json::serialize(message));
  EXPECT_EQ(built.status, 1);
  EXPECT_THAT(built.err, HasSubstr("orderNo"));
  EXPECT_THAT(read_file(cebgate_.path("out.xml")), HasSubstr("<ceb:orderNo/>"));
}

TEST_F(CebgateBuild, TellsItsResultAsJson) {
  auto arguments = with_settings();
  arguments.insert(arguments.end(), {"--format", "json"});
  const Ran built = build("CEB311Message", order_document("D1", "3"), arguments);
  EXPECT_EQ(built.status, 1);
  const auto result = boost::json::parse(built.out).as_object();
  EXPECT_FALSE(result.at("valid").as_bool());
  EXPECT_THAT(std::string(result.at("faults").as_array().at(0).at("path").as_string()), StartsWith("/OrderList/0"));
}

class CebgateValidate : public CebgateBuild {};

TEST_F(CebgateValidate, PrintsOneObjectForEachFileInTheOrderGiven) {
  ASSERT_EQ(build("CEB311Message", order_document("D1"), with_settings()).status, 0);
  const std::string good = cebgate_.path("out.xml");
  const std::string broken = cebgate_.write("broken.xml", "<a>\n</b>");
  const Ran validated = cebgate_({"validate", "--format", "json", good, broken});
  EXPECT_EQ(validated.status, 1);
  const auto objects = boost::json::parse(validated.out).as_array();
  ASSERT_EQ(objects.size(), 2u);
  EXPECT_EQ(objects[0].at("file").as_string(), good);
  EXPECT_EQ(objects[0].at("type").as_string(), "CEB311Message");
  EXPECT_TRUE(objects[0].at("valid").as_bool());
  EXPECT_FALSE(objects[1].at("valid").as_bool());
  const auto& fault = objects[1].at("faults").as_array().at(0).as_object();
  for (const char* name : {"line", "path", "code", "severity", "zh", "en", "source"})
    EXPECT_TRUE(fault.contains(name)) << name;
  EXPECT_EQ(fault.at("line").as_int64(), 2);
  EXPECT_EQ(fault.at("severity").as_string(), "error");
}

TEST_F(CebgateValidate, ToleratesAByteOrderMark) {
  ASSERT_EQ(build("CEB311Message", order_document("D1"), with_settings()).status, 0);
  const std::string marked = cebgate_.write("marked.xml", "\xEF\xBB\xBF" + read_file(cebgate_.path("out.xml")));
  const Ran validated = cebgate_({"validate", marked});
  EXPECT_EQ(validated.status, 0) << validated.out;
}

TEST_F(CebgateValidate, LooksAtRulesOnlyAtTheHigherLevel) {
  ASSERT_EQ(build("CEB311Message", order_document("D1"), with_settings()).status, 0);
  std::string xml = read_file(cebgate_.path("out.xml"));
  xml.replace(xml.find("<ceb:qty>2<"), 11, "<ceb:qty>3<");
  const std::string file = cebgate_.write("sums.xml", xml);
  EXPECT_EQ(cebgate_({"validate", "--level", "schema", file}).status, 0);
  const Ran all = cebgate_({"validate", file});
  EXPECT_EQ(all.status, 1);
  EXPECT_THAT(all.out, MatchesRegex("(.|\n)*sums.xml:[0-9]+: error: .+ \\[rule.I311-13\\](.|\n)*"));
}

TEST_F(CebgateValidate, WantsTheSignatureThatBuildDoesNotWant) {
  ASSERT_EQ(build("CEB621Message", inventory_document("N1"), with_settings()).status, 0);
  const Ran validated = cebgate_({"validate", "--level", "schema", cebgate_.path("out.xml")});
  EXPECT_EQ(validated.status, 1);
  EXPECT_THAT(validated.out, HasSubstr("Signature"));
}

TEST_F(CebgateValidate, EndsWithTwoForAFileThatCannotBeRead) {
  const Ran validated = cebgate_({"validate", "--format", "json", cebgate_.path("absent.xml")});
  EXPECT_EQ(validated.status, 2);
  EXPECT_EQ(boost::json::parse(validated.out).at(0).at("faults").at(0).at("code").as_string(), "file.read");
}

TEST_F(CebgateValidate, RefusesAFileOverTheLimit) {
  const std::string file = cebgate_.write("large.xml", "<a/>");
  std::filesystem::resize_file(file, (std::uintmax_t{24} << 20) + 1);
  const Ran validated = cebgate_({"validate", file});
  EXPECT_EQ(validated.status, 1);
  EXPECT_THAT(validated.out, HasSubstr("[file.size]"));
}

}  // namespace
}  // namespace tests::tools
