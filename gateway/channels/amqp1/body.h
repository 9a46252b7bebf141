// The bytes of a message, whatever kind of body its sender chose (AMQP 1.0 part 3 §3.2.6 to §3.2.8): data, as most
// do; text, as JMS does. Of another kind, Proton's writing of it, so that nothing is thrown away. Pure.
#pragma once

#include <proton/message.hpp>
#include <string>

namespace gateway::channels::amqp1 {

std::string body_of(const proton::message& message);

}  // namespace gateway::channels::amqp1
