// What passes on the line between a client and a broker, frame by frame, over AMQP 0-9-1 (§4.2.3) or 1.0 (part 2 §2.3):
// messages on their way out, the broker's word on them, everything else. Bytes that are neither, such as TLS, pass as
// they come. Pure; one for each direction of a connection.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tools::platform {

enum class FrameKind { other, message_part, message_end, confirm };

struct Frame {
  FrameKind kind = FrameKind::other;
  std::string bytes;    // all of it, as it passed
  std::string content;  // of a message: its piece, over 1.0 with the sections before the body
};

class WireFrames {
 public:
  std::vector<Frame> add(std::string_view bytes);  // those that are whole now

 private:
  enum class Protocol { not_known, amqp_0_9_1, amqp_1_0, none };

  std::size_t next_size() const;  // 0: not yet known
  Frame read(std::string bytes);
  void learn(std::string_view header);

  Protocol protocol_ = Protocol::not_known;
  std::string pending_;
  std::uint64_t missing_ = 0;  // of the body of a message over AMQP 0-9-1
};

}  // namespace tools::platform
