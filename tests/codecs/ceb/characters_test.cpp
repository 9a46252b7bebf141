#include "codecs/ceb/characters.h"

#include <gtest/gtest.h>

namespace {

using codecs::ceb::made_carriable;

TEST(Characters, ThatXmlCannotCarryAreMadeVisible) {
  EXPECT_EQ(made_carriable("订单\t1\r\n"), "订单\t1\r\n");
  EXPECT_EQ(made_carriable(std::string("\0\x01\x1B\x1F", 4)), "␀␁␛␟");
  EXPECT_EQ(made_carriable("a\xFFz\xE4\xB8 \xED\xA0\x80"), "a\uFFFDz\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(made_carriable("\uFFFE\uFFFF"), "\uFFFD\uFFFD");
  EXPECT_EQ(made_carriable("\U0001F600"), "\U0001F600");
}

TEST(Characters, ThatWereMadeVisibleCanBeCarried) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_TRUE(codecs::ceb::uncarriable_character(all));
  EXPECT_FALSE(codecs::ceb::uncarriable_character(made_carriable(all)));
}

}  // namespace
