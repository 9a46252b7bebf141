#include "codecs/dxp/envelope.h"

#include <gtest/gtest.h>
#include <random>

#include "base/base64.h"

namespace codecs::dxp {
namespace {

const std::string head =
    "<dxp:CopMsgId>M1</dxp:CopMsgId><dxp:SenderId>DXPENT0000000001</dxp:SenderId><dxp:ReceiverIds>"
    "<dxp:ReceiverId>DXPEDCCEB0000001</dxp:ReceiverId><dxp:ReceiverId>DXPEDCCEB0000002</dxp:ReceiverId>"
    "</dxp:ReceiverIds><dxp:CreatTime>2026-01-31T09:30:00</dxp:CreatTime><dxp:MsgType>CEB311Message</dxp:MsgType>";
const std::string namespaces =
    " xmlns:dxp=\"http://www.chinaport.gov.cn/dxp\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";

std::string data(const std::string& bytes) { return "<dxp:Data>" + base::base64(bytes) + "</dxp:Data>"; }

std::string envelope(const std::string& behind_head) {
  return "<dxp:DxpMsg ver=\"1.0\" Id=\"E1\"" + namespaces + "><dxp:TransInfo>" + head + "</dxp:TransInfo>" +
         behind_head + "</dxp:DxpMsg>";
}

std::string routed(const std::string& inside) {
  return "<dxp:DxpMsgSv ver=\"1.0\"" + namespaces +
         "><dxp:SvNo Ver=\"1.0\"><dxp:MsgId>00000001202601310930000000000001</dxp:MsgId><dxp:SubMsgId>2</dxp:SubMsgId>"
         "<dxp:SendTime>2026-01-31T01:30:01Z</dxp:SendTime><dxp:EndNode>00000002</dxp:EndNode>"
         "<dxp:StaNode>00000001</dxp:StaNode></dxp:SvNo>" +
         inside + "</dxp:DxpMsgSv>";
}

std::string reply(const std::string& responses) {
  return "<dxp:DxpRep ver=\"1.0\"" + namespaces +
         "><dxp:RecevierId>DXPENT0000000001</dxp:RecevierId><dxp:AdNodeId>00000001</dxp:AdNodeId>" + responses +
         "</dxp:DxpRep>";
}

const std::string response =
    "<dxp:Response><dxp:NodeId>00000002</dxp:NodeId><dxp:ResponseCode>1001</dxp:ResponseCode>"
    "<dxp:ResponseInfo>验签失败</dxp:ResponseInfo><dxp:Results><dxp:Result><dxp:RecId>DXPEDCCEB0000001</dxp:RecId>"
    "<dxp:Code>1001</dxp:Code><dxp:Info/></dxp:Result><dxp:Result><dxp:RecId>DXPEDCCEB0000002</dxp:RecId>"
    "<dxp:Code>0</dxp:Code><dxp:Note>已收</dxp:Note></dxp:Result></dxp:Results>"
    "<dxp:NoticeTime>2026-01-31</dxp:NoticeTime><dxp:OriHead>" +
    head + "</dxp:OriHead></dxp:Response>";

template <class Kind>
Kind as(const std::string& xml) {
  const auto content = read(xml);
  if (!content) {
    ADD_FAILURE() << content.faults().front().code << " " << content.faults().front().en;
    return {};
  }
  if (!std::holds_alternative<Kind>(*content)) {
    ADD_FAILURE() << "another kind";
    return {};
  }
  return std::get<Kind>(*content);
}

// "code path" of each fault, one a line.
std::string faults_of(const std::string& xml) {
  const auto content = read(xml);
  if (content) return "none";
  std::string told;
  for (const base::Fault& fault : content.faults()) {
    EXPECT_FALSE(fault.zh.empty());
    EXPECT_FALSE(fault.en.empty());
    told += (told.empty() ? "" : "\n") + fault.code + (fault.path.empty() ? "" : " " + fault.path);
  }
  return told;
}

TEST(DxpEnvelope, GivesItsHeadAndTheMessageInside) {
  const Envelope read = as<Envelope>(envelope(data("<a>单证</a>")));
  EXPECT_EQ(read.id, "E1");
  EXPECT_EQ(read.head.message_id, "M1");
  EXPECT_EQ(read.head.sender, "DXPENT0000000001");
  EXPECT_EQ(read.head.receivers, (std::vector<std::string>{"DXPEDCCEB0000001", "DXPEDCCEB0000002"}));
  EXPECT_EQ(read.head.created, base::read_china_digits("20260131093000"));
  EXPECT_EQ(read.head.message_type, "CEB311Message");
  EXPECT_EQ(read.data, "<a>单证</a>");
  EXPECT_FALSE(read.additions);
  EXPECT_FALSE(read.is_signed);
}

TEST(DxpEnvelope, GivesWhatWasAdded) {
  const Envelope read = as<Envelope>(
      envelope(data("x") +
               "<dxp:AddInfo><dxp:FileName>a.xml</dxp:FileName><dxp:BizKey><dxp:Key name=\"orderNo\">A1</dxp:Key>"
               "<dxp:Key>A2</dxp:Key></dxp:BizKey><dxp:IsText Encode=\"UTF-8\"/>"
               "<dxp:RecMapId><other>7</other>1</dxp:RecMapId></dxp:AddInfo><ds:Signature/>"));
  ASSERT_TRUE(read.additions);
  EXPECT_EQ(read.additions->file_name, "a.xml");
  EXPECT_EQ(read.additions->card, std::nullopt);
  ASSERT_EQ(read.additions->keys.size(), 2u);
  EXPECT_EQ(read.additions->keys[0].name, "orderNo");
  EXPECT_EQ(read.additions->keys[0].value, "A1");
  EXPECT_EQ(read.additions->keys[1].name, "");
  EXPECT_EQ(read.additions->text_encoding, "UTF-8");
  EXPECT_EQ(read.additions->map_id, "71");
  EXPECT_TRUE(read.is_signed);
}

TEST(DxpEnvelope, MayBeginWithAByteOrderMarkAndBreakItsBase64IntoLines) {
  EXPECT_EQ(as<Envelope>("\xEF\xBB\xBF" + envelope("<dxp:Data>\r\n  PGEv\n\tPg= \n=\n</dxp:Data>")).data, "<a/>");
  EXPECT_EQ(as<Envelope>(envelope("<dxp:Data>PGEv<!-- remark --><![CDATA[Pg==]]></dxp:Data>")).data, "<a/>");
  const std::string bytes("\xEF\xBB\xBF\0\xFF", 5);
  EXPECT_EQ(as<Envelope>(envelope(data(bytes))).data, bytes);
}

TEST(DxpEnvelope, IsReadWithWhateverPrefixAndOrder) {
  const Envelope read = as<Envelope>(
      "<DxpMsg xmlns=\"http://www.chinaport.gov.cn/dxp\"><Data>eA==</Data><TransInfo><MsgType/></TransInfo></DxpMsg>");
  EXPECT_EQ(read.data, "x");
  EXPECT_EQ(read.head.message_id, "");
  EXPECT_TRUE(read.head.receivers.empty());
  EXPECT_FALSE(read.head.created);
}

TEST(DxpEnvelope, TakesATimeWithItsOffsetAndElseAsChinaTime) {
  const auto created = [](const std::string& text) {
    return as<Envelope>("<DxpMsg><TransInfo><CreatTime>" + text + "</CreatTime></TransInfo><Data>eA==</Data></DxpMsg>")
        .head.created;
  };
  const auto expected = base::read_china_digits("20260131093000");
  EXPECT_EQ(created("2026-01-31T09:30:00"), expected);
  EXPECT_EQ(created(" 2026-01-31T09:30:00+08:00\n"), expected);
  EXPECT_EQ(created("2026-01-31T01:30:00Z"), expected);
  EXPECT_EQ(created("31.1.2026"), std::nullopt);
}

TEST(DxpRoutedEnvelope, GivesItsRouteAndTheEnvelopeInside) {
  const RoutedEnvelope read = as<RoutedEnvelope>(routed(envelope(data("<a/>") + "<ds:Signature/>")));
  EXPECT_EQ(read.route.message_id, "00000001202601310930000000000001");
  EXPECT_EQ(read.route.part, "2");
  EXPECT_EQ(read.route.sent, base::read_china_digits("20260131093001"));
  EXPECT_EQ(read.route.end_node, "00000002");
  EXPECT_EQ(read.route.start_node, "00000001");
  EXPECT_EQ(read.envelope.head.message_id, "M1");
  EXPECT_EQ(read.envelope.data, "<a/>");
  EXPECT_TRUE(read.envelope.is_signed);
  EXPECT_FALSE(read.is_signed);
}

TEST(DxpReply, GivesEachResponseWithTheHeadItAnswers) {
  const Reply read = as<Reply>(reply(response + response));
  EXPECT_EQ(read.receiver, "DXPENT0000000001");
  EXPECT_EQ(read.node, "00000001");
  ASSERT_EQ(read.responses.size(), 2u);
  const Response& first = read.responses.front();
  EXPECT_EQ(first.node, "00000002");
  EXPECT_EQ(first.code, "1001");
  EXPECT_EQ(first.info, "验签失败");
  EXPECT_EQ(first.note, std::nullopt);
  EXPECT_EQ(first.notice_date, "2026-01-31");
  EXPECT_EQ(first.answered.message_id, "M1");
  ASSERT_EQ(first.results.size(), 2u);
  EXPECT_EQ(first.results[0].receiver, "DXPEDCCEB0000001");
  EXPECT_EQ(first.results[0].code, "1001");
  EXPECT_EQ(first.results[0].info, "");
  EXPECT_EQ(first.results[0].note, std::nullopt);
  EXPECT_EQ(first.results[1].note, "已收");
}

TEST(DxpFaults, AreNamedAllAtOnce) {
  EXPECT_EQ(faults_of(routed("<dxp:DxpMsg><dxp:Data>?</dxp:Data><dxp:Data/><dxp:AddInfo/><dxp:AddInfo/></dxp:DxpMsg>")),
            "dxp.repeated /dxp:DxpMsgSv/dxp:DxpMsg/dxp:Data\ndxp.base64 /dxp:DxpMsgSv/dxp:DxpMsg/dxp:Data\n"
            "dxp.repeated /dxp:DxpMsgSv/dxp:DxpMsg/dxp:AddInfo");
  EXPECT_EQ(faults_of(envelope("")), "dxp.missing /dxp:DxpMsg/dxp:Data");
  EXPECT_EQ(faults_of(routed("")), "dxp.missing /dxp:DxpMsgSv/dxp:DxpMsg");
  EXPECT_EQ(faults_of(envelope("<dxp:Data/>")), "dxp.base64 /dxp:DxpMsg/dxp:Data");
  EXPECT_EQ(faults_of(envelope("<dxp:Data><a/>!</dxp:Data>")), "dxp.base64 /dxp:DxpMsg/dxp:Data");
}

TEST(DxpFaults, NameARootThatIsNoEnvelope) {
  EXPECT_EQ(faults_of("<ceb:CEB311Message/>"), "dxp.root /CEB311Message");
  EXPECT_EQ(faults_of("<a"), "xml.syntax");
  EXPECT_EQ(faults_of(""), "xml.syntax");
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string with_receivers(std::size_t count) {
  return "<DxpMsg><TransInfo><ReceiverIds>" + repeated("<ReceiverId>A</ReceiverId>", count) +
         "</ReceiverIds></TransInfo><Data>eA==</Data></DxpMsg>";
}

TEST(DxpLimits, LetFiveReceiversAndFiveKeysThroughAndNotOneMore) {
  EXPECT_EQ(as<Envelope>(with_receivers(most_receivers)).head.receivers.size(), most_receivers);
  EXPECT_EQ(faults_of(with_receivers(most_receivers + 1)),
            "dxp.too_many /dxp:DxpMsg/dxp:TransInfo/dxp:ReceiverIds/dxp:ReceiverId");
  const auto with_keys = [](std::size_t count) {
    return envelope(data("x") + "<dxp:AddInfo><dxp:BizKey>" + repeated("<dxp:Key>A</dxp:Key>", count) +
                    "</dxp:BizKey></dxp:AddInfo>");
  };
  EXPECT_EQ(as<Envelope>(with_keys(most_keys)).additions->keys.size(), most_keys);
  EXPECT_EQ(faults_of(with_keys(most_keys + 1)), "dxp.too_many /dxp:DxpMsg/dxp:AddInfo/dxp:BizKey/dxp:Key");
}

TEST(DxpLimits, HoldForResponsesAndTheirResults) {
  EXPECT_EQ(as<Reply>(reply(repeated("<dxp:Response/>", most_responses))).responses.size(), most_responses);
  EXPECT_EQ(faults_of(reply(repeated("<dxp:Response/>", most_responses + 1))), "dxp.too_many /dxp:DxpRep/dxp:Response");
  const auto with_results = [](std::size_t count) {
    return reply("<dxp:Response><dxp:Results>" + repeated("<dxp:Result/>", count) + "</dxp:Results></dxp:Response>");
  };
  EXPECT_EQ(as<Reply>(with_results(most_results)).responses.front().results.size(), most_results);
  EXPECT_EQ(faults_of(with_results(most_results + 1)), "dxp.too_many /dxp:DxpRep/dxp:Response/dxp:Results/dxp:Result");
}

TEST(DxpLimits, HoldForTheSizeOfTheMessageInside) {
  EXPECT_EQ(as<Envelope>(envelope(data(std::string(most_data_bytes, 'a')))).data.size(), most_data_bytes);
  EXPECT_EQ(faults_of(envelope(data(std::string(most_data_bytes + 1, 'a')))), "dxp.size /dxp:DxpMsg/dxp:Data");
}

TEST(DxpEnvelope, NoBytesAreACrash) {
  const std::vector<std::string> whole{routed(envelope(data("<a/>"))), reply(response)};
  std::mt19937 random(11);
  for (int round = 0; round < 10'000; ++round) {
    std::string text = whole[random() % whole.size()];
    for (auto left = 1 + random() % 6; left > 0; --left)
      text[random() % text.size()] = static_cast<char>(random() % 256);
    const auto content = read(text);
    EXPECT_TRUE(content || !content.faults().empty());
  }
}

}  // namespace
}  // namespace codecs::dxp
