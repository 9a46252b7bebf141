#include "gateway/keys/measured_key.h"

#include <condition_variable>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "tests/support/eventually.h"

namespace {

using namespace std::chrono_literals;
using gateway::keys::MeasuredKey;

base::Fault silent() { return {.code = "key.silent", .path = {}, .zh = "无应答", .en = "no answer", .source = {}}; }

// Signs when it is let.
class HeldKey final : public signing::Key {
 public:
  const signing::Certificate& certificate() const override { return certificate_; }
  base::Result<std::string> sign(signing::SignatureAlgorithm, std::string_view bytes) const override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return let_ > 0; });
    --let_;
    if (fails) return silent();
    return std::string(bytes);
  }
  base::Done check() const override { return base::Nothing{}; }
  unsigned parallel() const override { return 3; }

  void let(int signatures) {
    const std::scoped_lock lock(mutex_);
    let_ += signatures;
    changed_.notify_all();
  }
  bool fails = false;

 private:
  signing::Certificate certificate_{};
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable int let_ = 0;
};

class MeasuredKeyTest : public testing::Test {
 protected:
  ~MeasuredKeyTest() override {
    for (auto& caller : callers) caller.join();
  }
  void ask(int times) {
    for (int i = 0; i < times; ++i) callers.emplace_back([this] { (void)sign(); });
  }
  base::Result<std::string> sign() const { return key.sign(signing::SignatureAlgorithm::sm2_sm3, "text"); }
  bool pending_becomes(std::size_t wanted) {
    return tests::eventually([&] { return key.measures().pending == wanted; });
  }

  std::shared_ptr<HeldKey> held = std::make_shared<HeldKey>();
  std::vector<std::string> refusals;
  MeasuredKey key{held, [this](const base::Fault& fault) { refusals.push_back(fault.code); }};
  std::vector<std::thread> callers;
};

TEST_F(MeasuredKeyTest, CountsWhatIsAskedForAndNotYetMade) {
  ask(5);
  EXPECT_TRUE(pending_becomes(5));
  held->let(2);
  EXPECT_TRUE(pending_becomes(3));
  EXPECT_EQ(key.measures().signatures, 2U);
  held->let(3);
  EXPECT_TRUE(pending_becomes(0));
  EXPECT_EQ(key.measures().signatures, 5U);
  EXPECT_EQ(key.measures().failures, 0U);
  EXPECT_EQ(key.measures().oldest_pending, 0ms);
}

TEST_F(MeasuredKeyTest, TheAgeOfTheQueueIsThatOfTheOldestAndGrows) {
  ask(1);
  ASSERT_TRUE(pending_becomes(1));
  EXPECT_TRUE(tests::eventually([&] { return key.measures().oldest_pending >= 60ms; }));
  ask(1);
  ASSERT_TRUE(pending_becomes(2));
  EXPECT_GE(key.measures().oldest_pending, 60ms);
  held->let(2);
  EXPECT_TRUE(pending_becomes(0));
}

TEST_F(MeasuredKeyTest, TheMeanIsWhatTheSignaturesTookTheLatestCountingMost) {
  ask(1);
  ASSERT_TRUE(tests::eventually([&] { return key.measures().oldest_pending >= 100ms; }));
  held->let(1);
  ASSERT_TRUE(pending_becomes(0));
  const auto first = key.measures().mean;
  EXPECT_GE(first, 100ms);
  held->let(30);
  for (int i = 0; i < 30; ++i) EXPECT_TRUE(sign());
  EXPECT_LT(key.measures().mean, first / 2);
}

TEST_F(MeasuredKeyTest, AFailureIsCountedToldAndLeavesTheMeanAlone) {
  held->let(1);
  ASSERT_TRUE(sign());
  const auto mean = key.measures().mean;
  held->fails = true;
  held->let(1);
  EXPECT_FALSE(sign());
  EXPECT_EQ(key.measures().failures, 1U);
  EXPECT_EQ(key.measures().signatures, 1U);
  EXPECT_EQ(key.measures().pending, 0U);
  EXPECT_EQ(key.measures().mean, mean);
  EXPECT_EQ(refusals, std::vector<std::string>{"key.silent"});
}

TEST_F(MeasuredKeyTest, ManyThreadsLoseNoCount) {
  held->let(800);
  std::vector<std::thread> many;
  for (int i = 0; i < 8; ++i) {
    many.emplace_back([this] {
      for (int n = 0; n < 100; ++n) EXPECT_TRUE(sign());
    });
  }
  while (key.measures().signatures < 800) EXPECT_LE(key.measures().pending, 8U);
  for (auto& one : many) one.join();
  EXPECT_EQ(key.measures().pending, 0U);
}

}  // namespace
