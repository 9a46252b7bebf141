// What documents do to each other once customs has concluded them: limits of a buyer, cancellations, refunds.
#include <gmock/gmock.h>

#include "codecs/ceb/identity.h"
#include "tests/tools/platform/counter.h"
#include "tools/platform/amounts.h"
#include "tools/platform/purchases.h"

namespace tests::tools {
namespace {

using codecs::ceb::Element;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::tools::platform::amount_text;
using ::tools::platform::Purchases;
using ::tools::platform::read_amount;
using ::tools::platform::yuan;

const std::vector<std::string> released{"2", "120", "800"}, over_the_year{"2", "100"};

// An inventory of one piece, which may be over the limit of one purchase, without freight; its siblings agree.
std::vector<std::string> buy(Counter& counter, const std::string& sale, const std::string& price,
                             const std::string& buyer = "990000199001010017") {
  const Changes person{{"buyerIdNumber", buyer}};
  Element order = counter.document("CEB311Message", sale, person), inventory;
  inventory = counter.document("CEB621Message", sale, person);
  const Changes of_order{
      {"goodsValue", price}, {"freight", "0"}, {"discount", "0"}, {"taxTotal", "0"}, {"acturalPaid", price}};
  const auto& types = platform_catalog();
  for (const auto& [name, value] : of_order) {
    codecs::ceb::set_head_field(*types.find("CEB311Message"), order, name, value);
  }
  codecs::ceb::set_head_field(*types.find("CEB621Message"), inventory, "freight", "0");
  for (Element* document : {&order, &inventory}) {
    document->children.resize(2);  // the head and the first row
    Element& row = document->children.back();
    row.child("qty")->text = "1";
    row.child("price")->text = price;
    row.child("totalPrice")->text = price;
  }
  counter.hand_in("CEB311Message", {order});
  counter.hand_in("CEB411Message", sale, {{"amountPaid", price}, {"payerIdNumber", buyer}});
  counter.hand_in("CEB511Message", sale);
  return counter.hand_in("CEB621Message", {inventory});
}

class PlatformLimits : public testing::Test {
 protected:
  Counter counter_;
};

TEST_F(PlatformLimits, a_year_is_full_at_the_limit_of_the_law_and_one_cent_more_is_too_much) {
  EXPECT_EQ(buy(counter_, "A1", "20000"), released);
  EXPECT_EQ(buy(counter_, "A2", "6000"), released);
  EXPECT_EQ(buy(counter_, "A3", "0.01"), over_the_year);
  EXPECT_EQ(counter_.last_info(),
            "[Code:1313;Desc:订购人购买超过年度限额,超过个人年度购买额度;totalPrice：26000.01 > limitPrice: 26000;]");
}

TEST_F(PlatformLimits, are_those_of_one_buyer_in_one_calendar_year) {
  EXPECT_EQ(buy(counter_, "A1", "26000"), released);
  EXPECT_EQ(buy(counter_, "A2", "10", "990000199001010025"), released);
  EXPECT_EQ(buy(counter_, "A3", "10"), over_the_year);
  counter_.clock().advance(std::chrono::hours(24 * 365));
  EXPECT_EQ(buy(counter_, "A4", "26000"), released);
}

TEST_F(PlatformLimits, an_inventory_that_was_turned_back_has_used_nothing) {
  EXPECT_EQ(buy(counter_, "A1", "26000.5"), over_the_year);
  EXPECT_EQ(buy(counter_, "A2", "26000"), released);
}

TEST_F(PlatformLimits, what_is_cancelled_is_given_back) {
  buy(counter_, "A1", "26000");
  EXPECT_THAT(counter_.hand_in("CEB623Message", "A1", {{"invtNo", counter_.last("invtNo")}}),
              ElementsAre("2", "120", "399"));
  EXPECT_EQ(buy(counter_, "A2", "26000"), released);
}

TEST_F(PlatformLimits, what_comes_back_is_given_back_and_no_more) {
  buy(counter_, "A1", "20000");
  const std::string invt_no = counter_.last("invtNo");
  buy(counter_, "A2", "6000");
  EXPECT_THAT(counter_.hand_in("CEB625Message", "A1", {{"invtNo", invt_no}}), ElementsAre("2", "120", "399"));
  EXPECT_EQ(buy(counter_, "A3", "20000.01"), over_the_year);
  EXPECT_EQ(buy(counter_, "A4", "20000"), released);
}

TEST_F(PlatformLimits, one_purchase_of_several_pieces_has_a_limit_of_its_own) {
  Element inventory = counter_.document("CEB621Message", "A1");
  Element& row = *inventory.child("InventoryList");
  const auto hand_in = [&](const std::string& price, const std::string& whole) {
    row.child("price")->text = price;
    row.child("totalPrice")->text = whole;
    return counter_.hand_in("CEB621Message", {inventory});
  };
  EXPECT_THAT(hand_in("2475.005", "4950.01"), ElementsAre("-621005"));  // and 40 for the other row, 10 of freight
  EXPECT_THAT(counter_.last_info(), HasSubstr("[[5000]]"));
  EXPECT_THAT(hand_in("2475", "4950"), ElementsAre("2"));
}

TEST_F(PlatformLimits, may_be_lifted) {
  ::tools::platform::Rulebook rules = platform_rules();
  rules.set_annual_limit(0);
  rules.set_single_limit(0);
  Counter counter({.rules = rules});
  EXPECT_EQ(buy(counter, "A1", "26000"), released);
  EXPECT_EQ(buy(counter, "A2", "26000"), released);
}

TEST(PlatformPurchases, GiveBackNoMoreThanTheInventoryCameTo) {
  Purchases purchases;
  const base::Time at = *base::read_china_digits("20260131100000"), later = at + std::chrono::hours(1);
  purchases.note("I1", "buyer", at, 100 * yuan);
  purchases.give_back("I1", later, 60 * yuan);
  purchases.give_back("I1", later, 60 * yuan);
  EXPECT_EQ(purchases.spent("buyer", at, ""), 100 * yuan);
  EXPECT_EQ(purchases.spent("buyer", later, ""), 0);
  EXPECT_EQ(purchases.spent("buyer", at, "I1"), 0);
  purchases.note("I1", "buyer", at, 40 * yuan);
  EXPECT_EQ(purchases.spent("buyer", later, ""), 40 * yuan);
}

TEST(PlatformAmounts, AreReadAndWrittenExactly) {
  for (const char* text : {"0", "0.00001", "26013.5", "-12.3", "9999999999999.99999"}) {
    EXPECT_EQ(amount_text(*read_amount(text)), text);
  }
  EXPECT_EQ(read_amount("007.500000"), read_amount("7.5"));
  EXPECT_EQ(read_amount(".5"), read_amount("0.50"));
  for (const char* wrong : {"", ".", "-", "1e3", "1.2.3", "12345678901234", "x"})
    EXPECT_FALSE(read_amount(wrong)) << wrong;
}

class PlatformCancellations : public testing::Test {
 protected:
  void SetUp() override {
    counter_.hand_in_siblings("A1");
    counter_.hand_in("CEB621Message", "A1");
    invt_no_ = counter_.last("invtNo");
  }
  std::vector<std::string> cancel(const Changes& changes = {}) {
    Changes all = changes;
    all["invtNo"] = invt_no_;
    return counter_.hand_in("CEB623Message", "A1", all);
  }

  Counter counter_;
  std::string invt_no_;
};

TEST_F(PlatformCancellations, a_cancelled_inventory_leaves_its_order_free) {
  EXPECT_THAT(counter_.hand_in("CEB311Message", "A1", {{"appType", "2"}}), ElementsAre("-301011"));
  cancel();
  EXPECT_THAT(counter_.hand_in("CEB311Message", "A1", {{"appType", "2"}}), ElementsAre("2", "120"));
  EXPECT_EQ(counter_.hand_in("CEB621Message", "A1", {{"copNo", "ANOTHER"}}), released);
}

TEST_F(PlatformCancellations, a_second_one_for_the_same_inventory_is_one_too_many) {
  cancel({{"copNo", "FIRST"}});
  EXPECT_THAT(cancel({{"copNo", "SECOND"}}), ElementsAre("-623009"));
}

TEST_F(PlatformCancellations, one_that_was_turned_back_leaves_the_inventory_as_it_is) {
  EXPECT_THAT(cancel({{"copNo", "X~100"}}), ElementsAre("2", "100"));
  EXPECT_THAT(cancel({{"copNo", "X~100"}}), ElementsAre("2", "120", "399"));
}

TEST_F(PlatformCancellations, goods_of_a_cancelled_inventory_do_not_come_back) {
  cancel();
  counter_.hand_in("CEB625Message", "A1", {{"invtNo", invt_no_}});
  EXPECT_THAT(counter_.last_info(), HasSubstr("未放行"));
}

TEST_F(PlatformCancellations, an_inventory_that_was_declared_elsewhere_may_be_cancelled) {
  invt_no_ = "64092025I000000001";
  EXPECT_THAT(cancel(), ElementsAre("2", "120", "399"));
}

TEST(PlatformExportCancellations, MakeRoomForAnotherWhenTheyAreDeleted) {
  Counter counter;
  counter.hand_in("CEB603Message", "A1");
  const std::string invt_no = counter.last("invtNo");
  const auto cancel = [&](Changes changes) {
    changes["invtNo"] = invt_no;
    return counter.hand_in("CEB605Message", "A1", changes);
  };
  cancel({{"copNo", "X~2"}});
  EXPECT_THAT(cancel({{"copNo", "OTHER"}}), ElementsAre("-608001"));
  EXPECT_THAT(cancel({{"copNo", "X~2"}, {"appType", "3"}}), ElementsAre("2"));
  EXPECT_THAT(cancel({{"copNo", "OTHER"}}), ElementsAre("2", "399"));
}

}  // namespace
}  // namespace tests::tools
