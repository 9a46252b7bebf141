// What stands in a message's XML that its values have no place for is told, never lost in silence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codecs/ceb/xml_codec.h"
#include "tests/codecs/ceb/catalog.h"

namespace codecs::ceb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> left_out(const std::string& inside, const std::string& root_attributes = "") {
  const auto message =
      read_xml(catalog(), "<ceb:CEB311Message guid=\"G\" version=\"1.0\" " + root_attributes +
                              "xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\">" + inside + "</ceb:CEB311Message>");
  if (!message) throw std::runtime_error(message.faults().front().en);
  return message->left_out;
}

TEST(LeftOut, IsNothingOfAMessageAsItShouldBe) {
  EXPECT_THAT(left_out("<!-- remark --><ceb:Order><ceb:OrderHead>\n</ceb:OrderHead></ceb:Order><ceb:BaseTransfer>\n"
                       "<ceb:copCode>1</ceb:copCode></ceb:BaseTransfer><ceb:BaseSubscribe/><ceb:BaseSubscribe/>"
                       "<ceb:ExtendMessage/><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>",
                       "xsi:schemaLocation=\"x\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "),
              IsEmpty());
}

TEST(LeftOut, AreChildrenOfTheRootThatAMessageHasOnceOrNotAtAll) {
  EXPECT_THAT(left_out("<ceb:BaseTransfer/><ceb:Unheard/><ceb:BaseTransfer/><ceb:ExtendMessage/><ceb:ExtendMessage/>"
                       "<ceb:BaseTransfer/>"),
              ElementsAre("/ceb:CEB311Message/ceb:Unheard", "/ceb:CEB311Message/ceb:BaseTransfer[2]",
                          "/ceb:CEB311Message/ceb:ExtendMessage[2]", "/ceb:CEB311Message/ceb:BaseTransfer[3]"));
}

TEST(LeftOut, AreAttributesAndTextBesideElements) {
  EXPECT_THAT(left_out("<ceb:Order a=\"1\"><ceb:OrderHead>word<ceb:note/></ceb:OrderHead></ceb:Order>", "b=\"2\" "),
              ElementsAre("/ceb:CEB311Message/@b", "/ceb:CEB311Message/ceb:Order/@a",
                          "/ceb:CEB311Message/ceb:Order/ceb:OrderHead/text()"));
}

TEST(ReadXml, ReadsAsAGivenTypeWhateverTheRootIsCalled) {
  const auto message = read_xml(type_of("CEB311Message"), "<CEB311><Order><OrderHead/></Order></CEB311>");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->type, "CEB311Message");
  EXPECT_EQ(message->documents.size(), 1u);
}

}  // namespace
}  // namespace codecs::ceb
