#include "codecs/ceb/json_codec.h"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/codecs/ceb/catalog.h"

namespace codecs::ceb {
namespace {

std::string faults_of(std::string_view type, std::string_view text, std::string_view pointer = "/document") {
  const auto read = read_document(type_of(type), json(text), pointer);
  return read ? "no fault" : told(read.faults());
}

std::string rewritten(std::string_view type, std::string_view text) {
  return boost::json::serialize(write_document(type_of(type), document(type_of(type), text)));
}

TEST(ReadDocument, TakesFieldsAsStringsOrNumbersAndPutsThemInSchemaOrder) {
  const Element body = document(type_of("CEB311Message"),
                                "{\"OrderList\":[{\"qty\":1.50,\"gnum\":1},{\"gnum\":\"2\"}],"
                                "\"OrderHead\":{\"orderNo\":\"A3\",\"guid\":\"\",\"goodsValue\":19.90}}");
  EXPECT_EQ(shown(body),
            "Order{OrderHead{guid=\"\" orderNo=\"A3\" goodsValue=\"19.90\" } OrderList{gnum=\"1\" qty=\"1.50\" } "
            "OrderList{gnum=\"2\" } }");
}

TEST(ReadDocument, ANodeWithoutHeadHasItsFieldsDirectlyInTheDocument) {
  const auto& type = type_of("CEB312Message");
  EXPECT_TRUE(type.head.empty());
  EXPECT_EQ(shown(document(type, "{\"orderNo\":\"A\",\"guid\":\"G\"}")), "OrderReturn{guid=\"G\" orderNo=\"A\" }");
}

TEST(ReadDocument, KeepsUnknownNamesAfterTheKnownOnes) {
  const Element body =
      document(type_of("CEB311Message"),
               "{\"Extra\":{\"deep\":[1,\"x\"],\"none\":[]},\"OrderHead\":{\"what\":7,\"orderNo\":\"A\"}}");
  EXPECT_EQ(shown(body), "Order{OrderHead{orderNo=\"A\" what=\"7\" } Extra{deep=\"1\" deep=\"x\" none=\"\" } }");
}

TEST(ReadDocument, NamesEveryWrongKindAtOnce) {
  EXPECT_EQ(faults_of("CEB311Message",
                      "{\"OrderHead\":{\"guid\":null,\"appType\":true,\"orderNo\":{},\"ebpCode\":[\"x\"],\"x/y~z\":1},"
                      "\"OrderList\":[{\"qty\":false},7]}"),
            "json.shape /document/OrderHead/x~1y~0z; json.shape /document/OrderHead/guid; "
            "json.shape /document/OrderHead/appType; json.shape /document/OrderHead/orderNo; "
            "json.shape /document/OrderHead/ebpCode; json.shape /document/OrderList/0/qty; "
            "json.shape /document/OrderList/1");
}

TEST(ReadDocument, SaysWhatIsAllowedAndWhatToDo) {
  const auto read =
      read_document(type_of("CEB311Message"), json("{\"OrderHead\":{\"note\":null},\"OrderList\":{}}"), "");
  ASSERT_FALSE(read);
  ASSERT_EQ(read.faults().size(), 2U);
  EXPECT_EQ(
      read.faults()[0].en,
      "“note” must be a string or a number, but is null; leave the name out if there is no value, write \"\" for an "
      "empty element");
  EXPECT_EQ(read.faults()[1].en, "“OrderList” must be an array […], also for a single entry, but is an object");
}

TEST(ReadDocument, ADocumentThatIsNoObjectIsAFault) {
  for (const char* text : {"[]", "\"x\"", "1", "null", "true"}) {
    EXPECT_EQ(faults_of("CEB311Message", text, "/3/document"), "json.shape /3/document") << text;
    EXPECT_EQ(faults_of("CEB312Message", text, ""), "json.shape ") << text;
  }
  EXPECT_EQ(faults_of("CEB311Message", "{\"OrderHead\":[]}"), "json.shape /document/OrderHead");
}

TEST(ReadDocument, RefusesNumbersThatMayHaveBeenChangedOnTheirWay) {
  const auto with_value = [](const std::string& number) {
    return faults_of("CEB311Message", "{\"OrderHead\":{\"goodsValue\":" + number + "}}");
  };
  for (const char* number :
       {"123456789012345", "0.123456789012345", "-12345678901234.5", "0.00000000000000000001", "-0"}) {
    EXPECT_EQ(with_value(number), "no fault") << number;
  }
  for (const char* number : {"1234567890123456", "0.1234567890123456", "1e3", "1E0", "100000000000000.00"}) {
    EXPECT_EQ(with_value(number), "json.number /document/OrderHead/goodsValue") << number;
  }
  EXPECT_EQ(with_value("\"1234567890123456.78901\""), "no fault");
}

TEST(ReadDocument, RefusesCharactersThatXmlCannotCarry) {
  for (const char* character : {"\\u0000", "\\u0001", "\\u000b", "\\u001f", "\\ufffe", "\\uffff"}) {
    EXPECT_EQ(faults_of("CEB311Message", std::string("{\"OrderHead\":{\"note\":\"a") + character + "\"}}"),
              "json.character /document/OrderHead/note")
        << character;
  }
  EXPECT_EQ(faults_of("CEB311Message", "{\"OrderHead\":{\"note\":\"\\t\\n\\r\\u007f\\u0085\\ufffd\\ud83d\\ude00\"}}"),
            "no fault");
}

TEST(ReadDocument, RefusesNamesThatNoElementCanHaveAndNamesThatComeTwice) {
  for (const char* name : {"", "a b", "1a", "-a", "<a>", "ceb:guid", "a=\\\"1\\\"", "@guid", "a\\u0000"}) {
    EXPECT_NE(faults_of("CEB311Message", std::string("{\"") + name + "\":\"\"}").find("json.shape"), std::string::npos)
        << name;
  }
  EXPECT_EQ(faults_of("CEB311Message", "{\"订单\":\"\",\"_a.b-1\":\"\"}"), "no fault");
  EXPECT_EQ(faults_of("CEB311Message", "{\"OrderHead\":{\"guid\":\"a\",\"guid\":\"b\",\"u\":1,\"u\":2}}"),
            "json.shape /document/OrderHead/guid; json.shape /document/OrderHead/u");
}

TEST(ReadDocument, ListsNoMoreFaultsThanCanBeRead) {
  std::string rows = "{\"OrderList\":[0";
  for (int i = 0; i < 2000; ++i) rows += ",0";
  const auto read = read_document(type_of("CEB311Message"), json(rows + "]}"), "");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.faults().size(), 1001U);
  EXPECT_EQ(read.faults().back().code, "json.more");
}

TEST(WriteDocument, GivesBackWhatWasRead) {
  const char* text =
      "{\"OrderHead\":{\"guid\":\"\",\"orderNo\":\"A\\r\\n\",\"unknown\":{\"a\":\"\"}},\"OrderList\":[{\"gnum\":\"1\"}]"
      "}";
  EXPECT_EQ(rewritten("CEB311Message", text), text);
  EXPECT_EQ(rewritten("CEB311Message", "{}"), "{}");
  EXPECT_EQ(rewritten("CEB311Message", "{\"OrderHead\":{},\"OrderList\":[{},{}]}"),
            "{\"OrderHead\":{},\"OrderList\":[{},{}]}");
}

TEST(WriteDocument, LeavesNothingOutThatComesMoreOftenThanItMay) {
  const Element twice{.name = "OrderReturn",
                      .text = {},
                      .children = {{.name = "guid", .text = "a", .children = {}},
                                   {.name = "guid", .text = "b", .children = {}},
                                   {.name = "guid", .text = "c", .children = {}}}};
  EXPECT_EQ(boost::json::serialize(write_document(type_of("CEB312Message"), twice)), "{\"guid\":[\"a\",\"b\",\"c\"]}");
}

TEST(JsonMessage, IsReadAndWrittenWhole) {
  const char* text =
      "{\"type\":\"CEB311Message\",\"guid\":\"G\",\"version\":\"1.0\",\"documents\":[{\"OrderHead\":{\"orderNo\":\"A\"}"
      "},{}],"
      "\"transfer\":{\"copCode\":\"C\"},\"subscribe\":[{\"status\":\"ALL\"}],"
      "\"extend\":{\"name\":\"N\",\"Message\":\"<a x=\\\"1\\\">t</a>\"}}";
  const auto read = read_message(catalog(), json(text));
  ASSERT_TRUE(read) << told(read.faults());
  EXPECT_EQ(boost::json::serialize(write_message(type_of("CEB311Message"), *read)), text);
}

TEST(JsonMessage, HasVersion10AndNoGuidWhereNoneIsGiven) {
  const auto read = read_message(catalog(), json("{\"type\":\"CEB312Message\"}"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->version, "1.0");
  EXPECT_EQ(read->guid, "");
  EXPECT_FALSE(read->transfer);
}

TEST(JsonMessage, NamesEveryFaultAtOnce) {
  const auto faults = [](std::string_view text) {
    const auto read = read_message(catalog(), json(text));
    return read ? "no fault" : told(read.faults());
  };
  EXPECT_EQ(faults("[]"), "json.shape ");
  EXPECT_EQ(faults("{}"), "json.shape /type");
  EXPECT_EQ(faults("{\"type\":311}"), "json.shape /type");
  EXPECT_EQ(faults("{\"type\":\"CEB999Message\"}"), "json.shape /type");
  EXPECT_EQ(faults("{\"type\":\"CEB311Message\",\"guid\":1,\"documents\":{},\"transfer\":[],\"subscribe\":[\"x\"],"
                   "\"extend\":{\"Message\":\"<a>\"},\"other\":1,\"guid\":\"\"}"),
            "json.shape /guid; json.shape /documents; json.shape /subscribe/0; json.shape /transfer; "
            "json.shape /extend/Message; json.shape /other; json.shape /guid");
}

TEST(PlaceOf, TurnsAnXPathIntoDocumentAndPointer) {
  const auto place = [](std::string_view type, std::string_view xpath) {
    const auto found = place_of(type_of(type), xpath);
    return std::to_string(found.document) + " " + found.pointer;
  };
  EXPECT_EQ(place("CEB311Message", "/ceb:CEB311Message/ceb:Order[2]/ceb:OrderList[1]/ceb:qty"), "1 /OrderList/0/qty");
  EXPECT_EQ(place("CEB311Message", "/ceb:CEB311Message/ceb:Order[1]/ceb:OrderHead/ceb:orderNo"),
            "0 /OrderHead/orderNo");
  EXPECT_EQ(place("CEB311Message", "/ceb:CEB311Message/ceb:Order[3]/ceb:OrderHead[1]/ceb:orderNo[1]"),
            "2 /OrderHead/orderNo");
  EXPECT_EQ(place("CEB311Message", "/ceb:CEB311Message/ceb:Order[100]"), "99 ");
  EXPECT_EQ(place("CEB311Message", "/ceb:CEB311Message/ceb:Order/ceb:OrderList[12]"), "0 /OrderList/11");
  EXPECT_EQ(place("CEB311Message", "/ceb:CEB311Message/ceb:Order/ceb:OrderList"), "0 /OrderList");
  EXPECT_EQ(place("CEB311Message", "/ceb:CEB311Message/ceb:Order/ceb:Extra[2]/ceb:deep"), "0 /Extra/deep");
  EXPECT_EQ(place("CEB312Message", "/CEB312Message/OrderReturn[2]/guid"), "1 /guid");
  for (const char* elsewhere : {"", "/", "/ceb:CEB311Message", "/ceb:CEB311Message/@guid",
                                "/ceb:CEB311Message/ceb:BaseTransfer/ceb:copCode", "garbage[", "/[/]/:/[9"}) {
    EXPECT_EQ(place("CEB311Message", elsewhere), "0 ") << elsewhere;
  }
  EXPECT_EQ(place("CEB311Message", "/a/ceb:Order[0]/ceb:OrderList[99999999999999999999999]/[x"), "0 /OrderList/");
}

}  // namespace
}  // namespace codecs::ceb
