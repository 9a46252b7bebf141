#include "base/xml.h"

#include <fstream>
#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace {

using base::XmlDocument;
using base::XmlLimits;

std::string nested(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += "<a>\n";
  for (int i = 0; i < depth; ++i) text += "</a>";
  return text;
}

// The code of the first fault and its line; "" where the text is read.
std::string refused(std::string_view text, const XmlLimits& limits = {}) {
  const auto document = XmlDocument::read(text, limits);
  if (document) return {};
  const auto& fault = document.faults().front();
  EXPECT_FALSE(fault.zh.empty() || fault.en.empty());
  return fault.code + ":" + std::to_string(fault.line);
}

TEST(Xml, ReadsAWellFormedText) {
  const auto document =
      XmlDocument::read("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<单证 a=\"1\">&lt;&#x5355;&amp;</单证>");
  ASSERT_TRUE(document);
  EXPECT_NE(document->get(), nullptr);
}

TEST(Xml, SkipsAByteOrderMark) { EXPECT_EQ(refused("\xEF\xBB\xBF<?xml version=\"1.0\"?><a/>"), ""); }

TEST(Xml, NamesTheLineOfASyntaxError) {
  EXPECT_EQ(refused("<a>\n<b>\n</a>"), "xml.syntax:3");
  EXPECT_EQ(refused(""), "xml.syntax:0");
  EXPECT_EQ(refused("no markup"), "xml.syntax:1");
  EXPECT_EQ(refused("<a/><b/>"), "xml.syntax:1");
  EXPECT_EQ(refused("<a>\xFF\xFE</a>"), "xml.syntax:1");
  EXPECT_EQ(refused("<a>&undefined;</a>"), "xml.syntax:1");
  EXPECT_EQ(refused(std::string("<a>\0</a>", 8)), "xml.syntax:1");
  EXPECT_EQ(refused("<p:a/>"), "xml.syntax:1");
}

TEST(Xml, RefusesADocumentTypeDeclarationBeforeAnythingElseIsRead) {
  EXPECT_EQ(refused("<?xml version=\"1.0\"?>\n<!DOCTYPE a><a/>"), "xml.doctype:2");
  EXPECT_EQ(refused("<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>"), "xml.doctype:1");
}

TEST(Xml, OpensNoExternalEntity) {
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch.path() / "secret", "a secret");
  const std::string uri = "file://" + (scratch.path() / "secret").string();
  EXPECT_EQ(refused("<!DOCTYPE a [<!ENTITY e SYSTEM \"" + uri + "\">]><a>&e;</a>"), "xml.doctype:1");
  EXPECT_EQ(refused("<!DOCTYPE a SYSTEM \"" + uri + "\"><a/>"), "xml.doctype:1");
}

TEST(Xml, EndsEntityBombsAtTheirDeclaration) {
  EXPECT_EQ(
      refused("<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;\"><!ENTITY z \"&y;&y;&y;&y;\">]><a>&z;</a>"),
      "xml.doctype:1");
}

TEST(Xml, ReadsUpToTheDepthAllowedAndNotOneMore) {
  EXPECT_EQ(refused(nested(64)), "");
  EXPECT_EQ(refused(nested(65)), "xml.depth:65");
  EXPECT_EQ(refused(nested(3), {.bytes = 1000, .depth = 3}), "");
  EXPECT_EQ(refused(nested(4), {.bytes = 1000, .depth = 3}), "xml.depth:4");
  EXPECT_EQ(refused("<a><b/><b/><b/><b/></a>", {.bytes = 1000, .depth = 2}), "");
}

TEST(Xml, ReadsUpToTheBytesAllowedAndNotOneMore) {
  const std::string text = "<a>12345</a>";
  EXPECT_EQ(refused(text, {.bytes = text.size(), .depth = 64}), "");
  EXPECT_EQ(refused(text, {.bytes = text.size() - 1, .depth = 64}), "xml.size:0");
}

std::string many(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Xml, ReadsUpToTheNodesAllowedAndNotOneMore) {
  const XmlLimits five{.bytes = 1000, .depth = 3, .nodes = 5};
  for (const char* one : {"<b/>", "<!---->", "<?p?>", "<![CDATA[]]>"}) {
    EXPECT_EQ(refused("<a>" + many(one, 4) + "</a>", five), "") << one;
    EXPECT_EQ(refused("<a>\n" + many(one, 5) + "</a>", five), "xml.nodes:2") << one;
  }
  EXPECT_EQ(refused("<a><b c='' d='' e=''/></a>", five), "");
  EXPECT_EQ(refused("<a><b c='' d='' e='' f=''/></a>", five), "xml.nodes:1");
  EXPECT_EQ(refused("<a>" + many("<b/>", 399'999) + "</a>"), "");
  EXPECT_EQ(refused("<a>" + many("<b/>", 400'000) + "</a>"), "xml.nodes:1");
}

TEST(Xml, ReadsUpToTheAttributesAllowedOnOneElement) {
  const auto element = [](int attributes) {
    std::string text = "<b";
    for (int i = 0; i < attributes; ++i) text += " a" + std::to_string(i) + "=\">='\"";
    return text + ">=====</b>";
  };
  const XmlLimits three{.bytes = 1000, .depth = 3, .nodes = 100, .attributes = 3};
  EXPECT_EQ(refused("<a>\n" + element(3) + element(3) + "</a>", three), "");
  EXPECT_EQ(refused("<a>\n" + element(4) + "</a>", three), "xml.attributes:2");
  EXPECT_EQ(refused(element(256)), "");
  EXPECT_EQ(refused(element(257)), "xml.attributes:1");
  EXPECT_EQ(refused(element(1'000'000)), "xml.attributes:1");  // in a moment, not in half an hour
}

TEST(Xml, ReadsOneTextOfTenMillionCharactersAndMore) {
  EXPECT_EQ(refused("<a>" + std::string(20'000'000, 'x') + "</a>"), "");
}

TEST(Xml, ReadsUtf8Only) {
  EXPECT_EQ(refused("<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>"), "");
  EXPECT_EQ(refused("<?xml version=\"1.0\" encoding=\"GBK\"?><a>\xB5\xA5</a>"), "xml.encoding:1");
  EXPECT_EQ(refused("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>"), "xml.encoding:1");
  EXPECT_EQ(refused("<?xml version='1.0' encoding='US-ASCII'?><a/>"), "");
  EXPECT_EQ(refused("\xEF\xBB\xBF<?xml version='1.0' encoding = 'UTF-16'?><a/>"), "xml.encoding:1");
  EXPECT_EQ(refused("<?xml version='1.0' encoding='" + std::string(100'000, 'x') + "'?><a/>"), "xml.encoding:1");
  EXPECT_EQ(refused(std::string("\xFF\xFE<\0a\0/\0>\0", 10)), "xml.encoding:1");
  EXPECT_EQ(refused(std::string("<\0?\0x\0m\0l\0", 10)), "xml.encoding:1");
  EXPECT_EQ(refused(std::string("\0\0\0<\0\0\0a", 8)), "xml.encoding:1");
  EXPECT_EQ(refused("\x4C\x6F\xA7\x94\x93"), "xml.encoding:1");
}

TEST(Xml, WritesNothingToStandardError) {
  testing::internal::CaptureStderr();
  EXPECT_NE(refused("<a>&undefined;<b></a>"), "");
  EXPECT_NE(refused("<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/\"><a/>"), "");
  EXPECT_NE(refused("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\xD8\x01</a>"), "");
  EXPECT_EQ(refused("<?xml version=\"1.0\" encoding=\"ASCII\"?><a>单</a>"), "");
  EXPECT_NE(refused(std::string("<\0?\0\xD8\xD8", 6)), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
