// POST /v1/documents with one CEB message.
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "tests/gateway/intake/running_intake.h"

namespace {

using codecs::ceb::Element;
using codecs::ceb::Message;
using tests::Asked;
using tests::RunningIntake;
using tests::Told;

const schemas::MessageType& order_type() { return *RunningIntake::catalog().find("CEB311Message"); }

Element order_body(const std::string& number, const std::string& guid) {
  auto posted = tests::order(number);
  tests::head(posted)["guid"] = guid;
  tests::head(posted)["appType"] = "1";
  tests::head(posted)["appTime"] = "20260130080000";
  tests::head(posted)["appStatus"] = "2";
  const auto json = codecs::ceb::read_json(boost::json::serialize(posted.at("document")));
  return codecs::ceb::read_document(order_type(), *json, "")->body;
}

Message message_of_two() {
  Message message;
  message.type = "CEB311Message";
  message.guid = "00000000-0000-0000-0000-000000000001";
  message.documents = {order_body("X1", "00000000-0000-0000-0000-000000000002"),
                       order_body("X2", "00000000-0000-0000-0000-000000000003")};
  message.transfer = codecs::ceb::base_transfer("4601960001", "示例企业", "DXPENT0000000001");
  return message;
}

Told post(RunningIntake& gateway, const std::string& xml) {
  Asked asked;
  asked.method = "POST";
  asked.path = "/v1/documents";
  asked.content_type = "application/xml; charset=utf-8";
  asked.body = xml;
  return gateway.ask(asked);
}

Told post(RunningIntake& gateway, const Message& message) {
  return post(gateway, codecs::ceb::write_xml(order_type(), message));
}

TEST(XmlPosting, AMessageIsTakenApartAndItsDocumentsKeepGuidAndAppTime) {
  RunningIntake gateway;
  const Told told = post(gateway, message_of_two());
  ASSERT_EQ(told.status, 202u) << told.body;
  EXPECT_EQ(told.json().at(0).at("number"), "X1");
  EXPECT_EQ(told.json().at(1).at("number"), "X2");
  const std::string id(told.json().at(1).at("id").as_string());
  const auto standing = gateway.ledger().newest_by_id(id);
  EXPECT_EQ(standing->guid, "00000000-0000-0000-0000-000000000003");
  EXPECT_EQ(standing->app_time, "20260130080000");
}

TEST(XmlPosting, TheAnswerSaysWhatIsNotCarriedOn) {
  RunningIntake gateway;
  const Told told = post(gateway, message_of_two());
  ASSERT_EQ(told.status, 202u) << told.body;
  const auto warning = told.json().at(0).at("warnings").at(0);
  EXPECT_EQ(warning.at("code"), "intake.not_carried_on");
  EXPECT_EQ(warning.at("severity"), "warning");
  EXPECT_THAT(std::string(warning.at("en").as_string()), testing::HasSubstr("guid, BaseTransfer."));
}

TEST(XmlPosting, FaultsAreToldByXPathInWhatWasPosted) {
  RunningIntake gateway;
  Message message = message_of_two();
  codecs::ceb::set_head_field(order_type(), message.documents[1], "acturalPaid", "21");
  const Told told = post(gateway, message);
  EXPECT_EQ(told.status, 422u);
  EXPECT_THAT(told.faults(),
              testing::HasSubstr("rule.I311-04 /ceb:CEB311Message/ceb:Order[2]/ceb:OrderHead/ceb:acturalPaid"));
}

TEST(XmlPosting, AnExtendMessageIsRefused) {
  RunningIntake gateway;
  Message message = message_of_two();
  message.extend = Element{"ExtendMessage", "", {Element{"name", "n", {}}, Element{"version", "1", {}}}};
  const Told told = post(gateway, message);
  EXPECT_EQ(told.status, 422u);
  EXPECT_EQ(told.faults(), "intake.extend_message /ceb:CEB311Message/ceb:ExtendMessage\n");
}

TEST(XmlPosting, TheEnterpriseOfBaseTransferMustBeConfiguredAndAllowed) {
  RunningIntake gateway;
  Message message = message_of_two();
  message.transfer = codecs::ceb::base_transfer("9999999999", "x", "DXPENT0000000009");
  EXPECT_EQ(post(gateway, message).status, 422u);
  message.transfer = codecs::ceb::base_transfer("4601960002", "x", "DXPENT0000000002");
  EXPECT_EQ(post(gateway, message).status, 403u);
  message.transfer.reset();
  EXPECT_EQ(post(gateway, message).faults(), "intake.enterprise /ceb:CEB311Message/ceb:BaseTransfer/ceb:copCode\n");
}

TEST(XmlPosting, BrokenAndDangerousXmlIsRefused) {
  RunningIntake gateway;
  EXPECT_EQ(post(gateway, std::string("<ceb:CEB311Message>")).status, 400u);
  const Told doctype = post(gateway, "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>");
  EXPECT_EQ(doctype.status, 400u);
  EXPECT_THAT(doctype.faults(), testing::HasSubstr("xml.doctype"));
  EXPECT_EQ(post(gateway, std::string("<other/>")).status, 422u);
}

TEST(XmlPosting, AReceiptIsNoDeclaration) {
  RunningIntake gateway;
  const Told told = post(gateway,
                         "<ceb:CEB312Message guid=\"00000000-0000-0000-0000-000000000001\" version=\"1.0\" "
                         "xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"><ceb:OrderReturn/></ceb:CEB312Message>");
  EXPECT_EQ(told.status, 422u);
  EXPECT_THAT(told.faults(), testing::HasSubstr("intake.not_a_declaration"));
}

}  // namespace
