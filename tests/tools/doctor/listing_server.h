// A Hainan platform that has no receipts: every listing is answered by `[]`, with a Date as far from the real time as
// the test wants. Keeps what it was asked.
#pragma once

#include <array>
#include <chrono>
#include <ctime>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/raw_socket.h"

namespace tests::doctor {

inline std::string http_date(std::chrono::system_clock::time_point at) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

struct Behaviour {
  std::string status = "200 OK", body = "[]";
  std::chrono::milliseconds ahead{0};  // its clock
  std::string date = "real";           // real; otherwise the header itself, none where it is empty
};

class ListingServer {
 public:
  explicit ListingServer(Behaviour behaviour = {}) : behaviour_(std::move(behaviour)) {}

  std::string url() const { return server_.url(); }
  std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  void answer(RawSocket& socket) {
    const std::string request = socket.read_until("\r\n\r\n");
    if (request.empty()) return;
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(request.substr(0, request.find('\r')));
    }
    std::string date = behaviour_.date;
    if (date == "real") date = http_date(std::chrono::system_clock::now() + behaviour_.ahead);
    socket.write("HTTP/1.1 " + behaviour_.status + "\r\n" + (date.empty() ? "" : "Date: " + date + "\r\n") +
                 "Content-Type: text/plain\r\nConnection: close\r\nContent-Length: " +
                 std::to_string(behaviour_.body.size()) + "\r\n\r\n" + behaviour_.body);
  }

  Behaviour behaviour_;
  mutable std::mutex mutex_;
  std::vector<std::string> asked_;
  RawServer server_{[this](RawSocket& socket) { answer(socket); }};
};

}  // namespace tests::doctor
