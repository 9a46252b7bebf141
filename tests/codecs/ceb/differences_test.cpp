#include "codecs/ceb/differences.h"

#include <gmock/gmock.h>

#include "codecs/ceb/identity.h"
#include "tests/codecs/ceb/catalog.h"
#include "tests/support/documents.h"

namespace codecs::ceb {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What is known beside the document that is asked about.
class Shelf {
 public:
  void put(OfSale document) { documents_.insert(documents_.begin(), std::move(document)); }

  Sale sale(const OfSale& subject) const {
    return sale_of(catalog(), subject, [this](const Reference& reference) {
      std::vector<OfSale> found;
      for (const OfSale& one : documents_) {
        if (one.type == reference.type && fits(reference, one.body)) found.push_back(one);
      }
      return found;
    });
  }

  // CODE FIELD=VALUE FIELD=VALUE, a ~ before what may still come right.
  std::vector<std::string> told(const OfSale& subject) const {
    std::vector<std::string> lines;
    const Sale whole = sale(subject);
    for (const Difference& one : differences(catalog(), whole)) {
      lines.push_back((one.certainty == Certainty::certain ? "" : "~") + one.comparison->code + " " +
                      place_in_words(one.left) + "=" + one.left.value + " " + place_in_words(one.right) + "=" +
                      one.right.value);
    }
    return lines;
  }

  std::vector<std::string> missing(const OfSale& subject) const {
    std::vector<std::string> types;
    for (const auto* rule : sale(subject).missing) types.push_back(rule->sibling);
    return types;
  }

 private:
  std::vector<OfSale> documents_;
};

using Changes = std::map<std::string, std::string>;

OfSale made(const std::string& type_name, const std::string& number, const Changes& changes = {}) {
  const schemas::MessageType& type = type_of(type_name);
  Element body = document(type, tests::declaration(type_name, {.number = number}));
  for (const auto& [field, value] : changes) set_head_field(type, body, field, value);
  std::string key = key_of(type, body);
  return {&type, std::move(key), std::move(body)};
}

OfSale order(const std::string& number, const Changes& changes = {}) { return made("CEB311Message", number, changes); }
OfSale payment(const std::string& number, const Changes& changes = {}) {
  return made("CEB411Message", number, changes);
}
OfSale waybill(const std::string& number, const Changes& changes = {}) {
  return made("CEB511Message", number, changes);
}
OfSale inventory(const std::string& number, const Changes& changes = {}) {
  return made("CEB621Message", number, changes);
}

class Differences : public testing::Test {
 protected:
  void put_siblings() {
    shelf_.put(order("A1"));
    shelf_.put(payment("A1"));
    shelf_.put(waybill("A1"));
  }

  Shelf shelf_;
};

TEST_F(Differences, there_are_none_in_a_sale_that_agrees) {
  put_siblings();
  shelf_.put(inventory("A1"));
  EXPECT_THAT(shelf_.told(inventory("A1")), IsEmpty());
  EXPECT_THAT(shelf_.told(order("A1")), IsEmpty());
  EXPECT_THAT(shelf_.told(payment("A1")), IsEmpty());
  EXPECT_THAT(shelf_.told(waybill("A1")), IsEmpty());
}

TEST_F(Differences, are_all_told_with_field_and_both_values) {
  put_siblings();
  EXPECT_THAT(shelf_.told(inventory("A1", {{"buyerName", "测试乙"}, {"buyerTelephone", "10000000001"}})),
              ElementsAre("130125 buyerName=测试乙 buyerName=测试甲",
                          "130126 buyerTelephone=10000000001 buyerTelephone=10000000000"));
}

TEST_F(Differences, are_found_from_whichever_document_comes_last) {
  shelf_.put(order("A1", {{"consignee", "测试乙"}}));
  shelf_.put(inventory("A1"));
  EXPECT_THAT(shelf_.told(waybill("A1")), ElementsAre("13040 consignee=测试乙 consignee=测试甲"));
  EXPECT_THAT(shelf_.told(payment("A1", {{"payerName", "测试丙"}})),
              ElementsAre("13038 buyerName=测试甲 payerName=测试丙"));
}

TEST_F(Differences, are_not_seen_in_the_way_a_number_is_written) {
  put_siblings();
  shelf_.put(payment("A1", {{"amountPaid", "0113.500"}}));
  EXPECT_THAT(shelf_.told(inventory("A1")), IsEmpty());
  shelf_.put(payment("A1", {{"amountPaid", "113.51"}}));
  EXPECT_THAT(shelf_.told(inventory("A1")), ElementsAre("13037 acturalPaid=113.5 amountPaid=113.51"));
}

TEST_F(Differences, of_goods_name_the_row_and_what_only_one_has) {
  put_siblings();
  OfSale changed = inventory("A1");
  Element& first = *changed.body.child("InventoryList");
  first.child("qty")->text = "3";
  changed.body.children.push_back(first);
  changed.body.children.back().child("gnum")->text = "3";
  EXPECT_THAT(shelf_.told(changed), ElementsAre("1322 InventoryList[gnum=1]/qty=3 OrderList[gnum=1]/qty=2",
                                                "1322 InventoryList[gnum=3]=3 OrderList[gnum=3]="));
}

TEST_F(Differences, are_not_sought_in_what_is_not_known) {
  shelf_.put(order("A1", {{"buyerTelephone", ""}}));
  OfSale fact = payment("A1");
  std::erase_if(fact.body.child("PaymentHead")->children, [](const Element& one) { return one.name == "amountPaid"; });
  shelf_.put(fact);
  EXPECT_THAT(shelf_.told(inventory("A1")), IsEmpty());
  OfSale without_rows = inventory("A1");
  std::erase_if(without_rows.body.children, [](const Element& one) { return one.name == "InventoryList"; });
  EXPECT_THAT(shelf_.told(without_rows), IsEmpty());
}

TEST_F(Differences, what_an_inventory_waits_for_is_missing_and_named_as_customs_does) {
  EXPECT_THAT(shelf_.missing(inventory("A1")), ElementsAre("CEB311Message", "CEB411Message", "CEB511Message"));
  put_siblings();
  EXPECT_THAT(shelf_.missing(inventory("A1")), IsEmpty());
  EXPECT_THAT(shelf_.missing(inventory("A2")), ElementsAre("CEB311Message", "CEB411Message", "CEB511Message"));
  const Sale sale = shelf_.sale(inventory("A2"));
  EXPECT_EQ(absent_text(*sale.missing[1], sale.subject()), "对应电商平台为[4601960001]订单号为[A2]支付信息不存在");
  EXPECT_THAT(shelf_.missing(order("A1")), IsEmpty());
}

TEST_F(Differences, the_orders_of_one_payment_are_added_up) {
  shelf_.put(order("A1", {{"payTransactionId", "P-AB"}, {"acturalPaid", "60"}}));
  shelf_.put(order("B1", {{"payTransactionId", "P-AB"}, {"acturalPaid", "40.5"}}));
  shelf_.put(payment("A1", {{"payTransactionId", "P-AB"}, {"amountPaid", "100.50"}}));
  shelf_.put(waybill("B1"));
  EXPECT_THAT(shelf_.told(inventory("B1")), IsEmpty());
  EXPECT_THAT(shelf_.missing(inventory("B1")), IsEmpty()) << "the payment names A1, and order B1 names the payment";
  const OfSale paid = payment("A1", {{"payTransactionId", "P-AB"}, {"amountPaid", "100.51"}});
  EXPECT_THAT(shelf_.told(paid), ElementsAre("~13037 acturalPaid=100.5 amountPaid=100.51"));
  const OfSale less = payment("A1", {{"payTransactionId", "P-AB"}, {"amountPaid", "100.49"}});
  EXPECT_THAT(shelf_.told(less), ElementsAre("13037 acturalPaid=100.5 amountPaid=100.49"));
}

TEST_F(Differences, a_payment_of_more_than_the_known_orders_may_pay_for_others) {
  const Changes of_one_payment{{"payTransactionId", "P-AB"}, {"acturalPaid", "60"}};
  shelf_.put(payment("A1", {{"payTransactionId", "P-AB"}, {"amountPaid", "200"}}));
  EXPECT_THAT(shelf_.told(order("B1", of_one_payment)), ElementsAre("~13037 acturalPaid=60 amountPaid=200"))
      << "the payment names A1, which is not known";
  shelf_.put(order("A1", of_one_payment));
  EXPECT_THAT(shelf_.told(order("B1", of_one_payment)), ElementsAre("~13037 acturalPaid=120 amountPaid=200"));
}

TEST_F(Differences, a_payment_that_names_its_only_order_pays_for_no_other) {
  shelf_.put(payment("A1", {{"amountPaid", "200"}}));
  EXPECT_THAT(shelf_.told(order("A1")), ElementsAre("13037 acturalPaid=113.5 amountPaid=200"));
}

TEST_F(Differences, sums_beyond_what_can_be_added_up_are_not_compared) {
  shelf_.put(payment("A1", {{"amountPaid", "99999999999"}}));
  EXPECT_THAT(shelf_.told(order("A1", {{"acturalPaid", "99999999998.99999"}})),
              ElementsAre("13037 acturalPaid=99999999998.99999 amountPaid=99999999999"));
  EXPECT_THAT(shelf_.told(order("A1", {{"acturalPaid", "100000000000"}})), IsEmpty());
  EXPECT_THAT(shelf_.told(order("A1", {{"acturalPaid", "much"}})), IsEmpty());
}

TEST_F(Differences, export_inventories_are_compared_with_their_orders) {
  shelf_.put(made("CEB303Message", "E1", {{"ebcCode", "4601960009"}}));
  const OfSale declared = made("CEB603Message", "E1");
  EXPECT_THAT(shelf_.told(declared), ElementsAre("130121 ebcCode=4601960001 ebcCode=4601960009"));
  EXPECT_THAT(shelf_.missing(declared), IsEmpty());
}

}  // namespace
}  // namespace codecs::ceb
