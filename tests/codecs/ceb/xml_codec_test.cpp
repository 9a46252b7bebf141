#include "codecs/ceb/xml_codec.h"

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

#include "base/xml.h"
#include "codecs/ceb/json_codec.h"
#include "tests/codecs/ceb/catalog.h"
#include "tests/support/paths.h"

namespace codecs::ceb {
namespace {

constexpr const char* opening =
    "<ceb:CEB311Message guid=\"G\" version=\"1.0\" xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\">";

std::string around(const std::string& inside) { return opening + inside + "</ceb:CEB311Message>"; }
std::string in_note(const std::string& text) {
  return around("<ceb:Order><ceb:OrderHead><ceb:note>" + text + "</ceb:note></ceb:OrderHead></ceb:Order>");
}

Message read(const std::string& xml) {
  if (const auto hardened = base::XmlDocument::read(xml); !hardened) {
    throw std::runtime_error(hardened.faults().front().en);
  }
  auto message = read_xml(catalog(), xml);
  if (!message) throw std::runtime_error(message.faults().front().en);
  return std::move(message).value();
}

std::string note_of(const Message& message) { return message.documents.at(0).child("OrderHead")->child("note")->text; }

Message with_note(const std::string& note) {
  Message message{.type = "CEB311Message", .guid = "G", .documents = {}, .transfer = {}, .subscribe = {}, .extend = {}};
  message.documents.push_back(
      {.name = "Order",
       .text = {},
       .children = {{.name = "OrderHead", .text = {}, .children = {{.name = "note", .text = note, .children = {}}}}}});
  return message;
}

std::string written(const Message& message) { return write_xml(type_of(message.type), message); }

// C14N leaves comments out, so this is what a signature covers.
TEST(ReadXml, ReadsTextRoundCommentsInstructionsAndCdataAsOne) {
  for (const char* text :
       {"A<!-- -->1", "<!-- B2 -->A1", "A<?say B2?>1", "A<![CDATA[1]]>", "<![CDATA[A]]><!-- -->1<!-- -->"}) {
    EXPECT_EQ(note_of(read(in_note(text))), "A1") << text;
  }
}

TEST(WriteXml, WritesToTheLetter) {
  Message message = with_note("a & b");
  message.documents[0].children[0].children.push_back({.name = "orderNo", .text = {}, .children = {}});
  EXPECT_EQ(written(message),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<ceb:CEB311Message xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" "
            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" guid=\"G\" version=\"1.0\">\n"
            "  <ceb:Order>\n"
            "    <ceb:OrderHead>\n"
            "      <ceb:orderNo/>\n"
            "      <ceb:note>a &amp; b</ceb:note>\n"
            "    </ceb:OrderHead>\n"
            "  </ceb:Order>\n"
            "</ceb:CEB311Message>\n");
}

TEST(WriteXml, TextComesBackExactly) {
  for (const char* text : {"", " ", "\n", " a ", "\t", "a\rb", "\r\n", "]]>", "<![CDATA[x]]>", "&amp;", "\"'<>&",
                           "订单😀", "\x7F", "\xC2\x85", "\xE2\x80\xA8"}) {
    EXPECT_EQ(note_of(read(written(with_note(text)))), text);
  }
}

TEST(WriteXml, AttributesComeBackExactly) {
  Message message = with_note("");
  message.guid = " a\"<>&'\t\n\r ";
  EXPECT_EQ(read(written(message)).guid, message.guid);
}

TEST(WriteXml, NeverWritesBrokenXml) {
  EXPECT_THROW(written(with_note("a\x01")), std::invalid_argument);
  EXPECT_THROW(written(with_note("\xFF")), std::invalid_argument);
  Message message = with_note("");
  message.documents[0].name = "a b";
  EXPECT_THROW(written(message), std::invalid_argument);
  message = with_note("");
  message.guid = std::string(1, '\0');
  EXPECT_THROW(written(message), std::invalid_argument);
  message = with_note("");
  message.extend =
      Element{.name = "ExtendMessage", .text = {}, .children = {{.name = "Message", .text = "<a>", .children = {}}}};
  EXPECT_THROW(written(message), std::invalid_argument);
}

std::vector<std::size_t> places(const std::string& text, const std::vector<std::string>& pieces) {
  std::vector<std::size_t> found;
  for (const std::string& piece : pieces) found.push_back(text.find(piece));
  return found;
}

TEST(WriteXml, PutsEverythingInTheOrderOfTheSchema) {
  Message message = with_note("n");
  message.documents[0].children.insert(message.documents[0].children.begin(),
                                       {.name = "OrderList", .text = "", .children = {}});
  message.documents[0].children.insert(message.documents[0].children.begin(),
                                       {.name = "odd", .text = "x", .children = {}});
  message.transfer = Element{.name = "BaseTransfer", .text = {}, .children = {}};
  message.subscribe.push_back({.name = "BaseSubscribe", .text = {}, .children = {}});
  message.extend = Element{.name = "ExtendMessage", .text = {}, .children = {}};
  const auto found = places(written(message), {"<ceb:OrderHead>", "<ceb:OrderList/>", "<ceb:odd>",
                                               "<ceb:BaseTransfer/>", "<ceb:BaseSubscribe/>", "<ceb:ExtendMessage/>"});
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
  EXPECT_NE(found.back(), std::string::npos);
}

TEST(ReadXml, LeavesKeepTheirWhiteSpaceCdataAndEntities) {
  EXPECT_EQ(note_of(read(in_note("  a\n b\t"))), "  a\n b\t");
  EXPECT_EQ(note_of(read(in_note("a<![CDATA[ <b> & ]]>c"))), "a <b> & c");
  EXPECT_EQ(note_of(read(in_note("&lt;&#x8ba2;&amp;&#13;&quot;"))), "<订&\r\"");
  EXPECT_EQ(note_of(read(in_note("a<!-- x -->b<?y z?>c"))), "abc");
  EXPECT_EQ(note_of(read(in_note("a\r\nb\rc"))), "a\nb\nc");
  EXPECT_EQ(note_of(read(in_note(""))), "");
  EXPECT_EQ(note_of(read(in_note(" "))), " ");
  EXPECT_EQ(read(around("<ceb:Order><ceb:OrderHead/></ceb:Order>")).documents[0].child("OrderHead")->child("note"),
            nullptr);
}

TEST(ReadXml, WhateverThePrefixAndTheOrder) {
  const Message message = read(
      "\xEF\xBB\xBF<?xml version=\"1.0\"?><CEB311Message version=\"1.0\" guid=\"G\" "
      "xmlns=\"http://www.chinaport.gov.cn/ceb\"><BaseTransfer><copCode>C</copCode></BaseTransfer><x:Order "
      "xmlns:x=\"http://www.chinaport.gov.cn/ceb\"><x:OrderList/><x:OrderHead>\n</x:OrderHead></x:Order></"
      "CEB311Message>");
  EXPECT_EQ(shown(message),
            "CEB311Message G 1.0\nOrder{OrderList=\"\" OrderHead=\"\" }\nBaseTransfer{copCode=\"C\" }\n");
  EXPECT_FALSE(message.is_signed);
}

TEST(ReadXml, ASignatureIsToldAndNotCarriedOn) {
  const Message message = read(around("<ceb:Order/><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"));
  EXPECT_TRUE(message.is_signed);
  EXPECT_EQ(written(message).find("Signature"), std::string::npos);
}

TEST(ReadXml, AnExtensionIsKeptAsXmlTextThatStandsByItself) {
  const std::string xml =
      "<ceb:CEB311Message guid=\"G\" version=\"1.0\" xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" "
      "xmlns:y=\"urn:y\"><ceb:ExtendMessage><ceb:name>N</ceb:name><ceb:version>2</ceb:version><ceb:Message "
      "xmlns:z=\"urn:z\"><y:a z:b=\"1&quot;\"> t&amp;\n <c/> </y:a><ceb:d/></ceb:Message></ceb:ExtendMessage></"
      "ceb:CEB311Message>";
  const Message message = read(xml);
  ASSERT_TRUE(message.extend);
  EXPECT_EQ(message.extend->child("name")->text, "N");
  const std::string& inside = message.extend->child("Message")->text;
  EXPECT_NE(inside.find("xmlns:y=\"urn:y\""), std::string::npos) << inside;
  EXPECT_NE(inside.find("> t&amp;\n <c/> </y:a>"), std::string::npos) << inside;
  EXPECT_EQ(inside.find("xmlns:ceb"), std::string::npos) << inside;
  EXPECT_EQ(shown(read(written(message))), shown(message));
}

TEST(ReadXml, SaysWhatIsNoMessage) {
  const auto fault = [](std::string_view xml) { return told(read_xml(catalog(), xml).faults()); };
  EXPECT_EQ(fault(""), "xml.syntax ");
  EXPECT_EQ(fault("text"), "xml.syntax ");
  EXPECT_EQ(fault("<a><b></a>"), "xml.syntax ");
  EXPECT_EQ(fault("<ceb:Order xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"/>"), "xml.root /Order");
  EXPECT_EQ(fault(in_note("&#1;")), "xml.syntax ");
  EXPECT_EQ(fault(in_note("\xFF")), "xml.syntax ");
  std::string deep = opening;
  for (int i = 0; i < 200'000; ++i) deep += "<ceb:a>";
  for (int i = 0; i < 200'000; ++i) deep += "</ceb:a>";
  EXPECT_EQ(fault(deep + "</ceb:CEB311Message>"), "xml.syntax ");
}

class OfficialSamples : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = tests::shared_directory() / "samples";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is absent";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".xml") files_.push_back(entry.path());
    }
  }

  std::vector<std::filesystem::path> files_;
};

TEST_F(OfficialSamples, GoThroughJsonAndXmlWithoutLosingAnything) {
  std::set<std::string> seen;
  for (const auto& file : files_) {
    const auto original = read_xml(catalog(), tests::read_file(file));
    if (!original) {
      EXPECT_EQ(original.faults().front().code, "xml.root") << file;
      continue;
    }
    const auto& type = type_of(original->type);
    const auto posted = json(boost::json::serialize(write_message(type, *original)));
    const auto from_json = read_message(catalog(), posted);
    ASSERT_TRUE(from_json) << file << told(from_json.faults());
    EXPECT_EQ(shown(*from_json), shown(*original)) << file;
    EXPECT_EQ(shown(read(write_xml(type, *from_json))), shown(*original)) << file;
    EXPECT_FALSE(original->documents.empty()) << file;
    EXPECT_EQ(original->is_signed, type.kind == schemas::MessageKind::declaration) << file;
    seen.insert(type.name);
  }
  // Customs gave no sample of these, and one of CEB214 whose root is misnamed.
  const std::set<std::string> without_sample{"CEB214Message", "CEB816Message", "CEB818Message", "CEB900Message"};
  for (const auto& type : catalog().types()) EXPECT_NE(seen.contains(type.name), without_sample.contains(type.name));
}

}  // namespace
}  // namespace codecs::ceb
