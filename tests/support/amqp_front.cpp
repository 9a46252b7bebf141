#include "tests/support/amqp_front.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <string_view>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

#include "tests/support/eventually.h"

namespace tests {

namespace {

using namespace std::string_view_literals;

// A method frame of channel 1 with 13 bytes: basic.ack (AMQP 0-9-1 §2.3.5).
constexpr std::string_view confirm = "\x01\x00\x01\x00\x00\x00\x0d\x00\x3c\x00\x50"sv;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int new_socket() {
  const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) throw std::system_error(errno, std::generic_category(), "socket");
  return made;
}

bool write_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string_view read_some(int socket) {
  static thread_local std::array<char, 65536> buffer;
  const ssize_t got = recv(socket, buffer.data(), buffer.size(), 0);
  return {buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
}

}  // namespace

AmqpFront::AmqpFront(int broker_port)
    : broker_port_(broker_port), listener_(new_socket()), event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, generic, size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, generic, &size) != 0) {
    throw std::system_error(errno, std::generic_category(), "listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

AmqpFront::~AmqpFront() {
  stopping_ = true;
  eventfd_write(event_, 1);
  thread_.join();
  for (const Pair& pair : pairs_) {
    close(pair.client);
    close(pair.broker);
  }
  close(listener_);
  close(event_);
}

void AmqpFront::do_harm(Harm harm) {
  harm_ = harm;
  eventfd_write(event_, 1);
}

void AmqpFront::run() {
  while (!stopping_) {
    std::vector<pollfd> all{{event_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const Pair& pair : pairs_) {
      all.push_back({pair.client, POLLIN, 0});
      all.push_back({pair.broker, POLLIN, 0});
    }
    poll(all.data(), all.size(), -1);
    eventfd_t woken = 0;
    eventfd_read(event_, &woken);
    const std::size_t polled = pairs_.size();
    if (all[1].revents != 0) let_in();
    for (std::size_t i = 0; i < polled; ++i) {
      Pair& pair = pairs_[i];
      if (harm_ == Harm::closed) pair.is_over = true;
      if (!pair.is_over && all[2 + 2 * i].revents != 0) pass(pair);
      if (!pair.is_over && all[3 + 2 * i].revents != 0) pair.is_over = !pass_from_broker(pair);
    }
    std::erase_if(pairs_, [](const Pair& pair) {
      if (pair.is_over) {
        close(pair.client);
        close(pair.broker);
      }
      return pair.is_over;
    });
  }
}

void AmqpFront::let_in() {
  const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int broker = new_socket();
  const sockaddr_in address = loopback(broker_port_);
  const bool is_refused = harm_ == Harm::closed;
  if (is_refused || connect(broker, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(client);
    close(broker);
    return;
  }
  pairs_.push_back({client, broker});
}

void AmqpFront::pass(Pair& pair) {
  const auto bytes = read_some(pair.client);
  pair.is_over = bytes.empty() || !write_all(pair.broker, bytes);
}

bool AmqpFront::pass_from_broker(Pair& pair) {
  const auto bytes = read_some(pair.broker);
  if (bytes.empty()) return false;
  if (bytes.find(confirm) != std::string_view::npos) {
    Harm expected = Harm::confirm_lost;
    if (harm_.compare_exchange_strong(expected, Harm::none)) return false;
    if (harm_ == Harm::confirms_withheld) return true;
  }
  return write_all(pair.client, bytes);
}

}  // namespace tests
