#include "tools/platform/wire_frames.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tools::platform {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t header_bytes = 8;  // "AMQP" and the version
constexpr std::size_t most_frame_bytes = std::size_t{64} << 20;
constexpr std::uint64_t transfer = 0x14, disposition = 0x15;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint64_t number = 0;
  for (std::size_t i = at; i < at + width && i < bytes.size(); ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

// Of the value that begins there, with its constructor (AMQP 1.0 part 1 §1.2): the high half of the constructor tells.
std::size_t value_size(std::string_view bytes, std::size_t at) {
  constexpr std::array<std::size_t, 16> fixed{0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 0, 0, 0, 0, 0, 0};
  const auto half = number_at(bytes, at, 1) >> 4;
  const std::size_t width = half < 0xA ? 0 : half % 2 == 0 ? 1 : 4;
  return 1 + fixed[half] + width + number_at(bytes, at + 1, width);
}

struct Performative {
  std::uint64_t code = 0;
  std::vector<std::string_view> fields;
  std::string_view payload;
};

// Behind a frame's header: a described list, and what follows it.
std::optional<Performative> performative_in(std::string_view body) {
  if (body.size() < 4 || body[0] != '\0') return std::nullopt;
  const std::size_t code_size = value_size(body, 1), list = 1 + code_size;
  Performative found;
  found.code = number_at(body, 2, code_size - 1);
  if (list >= body.size()) return std::nullopt;
  const std::size_t end = std::min(list + value_size(body, list), body.size());
  const std::size_t width = number_at(body, list, 1) == 0xC0 ? 1 : 4;
  for (std::size_t at = list + 1 + 2 * width; at < end; at += value_size(body, at)) {
    found.fields.push_back(body.substr(at, value_size(body, at)));
  }
  found.payload = body.substr(end);
  return found;
}

bool is_true(std::string_view field) { return field == "\x41"sv || field == "\x56\x01"sv; }

Frame read_1_0(std::string bytes) {
  constexpr std::size_t kind_at = 5, offset_at = 4, more_field = 5;  // of transfer: part 2 §2.7.5
  Frame frame;
  const std::string_view all = bytes;
  const std::size_t begin = 4 * number_at(all, offset_at, 1);
  const auto found = all[kind_at] == '\0' && begin <= all.size() ? performative_in(all.substr(begin)) : std::nullopt;
  if (found && found->code == disposition) frame.kind = FrameKind::confirm;
  if (found && found->code == transfer) {
    const bool is_more = found->fields.size() > more_field && is_true(found->fields[more_field]);
    frame.kind = is_more ? FrameKind::message_part : FrameKind::message_end;
    frame.content = found->payload;
  }
  frame.bytes = std::move(bytes);
  return frame;
}

}  // namespace

std::vector<Frame> WireFrames::add(std::string_view bytes) {
  pending_ += bytes;
  std::vector<Frame> frames;
  while (!pending_.empty()) {
    const std::size_t size = next_size();
    if (size == 0 || pending_.size() < size) break;
    std::string whole = pending_.substr(0, size);
    pending_.erase(0, size);
    frames.push_back(read(std::move(whole)));
  }
  return frames;
}

std::size_t WireFrames::next_size() const {
  constexpr std::string_view name = "AMQP";
  if (protocol_ == Protocol::none) return pending_.size();
  const std::size_t seen = std::min(pending_.size(), name.size());
  if (pending_.compare(0, seen, name, 0, seen) == 0) return seen < name.size() ? 0 : header_bytes;
  // A broker of 0-9-1 sends no header of its own: its first frame is a method's.
  if (protocol_ == Protocol::not_known && pending_[0] != '\x01') return pending_.size();
  const bool is_1_0 = protocol_ == Protocol::amqp_1_0;
  if (pending_.size() < header_bytes) return 0;
  const std::size_t size = is_1_0 ? number_at(pending_, 0, 4) : 8 + number_at(pending_, 3, 4);
  const bool is_frame = size >= header_bytes && size <= most_frame_bytes;
  return is_frame ? size : pending_.size();
}

Frame WireFrames::read(std::string bytes) {
  if (bytes.starts_with("AMQP")) {
    learn(bytes);
    return {FrameKind::other, std::move(bytes), {}};
  }
  if (protocol_ == Protocol::not_known) protocol_ = bytes[0] == '\x01' ? Protocol::amqp_0_9_1 : Protocol::none;
  if (protocol_ == Protocol::none) return {FrameKind::other, std::move(bytes), {}};
  if (protocol_ == Protocol::amqp_1_0) return read_1_0(std::move(bytes));
  constexpr std::size_t payload = 7;
  constexpr char method = 1, header = 2, body = 3;
  constexpr std::uint64_t ack = 0x003C0050, nack = 0x003C0078;
  Frame frame;
  if (bytes[0] == method) {
    const auto called = number_at(bytes, payload, 4);
    if (called == ack || called == nack) frame.kind = FrameKind::confirm;
    if (called == 0x003C0028) frame.kind = FrameKind::message_part;  // basic.publish
  } else if (bytes[0] == header) {
    missing_ = number_at(bytes, payload + 4, 8);
    frame.kind = missing_ == 0 ? FrameKind::message_end : FrameKind::message_part;
  } else if (bytes[0] == body) {
    frame.content = bytes.substr(payload, bytes.size() - payload - 1);
    missing_ -= std::min<std::uint64_t>(missing_, frame.content.size());
    frame.kind = missing_ == 0 ? FrameKind::message_end : FrameKind::message_part;
  }
  frame.bytes = std::move(bytes);
  return frame;
}

void WireFrames::learn(std::string_view header) {
  protocol_ = header.substr(4) == "\0\0\x09\x01"sv ? Protocol::amqp_0_9_1 : Protocol::amqp_1_0;
}

}  // namespace tools::platform
