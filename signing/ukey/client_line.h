// One WebSocket connection to the UKey client, read all the time, so that its end is known at once. When the deadline
// set for it passes, the connection is closed: the client may be stuck. For the desk's I/O thread only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "signing/ukey/client_address.h"
#include "signing/ukey/client_text.h"

namespace signing::ukey {

class ClientLine : public std::enable_shared_from_this<ClientLine> {
 public:
  explicit ClientLine(boost::asio::io_context& io);

  // Both end, at the latest, when the deadline passes or the line is shut; see ended().
  boost::asio::awaitable<void> open(const ClientAddress& address);
  // The answer to this id and method; others are dropped. Nothing where the line ended first. The text is wiped once it
  // is sent.
  boost::asio::awaitable<std::optional<Answer>> ask(std::int64_t id, const std::string& method, base::Secret text);

  void set_deadline(std::chrono::steady_clock::time_point deadline);
  void drop_deadline();
  void shut();

  enum class End { not_yet, broken, silent };
  End ended() const { return ended_; }
  const std::string& why() const { return why_; }  // the system's words where broken

 private:
  using ErrorCode = boost::system::error_code;
  boost::asio::awaitable<void> read_all();
  void take(const std::string& text);
  void end(End how, const std::string& why);

  boost::beast::websocket::stream<boost::asio::ip::tcp::socket> socket_;
  boost::asio::steady_timer limit_, news_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  End ended_ = End::not_yet;
  std::string why_;
  std::optional<std::int64_t> awaited_;
  std::string awaited_method_;
  std::optional<Answer> answer_;
};

}  // namespace signing::ukey
