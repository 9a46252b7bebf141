#include "schemas/text_pattern.h"

#include <gtest/gtest.h>

namespace {

using schemas::ComparableText;
using schemas::Parts;
using schemas::TextPattern;

std::optional<Parts> match(std::string_view pattern, std::string_view text) {
  const auto read = TextPattern::read(pattern);
  EXPECT_TRUE(read) << pattern;
  return read ? read->match(ComparableText(text)) : std::nullopt;
}

TEST(TextPattern, GivesWhatVariesByName) {
  EXPECT_EQ(
      match("超过限额;totalPrice：{total} > limitPrice: {limit};", "超过限额;totalPrice：5000.00 > limitPrice: 26000;"),
      (Parts{{"total", "5000.00"}, {"limit", "26000"}}));
  EXPECT_EQ(match("{field}[{value}]与卡信息不符", "经营单位[A1]与卡信息不符"),
            (Parts{{"field", "经营单位"}, {"value", "A1"}}));
}

TEST(TextPattern, FitsAnywhereInTheText) {
  EXPECT_EQ(match("信息不存在", "新增申报成功；支付单信息不存在，请等待"), Parts{});
  EXPECT_EQ(match("清单[{id}]已申报", "前 清单[7]已申报 后"), (Parts{{"id", "7"}}));
  EXPECT_EQ(match("信息不存在", "信息存在"), std::nullopt);
  EXPECT_EQ(match("甲{x}乙", "乙甲"), std::nullopt);
}

TEST(TextPattern, TakesTheRestWhereAGapEndsIt) {
  EXPECT_EQ(match("校验不通过，{reason}", "校验不通过，数量 为空 "), (Parts{{"reason", "数量 为空"}}));
  EXPECT_EQ(match("校验不通过，{reason}", "校验不通过，"), (Parts{{"reason", ""}}));
}

TEST(TextPattern, SkipsWhatHasNoName) { EXPECT_EQ(match("第{}条:{reason}", "第3条:空"), (Parts{{"reason", "空"}})); }

TEST(TextPattern, MindsNeitherWidthNorBlanks) {
  for (const char* text :
       {"单号：（A1），金额；", "单号:(A1),金额;", "单号 : ( A1 ) ,金额 ;", "单号：\n（A1），金额；"}) {
    EXPECT_EQ(match("单号：（{number}），金额；", text), (Parts{{"number", "A1"}})) << text;
    EXPECT_EQ(match("单号:({number}),金额;", text), (Parts{{"number", "A1"}})) << text;
  }
  EXPECT_EQ(match("[{number}]", "【A1】"), (Parts{{"number", "A1"}}));
}

TEST(TextPattern, OfNothingFitsEverything) {
  EXPECT_EQ(match("", "x"), Parts{});
  EXPECT_EQ(match("", ""), Parts{});
  EXPECT_TRUE(TextPattern().empty());
}

TEST(TextPattern, RefusesWhatCannotBeFollowed) {
  for (const char* written : {"{a}{b}", "甲{a", "甲}乙", "{a}乙}"}) EXPECT_FALSE(TextPattern::read(written)) << written;
  EXPECT_TRUE(TextPattern::read(std::string(TextPattern::longest_piece_bytes, 'x')));
  EXPECT_FALSE(TextPattern::read(std::string(TextPattern::longest_piece_bytes + 1, 'x')));
}

TEST(TextPattern, IsSafeOnAnyBytes) {
  std::string text;
  for (int byte = 0; byte < 256; ++byte) text += static_cast<char>(byte);
  const std::string cut = "\xEF\xBC";
  EXPECT_EQ(match("信息不存在", text), std::nullopt);
  EXPECT_EQ(match("{all}", cut), (Parts{{"all", cut}}));
  EXPECT_EQ(match("a{x}b", "a" + text.substr(128) + "b"), (Parts{{"x", text.substr(128)}}));
}

// Nearly fits at every place: a matcher that goes back would never end.
TEST(TextPattern, TakesTimeThatGrowsWithTheTextAlone) {
  const std::string text(8 << 20, 'a');
  EXPECT_EQ(match("aaaaaaaab{x}aaaaaaaab{y}c", text), std::nullopt);
  EXPECT_EQ(match("a{x}a{y}a{z}b", text), std::nullopt);
}

}  // namespace
