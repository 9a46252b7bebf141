// How a line to a broker stands, in words for people. A value.
#pragma once

#include <string>

namespace gateway::channels::amqp {

struct LineState {
  bool is_up = false;
  std::string words;  // Chinese | English
};

}  // namespace gateway::channels::amqp
