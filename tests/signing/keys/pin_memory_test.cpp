#include "signing/keys/pin_memory.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>
#include <thread>
#include <unistd.h>

#include "tests/support/paths.h"

namespace {

using signing::keys::PinMemory;
using std::filesystem::perms;

const std::string card = "ukey+ws://127.0.0.1:61232", token = "pkcs11:token=x";

std::size_t lines_in(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

class PinMemories : public testing::Test {
 protected:
  std::string kept() const { return tests::read_file(file_); }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(scratch_.path()), std::filesystem::directory_iterator()));
  }

  tests::ScratchDirectory scratch_;
  std::filesystem::path file_ = scratch_.path() / "refused-pins";
  const base::Secret wrong_{"12345678"}, right_{"87654321"};
};

TEST_F(PinMemories, KnowARefusedPinAfterARestart) {
  {
    PinMemory memory(file_);
    EXPECT_FALSE(memory.was_refused(card, wrong_));
    ASSERT_TRUE(memory.remember(card, wrong_));
    EXPECT_TRUE(memory.was_refused(card, wrong_));
  }
  const PinMemory restarted(file_);
  EXPECT_TRUE(restarted.was_refused(card, wrong_));
  EXPECT_FALSE(restarted.was_refused(token, wrong_));
}

TEST_F(PinMemories, LetACorrectedPinBeTried) {
  ASSERT_TRUE(PinMemory(file_).remember(card, wrong_));
  EXPECT_FALSE(PinMemory(file_).was_refused(card, right_));
  EXPECT_FALSE(PinMemory(file_).was_refused(card, base::Secret("1234567")));
  EXPECT_FALSE(PinMemory(file_).was_refused(card, base::Secret()));
}

TEST_F(PinMemories, HoldOneLineForEachKeyAndTheNewestPinInIt) {
  PinMemory memory(file_);
  ASSERT_TRUE(memory.remember(card, wrong_));
  ASSERT_TRUE(memory.remember(token, wrong_));
  const auto before = kept();
  ASSERT_TRUE(memory.remember(card, right_));
  EXPECT_EQ(lines_in(kept()), 2U);
  EXPECT_NE(kept(), before);
  const PinMemory restarted(file_);
  const PinMemory& told = memory;
  for (const PinMemory* asked : {&told, &restarted}) {
    EXPECT_TRUE(asked->was_refused(card, right_));
    EXPECT_FALSE(asked->was_refused(card, wrong_));
    EXPECT_TRUE(asked->was_refused(token, wrong_));
  }
}

TEST_F(PinMemories, KeepNeitherPinNorUriReadable) {
  PinMemory memory(file_);
  ASSERT_TRUE(memory.remember(card, wrong_));
  const auto first = kept();
  EXPECT_EQ(first.find("12345678"), std::string::npos);
  EXPECT_EQ(first.find("ukey"), std::string::npos);
  ASSERT_TRUE(memory.remember(card, wrong_));
  EXPECT_NE(kept(), first) << "every line has a salt of its own";
  EXPECT_EQ(status(file_).permissions(), perms::owner_read | perms::owner_write);
  EXPECT_EQ(files(), 1U);
}

TEST_F(PinMemories, PassOverDamagedLines) {
  PinMemory memory(file_);
  ASSERT_TRUE(memory.remember(card, wrong_));
  const auto good = kept();
  tests::write_file(file_, "damaged\n" + good.substr(0, good.size() / 2) + "\n\n" + good);
  EXPECT_TRUE(PinMemory(file_).was_refused(card, wrong_));
  ASSERT_TRUE(PinMemory(file_).remember(token, wrong_));
  EXPECT_EQ(lines_in(kept()), 2U);
  for (const std::size_t at : {std::size_t{0}, std::size_t{64}, std::size_t{70}, std::size_t{97}, std::size_t{100}}) {
    auto damaged = good;
    damaged[at] = 'X';
    tests::write_file(file_, damaged);
    EXPECT_FALSE(PinMemory(file_).was_refused(card, wrong_)) << at;
  }
  tests::write_file(file_, "");
  EXPECT_FALSE(PinMemory(file_).was_refused(card, wrong_));
}

// Lines of keys that nobody has fill the file; only their form matters.
TEST_F(PinMemories, ForgetTheOldestOfMoreThan256Keys) {
  std::string full;
  for (int i = 0; i < 255; ++i) {
    std::string digits = std::to_string(i);
    full +=
        std::string(64 - digits.size(), '0') + digits + " " + std::string(32, 'a') + " " + std::string(64, 'b') + "\n";
  }
  tests::write_file(file_, full);
  ASSERT_TRUE(PinMemory(file_).remember(card, wrong_));
  EXPECT_EQ(lines_in(kept()), 256U);
  EXPECT_TRUE(kept().starts_with(full));
  ASSERT_TRUE(PinMemory(file_).remember(token, wrong_));
  EXPECT_EQ(lines_in(kept()), 256U);
  EXPECT_TRUE(kept().starts_with(full.substr(full.find('\n') + 1)));
  EXPECT_TRUE(PinMemory(file_).was_refused(card, wrong_));
  EXPECT_TRUE(PinMemory(file_).was_refused(token, wrong_));
}

TEST_F(PinMemories, ReportAFileThatCannotBeWrittenAndRememberAllTheSame) {
  for (const auto& file : {scratch_.path() / "absent/refused-pins", scratch_.path()}) {
    PinMemory memory(file);
    for (const auto& done : {memory.check(), memory.remember(card, wrong_)}) {
      ASSERT_FALSE(done) << file;
      EXPECT_EQ(done.faults().front().code, "key.memory");
      EXPECT_NE(done.faults().front().en.find(file.string()), std::string::npos);
      EXPECT_NE(done.faults().front().zh.find(file.string()), std::string::npos);
    }
    EXPECT_TRUE(memory.was_refused(card, wrong_));
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(PinMemories, AreCheckedBeforeTheyAreNeeded) {
  EXPECT_TRUE(PinMemory(file_).check());
  ASSERT_TRUE(PinMemory(file_).remember(card, wrong_));
  EXPECT_TRUE(PinMemory(file_).check());
  EXPECT_TRUE(PinMemory(file_).was_refused(card, wrong_));
  EXPECT_TRUE(PinMemory({}).check());
}

TEST_F(PinMemories, WithoutAFileLastAsLongAsTheObject) {
  PinMemory memory({});
  ASSERT_TRUE(memory.remember(card, wrong_));
  EXPECT_TRUE(memory.was_refused(card, wrong_));
  EXPECT_FALSE(memory.was_refused(card, right_));
  EXPECT_FALSE(PinMemory({}).was_refused(card, wrong_));
}

TEST_F(PinMemories, KnowWhatAnotherProgramWasTold) {
  const PinMemory gateway(file_);
  EXPECT_FALSE(gateway.was_refused(card, wrong_));
  ASSERT_TRUE(PinMemory(file_).remember(card, wrong_));
  EXPECT_TRUE(gateway.was_refused(card, wrong_));
}

TEST_F(PinMemories, AreSafeFromEveryThread) {
  PinMemory memory(file_);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&memory, i] {
      const std::string key = "pkcs11:token=" + std::to_string(i);
      const base::Secret pin(std::to_string(i));
      EXPECT_TRUE(memory.remember(key, pin));
      EXPECT_TRUE(memory.was_refused(key, pin));
    });
  }
  threads.clear();
  EXPECT_EQ(lines_in(kept()), 4U);
  EXPECT_EQ(files(), 1U);
}

}  // namespace
