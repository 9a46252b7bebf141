#include "gateway/channels/amqp1/connection.h"

#include <algorithm>
#include <openssl/x509.h>
#include <proton/error.hpp>
#include <proton/ssl.hpp>
#include <proton/transport.hpp>
#include <utility>

#include "config/secret_reading.h"
#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp1 {

namespace {

constexpr std::chrono::milliseconds longest_opening{10000};
constexpr std::chrono::milliseconds between_ticks{250};  // a container does not stop before its timers have
constexpr proton::duration::numeric_type longest_silence_ms = 20000;

struct Place {
  std::string url;   // without a vhost
  std::string host;  // what the peer is told it is called; empty: as in the url
};

// RabbitMQ finds its vhost in the hostname of the open frame.
Place place_of(const std::string& url) {
  const auto path = url.find('/', url.find("://") + 3);
  const std::string vhost = path == std::string::npos ? std::string() : url.substr(path + 1);
  return {url.substr(0, path), vhost.empty() ? std::string() : "vhost:" + vhost};
}

bool is_secure(const config::Port& port) { return port.url.starts_with("amqps:"); }

// Throws proton::error for files that cannot be used.
proton::ssl_client_options tls_of(const config::Tls& tls) {
  const std::string trusted = tls.ca.empty() ? X509_get_default_cert_dir() : tls.ca.string();
  if (tls.key.empty()) return proton::ssl_client_options(trusted);
  return {proton::ssl_certificate(tls.certificate.string(), tls.key.string()), trusted};
}

}  // namespace

Connection::Connection(const config::Port& port, Tasks tasks)
    : port_(port), peer_{port.url, queues::login_name(port)}, tasks_(std::move(tasks)), container_(*this, "cebgate") {}

Connection::~Connection() = default;

base::Result<proton::connection_options> Connection::options() const {
  proton::connection_options options;
  options.idle_timeout(proton::duration(longest_silence_ms))
      .container_id(container_.id())
      .handler(const_cast<Connection&>(*this));
  const std::string host = place_of(port_.url).host;
  if (!host.empty()) options.virtual_host(host);
  if (is_secure(port_)) {
    try {
      options.ssl_client_options(tls_of(port_.tls));
    } catch (const proton::error& error) {
      return queues::unreachable(port_.url, error.what());
    }
  }
  return with_login(std::move(options));
}

base::Result<proton::connection_options> Connection::with_login(proton::connection_options options) const {
  if (port_.login == config::Login::certificate) return options.sasl_allowed_mechs("EXTERNAL");
  const auto secret = config::read_secret(port_.password, {});
  if (!secret) return secret.faults();
  std::string password(secret->reveal());
  options.user(port_.user).password(password);
  explicit_bzero(password.data(), password.size());
  // Without TLS as with it: a broker in the same house is the site's own choice.
  return options.sasl_allowed_mechs("PLAIN").sasl_allow_insecure_mechs(true);
}

void Connection::run() {
  try {
    container_.run();
  } catch (const std::exception& error) {  // such as a message that Proton cannot decode
    end(queues::unreachable(port_.url, error.what()));
  }
  tell_end();
}

void Connection::tell_end() {
  if (std::exchange(is_told_, true)) return;
  tasks_.ended(trouble_.value_or(queues::unreachable(port_.url, "the connection was closed")));
}

void Connection::on_container_start(proton::container& container) {
  auto chosen = options();
  if (!chosen) {
    end(chosen.faults().front());
    return container.stop();
  }
  connection_ = container.connect(place_of(port_.url).url, *chosen);
  {
    const std::lock_guard lock(mutex_);
    work_ = &connection_.work_queue();
  }
  tick();
}

void Connection::tick() {
  if (is_over_) return;
  const auto longest = std::min(port_.timeout, longest_opening);
  if (!is_open_ && std::chrono::steady_clock::now() - begun_ > longest) {
    end(queues::unreachable(port_.url, "no answer within " + std::to_string(longest.count()) + " ms"));
    return container_.stop();
  }
  if (is_open_) wake();
  container_.schedule(proton::duration(static_cast<proton::duration::numeric_type>(between_ticks.count())),
                      [this] { tick(); });
}

void Connection::wake() {
  const std::lock_guard lock(mutex_);
  if (work_ == nullptr || is_woken_) return;
  is_woken_ = work_->add([this] { take_turn(); });
}

void Connection::take_turn() {
  bool is_closing = false;
  {
    const std::lock_guard lock(mutex_);
    is_woken_ = false;
    is_closing = is_closing_;
  }
  if (is_open_ && !is_over_) tasks_.turn();
  if (!is_closing) return;
  if (is_open_) {
    connection_.close();
  } else {
    container_.stop();
  }
}

void Connection::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  wake();
}

void Connection::abort() { container_.stop(); }

void Connection::end(base::Fault why) {
  if (!trouble_) trouble_ = std::move(why);
}

void Connection::on_connection_open(proton::connection& connection) {
  is_open_ = true;
  tasks_.opened(connection);
  tasks_.turn();
}

void Connection::on_connection_error(proton::connection& connection) { end(closed(peer_, connection.error())); }

void Connection::on_transport_error(proton::transport& transport) {
  end(is_open_ ? queues::unreachable(port_.url, detail(transport.error())) : not_opened(peer_, transport.error()));
}

void Connection::on_transport_close(proton::transport&) {
  {
    const std::lock_guard lock(mutex_);
    work_ = nullptr;
  }
  is_over_ = true;
  tell_end();  // the container takes a moment more
  container_.stop();
}

// What no other function takes is no more than a word on the way to the end, which on_transport_close tells.
void Connection::on_error(const proton::error_condition& error) { end(queues::unreachable(port_.url, detail(error))); }

}  // namespace gateway::channels::amqp1
