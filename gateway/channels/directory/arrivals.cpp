#include "gateway/channels/directory/arrivals.h"

#include <array>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <sys/inotify.h>
#include <unistd.h>

namespace gateway::channels::directory {

namespace asio = boost::asio;

namespace {

constexpr std::size_t room_for_events = std::size_t{64} << 10;

void read_events(const char* bytes, std::size_t size, std::set<std::string>& names) {
  for (std::size_t at = 0; at + sizeof(inotify_event) <= size;) {
    inotify_event event{};
    std::memcpy(&event, bytes + at, sizeof event);
    const char* name = bytes + at + sizeof event;
    if (event.len > 0) names.emplace(name, ::strnlen(name, event.len));
    at += sizeof event + event.len;
  }
}

}  // namespace

Arrivals::Arrivals(const asio::any_io_executor& executor) : events_(executor), timer_(executor) {
  const int events = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (events >= 0) events_.assign(events);
}

void Arrivals::watch(const std::filesystem::path& folder) {
  if (events_.is_open()) {
    ::inotify_add_watch(events_.native_handle(), folder.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR);
  }
}

std::set<std::string> Arrivals::names() {
  std::set<std::string> names;
  if (!events_.is_open()) return names;
  std::array<char, room_for_events> bytes{};
  for (ssize_t count = 0; (count = ::read(events_.native_handle(), bytes.data(), bytes.size())) > 0;) {
    read_events(bytes.data(), static_cast<std::size_t>(count), names);
  }
  return names;
}

asio::awaitable<void> Arrivals::wait(std::chrono::milliseconds longest) {
  using asio::experimental::awaitable_operators::operator||;
  boost::system::error_code no_event, no_time;  // each is cut short by the other
  timer_.expires_after(longest);
  auto over = timer_.async_wait(asio::redirect_error(asio::use_awaitable, no_time));
  if (!events_.is_open()) {
    co_await std::move(over);
    co_return;
  }
  auto event = events_.async_wait(asio::posix::stream_descriptor::wait_read,
                                  asio::redirect_error(asio::use_awaitable, no_event));
  co_await (std::move(event) || std::move(over));
}

}  // namespace gateway::channels::directory
