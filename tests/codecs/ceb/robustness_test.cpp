// Whatever bytes come in: a value or faults, never a crash; and every value that was read can be written.
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <random>

#include "base/xml.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "schemas/document_key.h"
#include "tests/codecs/ceb/catalog.h"

namespace codecs::ceb {
namespace {

constexpr int rounds = 4000;

const std::string message_json =
    "{\"type\":\"CEB311Message\",\"guid\":\"G\",\"version\":\"1.0\",\"documents\":[{\"OrderHead\":{\"guid\":\"g\","
    "\"orderNo\":\"A\",\"goodsValue\":1.5},\"OrderList\":[{\"gnum\":1},{\"gnum\":\"2\",\"x\":[{},\"\"]}]}],"
    "\"transfer\":{\"copCode\":\"C\"},\"subscribe\":[{\"status\":\"ALL\"}],\"extend\":{\"name\":\"N\",\"Message\":\"<a>"
    "t</a>\"}}";

const std::string message_xml =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ceb:CEB311Message guid=\"G\" version=\"1.0\" "
    "xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"><ceb:Order><ceb:OrderHead><ceb:orderNo>A&amp;<![CDATA[b]]>"
    "</ceb:orderNo></ceb:OrderHead><ceb:OrderList><ceb:gnum>1</ceb:gnum></ceb:OrderList></ceb:Order><ceb:BaseTransfer/>"
    "<ceb:ExtendMessage><ceb:Message><a b='c'>&#13;</a></ceb:Message></ceb:ExtendMessage></ceb:CEB311Message>";

std::string mutated(std::string text, std::mt19937& random) {
  for (auto left = 1 + random() % 4; left > 0; --left) {
    const auto at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[at] = static_cast<char>(random() % 256);
        break;
      case 1:
        text[at] = "<>&;:\"'{}[],/=\0 \\"[random() % 17];
        break;
      case 2:
        text.erase(at, 1 + random() % 8);
        break;
      default:
        text.insert(at, text.substr(random() % text.size(), random() % 24));
        break;
    }
    if (text.empty()) text = "x";
  }
  return text;
}

// What was read is written and read again as the same values.
void expect_writable(const Message& message) {
  const auto& type = type_of(message.type);
  const std::string xml = write_xml(type, message);
  const auto hardened = base::XmlDocument::read(xml);
  ASSERT_TRUE(hardened || hardened.faults().front().code == "xml.depth") << xml;
  const auto again = read_xml(catalog(), xml);
  ASSERT_TRUE(again) << xml;
  EXPECT_EQ(shown(*again), shown(*read_xml(catalog(), write_xml(type, *again)))) << xml;
  for (const Element& body : message.documents) {
    Element filled = body;
    fill_in(type, filled, {.now = {}, .later_than = {}});
    EXPECT_FALSE(key_of(type, filled).empty());
  }
}

TEST(AnyBytes, AsMessageJson) {
  std::mt19937 random(1);
  int readable = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto parsed = read_json(mutated(message_json, random));
    if (!parsed) continue;
    const auto message = read_message(catalog(), *parsed);
    if (message) expect_writable(*message);
    readable += message ? 1 : 0;
  }
  EXPECT_GT(readable, 100);
}

TEST(AnyBytes, AsMessageXml) {
  std::mt19937 random(2);
  int readable = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto message = read_xml(catalog(), mutated(message_xml, random));
    if (message) expect_writable(*message);
    readable += message ? 1 : 0;
  }
  EXPECT_GT(readable, 100);
}

TEST(AnyBytes, AsXPathAndKey) {
  std::mt19937 random(4);
  for (int round = 0; round < rounds; ++round) {
    place_of(type_of("CEB311Message"), mutated("/ceb:CEB311Message/ceb:Order[2]/ceb:OrderList[1]/ceb:qty", random));
    const auto parts = schemas::parts_of_key(mutated("CEB311Message/a%2Fb/50%25", random));
    EXPECT_EQ(schemas::parts_of_key(schemas::key_from_parts("T", parts)), parts);
  }
}

}  // namespace
}  // namespace codecs::ceb
