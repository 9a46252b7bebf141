#include <algorithm>
#include <gmock/gmock.h>

#include "codecs/ceb/identity.h"
#include "codecs/hainan/listing.h"
#include "tests/support/manual_clock.h"
#include "tests/tools/platform_documents.h"
#include "tools/platform/customs.h"

namespace tools::platform {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;
using namespace tests::tools;  // NOLINT: the documents of one sale
using std::chrono::milliseconds;
using std::chrono::seconds;

class PlatformCustoms : public testing::Test {
 protected:
  std::vector<std::string> take(const std::string& type, const codecs::ceb::Element& body) {
    return take(arrival(type, body));
  }

  // What the document is answered, when all of it is due.
  std::vector<std::string> take(Arrival arrival) {
    arrival.at = clock_.now();
    const std::size_t before = all(receipt_of(arrival.type)).size();
    reception_ = customs_.take(arrival);
    clock_.advance(seconds(10));
    const auto records = all(receipt_of(arrival.type));
    return statuses_of({records.begin() + std::ptrdiff_t(before), records.end()});
  }

  Arrival arrival(const std::string& type, const codecs::ceb::Element& body) {
    Arrival arrival;
    arrival.at = clock_.now();
    arrival.guid = "ROOT-" + std::to_string(++messages_);
    arrival.type = type;
    arrival.dxp_id = platform_dxp_id;
    arrival.cop_code = "4601960001";
    arrival.documents = {body};
    arrival.signature = {true, "sm2-sm3", ""};
    arrival.contents = {""};
    return arrival;
  }

  void take_siblings(const std::string& sale) {
    take("CEB311Message", order_body(sale));
    take("CEB411Message", payment_body(sale));
    take("CEB511Message", waybill_body(sale));
  }

  std::vector<Record> all(const std::string& receipt_type) {
    return records_of(receipt_type,
                      customs_.receipts().records(platform_dxp_id, receipt_type, base::Time(), clock_.now()));
  }

  std::string last_info(const std::string& receipt_type) { return all(receipt_type).back().at("returnInfo"); }

  static std::string receipt_of(const std::string& type) { return platform_catalog().find(type)->receipt; }

  tests::ManualClock clock_{*base::read_china_digits("20260131100000")};
  Customs customs_{platform_catalog(), platform_judge(), platform_rules(), Scenario(), {}};
  Reception reception_ = Reception::taken;
  int messages_ = 0;
};

TEST_F(PlatformCustoms, orders_payments_and_waybills_are_accepted_and_entered) {
  EXPECT_THAT(take("CEB311Message", order_body("A1")), ElementsAre("2", "120"));
  EXPECT_THAT(take("CEB411Message", payment_body("A1")), ElementsAre("2", "120"));
  EXPECT_THAT(take("CEB511Message", waybill_body("A1")), ElementsAre("2", "120"));
}

TEST_F(PlatformCustoms, an_order_receipt_names_our_guid_and_the_business_key) {
  take("CEB311Message", order_body("A1", {{"guid", "11111111-2222-4333-8444-555555555555"}}));
  const Record first = all("CEB312Message").front();
  EXPECT_EQ(first.at("guid"), "11111111-2222-4333-8444-555555555555");
  EXPECT_EQ(first.at("returnInfo"), "新增申报成功[11111111-2222-4333-8444-555555555555]");
  EXPECT_EQ(first.at("orderNo"), "A1");
  EXPECT_EQ(first.at("ebpCode"), "4601960001");
  EXPECT_EQ(first.at("dxpId"), platform_dxp_id);
  EXPECT_EQ(first.at("returnTime"), "20260131100000");
  EXPECT_EQ(first.at("receivedAt"),
            std::to_string(base::read_china_digits("20260131100000")->time_since_epoch().count() + 200));
}

TEST_F(PlatformCustoms, a_receipt_is_not_shown_before_it_is_due) {
  customs_.take(arrival("CEB311Message", order_body("A1")));
  EXPECT_THAT(all("CEB312Message"), IsEmpty());
  clock_.advance(milliseconds(200));
  EXPECT_THAT(statuses_of(all("CEB312Message")), ElementsAre("2"));
}

TEST_F(PlatformCustoms, an_inventory_whose_siblings_are_there_is_released) {
  take_siblings("A1");
  EXPECT_THAT(take("CEB621Message", inventory_body("A1")), ElementsAre("2", "120", "800"));
}

TEST_F(PlatformCustoms, inventory_receipts_are_tied_by_preno_and_the_customs_guid) {
  take_siblings("A1");
  take("CEB621Message", inventory_body("A1", {{"guid", "11111111-2222-4333-8444-555555555555"}}));
  const auto records = all("CEB622Message");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].at("guid"), "11111111-2222-4333-8444-555555555555");
  EXPECT_EQ(records[0].at("returnInfo"),
            "清单新增申报成功[11111111-2222-4333-8444-555555555555][电商企业编码：4601960001订单编号：A1]");
  EXPECT_FALSE(records[0].contains("invtNo"));
  EXPECT_NE(records[1].at("guid"), records[0].at("guid"));
  EXPECT_EQ(records[2].at("guid"), records[1].at("guid"));
  EXPECT_THAT(records[0].at("preNo"), MatchesRegex("B20260131[0-9]{9}"));
  EXPECT_THAT(records[2].at("invtNo"), MatchesRegex("64092026I[0-9]{9}"));
  for (const Record& record : records) {
    EXPECT_EQ(record.at("preNo"), records[0].at("preNo"));
    EXPECT_EQ(record.at("customsGuid"), records[0].at("customsGuid"));
    EXPECT_FALSE(record.contains("orderNo") || record.contains("copNo"));
  }
}

TEST_F(PlatformCustoms, an_inventory_names_the_missing_siblings_and_waits_for_the_last_of_them) {
  take("CEB311Message", order_body("A1"));
  EXPECT_THAT(take("CEB621Message", inventory_body("A1")), ElementsAre("2"));
  EXPECT_THAT(last_info("CEB622Message"),
              AllOf(HasSubstr("支付信息不存在"), HasSubstr("运单信息不存在"), Not(HasSubstr("订单信息不存在"))));
  take("CEB411Message", payment_body("A1"));
  EXPECT_THAT(last_info("CEB622Message"), AllOf(HasSubstr("运单信息不存在"), Not(HasSubstr("支付信息不存在"))));
  take("CEB511Message", waybill_body("A1"));
  EXPECT_THAT(statuses_of(all("CEB622Message")), ElementsAre("2", "2", "2", "120", "800"));
  EXPECT_EQ(last_info("CEB622Message"), "[Code:2600;Desc:放行]");
}

struct Difference {
  std::string type;
  Changes changes;
  std::string info;
};

class PlatformDifferences : public PlatformCustoms, public testing::WithParamInterface<Difference> {};

TEST_P(PlatformDifferences, a_sibling_that_differs_turns_the_inventory_back) {
  const auto changed = [&](const std::string& type) {
    return GetParam().type == type ? GetParam().changes : Changes{};
  };
  take("CEB311Message", order_body("A1", changed("CEB311Message")));
  take("CEB411Message", payment_body("A1", changed("CEB411Message")));
  take("CEB511Message", waybill_body("A1", changed("CEB511Message")));
  EXPECT_THAT(take("CEB621Message", inventory_body("A1")), ElementsAre("2", "100"));
  EXPECT_EQ(last_info("CEB622Message"), GetParam().info);
}

INSTANTIATE_TEST_SUITE_P(
    each, PlatformDifferences,
    testing::Values(
        Difference{"CEB311Message",
                   {{"buyerTelephone", "10000000001"}},
                   "[Code:130126;Desc:清单上的订购人电话号码与订单上的订购人电话号码不一致]"},
        Difference{"CEB311Message",
                   {{"buyerIdNumber", "990000199001010025"}},
                   "[Code:130124;Desc:清单上的订购人证件号码与订单上的订购人证件号码不一致]"},
        Difference{"CEB311Message",
                   {{"ebcCode", "4601960009"}},
                   "[Code:130108;Desc:清单上的电商企业代码与订单上的电商企业代码不一致]"},
        Difference{"CEB411Message", {{"payerName", "测试乙"}}, "[Code:13038;Desc:订购人与支付人不匹配]"},
        Difference{"CEB311Message", {{"payCode", "4601960009"}}, "[Code:13035;Desc:支付企业不一致]"},
        Difference{"CEB411Message", {{"amountPaid", "20.01"}}, "[Code:13037;Desc:订单实际支付金额与支付金额不一致]"},
        Difference{
            "CEB511Message", {{"consigneeAddress", "示例路2号"}}, "[Code:13040;Desc:订单收货地址与运单收货地址不一致]"},
        Difference{
            "CEB511Message", {{"orderNo", "A2"}}, "[Code:13039;Desc:清单上的订单编号与运单上的订单编号不一致]"}));

TEST_F(PlatformCustoms, goods_rows_that_differ_turn_the_inventory_back) {
  codecs::ceb::Element order = order_body("A1");
  order.child("OrderList")->child("qty")->text = "3";
  take("CEB311Message", order);
  take("CEB411Message", payment_body("A1"));
  take("CEB511Message", waybill_body("A1"));
  EXPECT_THAT(take("CEB621Message", inventory_body("A1")), ElementsAre("2", "100"));
  EXPECT_EQ(last_info("CEB622Message"), "[Code:1322;Desc:订单清单表体商品项不一致]");
}

TEST_F(PlatformCustoms, one_payment_may_pay_for_several_orders) {
  const Changes paid_together{{"payTransactionId", "P-A1"}};
  take("CEB311Message", order_body("A1", paid_together));
  take("CEB411Message", payment_body("A1", {{"amountPaid", "40"}}));
  take("CEB511Message", waybill_body("A2"));
  EXPECT_THAT(take("CEB621Message", inventory_body("A2")), ElementsAre("2"));
  EXPECT_THAT(last_info("CEB622Message"), HasSubstr("支付信息不存在"));
  take("CEB311Message", order_body("A2", paid_together));
  EXPECT_EQ(last_info("CEB622Message"), "[Code:2600;Desc:放行]") << "order A2 names the payment, which names order A1";
}

TEST_F(PlatformCustoms, an_inventory_waits_for_a_payment_that_only_its_order_names) {
  take("CEB311Message", order_body("A1", {{"payTransactionId", "P-A0"}}));
  take("CEB511Message", waybill_body("A1"));
  EXPECT_THAT(take("CEB621Message", inventory_body("A1")), ElementsAre("2"));
  take("CEB411Message", payment_body("A0"));
  EXPECT_EQ(last_info("CEB622Message"), "[Code:2600;Desc:放行]");
}

TEST_F(PlatformCustoms, a_second_inventory_for_one_order_is_turned_back) {
  take_siblings("A1");
  take("CEB621Message", inventory_body("A1"));
  EXPECT_THAT(take("CEB621Message", inventory_body("A1", {{"copNo", "OTHER"}})), ElementsAre("2", "100"));
  EXPECT_THAT(last_info("CEB622Message"), StartsWith("清单中业务主键重复"));
}

struct Codes {
  std::string type, already_there, not_newer, not_there;
  codecs::ceb::Element (*body)(const std::string&, const Changes&);
};

class PlatformCodes : public PlatformCustoms, public testing::WithParamInterface<Codes> {};

TEST_P(PlatformCodes, the_same_guid_again_is_already_there) {
  const auto body = GetParam().body("A1", {});
  take_siblings("A1");
  if (GetParam().type == "CEB621Message") take(GetParam().type, body);
  const auto again = GetParam().type == "CEB621Message" ? body : GetParam().body("A2", {});
  if (GetParam().type != "CEB621Message") take(GetParam().type, again);
  EXPECT_THAT(take(GetParam().type, again), ElementsAre(GetParam().already_there));
}

TEST_P(PlatformCodes, an_added_document_that_is_stored_is_already_there) {
  take_siblings("A1");
  take(GetParam().type, GetParam().body("A1", {}));
  const auto again = GetParam().body("A1", {{"appTime", "20260131093001"}});
  EXPECT_THAT(take(GetParam().type, again), ElementsAre(GetParam().already_there));
}

TEST_P(PlatformCodes, another_version_whose_app_time_is_not_newer_is_old) {
  take_siblings("A1");
  take(GetParam().type, GetParam().body("A1", {}));
  EXPECT_THAT(take(GetParam().type, GetParam().body("A1", {})), ElementsAre(GetParam().not_newer));
  EXPECT_THAT(take(GetParam().type, GetParam().body("A1", {{"appType", "2"}})), ElementsAre(GetParam().not_newer));
}

TEST_P(PlatformCodes, what_is_not_there_can_be_neither_changed_nor_deleted) {
  EXPECT_THAT(take(GetParam().type, GetParam().body("A1", {{"appType", "2"}})), ElementsAre(GetParam().not_there));
  EXPECT_THAT(take(GetParam().type, GetParam().body("A1", {{"appType", "3"}})), ElementsAre(GetParam().not_there));
}

INSTANTIATE_TEST_SUITE_P(each, PlatformCodes,
                         testing::Values(Codes{"CEB311Message", "-301010", "-301014", "-301009", order_body},
                                         Codes{"CEB411Message", "-401007", "-401012", "-401006", payment_body},
                                         Codes{"CEB511Message", "-504012", "-505016", "-504014", waybill_body},
                                         Codes{"CEB621Message", "-621004", "-621055", "-621042", inventory_body}),
                         [](const auto& test) { return test.param.type; });

TEST_F(PlatformCustoms, after_a_refusal_at_customs_an_order_is_changed_and_not_added) {
  EXPECT_THAT(take("CEB311Message", order_body("A1~100")), ElementsAre("2", "100"));
  EXPECT_THAT(take("CEB311Message", order_body("A1~100", {{"appTime", "20260131093001"}})), ElementsAre("-301010"));
  EXPECT_THAT(take("CEB311Message", order_body("A1~100", {{"appTime", "20260131093002"}, {"appType", "2"}})),
              ElementsAre("2", "120"));
}

TEST_F(PlatformCustoms, a_refused_inventory_may_be_added_again_with_a_later_app_time) {
  take_siblings("A1~100");
  take("CEB311Message", order_body("A1", {}));
  const Changes refused{{"copNo", "A1~100"}};
  EXPECT_THAT(take("CEB621Message", inventory_body("A1~100", refused)), ElementsAre("2", "100"));
  EXPECT_THAT(take("CEB621Message", inventory_body("A1~100", refused)), ElementsAre("-621055"));
  Changes later = refused;
  later["appTime"] = "20260131093001";
  EXPECT_THAT(take("CEB621Message", inventory_body("A1~100", later)), ElementsAre("2", "120", "800"));
}

TEST_F(PlatformCustoms, after_a_negative_code_nothing_is_stored) {
  EXPECT_THAT(take("CEB311Message", order_body("A1~-301008")), ElementsAre("-301008"));
  EXPECT_THAT(take("CEB311Message", order_body("A1~-301008")), ElementsAre("2", "120"));
}

TEST_F(PlatformCustoms, a_deleted_order_can_be_added_again) {
  take("CEB311Message", order_body("A1"));
  EXPECT_THAT(take("CEB311Message", order_body("A1", {{"appType", "3"}, {"appTime", "20260131093001"}})),
              ElementsAre("2"));
  EXPECT_THAT(last_info("CEB312Message"), StartsWith("删除申报成功["));
  EXPECT_THAT(take("CEB311Message", order_body("A1")), ElementsAre("2", "120"));
}

TEST_F(PlatformCustoms, an_order_whose_inventory_is_declared_is_not_changed) {
  take_siblings("A1");
  take("CEB621Message", inventory_body("A1"));
  EXPECT_THAT(take("CEB311Message", order_body("A1", {{"appType", "2"}, {"appTime", "20260131093001"}})),
              ElementsAre("-301011"));
}

TEST_F(PlatformCustoms, a_change_of_an_inventory_carries_its_own_numbers) {
  take_siblings("A1");
  take("CEB621Message", inventory_body("A1", {{"copNo", "A1~120"}}));
  const Record last = all("CEB622Message").back();
  Changes change{{"copNo", "A1~120"}, {"appType", "2"}, {"appTime", "20260131093001"}};
  EXPECT_THAT(take("CEB621Message", inventory_body("A1", change)), ElementsAre("-621053"));
  change["preNo"] = last.at("preNo");
  EXPECT_THAT(take("CEB621Message", inventory_body("A1", change)), ElementsAre("-621057"));
  change["invtNo"] = "640920260000000000";
  EXPECT_THAT(take("CEB621Message", inventory_body("A1", change)), ElementsAre("-621999"));
  change["invtNo"] = last.at("invtNo");
  EXPECT_THAT(take("CEB621Message", inventory_body("A1", change)), ElementsAre("2", "120", "800"));
  change["appTime"] = "20260131093002";
  EXPECT_THAT(take("CEB621Message", inventory_body("A1", change)), ElementsAre("-621043"));
}

TEST_F(PlatformCustoms, a_draft_inventory_is_kept_and_declared_later) {
  take_siblings("A1");
  EXPECT_THAT(take("CEB621Message", inventory_body("A1", {{"appStatus", "1"}})), ElementsAre("1"));
  EXPECT_THAT(take("CEB621Message", inventory_body("A1", {{"appTime", "20260131093001"}})),
              ElementsAre("2", "120", "800"));
}

TEST_F(PlatformCustoms, repeated_row_numbers_are_refused) {
  codecs::ceb::Element order = order_body("A1");
  order.children.push_back(*order.child("OrderList"));
  EXPECT_THAT(take("CEB311Message", order), ElementsAre("-301002"));
  codecs::ceb::Element inventory = inventory_body("A1");
  inventory.children.push_back(*inventory.child("InventoryList"));
  EXPECT_THAT(take("CEB621Message", inventory), ElementsAre("-621027"));
}

TEST_F(PlatformCustoms, what_the_rules_say_is_told_and_nothing_stored) {
  Arrival bad = arrival("CEB311Message", order_body("A1"));
  bad.contents = {"金额不符"};
  EXPECT_THAT(take(bad), ElementsAre("-301008"));
  EXPECT_EQ(last_info("CEB312Message"), "参数校验不通过，金额不符");
  EXPECT_THAT(take("CEB311Message", order_body("A1")), ElementsAre("2", "120"));
}

TEST_F(PlatformCustoms, a_bad_signature_is_turned_back_with_its_reason_and_the_same_guid_may_come_again) {
  const auto body = order_body("A1");
  Arrival bad = arrival("CEB311Message", body);
  bad.signature = {false, "sm2-sm3", "摘要不符"};
  EXPECT_THAT(take(bad), ElementsAre("100"));
  EXPECT_EQ(last_info("CEB312Message"), "验签失败：摘要不符");
  EXPECT_THAT(take("CEB311Message", body), ElementsAre("2", "120"));
}

TEST_F(PlatformCustoms, an_unknown_enterprise_is_told_so) {
  Arrival unknown = arrival("CEB411Message", payment_body("A1"));
  unknown.enterprise = "[4601960009]";
  EXPECT_THAT(take(unknown), ElementsAre("-10102"));
  EXPECT_EQ(last_info("CEB412Message"), "无效企业代码[4601960009]");
}

TEST_F(PlatformCustoms, a_final_status_on_request_holds_for_the_first_guid_only) {
  EXPECT_THAT(take("CEB311Message", order_body("A1~399")), ElementsAre("2", "399"));
  EXPECT_THAT(take("CEB311Message", order_body("A2~2")), ElementsAre("2"));
  EXPECT_THAT(take("CEB311Message", order_body("A1~399", {{"appType", "2"}, {"appTime", "20260131093001"}})),
              ElementsAre("2", "120"));
}

TEST_F(PlatformCustoms, a_final_status_on_request_needs_no_siblings) {
  const auto with = [](const std::string& number) { return inventory_body("A1", {{"copNo", number}}); };
  EXPECT_THAT(take("CEB621Message", with("I~500")), ElementsAre("2", "120", "500"));
  EXPECT_THAT(take("CEB621Message", with("I~899")), ElementsAre("2", "120", "800", "899"));
  EXPECT_THAT(take("CEB621Message", with("I~-621017")), ElementsAre("-621017"));
}

TEST_F(PlatformCustoms, a_silent_document_is_stored_without_a_word) {
  EXPECT_THAT(take("CEB311Message", order_body("A1~silent")), IsEmpty());
  EXPECT_THAT(take("CEB411Message", payment_body("A1~silent")), IsEmpty());
  EXPECT_THAT(take("CEB511Message", waybill_body("A1~silent")), IsEmpty());
  EXPECT_THAT(take("CEB621Message", inventory_body("A1~silent", {{"copNo", "I1"}})), ElementsAre("2", "120", "800"));
}

TEST_F(PlatformCustoms, twice_repeats_each_receipt_under_another_arrival_time) {
  EXPECT_THAT(take("CEB311Message", order_body("A1~twice")), ElementsAre("2", "2", "120", "120"));
  const auto records = all("CEB312Message");
  EXPECT_EQ(records[0].at("returnedAt"), records[1].at("returnedAt"));
  EXPECT_NE(records[0].at("receivedAt"), records[1].at("receivedAt"));
}

TEST_F(PlatformCustoms, late_receipts_come_when_their_time_is_over) {
  customs_.take(arrival("CEB311Message", order_body("A1~late5")));
  clock_.advance(milliseconds(5199));
  EXPECT_THAT(all("CEB312Message"), IsEmpty());
  clock_.advance(milliseconds(1));
  EXPECT_THAT(statuses_of(all("CEB312Message")), ElementsAre("2"));
}

TEST_F(PlatformCustoms, backwards_shows_the_opposite_order_with_the_true_times) {
  EXPECT_THAT(take("CEB311Message", order_body("A1~backwards")), ElementsAre("120", "2"));
  const auto records = all("CEB312Message");
  EXPECT_LT(records[1].at("returnedAt"), records[0].at("returnedAt"));
}

TEST_F(PlatformCustoms, a_foreign_receipt_names_a_document_nobody_sent) {
  EXPECT_THAT(take("CEB311Message", order_body("A1~foreign")), ElementsAre("2", "2", "120"));
  const auto records = all("CEB312Message");
  EXPECT_EQ(std::count_if(records.begin(), records.end(),
                          [](const Record& one) { return one.at("orderNo") == "A1~foreign"; }),
            2);
  ASSERT_NE(records[0].at("guid"), records[1].at("guid"));
  EXPECT_THAT(records[0].at("returnInfo"), HasSubstr(records[0].at("guid")));
  EXPECT_THAT(records[1].at("returnInfo"), HasSubstr(records[1].at("guid")));
}

TEST_F(PlatformCustoms, a_garbled_record_has_no_status_and_the_others_are_whole) {
  EXPECT_THAT(take("CEB311Message", order_body("A1~garbled")), ElementsAre("2", "", "120"));
}

TEST_F(PlatformCustoms, refusals_and_a_lost_answer_are_about_the_delivery_of_the_whole_message) {
  Arrival both = arrival("CEB311Message", order_body("A1"));
  both.documents.push_back(order_body("A2~http500x2+lost-ack"));
  both.contents.emplace_back("");
  EXPECT_THAT(take(both), IsEmpty());
  EXPECT_EQ(reception_, Reception::refused);
  EXPECT_THAT(take(both), IsEmpty());
  EXPECT_EQ(reception_, Reception::refused);
  EXPECT_THAT(take(both), ElementsAre("2", "2", "120", "120"));
  EXPECT_EQ(reception_, Reception::answer_lost);
  EXPECT_THAT(take(both), ElementsAre("-301010", "-301010"));
  EXPECT_EQ(reception_, Reception::taken);
}

TEST_F(PlatformCustoms, a_message_that_fails_its_schema_is_met_with_silence_and_shown_with_the_reason) {
  Arrival bad = arrival("CEB311Message", order_body("A1"));
  bad.faults = {{"schema.length", "/ceb:CEB311Message", "长度不符", "wrong length", "", 3}};
  EXPECT_THAT(take(bad), IsEmpty());
  EXPECT_EQ(reception_, Reception::taken);
  EXPECT_THAT(customs_.received().json(), AllOf(HasSubstr("schema.length"), HasSubstr("CEB311Message/4601960001/A1")));
}

TEST_F(PlatformCustoms, every_receipt_is_valid_by_the_customs_schema) {
  take_siblings("A1");
  testing::internal::CaptureStderr();
  take("CEB621Message", inventory_body("A1"));
  take("CEB621Message", inventory_body("A1"));
  take("CEB311Message", order_body("A1"));
  Arrival long_reason = arrival("CEB511Message", waybill_body("A2"));
  for (int i = 0; i < 400; ++i) long_reason.contents[0] += "很长的";
  take(long_reason);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), Not(HasSubstr("is not valid")));
}

TEST_F(PlatformCustoms, a_trigger_that_is_none_is_logged) {
  testing::internal::CaptureStderr();
  take("CEB311Message", order_body("A1~lostack"));
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("lostack"));
}

TEST_F(PlatformCustoms, the_same_arrivals_make_the_same_records) {
  const auto order = order_body("A1"), payment = payment_body("A1"), waybill = waybill_body("A1"),
             inventory = inventory_body("A1");
  const auto listing = [&](Customs& customs) {
    for (const auto& [type, body] : {std::pair{"CEB621Message", inventory},
                                     {"CEB311Message", order},
                                     {"CEB411Message", payment},
                                     {"CEB511Message", waybill}}) {
      Arrival one = arrival(type, body);
      one.guid = type;
      customs.take(one);
    }
    return customs.receipts().records(platform_dxp_id, "CEB622Message", base::Time(), clock_.now() + seconds(10));
  };
  Customs again(platform_catalog(), platform_judge(), platform_rules(), Scenario(), {});
  EXPECT_EQ(listing(customs_), listing(again));
}

TEST(platform_numbering, two_keys_never_share_a_serial) {
  Numbering numbering;
  const base::Time at = *base::read_china_digits("20260131100000");
  std::set<std::string> numbers;
  const auto numbered = [](int i, base::Time when) {
    return Numbered{
        .key = "CEB621Message/A/" + std::to_string(i), .given = "invtNo", .customs_code = "6409", .at = when};
  };
  for (int i = 0; i < 2000; ++i) numbers.insert(numbering.numbers(numbered(i, at)).invt_no);
  EXPECT_EQ(numbers.size(), 2000U);
  EXPECT_EQ(numbering.numbers(numbered(7, at + seconds(86400))).pre_no, numbering.numbers(numbered(7, at)).pre_no);
}

}  // namespace
}  // namespace tools::platform
