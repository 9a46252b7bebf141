#include "gateway/http/session.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cerrno>
#include <memory>
#include <sys/socket.h>
#include <utility>
#include <vector>

namespace gateway::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using Deadline = std::chrono::steady_clock::time_point;

namespace {

constexpr std::uint32_t answer_header_limit_bytes = 64 << 10;

struct Place {
  enum class Scheme { http, https };
  Scheme scheme = Scheme::http;
  std::string host, port, host_header, target;

  bool is_at(const Place& other) const { return scheme == other.scheme && host == other.host && port == other.port; }
};

std::optional<Place> read_place(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || parsed->host_address().empty()) return std::nullopt;
  Place place;
  if (parsed->scheme() == "https") {
    place.scheme = Place::Scheme::https;
  } else if (parsed->scheme() != "http") {
    return std::nullopt;
  }
  const bool https = place.scheme == Place::Scheme::https;
  place.host = parsed->host_address();
  place.port = parsed->port().empty() ? (https ? "443" : "80") : std::string(parsed->port());
  place.host_header = std::string(std::string_view(parsed->encoded_host_and_port()));
  place.target = std::string(std::string_view(parsed->encoded_resource()));
  if (!place.target.starts_with('/')) place.target.insert(0, "/");
  if (const auto fragment = place.target.find('#'); fragment != std::string::npos) place.target.resize(fragment);
  return place;
}

std::string in_words(ErrorCode error) {
  return error == beast::error::timeout ? "no answer within the time allowed" : error.message();
}

Exchange failed(Reach reach, const std::string& step, ErrorCode error) {
  return Exchange{reach, {}, step + ": " + in_words(error)};
}

// Asio cannot interrupt getaddrinfo: the look-up is left to itself when the deadline passes.
struct LookUp {
  explicit LookUp(const asio::any_io_executor& executor, Deadline deadline)
      : resolver(executor), finished(executor, deadline) {}
  tcp::resolver resolver;
  asio::steady_timer finished;
  ErrorCode error = beast::error::timeout;
  tcp::resolver::results_type addresses;
};

asio::awaitable<std::shared_ptr<LookUp>> look_up(const Place& place, Deadline deadline) {
  auto look = std::make_shared<LookUp>(co_await asio::this_coro::executor, deadline);
  look->resolver.async_resolve(place.host, place.port, [look](ErrorCode error, tcp::resolver::results_type addresses) {
    look->error = error;
    look->addresses = std::move(addresses);
    look->finished.cancel();
  });
  ErrorCode woken;
  co_await look->finished.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  co_return look;
}

// What was judged is what is connected to: the name is not looked up again.
std::vector<tcp::endpoint> allowed_of(const tcp::resolver::results_type& found, Addresses allowed) {
  std::vector<tcp::endpoint> endpoints;
  for (const auto& one : found) {
    if (may_connect(allowed, one.endpoint().address())) endpoints.push_back(one.endpoint());
  }
  return endpoints;
}

Exchange refused(const tcp::resolver::results_type& found, Addresses allowed, const Place& place) {
  const bool wants_public = allowed == Addresses::public_alone;
  return Exchange{Reach::unreachable,
                  {},
                  "connect to " + place.host_header + ": " + found.begin()->endpoint().address().to_string() +
                      (wants_public ? " is no address of the public Internet" : " is no private address") +
                      ", which alone is allowed here"};
}

wire::request<wire::string_body> make_request(Call& call, const Place& place, Staying staying) {
  wire::request<wire::string_body> request{wire::verb::unknown, place.target, 11};
  request.method_string(call.method);
  request.set(wire::field::host, place.host_header);
  request.set(wire::field::user_agent, "cebgate");
  if (staying == Staying::once) request.set(wire::field::connection, "close");
  for (const auto& [name, value] : call.headers.fields) request.set(name, value);
  request.body() = std::move(call.body);
  request.prepare_payload();
  return request;
}

Response taken_from(wire::response<wire::string_body>&& message) {
  Response response;
  response.status = message.result_int();
  for (const auto& field : message.base()) {
    response.headers.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  response.body = std::move(message.body());
  return response;
}

void trust_in(asio::ssl::context& context, const std::optional<std::filesystem::path>& trust, ErrorCode& error) {
  context.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  context.set_verify_mode(asio::ssl::verify_peer);
  if (trust) {
    context.load_verify_file(trust->string(), error);
  } else {
    context.set_default_verify_paths(error);
  }
}

void show_identity(asio::ssl::context& context, const ClientIdentity& identity, ErrorCode& error) {
  context.use_certificate_chain_file(identity.certificate.string(), error);
  if (!error) context.use_private_key_file(identity.key.string(), asio::ssl::context::pem, error);
}

}  // namespace

// Unopened: neither plain nor secure is there.
struct Session::Connection {
  Connection(Place at, const Call& call)
      : place(std::move(at)), trust(call.trust), identity(call.identity), addresses(call.addresses) {
    if (place.scheme == Place::Scheme::https) context.emplace(asio::ssl::context::tls_client);
  }

  beast::tcp_stream& socket() { return plain ? *plain : beast::get_lowest_layer(*secure); }

  bool serves(const Place& other, const Call& call) const {
    return place.is_at(other) && trust == call.trust && identity == call.identity && addresses == call.addresses;
  }

  // Nothing has come that nobody asked for: neither the peer's end nor a byte.
  bool is_quiet() {
    char byte = 0;
    const auto got = ::recv(socket().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  }

  Place place;
  std::optional<std::filesystem::path> trust;
  std::optional<ClientIdentity> identity;
  Addresses addresses;
  std::optional<asio::ssl::context> context;
  std::optional<beast::tcp_stream> plain;
  std::optional<beast::ssl_stream<beast::tcp_stream>> secure;
  beast::flat_buffer buffer;
};

namespace {

using Failure = std::optional<Exchange>;

asio::awaitable<Failure> open_tls(Session::Connection& connection, beast::tcp_stream stream) {
  ErrorCode error;
  trust_in(*connection.context, connection.trust, error);
  if (error) {
    co_return failed(Reach::unreachable, "trust in " + connection.trust.value_or("the system's CAs").string(), error);
  }
  if (connection.identity) show_identity(*connection.context, *connection.identity, error);
  if (error) {
    const ClientIdentity& identity = *connection.identity;
    co_return failed(Reach::unreachable,
                     "the client certificate " + identity.certificate.string() + " with " + identity.key.string(),
                     error);
  }
  auto& secure = connection.secure.emplace(std::move(stream), *connection.context);
  secure.set_verify_callback(asio::ssl::host_name_verification(connection.place.host));
  SSL_set_tlsext_host_name(secure.native_handle(), connection.place.host.c_str());
  co_await secure.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return failed(Reach::unreachable, "TLS with " + connection.place.host_header, error);
  co_return std::nullopt;
}

asio::awaitable<Failure> open(Session::Connection& connection, Deadline deadline) {
  const Place& place = connection.place;
  const auto look = co_await look_up(place, deadline);
  if (look->error) co_return failed(Reach::unreachable, "look up " + place.host, look->error);
  const auto endpoints = allowed_of(look->addresses, connection.addresses);
  if (endpoints.empty()) co_return refused(look->addresses, connection.addresses, place);
  beast::tcp_stream stream(co_await asio::this_coro::executor);
  stream.expires_at(deadline);
  ErrorCode error;
  co_await stream.async_connect(endpoints, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return failed(Reach::unreachable, "connect to " + place.host_header, error);
  stream.socket().set_option(tcp::no_delay(true), error);
  if (connection.context) co_return co_await open_tls(connection, std::move(stream));
  connection.plain.emplace(std::move(stream));
  co_return std::nullopt;
}

struct Talk {
  Exchange exchange;
  bool peer_stays = false;
};

// Header and body leave together, so every failure from here on leaves it open whether the body arrived.
template <class Stream>
asio::awaitable<Talk> write_and_read(Stream& stream, beast::flat_buffer& buffer, Call& call, const Place& place,
                                     Staying staying) {
  const auto request = make_request(call, place, staying);
  const std::string where = " " + place.host_header;
  ErrorCode error;
  co_await wire::async_write(stream, request, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return Talk{failed(Reach::unknown, "send to" + where, error)};
  for (;;) {
    wire::response_parser<wire::string_body> parser;
    parser.header_limit(answer_header_limit_bytes);
    parser.body_limit(call.answer_limit_bytes);
    if (request.method() == wire::verb::head) parser.skip(true);
    co_await wire::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return Talk{failed(Reach::unknown, "read the answer of" + where, error)};
    if (parser.get().result_int() < 200) continue;
    const bool peer_stays = parser.keep_alive() && buffer.size() == 0;
    co_return Talk{Exchange{Reach::answered, taken_from(parser.release()), {}}, peer_stays};
  }
}

asio::awaitable<Talk> talk_over(Session::Connection& connection, Call& call, const Place& place, Staying staying) {
  if (connection.secure) co_return co_await write_and_read(*connection.secure, connection.buffer, call, place, staying);
  co_return co_await write_and_read(*connection.plain, connection.buffer, call, place, staying);
}

}  // namespace

Session::Session(Staying staying) : staying_(staying) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

asio::awaitable<Exchange> Session::send(Call call) {
  const auto place = read_place(call.url);
  if (!place) co_return Exchange{Reach::unreachable, {}, "not an http:// or https:// address: " + call.url};
  const Deadline deadline = std::chrono::steady_clock::now() + call.timeout;
  auto connection = std::move(kept_);
  if (connection && !(connection->serves(*place, call) && connection->is_quiet())) connection.reset();
  if (!connection) {
    connection = std::make_unique<Connection>(*place, call);
    auto failure = co_await open(*connection, deadline);
    if (failure) co_return std::move(*failure);
  }
  connection->socket().expires_at(deadline);
  Talk talk = co_await talk_over(*connection, call, *place, staying_);
  if (talk.peer_stays && staying_ == Staying::open) {
    connection->socket().expires_never();
    kept_ = std::move(connection);
  }
  co_return std::move(talk.exchange);
}

}  // namespace gateway::http
