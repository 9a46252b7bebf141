// `cebgate show`: what an envelope holds, what customs sends although its own schema forbids it, what JSON cannot hold.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cebgate_run.h"
#include "tests/tools/cebgate_envelopes.h"

namespace tests::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CebgateShow : public ::testing::Test {
 protected:
  Ran show(const std::string& xml, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"show", cebgate_.write("in.xml", xml)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cebgate_(arguments);
  }

  CebgateRun cebgate_;
};

TEST_F(CebgateShow, PrintsTheMessageInsideAnEnvelopeAndTellsTheEnvelopeBeside) {
  const Ran alone = show(inventory_receipt());
  EXPECT_EQ(alone.status, 0) << alone.err;
  EXPECT_THAT(alone.err, IsEmpty());
  for (const std::string& xml : {dxp_message(inventory_receipt()),
                                 "\xEF\xBB\xBF" + dxp_routed(dxp_message("\xEF\xBB\xBF" + inventory_receipt()))}) {
    const Ran ran = show(xml);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.out, alone.out);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("M1, from DXPENT0000000001 to DXPEDCCEB0000001, 2026-01-31T09:30:00"),
                               HasSubstr("CEB622Message")));
  }
}

TEST_F(CebgateShow, PrintsTheEnvelopeItselfWhereAskedTo) {
  const auto routed = boost::json::parse(show(dxp_routed(dxp_message(inventory_receipt())), {"--envelope"}).out);
  EXPECT_EQ(routed.at("type").as_string(), "DxpMsgSv");
  EXPECT_EQ(routed.at("SvNo").at("EndNode").as_string(), "00000002");
  EXPECT_EQ(routed.at("DxpMsg").at("TransInfo").at("ReceiverIds").at(0).as_string(), "DXPEDCCEB0000001");
  EXPECT_FALSE(routed.at("signed").as_bool());
  const Ran message = show(inventory_receipt(), {"--envelope"});
  EXPECT_EQ(message.status, 1);
  EXPECT_THAT(message.err, HasSubstr("has no envelope"));
}

TEST_F(CebgateShow, PrintsAReply) {
  const Ran ran = show(dxp_reply());
  EXPECT_EQ(ran.status, 0) << ran.err;
  const auto reply = boost::json::parse(ran.out);
  EXPECT_EQ(reply.at("RecevierId").as_string(), "DXPENT0000000001");
  EXPECT_EQ(reply.at("Response").at(0).at("ResponseCode").as_string(), "1001");
  EXPECT_EQ(reply.at("Response").at(0).at("OriHead").at("CopMsgId").as_string(), "M1");
}

TEST_F(CebgateShow, RefusesAnEnvelopeWithoutAMessage) {
  EXPECT_THAT(show(dxp_message_with("")).err, HasSubstr("[dxp.missing]"));
  EXPECT_THAT(show(dxp_message(dxp_message("<a/>"))).err, HasSubstr("[dxp.nested]"));
  const Ran other = show(dxp_message("<other/>"));
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.err, HasSubstr("/dxp:DxpMsg/dxp:Data!/other"));
}

TEST_F(CebgateShow, ReadsWhatTheSpecificationContradictsItselfAboutAndSaysSo) {
  const Ran ran = show(inventory_receipt(""));
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("warning: preNo: is missing"), HasSubstr("[schema.lenient]")));
  EXPECT_THAT(ran.out, Not(HasSubstr("preNo")));
  std::string sample =
      ceb_message("CEB214", "<ceb:RefundReturn><ceb:appSenderId>1</ceb:appSenderId></ceb:RefundReturn>");
  const Ran renamed = show(sample);
  EXPECT_EQ(renamed.status, 0) << renamed.err;
  EXPECT_THAT(renamed.err, AllOf(HasSubstr("CEB214 is read as CEB214Message"), HasSubstr("appSenderId")));
  EXPECT_EQ(boost::json::parse(renamed.out).at("type").as_string(), "CEB214Message");
  EXPECT_THAT(renamed.out, HasSubstr("appSenderId"));
}

TEST_F(CebgateShow, TellsWhatHasNoPlaceInTheJson) {
  const Ran ran = show(ceb_message("CEB311Message", "<ceb:Order/><ceb:BaseTransfer/><ceb:Other/><ceb:BaseTransfer/>"));
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("/ceb:CEB311Message/ceb:Other: has no place"),
                             HasSubstr("/ceb:CEB311Message/ceb:BaseTransfer[2]: has no place")));
}

TEST_F(CebgateShow, KeepsARefusedMessageAsTextBothWays) {
  const std::string refused = ceb_message("CEB311Message", "<ceb:Order>\n&amp; \"half</ceb:Order>");
  const std::string xml = schema_receipt(refused);
  const Ran shown = show(xml);
  ASSERT_EQ(shown.status, 0) << shown.err;
  const auto message = boost::json::parse(shown.out);
  EXPECT_EQ(message.at("documents").at(0).at("oriBizMessage").as_string(), refused);
  const Ran built =
      cebgate_({"build", "CEB900Message", cebgate_.write("in.json", shown.out), "-o", cebgate_.path("out.xml")});
  ASSERT_EQ(built.status, 0) << built.err;
  EXPECT_EQ(cebgate_({"show", cebgate_.path("out.xml")}).out, shown.out);
}

}  // namespace
}  // namespace tests::tools
