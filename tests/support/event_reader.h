// A reader of server-sent events on a socket of its own, which asks by HTTP/1.0, so that they come without chunks.
// Throws where nothing comes for ten seconds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/raw_socket.h"

namespace tests {

struct ReadEvent {
  std::string id, type, data;
};

class EventReader {
 public:
  // `fields`: more of the request's header, each line with its end.
  EventReader(const std::string& gateway_url, const std::string& target, const std::string& token,
              const std::string& fields = {});

  const std::string& head() const { return head_; }  // of the answer
  std::string block();                               // up to the next empty line, without it; "" at the end
  std::optional<ReadEvent> event();                  // comments passed over; nothing at the end
  std::vector<ReadEvent> events(std::size_t count);  // so many, or up to the end

 private:
  RawSocket socket_;
  std::string head_;
};

}  // namespace tests
