#include "base/guid.h"

#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <thread>

#include "base/digest.h"

namespace {

TEST(Guid, IsAUuidOfVersion7InUpperCase) {
  const std::regex form("[0-9A-F]{8}-[0-9A-F]{4}-7[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}");
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(std::regex_match(base::new_guid(), form));
}

TEST(Guid, BeginsWithItsTime) {
  const std::string earlier = base::new_guid();
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_LT(earlier, base::new_guid());
}

TEST(Guid, ComesOnce) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(base::new_guid());
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(Digest, IsSha256InLowerCase) {
  EXPECT_EQ(base::sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(base::sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
