#include "tests/support/raw_socket.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tests {

namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

sockaddr_in loopback(unsigned short port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::size_t content_length(const std::string& header) {
  const auto at = header.find("Content-Length: ");
  if (at == std::string::npos) return 0;
  std::size_t length = 0;
  std::from_chars(header.data() + at + 16, header.data() + header.size(), length);
  return length;
}

}  // namespace

RawSocket::RawSocket(int descriptor) : descriptor_(descriptor) {
  const timeval patience{10, 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

RawSocket RawSocket::connect_to(unsigned short port) {
  RawSocket made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = loopback(port);
  if (connect(made.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("connect");
  return made;
}

RawSocket::RawSocket(RawSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), seen_(std::move(other.seen_)) {}

RawSocket::~RawSocket() {
  if (descriptor_ >= 0) close(descriptor_);
}

void RawSocket::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0) fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::size_t RawSocket::read_some() {
  std::array<char, 16384> piece{};
  const ssize_t count = recv(descriptor_, piece.data(), piece.size(), 0);
  if (count < 0) fail("recv");
  seen_.append(piece.data(), static_cast<std::size_t>(count));
  return static_cast<std::size_t>(count);
}

std::string RawSocket::read_until(std::string_view mark) {
  std::size_t at = seen_.find(mark);
  while (at == std::string::npos) {
    if (read_some() == 0) return std::exchange(seen_, {});
    at = seen_.find(mark);
  }
  return read_bytes(at + mark.size());
}

std::string RawSocket::read_bytes(std::size_t count) {
  while (seen_.size() < count && read_some() != 0) continue;
  std::string taken = seen_.substr(0, count);
  seen_.erase(0, taken.size());
  return taken;
}

std::string RawSocket::read_to_end() {
  while (read_some() != 0) continue;
  return std::exchange(seen_, {});
}

std::string RawSocket::read_answer() {
  std::string header = read_until("\r\n\r\n");
  return header + read_bytes(content_length(header));
}

unsigned short port_of(const std::string& url) {
  return static_cast<unsigned short>(std::stoi(url.substr(url.rfind(':') + 1)));
}

RawServer::RawServer(std::function<void(RawSocket&)> talk)
    : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), talk_(std::move(talk)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || listen(listener_, 16) != 0)
    fail("bind");
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] {
    for (int accepted = accept(listener_, nullptr, nullptr); accepted >= 0;
         accepted = accept(listener_, nullptr, nullptr)) {
      RawSocket connection(accepted);
      try {
        talk_(connection);
      } catch (const std::exception&) {
        continue;  // the peer went first, which several tests want
      }
    }
  });
}

RawServer::~RawServer() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

}  // namespace tests
