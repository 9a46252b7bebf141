// What a broker or the library says, as a fault for people: refused logins, vhosts, exchanges and queues that are not
// there, lines that broke. Pure.
#pragma once

#include <amqp.h>
#include <string>

#include "base/fault.h"

namespace gateway::channels::amqp {

// Where one speaks to whom.
struct Peer {
  std::string address;  // amqp://host:port/vhost
  std::string host, vhost, user;
};

std::string text(amqp_bytes_t bytes);
amqp_bytes_t bytes(const std::string& text);

base::Fault unreachable(const std::string& address, const std::string& detail);
base::Fault closed(const Peer& peer, const amqp_connection_close_t& close);
base::Fault not_opened(const Peer& peer, const amqp_rpc_reply_t& reply);
base::Fault no_exchange(const Peer& peer, const std::string& exchange, const std::string& said);
base::Fault no_queue(const Peer& peer, const std::string& queue, const std::string& said);
base::Fault too_large(const Peer& peer, const std::string& queue, std::uint64_t bytes, std::size_t most_bytes);
// Of a status of the library's, or of what the broker said as it closed a channel or the connection.
std::string detail(int status);
std::string detail(const amqp_rpc_reply_t& reply);

// Chinese and English in one line, for an answer.
std::string line(const base::Fault& fault);

}  // namespace gateway::channels::amqp
