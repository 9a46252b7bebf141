// Sends the parts of a body after its header, and meanwhile looks whether the client is still there: what it says is
// dropped, for no other answer follows a stream. Transport: Beast's stream, plain or TLS, which outlives it.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <chrono>
#include <cstddef>
#include <exception>
#include <utility>

#include "gateway/http/body_stream.h"

namespace gateway::http {

enum class Framing { chunked, until_close };

template <class Transport>
class Streaming {
 public:
  // A part that the client has not taken within `part_timeout` is the last one.
  Streaming(Transport& transport, BodyStream& body, Framing framing, std::chrono::milliseconds part_timeout)
      : transport_(transport), body_(body), framing_(framing), part_timeout_(part_timeout) {}

  // False: the client has not taken it all. Throws what the body threw.
  boost::asio::awaitable<bool> run() {
    using boost::asio::experimental::awaitable_operators::operator||;
    auto writing = write_parts();
    auto watching = watch_client();
    co_await (std::move(writing) || std::move(watching));
    if (failure_) std::rethrow_exception(failure_);
    co_return !error_;
  }

 private:
  using ErrorCode = boost::system::error_code;

  static constexpr std::size_t most_dropped_bytes = 64 << 10;

  auto& lowest() { return boost::beast::get_lowest_layer(transport_); }

  boost::asio::awaitable<void> write_parts() {
    try {
      while (!error_) {
        const auto part = co_await body_.next();
        if (!part) break;
        if (part->empty()) continue;  // as a chunk it would be the last one
        const auto bare = boost::asio::buffer(*part);
        const auto chunk = boost::beast::http::make_chunk(bare);
        if (framing_ == Framing::chunked) {  // GCC 12 destroys the awaitable of a conditional expression twice
          co_await write(chunk);
        } else {
          co_await write(bare);
        }
      }
      const auto last = boost::beast::http::make_chunk_last();
      if (!error_ && framing_ == Framing::chunked) co_await write(last);
    } catch (...) {
      failure_ = std::current_exception();
    }
  }

  template <class Bytes>
  boost::asio::awaitable<void> write(const Bytes& bytes) {
    lowest().expires_after(part_timeout_);
    co_await boost::asio::async_write(transport_, bytes,
                                      boost::asio::redirect_error(boost::asio::use_awaitable, error_));
  }

  // Until the writing has come to its end.
  boost::asio::awaitable<void> watch_client() {
    std::array<char, 4096> dropped;
    std::size_t seen = 0;
    ErrorCode gone;
    while (!gone && seen <= most_dropped_bytes) {
      lowest().expires_never();  // while a part is being written, its time goes on
      seen += co_await transport_.async_read_some(boost::asio::buffer(dropped),
                                                  boost::asio::redirect_error(boost::asio::use_awaitable, gone));
    }
    body_.end();
    boost::asio::steady_timer written(transport_.get_executor(), boost::asio::steady_timer::time_point::max());
    co_await written.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, gone));
  }

  Transport& transport_;
  BodyStream& body_;
  Framing framing_;
  std::chrono::milliseconds part_timeout_;
  ErrorCode error_;
  std::exception_ptr failure_;
};

}  // namespace gateway::http
