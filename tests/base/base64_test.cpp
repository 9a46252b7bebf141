#include "base/base64.h"

#include <gtest/gtest.h>

namespace {

TEST(Base64, WritesAndReadsTheVectorsOfRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base::base64(bytes), text);
    EXPECT_EQ(base::read_base64(text), bytes);
  }
}

TEST(Base64, KeepsEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(base::read_base64(base::base64(bytes)), bytes);
}

TEST(Base64, WritesOneLineHoweverLong) {
  EXPECT_EQ(base::base64(std::string(1000, 'x')).find('\n'), std::string::npos);
}

TEST(Base64, SkipsWhiteSpace) { EXPECT_EQ(base::read_base64(" Zm9v\r\n\tYmFy\n"), "foobar"); }

TEST(Base64, RefusesWhatDoesNotBelong) {
  for (const char* text :
       {"Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9v!", "Zm_v", "Zm-v", "Zm9vYg=A", "Zm9v----", "单证单证"}) {
    EXPECT_EQ(base::read_base64(text), std::nullopt) << text;
  }
}

}  // namespace
