#include "signing/device_calls.h"

#include <future>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;

TEST(DeviceCalls, GiveTheResultAndRunOneAfterAnother) {
  signing::DeviceCalls calls;
  std::atomic<int> inside = 0, most = 0;
  std::vector<std::thread> callers;
  std::atomic<int> sum = 0;
  for (int i = 1; i <= 8; ++i) {
    callers.emplace_back([&, i] {
      const auto result = calls.run(10s, [&inside, &most, i] {
        most = std::max(most.load(), ++inside);
        std::this_thread::sleep_for(1ms);
        --inside;
        return i;
      });
      sum += result.value_or(1000);
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(sum.load(), 36);
  EXPECT_EQ(most.load(), 1);
}

TEST(DeviceCalls, LeaveACallThatHangsAndServeAgainWhenItReturns) {
  signing::DeviceCalls calls;
  std::promise<void> release;
  const auto released = release.get_future().share();
  EXPECT_FALSE(calls.run(20ms, [released] {
    released.wait();
    return 1;
  }));
  EXPECT_TRUE(calls.hangs());
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_FALSE(calls.run(10s, [] { return 2; }));  // refused at once
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  release.set_value();
  std::optional<int> again;
  while (!again) again = calls.run(10s, [] { return 3; });
  EXPECT_EQ(*again, 3);
  EXPECT_FALSE(calls.hangs());
}

TEST(DeviceCalls, NeverBeginACallWhoseCallerHasGone) {
  signing::DeviceCalls calls;
  std::promise<void> entered, release;
  const auto released = release.get_future().share();
  std::thread first([&] {
    EXPECT_TRUE(calls.run(10s, [&entered, released] {
      entered.set_value();
      released.wait();
      return 1;
    }));
  });
  entered.get_future().wait();
  const auto begun = std::make_shared<std::atomic<bool>>(false);
  EXPECT_FALSE(calls.run(20ms, [begun] {
    *begun = true;
    return 2;
  }));
  release.set_value();
  first.join();
  EXPECT_EQ(calls.run(10s, [] { return 3; }), 3);
  EXPECT_FALSE(*begun);
}

TEST(DeviceCalls, EndWithoutWaitingForACallThatHangs) {
  std::promise<void> release;
  const auto released = release.get_future().share();
  {
    signing::DeviceCalls calls;
    EXPECT_FALSE(calls.run(10ms, [released] {
      released.wait();
      return 1;
    }));
  }
  release.set_value();
}

}  // namespace
