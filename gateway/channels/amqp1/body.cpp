#include "gateway/channels/amqp1/body.h"

#include <proton/types.hpp>

namespace gateway::channels::amqp1 {

std::string body_of(const proton::message& message) {
  const proton::value& body = message.body();
  if (body.empty()) return {};
  switch (body.type()) {
    case proton::BINARY: {
      const auto bytes = proton::get<proton::binary>(body);
      return {bytes.begin(), bytes.end()};
    }
    case proton::STRING:
      return proton::get<std::string>(body);
    default:
      return proton::to_string(body);
  }
}

}  // namespace gateway::channels::amqp1
