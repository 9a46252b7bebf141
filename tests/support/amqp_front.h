// Stands before a broker on a free port of loopback and passes on what both sides say, until it is told to do harm: to
// close, to lose the broker's confirm together with the connection, or to keep the confirms to itself.
#pragma once

#include <atomic>
#include <thread>
#include <vector>

namespace tests {

enum class Harm { none, closed, confirm_lost, confirms_withheld };

class AmqpFront {
 public:
  explicit AmqpFront(int broker_port);
  ~AmqpFront();
  AmqpFront(const AmqpFront&) = delete;
  AmqpFront& operator=(const AmqpFront&) = delete;

  int port() const { return port_; }
  // closed: at once, and nobody is let in; confirm_lost: once, with the next confirm.
  void do_harm(Harm harm);

 private:
  struct Pair {
    int client, broker;
    bool is_over = false;
  };

  void run();
  void let_in();
  void pass(Pair& pair);
  bool pass_from_broker(Pair& pair);

  const int broker_port_;
  int port_ = 0, listener_ = -1, event_ = -1;
  std::atomic<Harm> harm_{Harm::none};
  std::atomic<bool> stopping_{false};
  std::vector<Pair> pairs_;
  std::thread thread_;
};

}  // namespace tests
