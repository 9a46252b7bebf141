// Peers that make an address as a link to it opens, so that asking for it would change what is there. Pure.
#pragma once

#include <map>
#include <proton/symbol.hpp>
#include <proton/value.hpp>
#include <string>

namespace gateway::channels::amqp1 {

// By the properties with which the peer opened the connection; of other peers none is known to.
bool may_make(const std::map<proton::symbol, proton::value>& peer, const std::string& address);

}  // namespace gateway::channels::amqp1
