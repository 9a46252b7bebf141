#include "signing/ukey/client_address.h"

#include <gtest/gtest.h>

namespace {

using signing::ukey::read_client_address;

std::string endpoints(const std::string& uri) {
  const auto read = read_client_address(uri);
  if (!read) return read.faults().front().code;
  std::string text;
  for (const auto& one : read->endpoints) text += one.address().to_string() + " " + std::to_string(one.port()) + ",";
  return text + read->host + read->path;
}

TEST(UkeyAddress, MayLeaveOutPortAndPath) {
  EXPECT_EQ(endpoints("ukey+ws://127.0.0.1"), "127.0.0.1 61232,127.0.0.1:61232/");
  EXPECT_EQ(endpoints("ukey+ws://127.0.0.9:8/a/b"), "127.0.0.9 8,127.0.0.9:8/a/b");
  EXPECT_EQ(endpoints("ukey+ws://[::1]:9/"), "::1 9,[::1]:9/");
  EXPECT_EQ(endpoints("ukey+ws://localhost"), "127.0.0.1 61232,::1 61232,localhost:61232/");
}

TEST(UkeyAddress, OfAnotherMachineIsRefusedBecauseThePinWouldTravelInClear) {
  for (const auto& uri : {"ukey+ws://192.168.1.7:61232", "ukey+ws://ukey.example", "ukey+ws://[2001:db8::1]",
                          "ukey+ws://0.0.0.0", "ukey+ws://localhost.example"}) {
    const auto read = read_client_address(uri);
    ASSERT_FALSE(read) << uri;
    EXPECT_EQ(read.faults().front().code, "key.form");
    EXPECT_NE(read.faults().front().en.find("in clear"), std::string::npos) << uri;
    EXPECT_NE(read.faults().front().zh.find("明文"), std::string::npos);
  }
}

TEST(UkeyAddress, OfAnotherFormIsRefusedWithTheRightOne) {
  for (const auto& uri :
       {"ukey+ws:", "ukey+ws://", "ukey+ws://:61232", "ukey+ws:127.0.0.1", "ukey+ws://127.0.0.1:0",
        "ukey+ws://127.0.0.1.example", "ukey+ws://127.0.0.1:65536", "ukey+ws://127.0.0.1:x", "ukey+ws://u:p@127.0.0.1",
        "ukey+ws://127.0.0.1/?pin=1", "ukey+ws://127.0.0.1/#x", "ukey+wss://127.0.0.1", "ws://127.0.0.1"}) {
    const auto read = read_client_address(uri);
    ASSERT_FALSE(read) << uri;
    EXPECT_EQ(read.faults().front().code, "key.form");
    EXPECT_NE(read.faults().front().en.find("ukey+ws://127.0.0.1:61232"), std::string::npos);
  }
}

}  // namespace
