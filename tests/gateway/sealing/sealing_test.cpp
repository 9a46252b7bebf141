#include "gateway/sealing/sealing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codecs/dxp/envelope.h"
#include "codecs/hainan/envelope.h"
#include "codecs/hainan/listing.h"
#include "signing/verify.h"
#include "tests/gateway/support/bench.h"

namespace {

using namespace testing;

class SealingTest : public Test {
 protected:
  std::string body(const std::string& number) { return bench.standing(bench.accept_order(number)).body; }
  base::Result<gateway::sealing::Sealed> seal(const std::vector<std::string>& bodies) {
    return bench.sealer->seal(enterprise(), bench.settings.ports[0], "CEB311Message", bodies, bench.clock.now());
  }
  const config::Enterprise& enterprise() { return bench.settings.enterprises[0]; }

  tests::Bench bench;
};

TEST_F(SealingTest, a_sealed_message_is_signed_by_the_enterprise_and_valid) {
  const auto sealed = seal({body("A1"), body("A2")});
  ASSERT_TRUE(sealed) << sealed.faults().front().en;
  const auto verification = signing::verify(sealed->signed_xml, {.now = bench.clock.now()});
  EXPECT_TRUE(verification.valid);
  EXPECT_EQ(verification.dialect, "sm2-sm3");
  EXPECT_EQ(sealed->dialect, "sm2-sm3");
  const auto document = base::XmlDocument::read(sealed->signed_xml);
  ASSERT_TRUE(document);
  const auto verdict = bench.judge.judge(*document, schemas::Level::all, schemas::SignatureDemand::as_schema_says);
  EXPECT_TRUE(verdict.valid()) << (verdict.faults.empty() ? "" : verdict.faults.front().en);
}

TEST_F(SealingTest, the_envelope_names_the_enterprise_and_carries_the_signed_bytes) {
  const auto sealed = seal({body("A1")});
  ASSERT_TRUE(sealed);
  const auto envelope = codecs::hainan::read_envelope(sealed->envelope);
  ASSERT_TRUE(envelope);
  EXPECT_EQ(envelope->message_type, "CEB311Message");
  EXPECT_EQ(envelope->sender_id, "DXPENT0000000001");
  EXPECT_EQ(envelope->xml, sealed->signed_xml);
  EXPECT_THAT(sealed->signed_xml, HasSubstr(sealed->guid));
}

TEST_F(SealingTest, the_exchange_platforms_envelope_is_signed_besides_where_the_port_wants_it) {
  config::Port& port = bench.settings.ports[0];
  port.profile = "directory";
  port.receiver_id = "DXPEDCCEB0000001";
  const auto opened = [&](const std::string& number) {
    const auto sealed = seal({body(number)});
    EXPECT_TRUE(sealed);
    const auto content = codecs::dxp::read(sealed->envelope);
    EXPECT_TRUE(content);
    auto envelope = std::get<codecs::dxp::Envelope>(*content);
    EXPECT_EQ(envelope.data, sealed->signed_xml);
    EXPECT_EQ(envelope.is_signed, signing::verify(sealed->envelope, {.now = bench.clock.now()}).valid);
    const auto document = base::XmlDocument::read(sealed->envelope);
    const auto verdict = bench.judge.judge(*document, schemas::Level::schema, schemas::SignatureDemand::none_yet);
    EXPECT_TRUE(verdict.valid()) << verdict.faults.front().en;
    return envelope;
  };
  EXPECT_FALSE(opened("A1").is_signed);
  port.signs_envelope = true;
  EXPECT_TRUE(opened("A2").is_signed);
}

TEST_F(SealingTest, the_enterprises_dialect_wins_over_the_ports) {
  bench.settings.ports[0].dialect = "sm2-sm3";
  bench.settings.enterprises[0].dialect = "hainan-sm2";
  const auto sealed = seal({body("A1")});
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->dialect, "hainan-sm2");
}

TEST_F(SealingTest, a_dialect_that_does_not_fit_the_key_is_said) {
  bench.settings.enterprises[0].dialect = "rsa-sha1";
  const auto sealed = seal({body("A1")});
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.faults().front().code, "signing.dialect");
}

TEST_F(SealingTest, an_invalid_document_is_never_sealed) { EXPECT_FALSE(seal({R"({"OrderHead":{"orderNo":"A1"}})"})); }

class OpeningTest : public SealingTest {
 protected:
  base::Result<gateway::sealing::Opened> open(const std::string& source, const std::string& bytes) {
    const auto all = bench.sealer->open(bench.settings.ports[0], source, bytes);
    if (!all) return all.faults();
    EXPECT_EQ(all->size(), 1U);
    return all->front();
  }
};

TEST_F(OpeningTest, a_record_becomes_a_receipt_by_the_names_of_its_type) {
  const auto opened =
      open("/ceb622msg",
           "{org_id=1, instm=1691397836000, agentcode=46019600AA, re_elist_guid_cus=CG, returnstatus=2, "
           "preno=B20230000000000001, trans_dxpid=DXPENT0000000001, "
           "returninfo=清单新增申报成功[4CDE1CFD-EDED-46B1-946C-B8022E42FC94][订单编号：A1], "
           "returntime=1691397830123, re_elist_guid=G1, invtno=null}");
  ASSERT_TRUE(opened) << opened.faults().front().en;
  EXPECT_EQ(opened->receipt_type, "CEB622Message");
  EXPECT_EQ(opened->status, "2");
  EXPECT_EQ(opened->dxp_id, "DXPENT0000000001");
  EXPECT_EQ(opened->return_time, "20230807164350123");
  EXPECT_THAT(opened->guids, ElementsAre("G1", "4CDE1CFD-EDED-46B1-946C-B8022E42FC94"));
  EXPECT_EQ(opened->parts.at("preNo"), "B20230000000000001");
  EXPECT_EQ(opened->parts.at("customsGuid"), "CG");
  EXPECT_FALSE(opened->parts.contains("invtNo"));
}

TEST_F(OpeningTest, the_time_in_seconds_serves_where_the_exact_one_is_absent) {
  const auto opened = open("/ceb312msg", "{org_id=1, returnstatus=2, returntime2=20230807164356, orderno=A1}");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->return_time, "20230807164356000");
}

TEST_F(OpeningTest, xml_is_opened_by_what_it_is_where_the_source_is_no_listing) {
  const auto ceb = [](const std::string& type, const std::string& inside) {
    return "<ceb:" + type + R"( xmlns:ceb="http://www.chinaport.gov.cn/ceb" guid="R" version="1.0">)" + inside +
           "</ceb:" + type + ">";
  };
  const auto receipt =
      open("queue", ceb("CEB312Message",
                        "<ceb:OrderReturn><ceb:orderNo>A1</ceb:orderNo><ceb:returnStatus>2</ceb:returnStatus>"
                        "<ceb:returnTime>20260131093000</ceb:returnTime></ceb:OrderReturn>"));
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->said, gateway::sealing::Said::receipt);
  EXPECT_EQ(receipt->about, "CEB311Message");
  EXPECT_EQ(receipt->parts.at("orderNo"), "A1");
  EXPECT_EQ(receipt->return_time, "20260131093000000");
  const std::string guid = "4CDE1CFD-EDED-46B1-946C-B8022E42FC94";
  const auto refusal =
      open("queue", ceb("CEB900Message",
                        "<ceb:MessageReturn><ceb:returnStatus>-1</ceb:returnStatus>"
                        "<ceb:returnTime>202601310930001</ceb:returnTime><ceb:oriBizMessage><![CDATA[<ceb:X guid=\"" +
                            guid + "\">]]></ceb:oriBizMessage></ceb:MessageReturn>"));
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->said, gateway::sealing::Said::refusal);
  EXPECT_THAT(refusal->guids, ElementsAre(guid));
  EXPECT_EQ(refusal->return_time, "20260131093000100");
  EXPECT_EQ(open("queue", ceb("CEB311Message", "<ceb:Order/>")).faults().front().code, "opening.type");
  EXPECT_EQ(open("queue", "<x>").faults().front().code, "xml.syntax");
  EXPECT_EQ(open("queue", ceb("CEB312Message", "<ceb:OrderReturn/>"))->faults.size(), 2U) << "no status, no time";
}

TEST_F(OpeningTest, records_without_status_or_time_and_unknown_sources_are_faults) {
  EXPECT_EQ(open("/ceb312msg", "{org_id=1, returntime2=20230807164356}").faults().front().code, "listing.status");
  EXPECT_EQ(open("/ceb312msg", "{org_id=1, returnstatus=2}").faults().front().code, "listing.time");
  EXPECT_EQ(open("/ceb999msg", "{org_id=1}").faults().front().code, "listing.source");
}

}  // namespace
