// Blocking TCP without any HTTP library, for peers that misbehave on purpose. Everything gives up after ten seconds by
// throwing, so that a hanging peer fails the test.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace tests {

unsigned short port_of(const std::string& url);  // http://HOST:PORT

class RawSocket {
 public:
  explicit RawSocket(int descriptor);
  static RawSocket connect_to(unsigned short port);  // on 127.0.0.1
  RawSocket(RawSocket&& other) noexcept;
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;
  RawSocket& operator=(RawSocket&&) = delete;
  ~RawSocket();

  void write(std::string_view bytes);             // throws if the peer does not take them
  std::string read_until(std::string_view mark);  // what came up to and with the mark, or up to the end
  std::string read_bytes(std::size_t count);      // exactly so many, or what came before the end
  std::string read_to_end();                      // throws if the connection is reset
  std::string read_answer();                      // one HTTP answer with a Content-Length

 private:
  std::size_t read_some();  // 0: the end

  int descriptor_;
  std::string seen_;
};

// Accepts on a free port of 127.0.0.1; `talk` has one connection at a time and closes it by returning.
class RawServer {
 public:
  explicit RawServer(std::function<void(RawSocket&)> talk);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  unsigned short port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  int listener_ = -1;
  unsigned short port_ = 0;
  std::function<void(RawSocket&)> talk_;
  std::thread thread_;
};

}  // namespace tests
