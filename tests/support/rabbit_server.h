// A RabbitMQ of the test's own on loopback, in a scratch folder, as the user rabbitmq where the test runs as root; with
// its own epmd, free ports, one user and one vhost. One serves all tests of a program; it ends and its folder goes with
// the program, however that ends.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

#include "tests/support/bare_amqp.h"
#include "tests/support/lifeline.h"
#include "tests/support/tls_files.h"

namespace tests {

class RabbitServer {
 public:
  // Nothing where it is not installed; started with the first call. Throws, with what it printed, if it does not start.
  static RabbitServer* of_this_program();
  static bool is_installed();

  const AmqpLogin& login() const { return login_; }
  std::string url() const;      // amqp://
  std::string tls_url() const;  // amqps:// by the name that its certificate has
  int tls_port() const { return tls_port_; }
  const TlsFiles& tls() const { return tls_; }                      // its own; the certificate is its own CA too
  const TlsFiles& client_tls() const { return client_tls_.files; }  // what it asks of those who come over TLS

  void start();  // on the data that it has
  void stop();
  void kill();
  // It keeps its connections and answers nothing.
  void freeze() const;
  void thaw() const;
  void control(const std::string& command) const;  // as rabbitmqctl has it
  ~RabbitServer();

 private:
  RabbitServer();
  void write_files();
  bool takes_logins() const;
  void signal(int number) const;
  std::string output() const;

  std::filesystem::path folder_;
  AmqpLogin login_;
  int tls_port_ = 0;
  TlsFiles tls_;
  IssuedTlsFiles client_tls_;
  std::optional<Lifeline> lifeline_;
};

}  // namespace tests
