#include "gateway/channels/kinds/look_at.h"

#include <algorithm>
#include <stdexcept>

#include "gateway/channels/amqp/look.h"
#include "gateway/channels/amqp1/look.h"
#include "gateway/channels/as2/look.h"
#include "gateway/channels/as3/look.h"
#include "gateway/channels/directory/look.h"
#include "gateway/channels/hainan_http_look.h"

namespace gateway::channels::kinds {

View look_at(config::Port port, const std::vector<std::string>& dxp_ids, std::chrono::milliseconds longest) {
  port.timeout = std::min(port.timeout, longest);
  if (port.profile == "hainan-http") return look_at_hainan_http(port, dxp_ids, port.timeout);
  if (port.profile == "dxp-amqp") return amqp::look_at(port, dxp_ids);
  if (port.profile == "directory") return directory::look_at(port, dxp_ids);
  if (port.profile == "dxp-amqp1") return amqp1::look_at(port, dxp_ids);
  if (port.profile == "dxp-as2") return as2::look_at(port);
  if (port.profile == "dxp-as3") return as3::look_at(port, dxp_ids);
  throw std::invalid_argument("no look for profile " + port.profile + " of port " + port.name);
}

}  // namespace gateway::channels::kinds
