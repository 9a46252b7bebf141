#include "gateway/channels/amqp1/body.h"

#include <gtest/gtest.h>
#include <proton/codec/vector.hpp>
#include <proton/types.hpp>

namespace {

using gateway::channels::amqp1::body_of;

proton::message with(const proton::value& body) {
  proton::message sent;
  sent.body() = body;
  proton::message received;
  received.decode(sent.encode());
  return received;
}

TEST(Amqp1Body, DataAndTextAreGivenByteForByte) {
  const std::string bytes("<a>单证\0\xff</a>", 16);
  EXPECT_EQ(body_of(with(proton::binary(bytes))), bytes);
  EXPECT_EQ(body_of(with(std::string("<a>单证</a>"))), "<a>单证</a>");
}

TEST(Amqp1Body, WhatIsNeitherIsNotThrownAway) {
  EXPECT_EQ(body_of(with(std::int32_t{42})), "42");
  EXPECT_NE(body_of(with(std::vector<std::string>{"one", "two"})).find("two"), std::string::npos);
  EXPECT_EQ(body_of(proton::message()), "");
  EXPECT_EQ(body_of(with(proton::value())), "");
}

}  // namespace
