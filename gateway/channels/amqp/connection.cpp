#include "gateway/channels/amqp/connection.h"

#include <algorithm>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <array>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <utility>

#include "config/secret_reading.h"
#include "gateway/channels/amqp/table.h"
#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp {

namespace {

constexpr std::chrono::milliseconds longest_call{10000};  // of one call, one connecting, one login
constexpr int heartbeat_seconds = 10;                     // twice as long in silence is the end
constexpr int frame_bytes = 131072;
constexpr int any_number_of_channels = 0;

timeval as_timeval(std::chrono::milliseconds length) {
  return {static_cast<time_t>(length.count() / 1000), static_cast<suseconds_t>(length.count() % 1000 * 1000)};
}

bool is_secure(const config::Port& port) { return port.url.starts_with("amqps:"); }

// A broker that stops reading must not hold a writer for ever.
void limit_unread(int socket, std::chrono::milliseconds longest) {
  const auto most = static_cast<unsigned>(longest.count());
  setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &most, sizeof most);
}

// Announces what the library does not by itself.
template <typename... Credentials>
amqp_rpc_reply_t log_in_with(amqp_connection_state_t state, const Peer& peer, amqp_sasl_method_enum way,
                             const Credentials*... credentials) {
  const std::string name = "cebgate";
  std::array<amqp_table_entry_t, 4> abilities{yes_entry("basic.nack"), yes_entry("connection.blocked"),
                                              yes_entry("consumer_cancel_notify"), yes_entry("publisher_confirms")};
  const amqp_table_t all{static_cast<int>(abilities.size()), abilities.data()};
  std::array<amqp_table_entry_t, 2> about{table_entry("capabilities", all), text_entry("connection_name", name)};
  const amqp_table_t properties{static_cast<int>(about.size()), about.data()};
  return amqp_login_with_properties(state, peer.vhost.c_str(), any_number_of_channels, frame_bytes, heartbeat_seconds,
                                    &properties, way, credentials...);
}

// RFC 4422, appendix A. RabbitMQ reads the user from the certificate and no identity here; none at all is one that
// librabbitmq 0.11 cannot send ("could not allocate memory").
amqp_rpc_reply_t log_in_by_certificate(amqp_connection_state_t state, const Peer& peer) {
  return log_in_with(state, peer, AMQP_SASL_METHOD_EXTERNAL, "cebgate");
}

}  // namespace

base::Result<std::unique_ptr<Connection>> Connection::open(const config::Port& port, Cutter& cutter) {
  std::string url = port.url;
  amqp_connection_info parsed{};
  amqp_default_connection_info(&parsed);
  if (amqp_parse_url(url.data(), &parsed) != AMQP_STATUS_OK) {
    return queues::unreachable(port.url, "the url cannot be read");
  }
  const bool names_vhost = parsed.vhost != nullptr && *parsed.vhost != '\0';
  Peer peer{.address = port.url,
            .host = parsed.host,
            .vhost = names_vhost ? parsed.vhost : "/",
            .user = queues::login_name(port)};
  std::unique_ptr<Connection> made(new Connection(std::move(peer), cutter));
  if (auto done = made->connect(port, parsed.port); !done) return done.faults();
  if (auto done = made->log_in(port); !done) return done.faults();
  return made;
}

Connection::Connection(Peer peer, Cutter& cutter)
    : peer_(std::move(peer)), cutter_(cutter), state_(amqp_new_connection()) {
  if (state_ == nullptr) throw std::bad_alloc();
}

Connection::~Connection() {
  if (!is_over()) amqp_connection_close(state_, AMQP_REPLY_SUCCESS);
  cutter_.let_go();
  amqp_destroy_connection(state_);
}

amqp_socket_t* Connection::new_socket(const config::Port& port) {
  if (!is_secure(port)) return amqp_tcp_socket_new(state_);
  amqp_socket_t* socket = amqp_ssl_socket_new(state_);
  if (socket == nullptr) return nullptr;
  amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST);
  amqp_ssl_socket_set_verify_peer(socket, 1);
  amqp_ssl_socket_set_verify_hostname(socket, 1);
  if (port.tls.ca.empty()) {
    SSL_CTX_set_default_verify_paths(static_cast<SSL_CTX*>(amqp_ssl_socket_get_context(socket)));
  } else if (const int status = amqp_ssl_socket_set_cacert(socket, port.tls.ca.c_str()); status != AMQP_STATUS_OK) {
    trouble_ = queues::unreachable(peer_.address, "the ca " + port.tls.ca.string() + " cannot be read");
  }
  if (port.tls.key.empty()) return socket;
  const int status = amqp_ssl_socket_set_key(socket, port.tls.certificate.c_str(), port.tls.key.c_str());
  if (status != AMQP_STATUS_OK) {
    trouble_ = queues::unreachable(peer_.address, "the certificate " + port.tls.certificate.string() + " and the key " +
                                                      port.tls.key.string() + " cannot be used");
  }
  return socket;
}

base::Done Connection::connect(const config::Port& port, int number) {
  amqp_socket_t* socket = new_socket(port);
  if (socket == nullptr) throw std::bad_alloc();
  if (is_over()) return *trouble_;
  const auto longest = std::min(port.timeout, longest_call);
  const timeval limit = as_timeval(longest);
  amqp_set_handshake_timeout(state_, &limit);
  amqp_set_rpc_timeout(state_, &limit);
  const int status = amqp_socket_open_noblock(socket, peer_.host.c_str(), number, &limit);
  if (status != AMQP_STATUS_OK) {
    fail(status);
    return *trouble_;
  }
  limit_unread(this->socket(), port.timeout);
  cutter_.hold(this->socket());
  return base::Nothing{};
}

base::Done Connection::log_in(const config::Port& port) {
  if (port.login == config::Login::certificate) return entered(log_in_by_certificate(state_, peer_));
  const auto secret = config::read_secret(port.password, {});
  if (!secret) {
    trouble_ = secret.faults().front();
    return *trouble_;
  }
  std::string password(secret->reveal());
  const auto reply = log_in_with(state_, peer_, AMQP_SASL_METHOD_PLAIN, peer_.user.c_str(), password.c_str());
  explicit_bzero(password.data(), password.size());
  return entered(reply);
}

base::Done Connection::entered(const amqp_rpc_reply_t& reply) {
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return base::Nothing{};
  trouble_ = not_opened(peer_, reply);
  return *trouble_;
}

std::optional<std::string> Connection::open_channel(amqp_channel_t channel) {
  amqp_channel_open(state_, channel);
  return last_call(channel);
}

std::optional<std::string> Connection::last_call(amqp_channel_t channel) {
  const auto reply = amqp_get_rpc_reply(state_);
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return std::nullopt;
  const bool is_one_channel =
      reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION && reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD;
  std::string words = detail(reply);
  if (is_one_channel) {
    accept_close(channel);
  } else {
    trouble_ = not_opened(peer_, reply);
  }
  return words;
}

void Connection::close_channel(amqp_channel_t channel) {
  const auto reply = amqp_channel_close(state_, channel, AMQP_REPLY_SUCCESS);
  if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) fail(reply.library_error);
}

void Connection::accept_close(amqp_channel_t channel) {
  amqp_channel_close_ok_t accepted{};
  const int status = amqp_send_method(state_, channel, AMQP_CHANNEL_CLOSE_OK_METHOD, &accepted);
  if (status != AMQP_STATUS_OK) fail(status);
}

Heard Connection::hear(amqp_frame_t& frame) {
  if (is_over()) return Heard::end;
  amqp_maybe_release_buffers(state_);
  const timeval now{0, 0};
  const int status = amqp_simple_wait_frame_noblock(state_, &frame, &now);
  if (status == AMQP_STATUS_TIMEOUT) return Heard::nothing;
  if (status != AMQP_STATUS_OK) {
    fail(status);
    return Heard::end;
  }
  if (frame.frame_type != AMQP_FRAME_METHOD || frame.payload.method.id != AMQP_CONNECTION_CLOSE_METHOD) {
    return Heard::frame;
  }
  trouble_ = closed(peer_, *static_cast<const amqp_connection_close_t*>(frame.payload.method.decoded));
  amqp_connection_close_ok_t accepted{};
  amqp_send_method(state_, 0, AMQP_CONNECTION_CLOSE_OK_METHOD, &accepted);
  return Heard::end;
}

void Connection::fail(int status) { end(queues::unreachable(peer_.address, detail(status))); }

void Connection::end(base::Fault why) {
  if (!is_over()) trouble_ = std::move(why);
}

}  // namespace gateway::channels::amqp
