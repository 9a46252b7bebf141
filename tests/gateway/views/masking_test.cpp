#include "gateway/views/masking.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/support/paths.h"

namespace {

using gateway::views::longest_masked_bytes;

const schemas::MessageType& order() {
  static const auto catalog = schemas::Catalog::load(tests::schemas_directory(), "202205");
  if (!catalog) throw std::runtime_error(catalog.faults().front().en);
  return *catalog->find("CEB311Message");
}

constexpr auto* document =
    R"({"OrderHead":{"buyerName":"测试甲","consignee":"测试甲乙","consigneeAddress":"示例路1号","orderNo":"JO-1","buyerRegNo":"r"}})";

std::string masked(std::string_view text) { return gateway::views::masked(order(), document, text); }

TEST(Masking, HidesWhatTheDocumentHoldsOfPersons) {
  EXPECT_EQ(masked("收货人测试甲乙，订购人测试甲，地址示例路1号不详"), "收货人***，订购人***，地址***不详");
  EXPECT_EQ(masked("订单JO-1不存在"), "订单JO-1不存在");
  EXPECT_EQ(masked("error"), "error") << "a value of one letter would hide half the text";
}

TEST(Masking, HidesLongNumbers) {
  EXPECT_EQ(masked("证件99000019900101001X，电话10000000000"), "证件***，电话***");
  EXPECT_EQ(masked("totalPrice：5000.00 > 26000"), "totalPrice：5000.00 > 26000");
  EXPECT_EQ(masked("12345 123456"), "12345 ***");
}

TEST(Masking, CutsALongTextButNotWithinACharacter) {
  std::string text = "a";
  for (int i = 0; i < 1000; ++i) text += "长";
  const std::string shown = masked(text);
  EXPECT_EQ(shown.size(), longest_masked_bytes - 2);
  EXPECT_EQ(masked(std::string(longest_masked_bytes, 'a')).size(), longest_masked_bytes);
  EXPECT_EQ(masked(std::string(longest_masked_bytes + 1, 'a')).size(), longest_masked_bytes);
}

TEST(Masking, NeedsNoReadableDocument) {
  EXPECT_EQ(gateway::views::masked(order(), "{", "测试 1234567"), "测试 ***");
  EXPECT_EQ(gateway::views::masked(order(), "[]", ""), "");
}

TEST(Masking, TextsOfNoKnownDocumentLoseTheirNumbersAndWhatIsNoUtf8) {
  EXPECT_EQ(gateway::views::masked("电话10000000000"), "电话***");
  EXPECT_EQ(gateway::views::masked("\xD6\xD0 ok \xE4\xB8\xAD\xE4\xB8"), "?? ok 中??");
  EXPECT_EQ(gateway::views::masked("\xC0\x80\xED\xA0\x80\xF4\x90\x80\x80"), std::string(9, '?'));
}

TEST(Masking, AWholeDocumentKeepsEverythingButItsPrivateFields) {
  EXPECT_EQ(gateway::views::masked_document(order(), document), boost::json::parse(R"({"OrderHead":{"buyerName":"***",
    "consignee":"***","consigneeAddress":"***","orderNo":"JO-1","buyerRegNo":"***"}})"));
  EXPECT_TRUE(gateway::views::masked_document(order(), "{").is_null());
}

}  // namespace
