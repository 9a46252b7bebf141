#include "base/secret.h"

#include <gtest/gtest.h>
#include <type_traits>
#include <utility>

namespace {

TEST(Secret, IsGivenOnlyToWhoAsks) {
  const base::Secret secret("a password");
  EXPECT_EQ(secret.reveal(), "a password");
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(base::Secret().empty());
}

TEST(Secret, CannotBeCopied) {
  EXPECT_FALSE(std::is_copy_constructible_v<base::Secret>);
  EXPECT_FALSE(std::is_copy_assignable_v<base::Secret>);
}

TEST(Secret, LeavesNothingBehindWhenItMoves) {
  base::Secret first("short"), second(std::string(100, 'x'));
  const char* const kept_at = second.reveal().data();
  base::Secret third(std::move(first));
  EXPECT_EQ(third.reveal(), "short");
  EXPECT_TRUE(first.empty());
  third = std::move(second);
  EXPECT_EQ(third.reveal(), std::string(100, 'x'));
  EXPECT_TRUE(second.empty());
  EXPECT_EQ(*kept_at, '\0');
}

TEST(Secret, IsComparedWhole) {
  EXPECT_TRUE(base::equal_in_constant_time("", ""));
  EXPECT_TRUE(base::equal_in_constant_time("token", "token"));
  EXPECT_FALSE(base::equal_in_constant_time("token", "tokem"));
  EXPECT_FALSE(base::equal_in_constant_time("token", "tokens"));
  EXPECT_FALSE(base::equal_in_constant_time("token", ""));
}

}  // namespace
