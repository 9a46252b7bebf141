// How a line to a broker stands, in words for people. A value.
#pragma once

#include <string>

namespace gateway::channels::amqp {

enum class Standing { unused, up, down };

struct LineState {
  Standing standing = Standing::unused;
  std::string words = "尚未使用 | not used yet";  // Chinese | English
};

}  // namespace gateway::channels::amqp
