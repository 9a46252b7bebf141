#include <gtest/gtest.h>

#include "base/xml.h"
#include "codecs/dxp/envelope.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "tests/support/paths.h"

namespace codecs::dxp {
namespace {

const base::Time morning = *base::read_china_digits("20260131093000");

Head written_head() {
  return {"M1", "DXPENT0000000001", {"DXPEDCCEB0000001", "DXPEDCCEB0000002"}, morning, "CEB311Message"};
}

Envelope envelope() {
  Envelope envelope;
  envelope.id = "E1";
  envelope.head = written_head();
  envelope.data = std::string("<a>单证</a>\0\xff", 14);
  envelope.additions = Additions{"A1.xml", "8600000000001", {{"orderNo", "A<1>&\"2\""}, {"", "B"}}, "UTF-8", "map"};
  return envelope;
}

RoutedEnvelope routed() {
  return {"S1", {"00000001202601310930000000000001", "2", morning, "00000002", "00000001"}, envelope(), false};
}

Response written_response() {
  return {"00000002",
          "1001",
          "验签失败",
          "备注",
          {{"DXPEDCCEB0000001", "1001", "", {}}, {"DXPEDCCEB0000002", "0", {}, "已收"}},
          "2026-01-31",
          written_head()};
}

base::Faults faults_by_schema(const std::string& xml) {
  static const auto catalog = schemas::Catalog::load(tests::schemas_directory(), "202205");
  static const auto judge = schemas::Judge::load(tests::schemas_directory(), *catalog);
  const auto document = base::XmlDocument::read(xml);
  if (!document) return document.faults();
  return judge->judge(*document, schemas::Level::schema, schemas::SignatureDemand::as_schema_says).faults;
}

void expect_valid_and_read_back(const Content& content) {
  const std::string text = write(content);
  for (const base::Fault& fault : faults_by_schema(text)) ADD_FAILURE() << fault.path << ": " << fault.en;
  const auto back = read(text);
  ASSERT_TRUE(back) << back.faults().front().en;
  EXPECT_EQ(*back, content) << text;
}

TEST(DxpWriting, GivesWhatIsValidAndReadsBackAsItWas) {
  expect_valid_and_read_back(envelope());
  expect_valid_and_read_back(routed());
  expect_valid_and_read_back(Reply{"DXPENT0000000001", "00000001", {written_response(), written_response()}, false});
}

TEST(DxpWriting, LeavesOutWhatIsNotThere) {
  Envelope bare{.id = {}, .head = written_head(), .data = "x", .additions = std::nullopt, .is_signed = false};
  bare.head.receivers.resize(1);
  expect_valid_and_read_back(bare);
  EXPECT_EQ(write(bare),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><dxp:DxpMsg xmlns:dxp=\"http://www.chinaport.gov.cn/dxp\" "
            "ver=\"1.0\"><dxp:TransInfo><dxp:CopMsgId>M1</dxp:CopMsgId><dxp:SenderId>DXPENT0000000001</dxp:SenderId>"
            "<dxp:ReceiverIds><dxp:ReceiverId>DXPEDCCEB0000001</dxp:ReceiverId></dxp:ReceiverIds>"
            "<dxp:CreatTime>2026-01-31T09:30:00</dxp:CreatTime><dxp:MsgType>CEB311Message</dxp:MsgType>"
            "</dxp:TransInfo><dxp:Data>eA==</dxp:Data></dxp:DxpMsg>");
  Response least{{}, "0000", {}, {}, {}, "2026-01-31", written_head()};
  expect_valid_and_read_back(Reply{"DXPENT0000000001", {}, {least}, false});
}

TEST(DxpWriting, CarriesTheLargestMessageThatIsRead) {
  Envelope large = envelope();
  large.data.assign(most_data_bytes, 'x');
  expect_valid_and_read_back(large);
  large.data += 'x';
  const auto over = read(write(large));
  ASSERT_FALSE(over);
  EXPECT_EQ(over.faults().front().code, "dxp.size");
}

}  // namespace
}  // namespace codecs::dxp
