#include "signing/ukey/client_text.h"

#include <gtest/gtest.h>

#include "signing/ukey/refusal.h"

namespace {

using signing::ukey::Answer;
using signing::ukey::Argument;
using signing::ukey::fault_of;
using signing::ukey::meaning_of;
using signing::ukey::read_answer;
using signing::ukey::Refusal;
using signing::ukey::request_text;
using signing::ukey::words_of;

Answer refused(std::vector<std::string> errors) {
  return {.id = 1, .method = {}, .verdict = Answer::Verdict::refused, .data = {}, .errors = std::move(errors)};
}

TEST(UkeyRequest, IsWrittenAsTheClientsOwnPageWritesIt) {
  EXPECT_EQ(request_text(7, "cus-sec_SpcGetSignCertAsPEM", {}).reveal(),
            R"({"_method":"cus-sec_SpcGetSignCertAsPEM","_id":7,"args":{}})");
  const std::vector<Argument> arguments = {{"inData", "<a b=\"\\\">\n\x01中😀</a>"}, {"passwd", "8\"8\t"}};
  EXPECT_EQ(
      request_text(2147483648, "m", arguments).reveal(),
      R"({"_method":"m","_id":2147483648,"args":{"inData":"<a b=\"\\\">\u000a\u0001中😀</a>","passwd":"8\"8\u0009"}})");
}

TEST(UkeyAnswer, IsReadWithNumberOrTextAsItsId) {
  const auto answer = read_answer(
      R"({"_id":5,"_method":"m","_status":"00","_args":{"Result":true,"Data":["v","n",{"a":1}],"Error":[]},"x":[]})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->id, 5);
  EXPECT_EQ(answer->method, "m");
  EXPECT_EQ(answer->verdict, Answer::Verdict::done);
  EXPECT_EQ(answer->data, (std::vector<std::string>{"v", "n", R"({"a":1})"}));
  ASSERT_TRUE(read_answer(R"({"_id":"12"})"));
  EXPECT_EQ(read_answer(R"({"_id":"12"})")->id, 12);
}

TEST(UkeyAnswer, ThatSaysNothingGoodIsARefusal) {
  const auto bare = read_answer(R"({"_id":1,"_status":"99","_args":{"Result":"true","Data":null}})");
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->verdict, Answer::Verdict::refused);
  EXPECT_EQ(bare->errors, (std::vector<std::string>{"_status 99"}));
  const auto text = read_answer(R"({"_id":1,"_args":{"Result":false,"Error":"密码错误"}})");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->errors, (std::vector<std::string>{"密码错误"}));
}

TEST(UkeyAnswer, IsNoneWhereNoJsonOrIdCanBeRead) {
  std::string deep = "{\"_id\":1,\"a\":";
  deep += std::string(100000, '[');
  for (const auto& text : {std::string(), std::string("{"), std::string("[1]"), std::string("{\"_method\":\"open\"}"),
                           std::string("{\"_id\":1.5}"), std::string("{\"_id\":\"1a\"}"), std::string("{\"_id\":\"\"}"),
                           std::string("{\"_id\":1}}"), std::string("{\"_id\":99999999999999999999}"), deep}) {
    EXPECT_FALSE(read_answer(text)) << text.substr(0, 40);
  }
}

TEST(UkeyText, IsUtf8OrNot) {
  EXPECT_TRUE(signing::ukey::is_utf8("a中😀\n"));
  EXPECT_TRUE(signing::ukey::is_utf8(""));
  for (const auto& text : {"\xC3", "a\xFF", "\xC0\x80", "\xB0\xA1", "\xED\xA0\x80", "\xF8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(signing::ukey::is_utf8(text)) << text;
  }
}

TEST(UkeyRefusal, TellsAWrongPinALockedOneAndTheReaderApart) {
  const std::vector<std::pair<Refusal, std::vector<std::string>>> cases = {
      {Refusal::reader, {"[读卡器底层库]复位读卡器失败:错误码=50070", "Err:Custom50070"}},
      {Refusal::reader, {"[读卡器底层库]打开读卡器失败：错误码=50200"}},
      {Refusal::pin_wrong, {"验证卡密码错误,剩余次数:4"}},
      {Refusal::pin_wrong, {"口令不正确"}},
      {Refusal::pin_wrong, {"SpcVerifyPIN failed"}},
      {Refusal::pin_wrong, {"wrong pin, 3 left"}},
      {Refusal::pin_wrong, {"Invalid Password"}},
      {Refusal::pin_wrong, {"密码错误，再错2次将被锁定"}},
      {Refusal::pin_locked, {"卡密码已锁定"}},
      {Refusal::pin_locked, {"口令锁死"}},
      {Refusal::pin_locked, {"The PIN is LOCKED"}},
      {Refusal::pin_locked, {"card blocked"}},
      {Refusal::other, {"打开密码设备失败"}},
      {Refusal::other, {"no spinning"}},
      {Refusal::other, {"错误码=150070"}},
      {Refusal::other, {"错误码=502001"}},
      {Refusal::other, {}},
  };
  for (const auto& [meaning, errors] : cases) {
    EXPECT_EQ(meaning_of(refused(errors)), meaning) << (errors.empty() ? "" : errors.front());
  }
  EXPECT_EQ(fault_of(Refusal::pin_wrong, "w").code, "key.pin");
  EXPECT_EQ(fault_of(Refusal::pin_locked, "w").code, "key.locked");
  EXPECT_EQ(fault_of(Refusal::reader, "w").code, "key.absent");
  EXPECT_EQ(fault_of(Refusal::other, "w").code, "key.sign");
}

TEST(UkeyRefusal, IsShownWithoutControlCharactersAndPinAndNotAtLength) {
  EXPECT_EQ(words_of(refused({"a\r\n\x1B[2Jb\xC2\x85\x7F", "c"}), "pin"), "a[2Jb; c");
  EXPECT_EQ(words_of(refused({"passwd=88888888 88\r888888"}), "88888888"), "passwd=**** ****");
  EXPECT_EQ(words_of(refused({}), "pin"), "-");
  std::string most, over;
  for (int i = 0; i < 200; ++i) most += "错";
  over = most + "x";
  EXPECT_EQ(words_of(refused({most}), "pin"), most);
  EXPECT_EQ(words_of(refused({over}), "pin"), most + "…");
}

}  // namespace
