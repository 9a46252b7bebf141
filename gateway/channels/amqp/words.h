// What a broker of AMQP 0-9-1 or the library says, as a fault for people: refused logins, vhosts and exchanges that are
// not there, lines that broke. Pure.
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

base::Fault closed(const Peer& peer, const amqp_connection_close_t& close);
base::Fault not_opened(const Peer& peer, const amqp_rpc_reply_t& reply);
base::Fault no_exchange(const Peer& peer, const std::string& exchange, const std::string& said);
// Of a status of the library's, or of what the broker said as it closed a channel or the connection.
std::string detail(int status);
std::string detail(const amqp_rpc_reply_t& reply);

}  // namespace gateway::channels::amqp
