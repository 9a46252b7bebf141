#include "codecs/ceb/exact_json.h"

#include <gtest/gtest.h>
#include <random>

#include "tests/codecs/ceb/catalog.h"

namespace codecs::ceb {
namespace {

std::string fault_of(std::string_view text) {
  const auto read = read_json(text);
  if (read) return "no fault";
  EXPECT_EQ(read.faults().size(), 1U);
  return read.faults().front().code + " " + read.faults().front().en;
}

TEST(ExactJson, NumbersKeepTheirOwnCharacters) {
  const auto read = json(
      "[19.99,1.50,0.10,-0,-1.00,12345678901234567890123456789012345,9007199254740993,18446744073709551616,"
      "0.1234567890123456789,1E2,1e-7,100000000000000000000000000000.50 ]");
  std::vector<std::string> numbers;
  for (const auto& item : read.items) {
    EXPECT_EQ(item.kind, JsonKind::number);
    numbers.push_back(item.text);
  }
  EXPECT_EQ(numbers,
            (std::vector<std::string>{"19.99", "1.50", "0.10", "-0", "-1.00", "12345678901234567890123456789012345",
                                      "9007199254740993", "18446744073709551616", "0.1234567890123456789", "1E2",
                                      "1e-7", "100000000000000000000000000000.50"}));
}

TEST(ExactJson, ANumberOfManyDigitsKeepsThemAll) {
  const std::string digits = std::string(5000, '7') + "." + std::string(5000, '3');
  EXPECT_EQ(json(digits).text, digits);
}

TEST(ExactJson, MembersKeepTheirOrderAndComeTwiceIfPostedTwice) {
  const auto read = json("{\"b\":1,\"a\":\"x\",\"b\":null,\"\":true}");
  ASSERT_EQ(read.members.size(), 4U);
  EXPECT_EQ(read.members[0].first, "b");
  EXPECT_EQ(read.members[1].second.text, "x");
  EXPECT_EQ(read.members[2].first, "b");
  EXPECT_EQ(read.members[2].second.kind, JsonKind::null);
  EXPECT_EQ(read.members[3].second.text, "true");
  EXPECT_EQ(read.member("b"), &read.members[0].second);
  EXPECT_EQ(read.member("c"), nullptr);
}

TEST(ExactJson, StringsAreReadWithTheirEscapes) {
  EXPECT_EQ(json("\"\\u8ba2\\ud83d\\ude00\\n\\u0000\\/\"").text, std::string("订😀\n\0/", 10));
}

TEST(ExactJson, ABomAndWhiteSpaceRoundTheValueAreSkipped) {
  EXPECT_EQ(json("\xEF\xBB\xBF \n[1] \r\n").items.size(), 1U);
}

TEST(ExactJson, BrokenTextIsNamedWithLineAndColumn) {
  EXPECT_EQ(fault_of("{\n  \"订单\": x\n}").find("json.syntax line 2, column 9: not JSON"), 0U)
      << fault_of("{\n  \"订单\": x\n}");
  for (const char* text : {"",
                           " ",
                           "{",
                           "[1,]",
                           "{\"a\"}",
                           "{\"a\":1,}",
                           "{a:1}",
                           "'a'",
                           "01",
                           "1.",
                           ".5",
                           "+1",
                           "NaN",
                           "[1] 2",
                           "[1]]",
                           "\"\\ud800\"",
                           "\"\\udc00\\ud800\"",
                           "\"\\u12\"",
                           "\"\xFF\"",
                           "\"\xC0\x80\"",
                           "\"\xED\xA0\x80\"",
                           "\"a\nb\"",
                           "nul",
                           "// x\n1",
                           "1e99999999999999999999"}) {
    EXPECT_EQ(fault_of(text).find("json.syntax line "), 0U) << text << " " << fault_of(text);
  }
  EXPECT_NE(fault_of("[1] 2").find("something follows"), std::string::npos);
  EXPECT_NE(fault_of("[1").find("ends before"), std::string::npos);
}

TEST(ExactJson, NestingHasALimit) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(read_json(nested(deepest_json)));
  EXPECT_EQ(fault_of(nested(deepest_json + 1)).find("json.depth "), 0U);
  EXPECT_EQ(fault_of(std::string(2'000'000, '[')).find("json.depth "), 0U);
}

TEST(ExactJson, TheNumberOfValuesHasALimit) {
  std::string most = "[0";
  for (std::size_t i = 2; i < most_json_values; ++i) most += ",0";
  EXPECT_TRUE(read_json(most + "]"));
  EXPECT_EQ(fault_of(most + ",0]").find("json.size "), 0U);
}

TEST(ExactJson, TheNumberOfBytesHasALimit) {
  const std::string most = "\"" + std::string(most_json_bytes - 2, 'x') + "\"";
  EXPECT_TRUE(read_json(most));
  EXPECT_EQ(fault_of(most + " ").find("json.size "), 0U);
}

TEST(ExactJson, NoBytesAreACrash) {
  const std::string whole = "{\"a\":[1.5,-2e3,\"\\u8ba2\\n订\",true,null,{}],\"b\":{\"c\":[[],{\"d\":0}]}}";
  std::mt19937 random(3);
  for (int round = 0; round < 5000; ++round) {
    std::string text = whole;
    for (auto left = 1 + random() % 4; left > 0; --left)
      text[random() % text.size()] = static_cast<char>(random() % 256);
    const auto read = read_json(std::string_view(text).substr(0, random() % (text.size() + 1)));
    EXPECT_TRUE(read || !read.faults().empty());
  }
}

}  // namespace
}  // namespace codecs::ceb
