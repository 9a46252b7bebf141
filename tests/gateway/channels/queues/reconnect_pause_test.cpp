#include "gateway/channels/queues/reconnect_pause.h"

#include <gtest/gtest.h>

namespace {

using gateway::channels::queues::ReconnectPause;
using std::chrono::milliseconds;

const ReconnectPause::Time start{std::chrono::hours(1)};

TEST(ReconnectPause, IsOverBeforeTheFirstFailure) { EXPECT_TRUE(ReconnectPause().is_over(start)); }

TEST(ReconnectPause, DoublesUpToTheLongest) {
  ReconnectPause pause;
  pause.failed(start);
  EXPECT_FALSE(pause.is_over(start + milliseconds(99)));
  EXPECT_TRUE(pause.is_over(start + milliseconds(100)));
  EXPECT_EQ(pause.left(start + milliseconds(99)), milliseconds(1));
  EXPECT_EQ(pause.left(start + milliseconds(101)), milliseconds(0));
  pause.failed(start);
  EXPECT_FALSE(pause.is_over(start + milliseconds(199)));
  EXPECT_TRUE(pause.is_over(start + milliseconds(200)));
  for (int i = 0; i < 20; ++i) pause.failed(start);
  EXPECT_FALSE(pause.is_over(start + milliseconds(4999)));
  EXPECT_TRUE(pause.is_over(start + milliseconds(5000)));
}

TEST(ReconnectPause, IsShortAgainAfterASuccess) {
  ReconnectPause pause;
  for (int i = 0; i < 20; ++i) pause.failed(start);
  pause.succeeded();
  pause.failed(start);
  EXPECT_TRUE(pause.is_over(start + milliseconds(100)));
}

}  // namespace
