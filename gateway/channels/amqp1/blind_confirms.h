// RabbitMQ before 4 says "accepted" of what none of its queues takes: by its plugin for AMQP 1.0 only an address that
// stands for a queue, which it looks for as the link opens, is safe to send to. Pure.
#pragma once

#include <map>
#include <proton/symbol.hpp>
#include <proton/value.hpp>
#include <string>

#include "base/fault.h"
#include "gateway/channels/amqp1/words.h"

namespace gateway::channels::amqp1 {

// By the properties with which the peer opened the connection.
bool confirms_blindly(const std::map<proton::symbol, proton::value>& peer, const std::string& address);
base::Fault blind_address(const Peer& peer, const std::string& address);

}  // namespace gateway::channels::amqp1
