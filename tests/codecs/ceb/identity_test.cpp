#include "codecs/ceb/identity.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "base/digest.h"
#include "schemas/document_key.h"
#include "tests/codecs/ceb/catalog.h"

namespace codecs::ceb {
namespace {

const base::Time morning = *base::read_china_digits("20260131093000");

const schemas::MessageType& order() { return type_of("CEB311Message"); }
const schemas::MessageType& inventory() { return type_of("CEB621Message"); }

Filling filling(base::Time now = morning) { return {.now = now, .later_than = std::nullopt}; }

std::string filled(const schemas::MessageType& type, Element& body, std::string_view name) {
  fill_in(type, body, filling());
  return head_field(type, body, name);
}

TEST(Key, IsTheTypeAndTheKeyFieldsInOrder) {
  EXPECT_EQ(key_of(order(), document(order(), "{\"OrderHead\":{\"orderNo\":\"A3\",\"ebpCode\":\"4601960001\"}}")),
            "CEB311Message/4601960001/A3");
  const auto& receipt = type_of("CEB412Message");
  EXPECT_EQ(key_of(receipt, document(receipt, "{\"payTransactionId\":\"T\",\"payCode\":\"P\"}")), "CEB412Message/P/T");
}

TEST(Key, EncodesOnlyPercentAndSlashInsideAPart) {
  const Element body = document(order(), "{\"OrderHead\":{\"ebpCode\":\"a/b\",\"orderNo\":\"100% ~é?\"}}");
  EXPECT_EQ(key_of(order(), body), "CEB311Message/a%2Fb/100%25 ~é?");
  EXPECT_EQ(schemas::parts_of_key(key_of(order(), body)), (std::vector<std::string>{"a/b", "100% ~é?"}));
  EXPECT_EQ(number_of(order(), body), "100% ~é?");
}

TEST(Key, AbsentPartsAreEmpty) {
  EXPECT_EQ(key_of(order(), document(order(), "{\"OrderHead\":{\"orderNo\":\"A\"}}")), "CEB311Message//A");
  EXPECT_EQ(key_of(order(), document(order(), "{}")), "CEB311Message//");
  EXPECT_EQ(schemas::parts_of_key("CEB311Message//"), (std::vector<std::string>{"", ""}));
}

TEST(Key, PartsComeBackAndWhatPeopleTypeIsRead) {
  for (const std::vector<std::string>& parts :
       {std::vector<std::string>{"%2F", "/", "%"}, {"a%", "%%2f", "//"}, {"", "x"}}) {
    EXPECT_EQ(schemas::parts_of_key(schemas::key_from_parts("T", parts)), parts);
  }
  EXPECT_EQ(schemas::parts_of_key("T/a%2fb/50%/%zz/%2"), (std::vector<std::string>{"a/b", "50%", "%zz", "%2"}));
  EXPECT_TRUE(schemas::parts_of_key("T").empty());
  EXPECT_TRUE(schemas::parts_of_key("").empty());
}

TEST(Numbers, AreThoseThatArePresentAndNotEmpty) {
  const Element body =
      document(order(), "{\"OrderHead\":{\"orderNo\":\"A\",\"payTransactionId\":\"\",\"ebpCode\":\"E\"}}");
  const auto numbers = related_numbers(order(), body);
  ASSERT_EQ(numbers.size(), 1U);
  EXPECT_EQ(numbers[0].kind, "orderNo");
  EXPECT_EQ(numbers[0].value, "A");
  EXPECT_TRUE(related_numbers(order(), document(order(), "{}")).empty());
}

TEST(HeadField, IsPutAtItsPlaceBySchema) {
  Element body =
      document(order(), "{\"OrderHead\":{\"appTime\":\"t\",\"orderNo\":\"A\",\"odd\":\"x\"},\"OrderList\":[{}]}");
  set_head_field(order(), body, "appType", "1");
  set_head_field(order(), body, "guid", "g");
  set_head_field(order(), body, "note", "n");
  set_head_field(order(), body, "orderNo", "B");
  EXPECT_EQ(shown(*body.child("OrderHead")),
            "OrderHead{guid=\"g\" appType=\"1\" appTime=\"t\" orderNo=\"B\" note=\"n\" odd=\"x\" }");
}

TEST(HeadField, MakesTheHeadWhereThereIsNone) {
  Element body = document(order(), "{\"OrderList\":[{\"gnum\":\"1\"}]}");
  set_head_field(order(), body, "orderNo", "A");
  EXPECT_EQ(shown(body), "Order{OrderHead{orderNo=\"A\" } OrderList{gnum=\"1\" } }");
  const auto& receipt = type_of("CEB312Message");
  Element flat = document(receipt, "{}");
  set_head_field(receipt, flat, "orderNo", "A");
  EXPECT_EQ(shown(flat), "OrderReturn{orderNo=\"A\" }");
}

std::string canonical(std::string_view text) { return canonical_content(order(), document(order(), text)); }

TEST(CanonicalContent, IsEqualForEqualContents) {
  EXPECT_EQ(canonical("{\"OrderHead\":{\"orderNo\":\"A\",\"goodsValue\":1.50,\"guid\":\"1\",\"appTime\":\"2\"},"
                      "\"OrderList\":[{\"qty\":\"007\",\"gnum\":1}]}"),
            canonical("{\"OrderList\":[{\"gnum\":\" 01 \",\"qty\":7.000}],"
                      "\"OrderHead\":{\"goodsValue\":\"+01.5\",\"orderNo\":\"A\"}}"));
  EXPECT_EQ(canonical("{\"OrderHead\":{\"discount\":\"-0.00\"}}"), canonical("{\"OrderHead\":{\"discount\":\"0\"}}"));
  EXPECT_EQ(canonical("{\"OrderHead\":{\"discount\":\".50\"}}"), canonical("{\"OrderHead\":{\"discount\":\"0.5\"}}"));
  EXPECT_EQ(canonical("{\"OrderHead\":{\"discount\":\"-5.\"}}"), canonical("{\"OrderHead\":{\"discount\":\"-5.0\"}}"));
}

TEST(CanonicalContent, IsJsonWithSortedNames) {
  EXPECT_EQ(
      canonical("{\"OrderHead\":{\"orderNo\":\"A\\\"\",\"ebpCode\":\"\"},\"OrderList\":[{\"gnum\":2},{\"gnum\":1}]}"),
      "{\"OrderHead\":[{\"ebpCode\":[\"\"],\"orderNo\":[\"A\\\"\"]}],"
      "\"OrderList\":[{\"gnum\":[\"2\"]},{\"gnum\":[\"1\"]}]}");
}

TEST(CanonicalContent, DiffersForDifferentContents) {
  const std::vector<std::string> contents{
      "{}",
      "{\"OrderHead\":{}}",
      "{\"OrderHead\":{\"note\":\"\"}}",
      "{\"OrderHead\":{\"note\":\"007\"}}",
      "{\"OrderHead\":{\"note\":\"7\"}}",
      "{\"OrderHead\":{\"note\":\" 7\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"7\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"-7\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"70\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"0.7\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"0.07\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"\"}}",
      "{\"OrderHead\":{\"goodsValue\":\".\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"x\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"7e0\"}}",
      "{\"OrderHead\":{\"goodsValue\":\"--7\"}}",
      "{\"OrderHead\":{\"odd\":{\"a\":\"7\"}}}",
      "{\"OrderHead\":{\"odd\":{\"a\":\"07\"}}}",
      "{\"OrderHead\":{\"odd\":\"{\\\"a\\\":[\\\"7\\\"]}\"}}",
      "{\"OrderList\":[{\"guid\":\"g\"}]}",
      "{\"OrderList\":[{}]}",
      "{\"OrderList\":[{},{}]}",
      "{\"OrderList\":[{\"gnum\":1},{\"gnum\":2}]}",
      "{\"OrderList\":[{\"gnum\":2},{\"gnum\":1}]}",
  };
  std::set<std::string> canonicals;
  for (const std::string& content : contents) canonicals.insert(canonical(content));
  EXPECT_EQ(canonicals.size(), contents.size());
}

TEST(CanonicalContent, LeavesOutFurtherHeadFieldsByName) {
  const Element body = document(inventory(), "{\"InventoryHead\":{\"copNo\":\"C\",\"orderNo\":\"A\",\"guid\":\"G\"}}");
  EXPECT_EQ(canonical_content(inventory(), body, {"copNo"}), "{\"InventoryHead\":[{\"orderNo\":[\"A\"]}]}");
  EXPECT_EQ(canonical_content(inventory(), body), "{\"InventoryHead\":[{\"copNo\":[\"C\"],\"orderNo\":[\"A\"]}]}");
}

TEST(FillIn, FillsWhatIsAbsentInSchemaOrder) {
  Element body = document(order(), "{\"OrderHead\":{\"orderNo\":\"A\"}}");
  fill_in(order(), body, filling());
  const std::string guid = head_field(order(), body, "guid");
  EXPECT_EQ(guid.size(), 36U);
  EXPECT_EQ(shown(*body.child("OrderHead")), "OrderHead{guid=\"" + guid +
                                                 "\" appType=\"1\" appTime=\"20260131093000\" appStatus=\"2\" "
                                                 "orderNo=\"A\" }");
}

TEST(FillIn, ChangesNothingThatIsThere) {
  const char* text =
      "{\"InventoryHead\":{\"guid\":\"\",\"appType\":\"9\",\"appTime\":\"x\",\"appStatus\":\"1\",\"copNo\":\"\"}}";
  Element body = document(inventory(), text);
  fill_in(inventory(), body, filling());
  EXPECT_EQ(shown(body), shown(document(inventory(), text)));
}

TEST(FillIn, FillsAppStatusOnlyWhereTheCatalogSaysSo) {
  for (const auto& type : catalog().types()) {
    Element body{.name = type.business_node, .text = {}, .children = {}};
    const bool expected = std::set<std::string>{"CEB303Message", "CEB403Message", "CEB505Message", "CEB311Message",
                                                "CEB411Message", "CEB511Message", "CEB513Message"}
                              .contains(type.name);
    EXPECT_EQ(filled(type, body, "appStatus"), expected ? "2" : "") << type.name;
  }
}

TEST(FillIn, PutsNothingIntoATypeThatDoesNotKnowIt) {
  const auto& receipt = type_of("CEB312Message");
  Element body = document(receipt, "{\"orderNo\":\"A\"}");
  fill_in(receipt, body, filling());
  EXPECT_EQ(body.child("appTime"), nullptr);
  EXPECT_EQ(body.child("appType"), nullptr);
}

TEST(FillIn, AppTimeIsAlwaysLaterThanThatOfEarlierVersions) {
  const auto app_time = [](base::Time now, base::Time later_than) {
    Element body = document(order(), "{}");
    fill_in(order(), body, {.app_type = "2", .now = now, .later_than = later_than});
    EXPECT_EQ(head_field(order(), body, "appType"), "2");
    return head_field(order(), body, "appTime");
  };
  using namespace std::chrono_literals;
  EXPECT_EQ(app_time(morning, morning - 1s), "20260131093000");
  EXPECT_EQ(app_time(morning, morning), "20260131093001");
  EXPECT_EQ(app_time(morning + 999ms, morning), "20260131093001");
  EXPECT_EQ(app_time(morning + 1s, morning), "20260131093001");
  EXPECT_EQ(app_time(morning, morning + 999ms), "20260131093001");
  EXPECT_EQ(app_time(morning, morning + 15h), "20260201003001");
}

TEST(FillIn, MakesTheSameCopNoOfTheSamePost) {
  const auto made = [](std::string_view text) {
    Element body = document(inventory(), text);
    return filled(inventory(), body, "copNo");
  };
  const std::string first = made("{\"InventoryHead\":{\"orderNo\":\"A\",\"freight\":1.50}}");
  EXPECT_EQ(first.size(), 20U);
  EXPECT_EQ(first.find_first_not_of("0123456789ABCDEF"), std::string::npos);
  EXPECT_TRUE(first.starts_with("621"));
  EXPECT_EQ(made("{\"InventoryHead\":{\"freight\":\"1.5\",\"orderNo\":\"A\"}}"), first);
  EXPECT_EQ(made("{\"InventoryHead\":{\"freight\":\"1.5\",\"orderNo\":\"A\",\"appType\":\"1\",\"guid\":\"G\","
                 "\"appTime\":\"20250101000000\"}}"),
            first);
  EXPECT_NE(made("{\"InventoryHead\":{\"orderNo\":\"B\",\"freight\":1.50}}"), first);
}

TEST(FillIn, CopNoIsTheDigestOfTheCanonicalContentWithDefaults) {
  Element body = document(inventory(), "{\"InventoryHead\":{\"orderNo\":\"A\"}}");
  const std::string content = "{\"InventoryHead\":[{\"appType\":[\"1\"],\"orderNo\":[\"A\"]}]}";
  std::string digits = base::sha256_hex(content).substr(0, 17);
  std::transform(digits.begin(), digits.end(), digits.begin(), [](unsigned char c) { return std::toupper(c); });
  EXPECT_EQ(filled(inventory(), body, "copNo"), "621" + digits);
}

TEST(FillIn, MakesCopNoOnlyForTheTypesThatMayHaveItMade) {
  for (const auto& type : catalog().types()) {
    Element body{.name = type.business_node, .text = {}, .children = {}};
    const bool expected =
        std::set<std::string>{"CEB621Message", "CEB623Message", "CEB625Message", "CEB711Message"}.contains(type.name);
    EXPECT_EQ(filled(type, body, "copNo").starts_with(type.name.substr(3, 3)), expected) << type.name;
  }
}

TEST(BaseTransfer, NamesTheEnterpriseThatTransmits) {
  EXPECT_EQ(shown(base_transfer("4601960001", "公司", "DXPENT0000000001")),
            "BaseTransfer{copCode=\"4601960001\" copName=\"公司\" dxpMode=\"DXP\" dxpId=\"DXPENT0000000001\" }");
}

}  // namespace
}  // namespace codecs::ceb
