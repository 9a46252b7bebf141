// One connection to an AMQP 0-9-1 broker: opened and logged in, TLS with the host's name checked where the port's url
// says amqps. Faults amqp.*: why not. Calls block within their deadlines, on one thread; the cutter ends them early.
#pragma once

#include <amqp.h>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/channels/amqp/cutter.h"
#include "gateway/channels/amqp/words.h"

namespace gateway::channels::amqp {

enum class Heard { frame, nothing, end };

class Connection {
 public:
  static base::Result<std::unique_ptr<Connection>> open(const config::Port& port, Cutter& cutter);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  amqp_connection_state_t state() const { return state_; }
  int socket() const { return amqp_get_sockfd(state_); }
  const Peer& peer() const { return peer_; }

  // Of the last call on a channel: nothing, or what went wrong in words. A channel that the broker closed can be opened
  // again.
  std::optional<std::string> last_call(amqp_channel_t channel);
  std::optional<std::string> open_channel(amqp_channel_t channel);
  void close_channel(amqp_channel_t channel);
  void accept_close(amqp_channel_t channel);  // the broker closed it
  // What has come so far, without waiting; heartbeats are kept up. After the end: trouble().
  Heard hear(amqp_frame_t& frame);
  bool is_over() const { return trouble_.has_value(); }
  const base::Fault& trouble() const { return *trouble_; }
  void fail(int status);
  void end(base::Fault why);

 private:
  Connection(Peer peer, Cutter& cutter);
  base::Done connect(const config::Port& port, int number);
  base::Done log_in(const config::Port& port);
  base::Done entered(const amqp_rpc_reply_t& reply);
  amqp_socket_t* new_socket(const config::Port& port);

  Peer peer_;
  Cutter& cutter_;
  amqp_connection_state_t state_;
  std::optional<base::Fault> trouble_;
};

}  // namespace gateway::channels::amqp
