// An AMQP 1.0 peer with behaviour, on a free port of loopback: takes every address from those who have the
// certificate, and says of each message what it is told to say, which the broker that is installed here does not.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "config/settings.h"
#include "tests/support/paths.h"
#include "tests/support/tls_files.h"

namespace tests {

// no_credit: it lets nothing come; held: taken and never settled; ended: the link is ended instead.
enum class Saying { accepted, rejected, released, modified, settled, held, no_credit, ended };

class Amqp1Peer {
 public:
  Amqp1Peer();
  ~Amqp1Peer();
  Amqp1Peer(const Amqp1Peer&) = delete;
  Amqp1Peer& operator=(const Amqp1Peer&) = delete;

  config::Port port() const;
  void say(Saying saying) { saying_ = saying; }
  std::vector<std::string> taken() const;  // bodies of what came

 private:
  class Listening;

  std::filesystem::path folder(const std::string& name) const;

  ScratchDirectory scratch_;
  const TlsFiles server_;
  const IssuedTlsFiles client_;
  std::atomic<Saying> saying_{Saying::accepted};
  std::unique_ptr<Listening> listening_;
  std::thread thread_;
};

}  // namespace tests
