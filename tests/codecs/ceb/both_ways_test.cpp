// Every message type of both editions, made from its shape: XML to JSON and back, and nothing is lost or moved.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <map>

#include "base/xml.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "schemas/judge.h"
#include "tests/codecs/ceb/catalog.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace codecs::ceb {
namespace {

using schemas::MessageType;
using schemas::NodeKind;
using tests::MadeElement;

struct Edition {
  const schemas::Catalog& catalog;
  schemas::Judge judge;
};

const Edition& edition_of(const std::string& name) {
  static std::map<std::string, Edition> loaded;
  const auto found = loaded.find(name);
  if (found != loaded.end()) return found->second;
  const schemas::Catalog& catalog = tests::catalog_of(name);
  auto judge = schemas::Judge::load({tests::schemas_directory(), {}}, catalog);
  if (!judge) throw std::runtime_error(judge.faults().front().en);
  return loaded.emplace(name, Edition{catalog, std::move(*judge)}).first->second;
}

std::string faults_of(const Edition& edition, const std::string& xml) {
  const auto document = base::XmlDocument::read(xml);
  if (!document) return told(document.faults());
  const auto verdict = edition.judge.judge(*document, schemas::Level::schema, schemas::SignatureDemand::none_yet);
  return told(verdict.faults);
}

Message read(const Edition& edition, const std::string& xml) {
  auto message = read_xml(edition.catalog, xml);
  if (!message) throw std::runtime_error(message.faults().front().en + "\n" + xml);
  return std::move(*message);
}

std::string json_of(const Edition& edition, const Message& message) {
  return boost::json::serialize(write_message(*edition.catalog.find(message.type), message));
}

// XML, values, JSON, values, XML, values: all three the same; gives the JSON.
boost::json::value expect_both_ways(const Edition& edition, const std::string& xml) {
  const Message original = read(edition, xml);
  const std::string posted = json_of(edition, original);
  const auto from_json = read_message(edition.catalog, json(posted));
  EXPECT_TRUE(from_json) << told(from_json.faults()) << "\n" << posted;
  if (!from_json) return {};
  EXPECT_EQ(shown(*from_json), shown(original));
  const std::string rewritten = write_xml(*edition.catalog.find(original.type), *from_json);
  EXPECT_EQ(shown(read(edition, rewritten)), shown(original)) << rewritten;
  EXPECT_EQ(json_of(edition, read(edition, rewritten)), posted);
  EXPECT_EQ(faults_of(edition, rewritten), "") << rewritten;
  return boost::json::parse(posted);
}

void keep_only_what_must_stand(MadeElement& element) {
  std::erase_if(element.children, [](const MadeElement& child) { return child.shape->min_occurs == 0; });
  const auto repeated = std::unique(element.children.begin(), element.children.end(),
                                    [](const auto& a, const auto& b) { return a.shape == b.shape; });
  element.children.erase(repeated, element.children.end());
  for (MadeElement& child : element.children) keep_only_what_must_stand(child);
}

bool may_be_empty(const schemas::Node& field) {
  const schemas::Facets& facets = field.facets;
  return facets.fixed_value || facets.default_value ||
         (facets.base == schemas::BaseType::string && !facets.length && facets.min_length.value_or(0) == 0);
}

std::size_t empty_what_may_be(MadeElement& element) {
  std::size_t emptied = 0;
  for (MadeElement& child : element.children) {
    if (child.shape->kind == NodeKind::field && may_be_empty(*child.shape)) {
      child.text.clear();
      ++emptied;
    }
    emptied += empty_what_may_be(child);
  }
  return emptied;
}

class EveryType : public testing::TestWithParam<const char*> {
 protected:
  const Edition& edition_ = edition_of(GetParam());
};

TEST_P(EveryType, ComesBackWithEverythingThatMayStandInIt) {
  for (const MessageType& type : edition_.catalog.types()) {
    SCOPED_TRACE(type.name);
    expect_both_ways(edition_, written(tests::full_message(type)));
  }
}

TEST_P(EveryType, ComesBackWithNothingButWhatMustStandInIt) {
  for (const MessageType& type : edition_.catalog.types()) {
    SCOPED_TRACE(type.name);
    MadeElement message = tests::full_message(type);
    keep_only_what_must_stand(message);
    const auto posted = expect_both_ways(edition_, written(message));
    EXPECT_EQ(posted.at("documents").as_array().size(), 1u);
    EXPECT_FALSE(posted.as_object().contains("subscribe"));
    EXPECT_FALSE(posted.as_object().contains("extend"));
  }
}

std::size_t count(const std::string& text, std::string_view piece) {
  std::size_t found = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++found;
  return found;
}

TEST_P(EveryType, KeepsAnEmptyElementApartFromAnAbsentOne) {
  for (const MessageType& type : edition_.catalog.types()) {
    SCOPED_TRACE(type.name);
    MadeElement message = tests::full_message(type);
    const std::size_t emptied = empty_what_may_be(message);
    const std::string posted = boost::json::serialize(expect_both_ways(edition_, written(message)));
    EXPECT_EQ(count(posted, "\":\"\""), emptied) << posted;
  }
}

TEST_P(EveryType, HasItsFieldsInTheDocumentItselfWhereItHasNoHead) {
  for (const MessageType& type : edition_.catalog.types()) {
    SCOPED_TRACE(type.name);
    const auto posted = expect_both_ways(edition_, written(tests::full_message(type)));
    const auto& document = posted.at("documents").at(0).as_object();
    const auto& holder = type.head.empty() ? document : document.at(type.head).as_object();
    for (const std::string& field : type.key_fields) EXPECT_TRUE(holder.contains(field)) << field;
    EXPECT_TRUE(type.list.empty() || document.at(type.list).is_array());
  }
}

INSTANTIATE_TEST_SUITE_P(Editions, EveryType, testing::Values("202205", "2018"),
                         [](const auto& edition) { return std::string("Edition") + edition.param; });

class OneType : public testing::Test {
 protected:
  MadeElement made(const std::string& name) const { return tests::full_message(*edition_.catalog.find(name)); }
  std::string rewritten(const MadeElement& message) const {
    const Message read_one = read(edition_, written(message));
    return write_xml(*edition_.catalog.find(read_one.type), read_one);
  }

  const Edition& edition_ = edition_of("202205");
};

TEST_F(OneType, DeclaresWhatItsSchemaWantsOnceOnlyOnce) {
  MadeElement message = made("CEB711Message");
  EXPECT_EQ(faults_of(edition_, written(message)).find("schema.repeated"), std::string::npos);
  message.children.insert(message.children.begin() + 1, message.children.front());
  const auto posted = json(json_of(edition_, read(edition_, written(message))));
  EXPECT_EQ(posted.member("documents")->items.size(), 2u);
  EXPECT_EQ(faults_of(edition_, rewritten(message)), "schema.repeated /ceb:CEB711Message/ceb:Delivery[2]");
}

TEST_F(OneType, CarriesAsManyTaxSheetsAsThereAre) {
  for (const char* name : {"CEB816Message", "CEB818Message"}) {
    MadeElement message = made(name);
    const MadeElement first = message.children.front();
    message.children.insert(message.children.begin(), 150, first);
    const auto posted = expect_both_ways(edition_, written(message));
    EXPECT_EQ(posted.at("documents").as_array().size(), 152u);
  }
}

TEST_F(OneType, CarriesFiveSubscriptionsInTheirOrder) {
  for (const char* name : {"CEB621Message", "CEB603Message"}) {
    MadeElement message = made(name);
    const auto at = std::find_if(message.children.begin(), message.children.end(),
                                 [](const auto& child) { return child.shape->name == "BaseSubscribe"; });
    message.children.insert(at, 3, *at);
    int number = 0;
    for (MadeElement& child : message.children) {
      if (child.shape->name == "BaseSubscribe") child.children.front().text = "A" + std::to_string(++number);
    }
    const auto posted = expect_both_ways(edition_, written(message));
    const auto& subscriptions = posted.at("subscribe").as_array();
    ASSERT_EQ(subscriptions.size(), 5u);
    EXPECT_EQ(subscriptions.at(4).as_object().begin()->value(), "A5");
  }
}

TEST_F(OneType, CarriesTheRefusedMessageWhateverStandsInIt) {
  const std::string refused = "<ceb:CEB311Message><![CDATA[订单 & ]]></ceb:CEB311Message>\n\t";
  for (const std::string& content : {refused, std::string("]]>"), std::string("]]]]>>"), std::string("a]]>b]]>")}) {
    MadeElement message = made("CEB900Message");
    MadeElement& original = *message.children.front().child("oriBizMessage");
    std::string cdata = "<![CDATA[";
    for (const char c : content) cdata += c == '>' ? "]]><![CDATA[>" : std::string(1, c);
    original.text = cdata + "]]>";
    const auto posted = expect_both_ways(edition_, written(message));
    EXPECT_EQ(posted.at("documents").at(0).at("oriBizMessage"), boost::json::string(content));
  }
}

TEST_F(OneType, CarriesForeignXmlAsTextThatStandsByItself) {
  for (const char* name : {"CEB311Message", "CEB303Message"}) {
    MadeElement message = made(name);
    MadeElement* extension = message.child("ExtendMessage");
    ASSERT_NE(extension, nullptr);
    MadeElement& holder = *extension->child("Message");
    holder.children.front().name = "other:thing";
    holder.children.front().text = "<other:inside a=\"1 &lt; 2\"><![CDATA[<&>]]></other:inside> 字";
    const auto posted = expect_both_ways(edition_, written(message));
    const std::string text(posted.at("extend").at("Message").as_string());
    EXPECT_NE(text.find("xmlns:other=\"urn:other\""), std::string::npos) << text;
    EXPECT_NE(text.find("字</other:thing>"), std::string::npos) << text;
  }
}

// An unsigned message stands in the order in which its signature will find its place: before ExtendMessage in an
// export.
TEST_F(OneType, StandsInTheOrderOfItsOwnSchema) {
  EXPECT_EQ(edition_.catalog.find("CEB603Message")->signature_before, "ExtendMessage");
  EXPECT_EQ(edition_.catalog.find("CEB621Message")->signature_before, "");
  for (const char* name : {"CEB621Message", "CEB603Message"}) {
    const MessageType& type = *edition_.catalog.find(name);
    Message message = read(edition_, written(tests::full_message(type)));
    for (Element& document : message.documents) std::reverse(document.children.begin(), document.children.end());
    EXPECT_EQ(faults_of(edition_, write_xml(type, message)), "") << name;
  }
}

}  // namespace
}  // namespace codecs::ceb
