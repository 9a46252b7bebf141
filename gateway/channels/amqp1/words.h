// What a peer of AMQP 1.0 or Proton says, as a fault or a verdict for people. Pure.
#pragma once

#include <proton/error_condition.hpp>
#include <proton/tracker.hpp>
#include <string>

#include "base/fault.h"
#include "gateway/channels/queues/verdict.h"

namespace gateway::channels::amqp1 {

// Where one speaks to whom.
struct Peer {
  std::string address;  // as the settings have it
  std::string user;     // or how the login is made
};

// As the peer or Proton said it, made clearer where Proton's words are its own.
std::string detail(const proton::error_condition& said);

// Before the connection was open: a refused login, or no connection.
base::Fault not_opened(const Peer& peer, const proton::error_condition& said);
// By the peer, after it was open (RabbitMQ opens before it looks at the vhost).
base::Fault closed(const Peer& peer, const proton::error_condition& said);
base::Fault no_address(const Peer& peer, const std::string& address, const std::string& said);
// Why a link or its session ended: because of its address, or of something else, such as a broker that stops.
bool is_of_the_address(const proton::error_condition& said);

// What the receiver's outcome means for a delivery (AMQP 1.0 part 3 §3.4).
queues::Verdict verdict_of(const proton::tracker& tracker);
// Of one that was on a link or session when the peer ended it; the only one, or one of several.
enum class Company { alone, several };
queues::Verdict verdict_of_ended(const proton::error_condition& said, Company company);

}  // namespace gateway::channels::amqp1
