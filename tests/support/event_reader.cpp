#include "tests/support/event_reader.h"

#include <sstream>

namespace tests {

EventReader::EventReader(const std::string& gateway_url, const std::string& target, const std::string& token,
                         const std::string& fields)
    : socket_(RawSocket::connect_to(port_of(gateway_url))) {
  socket_.write("GET " + target + " HTTP/1.0\r\nAuthorization: Bearer " + token + "\r\n" + fields + "\r\n");
  head_ = socket_.read_until("\r\n\r\n");
}

std::string EventReader::block() {
  std::string text = socket_.read_until("\n\n");
  if (text.ends_with("\n\n")) text.resize(text.size() - 2);
  return text;
}

std::optional<ReadEvent> EventReader::event() {
  for (std::string text = block(); !text.empty(); text = block()) {
    ReadEvent event;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      for (auto& [name, value] :
           {std::pair<std::string, std::string&>{"id: ", event.id}, {"event: ", event.type}, {"data: ", event.data}}) {
        if (line.starts_with(name)) value = line.substr(name.size());
      }
    }
    if (!event.data.empty()) return event;
  }
  return std::nullopt;
}

std::vector<ReadEvent> EventReader::events(std::size_t count) {
  std::vector<ReadEvent> all;
  while (all.size() < count) {
    auto next = event();
    if (!next) break;
    all.push_back(std::move(*next));
  }
  return all;
}

}  // namespace tests
