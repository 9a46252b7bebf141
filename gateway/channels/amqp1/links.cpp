#include "gateway/channels/amqp1/links.h"

#include <proton/codec/vector.hpp>
#include <proton/connection.h>
#include <proton/link.h>
#include <proton/session_options.hpp>
#include <proton/source_options.hpp>
#include <proton/target_options.hpp>
#include <proton/terminus.h>
#include <proton/transport.h>
#include <proton/types.hpp>

#include "gateway/channels/amqp1/raw.h"

namespace gateway::channels::amqp1 {

namespace {

// The highest channel number that both sides allow; 0 is the first.
std::size_t most_sessions(const proton::connection& connection) {
  pn_transport_t* transport = pn_connection_transport(raw(connection));
  return transport == nullptr ? 1 : std::size_t{pn_transport_remote_channel_max(transport)} + 1;
}

bool is_one(pn_terminus_t* terminus) { return pn_terminus_get_type(terminus) != PN_UNSPECIFIED; }

}  // namespace

proton::session session_for_link(proton::connection& connection, std::size_t open_links,
                                 proton::messaging_handler& handler) {
  // One place is kept for the connection's own.
  if (open_links + 1 >= most_sessions(connection)) return connection.default_session();
  return connection.open_session(proton::session_options().handler(handler));
}

void close(proton::session session) {
  if (session == session.connection().default_session()) return;
  session.close();
}

// IBM MQ and the brokers of JMS take an address for a topic unless it is called a queue; RabbitMQ asks for durable
// ones of what is durable.
proton::sender_options to_queue() {
  proton::target_options target;
  target.capabilities({proton::symbol("queue")}).durability_mode(proton::target::CONFIGURATION);
  return proton::sender_options().target(target).delivery_mode(proton::delivery_mode::AT_LEAST_ONCE);
}

// Taken off, not looked at; of a queue, as with what is sent.
proton::receiver_options from_queue() {
  proton::source_options source;
  source.capabilities({proton::symbol("queue")})
      .durability_mode(proton::source::CONFIGURATION)
      .distribution_mode(proton::source::MOVE);
  return proton::receiver_options().source(source).credit_window(0).auto_accept(false).delivery_mode(
      proton::delivery_mode::AT_LEAST_ONCE);
}

bool has_source(const proton::receiver& receiver) { return is_one(pn_link_remote_source(raw(receiver))); }

bool has_target(const proton::sender& sender) { return is_one(pn_link_remote_target(raw(sender))); }

}  // namespace gateway::channels::amqp1
