#include "gateway/channels/amqp/assembly.h"

#include <gtest/gtest.h>

namespace {

using gateway::channels::amqp::Assembly;
using gateway::channels::amqp::Keeping;

TEST(Assembly, IsWholeWithItsLastPiece) {
  Assembly assembly;
  assembly.begin(5);
  EXPECT_FALSE(assembly.is_whole());
  assembly.announce(6, Keeping::body);
  assembly.add("abc");
  EXPECT_FALSE(assembly.is_whole());
  assembly.add("def");
  EXPECT_TRUE(assembly.is_whole());
  EXPECT_EQ(assembly.tag(), 5U);
  EXPECT_EQ(assembly.take(), "abcdef");
}

TEST(Assembly, AnEmptyBodyIsWholeWithItsHeader) {
  Assembly assembly;
  assembly.begin(1);
  assembly.announce(0, Keeping::body);
  EXPECT_TRUE(assembly.is_whole());
}

TEST(Assembly, CountsAndDropsWhatIsNotToBeKept) {
  Assembly assembly;
  assembly.begin(1);
  assembly.announce(std::uint64_t{1} << 60, Keeping::nothing);
  assembly.add("abc");
  EXPECT_FALSE(assembly.is_whole());
  EXPECT_TRUE(assembly.take().empty());
}

TEST(Assembly, TakesNoMoreThanWasAnnounced) {
  Assembly assembly;
  assembly.begin(1);
  assembly.announce(2, Keeping::body);
  assembly.add("abc");
  EXPECT_EQ(assembly.take(), "ab");
}

TEST(Assembly, BeginsAnewAfterOneThatBrokeOff) {
  Assembly assembly;
  assembly.begin(1);
  assembly.announce(9, Keeping::body);
  assembly.add("abc");
  assembly.begin(2);
  assembly.announce(1, Keeping::body);
  assembly.add("z");
  EXPECT_EQ(assembly.take(), "z");
}

}  // namespace
