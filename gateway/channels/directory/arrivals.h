// Wakes who waits for files in a folder. Where the system cannot watch it (a network folder, too many watches) waiting
// just takes its time, and the caller looks anyway. On the I/O thread, but for watch(), which blocks.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <filesystem>
#include <set>
#include <string>

namespace gateway::channels::directory {

class Arrivals {
 public:
  explicit Arrivals(const boost::asio::any_io_executor& executor);

  void watch(const std::filesystem::path& folder);  // again for a folder that was made anew

  // Since the last call: what was renamed into the folder, or closed by whoever wrote it.
  std::set<std::string> names();

  // Until something comes, at most so long.
  boost::asio::awaitable<void> wait(std::chrono::milliseconds longest);

 private:
  boost::asio::posix::stream_descriptor events_;
  boost::asio::steady_timer timer_;
};

}  // namespace gateway::channels::directory
