// What every link needs: the session it lives in, what is asked for, and whether the peer took it. On the connection's
// thread.
#pragma once

#include <cstddef>
#include <proton/connection.hpp>
#include <proton/link.hpp>
#include <proton/messaging_handler.hpp>
#include <proton/receiver.hpp>
#include <proton/receiver_options.hpp>
#include <proton/sender.hpp>
#include <proton/sender_options.hpp>
#include <proton/session.hpp>
#include <string>

namespace gateway::channels::amqp1 {

// One of its own, told to `handler`, where the peer allows so many: RabbitMQ ends a session with all its links where
// one of them cannot be. Else the connection's own (an AMQP channel of IBM MQ has only one).
proton::session session_for_link(proton::connection& connection, std::size_t open_links,
                                 proton::messaging_handler& handler);
void close(proton::session session);  // one of its own; the connection's own stays

proton::sender_options to_queue();
proton::receiver_options from_queue();  // nothing comes until credit is given

// Whether a source or target stands at the other end; a link that the peer refuses is attached without one first (AMQP
// 1.0 part 2 §2.6.3).
bool has_source(const proton::receiver& receiver);
bool has_target(const proton::sender& sender);

}  // namespace gateway::channels::amqp1
