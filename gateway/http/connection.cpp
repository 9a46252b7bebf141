#include "gateway/http/connection.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <type_traits>

#include "gateway/http/answering.h"
#include "gateway/http/refusals.h"
#include "gateway/http/streaming.h"

namespace gateway::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::uint32_t header_limit_bytes = 32 << 10;
constexpr std::size_t drain_limit_bytes = std::size_t{64} << 20;
constexpr std::chrono::seconds drain_timeout{5};
constexpr std::chrono::seconds close_timeout{1};

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Parser = wire::request_parser<wire::string_body>;

std::optional<std::uint64_t> announced_bytes(const Parser& parser) {
  const auto length = parser.content_length();
  if (!length) return std::nullopt;
  return *length;
}

// Empty where it has gone already.
std::string address_of(beast::tcp_stream& stream) {
  ErrorCode gone;
  const auto peer = stream.socket().remote_endpoint(gone);
  return gone ? std::string() : peer.address().to_string();
}

template <class Stream>
class StreamConnection final : public Connection {
 public:
  StreamConnection(std::shared_ptr<Server::Shared> shared, Stream stream)
      : Connection(std::move(shared)), stream_(std::move(stream)) {}

  void close_now() override {
    ErrorCode ignored;
    lowest().socket().close(ignored);
  }

  asio::awaitable<void> run() {
    if (!co_await shake_hands()) co_return;
    while (co_await wait_for_request()) {
      phase_ = Phase::busy;
      const After after = co_await one_exchange();
      if (after == After::drain) co_await drain();
      phase_ = Phase::waiting;
      if (after != After::keep || shared_->stopping) break;
    }
    co_await say_goodbye();
  }

 private:
  enum class After { keep, drain, close };

  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }
  const ServerOptions& options() const { return shared_->options; }

  asio::awaitable<bool> shake_hands() {
    lowest().expires_after(options().header_timeout);
    ErrorCode error;
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                       asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error;
  }

  // A silent client costs no more than the idle time; one that has begun to speak has the header time to finish.
  asio::awaitable<bool> wait_for_request() {
    if (buffer_.size() == 0) {
      lowest().expires_after(first_ ? options().header_timeout : options().idle_timeout);
      ErrorCode error;
      const std::size_t bytes = co_await stream_.async_read_some(buffer_.prepare(read_size_bytes),
                                                                 asio::redirect_error(asio::use_awaitable, error));
      buffer_.commit(bytes);
      if (error) co_return false;
    }
    first_ = false;
    lowest().expires_after(options().header_timeout);
    co_return true;
  }

  asio::awaitable<After> one_exchange() {
    Parser parser;
    parser.header_limit(header_limit_bytes);
    parser.body_limit(boost::none);  // compared by hand below, so that the refusal can name the limit
    ErrorCode error;
    co_await wire::async_read_header(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return co_await refuse_unread(error);
    Arrival arrival{announced_bytes(parser), peer_};
    Admission admission = co_await admit(shared_, parser.get().base(), std::move(arrival));
    if (admission.refusal) co_return co_await refuse(parser, std::move(*admission.refusal));
    co_await send_continue(parser);
    lowest().expires_after(options().body_timeout);
    parser.body_limit(options().body_limit_bytes);
    if (!parser.is_done()) {
      co_await wire::async_read(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    }
    if (error == wire::error::body_limit) {
      Response too_large = body_too_large(options().body_limit_bytes);
      co_return co_await refuse(parser, std::move(too_large));
    }
    if (error) co_return co_await refuse_unread(error);
    co_return co_await handle(parser, std::move(admission));
  }

  asio::awaitable<After> handle(Parser& parser, Admission admission) {
    lowest().expires_never();  // the handler has deadlines of its own
    admission.request.body = std::move(parser.get().body());
    Response response = co_await answered(shared_, *admission.route, std::move(admission.request));
    if (response.delivery == Delivery::drop_connection) {
      close_now();
      co_return After::close;
    }
    const bool keep = parser.get().keep_alive() && !shared_->stopping && !response.stream;
    const bool sent = co_await write(parser.get().base(), std::move(response), keep ? After::keep : After::close);
    co_return keep&& sent ? After::keep : After::close;
  }

  asio::awaitable<void> send_continue(const Parser& parser) {
    if (!beast::iequals(parser.get()[wire::field::expect], "100-continue") || buffer_.size() != 0) co_return;
    wire::response<wire::empty_body> go_on{wire::status::continue_, 11};
    ErrorCode error;  // a broken connection shows at the next read
    co_await wire::async_write(stream_, go_on, asio::redirect_error(asio::use_awaitable, error));
  }

  asio::awaitable<After> refuse(Parser& parser, Response response) {
    const bool unread = !parser.is_done();
    unread_bytes_ = announced_bytes(parser);
    const bool keep = !unread && parser.get().keep_alive() && !shared_->stopping;
    const bool sent = co_await write(parser.get().base(), std::move(response), keep ? After::keep : After::close);
    if (!sent) co_return After::close;
    if (unread) co_return After::drain;
    co_return keep ? After::keep : After::close;
  }

  // What came cannot be read on: not HTTP, too long a header, or the peer went or fell silent.
  asio::awaitable<After> refuse_unread(ErrorCode error) {
    if (error.category() != make_error_code(wire::error::end_of_stream).category() ||
        error == wire::error::end_of_stream || error == wire::error::partial_message) {
      co_return After::close;
    }
    Response response = malformed(error.message());
    if (error == wire::error::header_limit) response = headers_too_large(header_limit_bytes);
    const wire::request_header<> none;
    const bool sent = co_await write(none, std::move(response), After::close);
    co_return sent ? After::drain : After::close;
  }

  asio::awaitable<bool> write(const wire::request_header<>& request, Response response, After after) {
    lowest().expires_after(options().body_timeout);
    const Outgoing outgoing =
        made_ready(request, std::move(response), after == After::keep ? KeepAlive::yes : KeepAlive::no);
    ErrorCode error;
    if (outgoing.without_body) {
      wire::response_serializer<wire::empty_body> header(*outgoing.without_body);
      co_await wire::async_write_header(stream_, header, asio::redirect_error(asio::use_awaitable, error));
    } else {
      co_await wire::async_write(stream_, outgoing.whole, asio::redirect_error(asio::use_awaitable, error));
    }
    if (error || !outgoing.stream) co_return !error;
    co_return co_await write_stream(outgoing);
  }

  asio::awaitable<bool> write_stream(const Outgoing& outgoing) {
    const Framing framing = outgoing.whole.chunked() ? Framing::chunked : Framing::until_close;
    Streaming<Stream> streaming(stream_, *outgoing.stream, framing, options().body_timeout);
    body_stream_ = outgoing.stream;
    if (shared_->stopping) end_stream();
    std::string failure;
    try {
      const bool is_taken = co_await streaming.run();
      co_return is_taken;
    } catch (const std::exception& error) {
      failure = error.what();
    }
    close_now();
    if (options().on_error) options().on_error("a stream was cut: " + failure);
    co_return false;
  }

  // Closing with unread bytes resets the connection, and the client may never see the answer.
  asio::awaitable<void> drain() {
    ErrorCode error;
    if constexpr (std::is_same_v<Stream, PlainStream>) lowest().socket().shutdown(tcp::socket::shutdown_send, error);
    lowest().expires_after(drain_timeout);
    std::size_t seen = buffer_.size();
    while (!error && seen < drain_limit_bytes && (!unread_bytes_ || seen < *unread_bytes_)) {
      buffer_.clear();
      seen += co_await stream_.async_read_some(buffer_.prepare(read_size_bytes),
                                               asio::redirect_error(asio::use_awaitable, error));
    }
  }

  asio::awaitable<void> say_goodbye() {
    ErrorCode ignored;
    lowest().expires_after(close_timeout);
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
    }
    lowest().socket().shutdown(tcp::socket::shutdown_both, ignored);
  }

  static constexpr std::size_t read_size_bytes = 16 << 10;

  Stream stream_;
  beast::flat_buffer buffer_;
  std::optional<std::uint64_t> unread_bytes_;
  std::string peer_ = address_of(lowest());
  bool first_ = true;
};

}  // namespace

Connection::Connection(std::shared_ptr<Server::Shared> shared) : shared_(std::move(shared)) {
  shared_->connections.insert(this);
}

Connection::~Connection() {
  shared_->connections.erase(this);
  if (shared_->connections.empty()) shared_->all_closed.cancel();
}

void Connection::end_stream() {
  if (const auto stream = body_stream_.lock()) stream->end();
}

asio::awaitable<void> serve_plain(std::shared_ptr<Server::Shared> shared, tcp::socket socket) {
  const auto connection = std::make_unique<StreamConnection<PlainStream>>(shared, PlainStream(std::move(socket)));
  co_await connection->run();
}

asio::awaitable<void> serve_tls(std::shared_ptr<Server::Shared> shared, tcp::socket socket) {
  const auto connection =
      std::make_unique<StreamConnection<TlsStream>>(shared, TlsStream(std::move(socket), *shared->tls));
  co_await connection->run();
}

asio::awaitable<void> turn_away(std::shared_ptr<Server::Shared> shared, tcp::socket socket) {
  if (shared->tls) co_return;
  beast::tcp_stream stream(std::move(socket));
  stream.expires_after(close_timeout);
  const wire::request_header<> none;
  const Outgoing outgoing = made_ready(none, busy(), KeepAlive::no);
  ErrorCode error;
  co_await wire::async_write(stream, outgoing.whole, asio::redirect_error(asio::use_awaitable, error));
  stream.socket().shutdown(tcp::socket::shutdown_send, error);
  beast::flat_buffer dropped;
  while (!error) {
    dropped.clear();
    co_await stream.async_read_some(dropped.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
  }
}

}  // namespace gateway::http
