#include "gateway/views/personal.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <stdexcept>

#include "base/base64.h"
#include "gateway/views/csv.h"
#include "tests/support/paths.h"

namespace {

using gateway::views::Personal;

const schemas::MessageType& type_of_orders() {
  static const auto loaded = schemas::Catalog::load(tests::schemas_directory(), "202205");
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded->find("CEB311Message");
}

constexpr std::string_view signed_order =
    "<ceb:CEB311Message><ceb:Order><ceb:OrderHead><ceb:orderNo>JO-1</ceb:orderNo><ceb:buyerName>测试甲</ceb:buyerName>"
    "<ceb:consignee/></ceb:OrderHead></ceb:Order><ds:Signature>S</ds:Signature></ceb:CEB311Message>";
constexpr std::string_view signed_order_masked =
    "<ceb:CEB311Message><ceb:Order><ceb:OrderHead><ceb:orderNo>JO-1</ceb:orderNo><ceb:buyerName>***</ceb:buyerName>"
    "<ceb:consignee/></ceb:OrderHead></ceb:Order><ds:Signature>S</ds:Signature></ceb:CEB311Message>";

TEST(Personal, APersonInABrowserSeesItMaskedAndAProgramInClear) {
  gateway::http::Caller caller;
  EXPECT_EQ(gateway::views::personal_for(caller), Personal::clear);
  caller.session = "session";
  EXPECT_EQ(gateway::views::personal_for(caller), Personal::masked);
}

TEST(Personal, AProgramMayAskForItMaskedButABrowserNotForItInClear) {
  const auto read = [](const std::string& word, const std::string& session) {
    gateway::http::Caller caller;
    caller.session = session;
    const std::map<std::string, std::string> query{{"personal", word}};
    gateway::views::Parameters parameters(query, {"personal"});
    const Personal personal = gateway::views::read_personal(parameters, caller);
    return std::pair(personal, parameters.faults().size());
  };
  EXPECT_EQ(read("masked", ""), std::pair(Personal::masked, std::size_t{0}));
  EXPECT_EQ(read("clear", ""), std::pair(Personal::clear, std::size_t{0}));
  EXPECT_EQ(read("clear", "session"), std::pair(Personal::masked, std::size_t{1}));
  EXPECT_EQ(read("all", "").second, 1u);
}

TEST(Personal, AMessageLosesItsPersonsAndNothingElse) {
  EXPECT_EQ(gateway::views::masked_message(type_of_orders(), signed_order), signed_order_masked);
}

TEST(Personal, AnEnvelopeIsMaskedInside) {
  const std::string json = R"({"Message":{"MessageBody":{"data":")" + base::base64(signed_order) + R"("}}})";
  const auto shown = boost::json::parse(gateway::views::masked_envelope(type_of_orders(), json));
  EXPECT_EQ(base::read_base64(shown.at("Message").at("MessageBody").at("data").as_string()), signed_order_masked);
  EXPECT_EQ(gateway::views::masked_envelope(type_of_orders(),
                                            "<DxpMsg><Data>" + base::base64(signed_order) + "</Data></DxpMsg>"),
            "<DxpMsg><Data>" + base::base64(signed_order_masked) + "</Data></DxpMsg>");
  EXPECT_EQ(gateway::views::masked_envelope(type_of_orders(), "{broken"), "***")
      << "rather nothing than somebody's name";
}

TEST(Personal, TextsLosePersonsAndKeepBusinessNumbers) {
  const std::string document = R"({"OrderHead":{"buyerName":"测试甲"}})";
  EXPECT_EQ(
      gateway::views::without_personal_data(&type_of_orders(), document, "测试甲 990000199001010017 JO_20260131000001"),
      "*** *** JO_20260131000001");
  EXPECT_EQ(gateway::views::without_personal_data(nullptr, document, "测试甲 990000199001010017"), "测试甲 ***");
}

TEST(Csv, CellsThatASpreadsheetWouldRunAreMadeHarmless) {
  const std::vector<std::string> cells{"=1+1", "@x", "-5", "a,b", "say \"hi\"", "plain"};
  EXPECT_EQ(gateway::views::csv_line(cells), "'=1+1,'@x,'-5,\"a,b\",\"say \"\"hi\"\"\",plain\r\n");
}

}  // namespace
