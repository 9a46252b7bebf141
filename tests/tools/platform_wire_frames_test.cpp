// What passes before a broker, cut into frames: bytes made by hand after the standards.
#include <gmock/gmock.h>

#include "tools/platform/wire_frames.h"

namespace tools::platform {
namespace {

using namespace std::literals;
using testing::ElementsAre;

const std::string header_0_9_1("AMQP\0\0\x09\x01"sv), header_1_0("AMQP\0\1\0\0"sv);

std::string number(std::size_t value, std::size_t width) {
  std::string bytes(width, '\0');
  for (std::size_t i = 0; i < width; ++i) bytes[width - 1 - i] = static_cast<char>(value >> 8 * i);
  return bytes;
}

// AMQP 0-9-1 §4.2.3.
std::string frame(char type, const std::string& payload) {
  return std::string(1, type) + number(1, 2) + number(payload.size(), 4) + payload + "\xce";
}

// AMQP 1.0 part 2 §2.3.
std::string frame(const std::string& body) { return number(body.size() + 8, 4) + "\x02" + std::string(3, '\0') + body; }

std::string transfer(const std::string& more, const std::string& payload) {
  const std::string fields = "\x43\x52\x05\xa0\x01t\x43\x42"s + more;  // handle, id, tag, format, settled, more
  return frame("\0\x53\x14\xc0"s + number(fields.size() + 1, 1) + "\x06" + fields + payload);
}

std::vector<FrameKind> kinds(WireFrames& frames, const std::string& bytes) {
  std::vector<FrameKind> found;
  for (const Frame& one : frames.add(bytes)) found.push_back(one.kind);
  return found;
}

TEST(WireFrames, AMessageOverAmqp091IsWholeWithItsLastPiece) {
  WireFrames frames;
  const std::string publish = frame(1, number(0x003C0028, 4) + "...");
  const std::string header = frame(2, number(60, 2) + number(0, 2) + number(5, 8) + number(0, 2));
  EXPECT_THAT(kinds(frames, header_0_9_1 + publish + header + frame(3, "<a/")),
              ElementsAre(FrameKind::other, FrameKind::message_part, FrameKind::message_part, FrameKind::message_part));
  const auto last = frames.add(frame(3, "> "));
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last.front().kind, FrameKind::message_end);
  EXPECT_EQ(last.front().content, "> ");
}

TEST(WireFrames, AMessageWithoutABodyIsWholeWithItsHeader) {
  WireFrames frames;
  const std::string header = frame(2, number(60, 2) + number(0, 2) + number(0, 8) + number(0, 2));
  EXPECT_THAT(kinds(frames, header_0_9_1 + header), ElementsAre(FrameKind::other, FrameKind::message_end));
}

TEST(WireFrames, ABrokersWordOverAmqp091IsAConfirmAlsoWithoutAHeaderBefore) {
  WireFrames frames;
  EXPECT_THAT(kinds(frames, frame(1, number(0x000A000A, 4)) + frame(1, number(0x003C0050, 4) + std::string(9, '\0')) +
                                frame(1, number(0x003C0078, 4)) + frame(8, "")),
              ElementsAre(FrameKind::other, FrameKind::confirm, FrameKind::confirm, FrameKind::other));
}

TEST(WireFrames, AMessageOverAmqp1IsWholeWhereNoMoreFollows) {
  WireFrames frames;
  EXPECT_THAT(kinds(frames, header_1_0 + transfer("\x41", "<a") + transfer("\x56\x01", "/>")),
              ElementsAre(FrameKind::other, FrameKind::message_part, FrameKind::message_part));
  const auto last = frames.add(transfer("\x42", " "));
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last.front().kind, FrameKind::message_end);
  EXPECT_EQ(last.front().content, " ");
}

TEST(WireFrames, ADispositionOverAmqp1IsAConfirmHoweverItsCodeIsWritten) {
  WireFrames frames;
  const std::string list = "\xc0\x03\x02\x41\x43"s;
  EXPECT_THAT(
      kinds(frames, header_1_0 + frame("\0\x53\x15"s + list) + frame("\0\x80"s + number(0x15, 8) + list) +
                        frame("\0\x53\x13"s + list) + frame("")),
      ElementsAre(FrameKind::other, FrameKind::confirm, FrameKind::confirm, FrameKind::other, FrameKind::other));
}

TEST(WireFrames, BytesThatComeOneByOneMakeTheSameFrames) {
  const std::string all = header_1_0 + transfer("\x42", "<a/>") + frame("\0\x53\x15\x45"s);
  WireFrames at_once, one_by_one;
  const auto expected = kinds(at_once, all);
  std::vector<FrameKind> found;
  std::string passed;
  for (const char byte : all) {
    for (const Frame& one : one_by_one.add({&byte, 1})) {
      found.push_back(one.kind);
      passed += one.bytes;
    }
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(passed, all);
}

TEST(WireFrames, WhatIsNeitherPassesAsItComes) {
  WireFrames frames;
  const std::string hello = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS greeting"s;
  std::string passed;
  for (const Frame& one : frames.add(hello)) passed += one.bytes;
  for (const Frame& one : frames.add("and more")) passed += one.bytes;
  EXPECT_EQ(passed, hello + "and more");
}

TEST(WireFrames, GarbageBehindAHeaderNeitherHangsNorHarms) {
  for (const std::string& header : {header_0_9_1, header_1_0}) {
    for (int seed = 0; seed < 200; ++seed) {
      WireFrames frames;
      std::string bytes = header;
      for (int i = 0; i < 400; ++i) bytes += static_cast<char>((seed * 31 + i * (seed + 7)) % 256);
      std::string passed;
      for (const Frame& one : frames.add(bytes)) passed += one.bytes;
      EXPECT_TRUE(bytes.starts_with(passed));
    }
  }
}

}  // namespace
}  // namespace tools::platform
