#include "gateway/channels/kinds/look_at.h"

#include <algorithm>

#include "gateway/channels/address_look.h"
#include "gateway/channels/amqp/look.h"
#include "gateway/channels/directory/look.h"
#include "gateway/channels/hainan_http_look.h"

namespace gateway::channels::kinds {

namespace {

View look_at_address_alone(const config::Port& port, std::chrono::milliseconds longest) {
  View view;
  if (!port.url.empty()) view.sightings.push_back(look_at_address(port.url, longest));
  view.sightings.push_back({Sight::hidden, "登录和收发", "login and exchange", "不发送报文就看不到；请用测试报文确认",
                            "they only show when a message is sent; see with a test message"});
  return view;
}

}  // namespace

View look_at(config::Port port, const std::vector<std::string>& dxp_ids, std::chrono::milliseconds longest) {
  port.timeout = std::min(port.timeout, longest);
  if (port.profile == "hainan-http") return look_at_hainan_http(port, dxp_ids, port.timeout);
  if (port.profile == "dxp-amqp") return amqp::look_at(port, dxp_ids);
  if (port.profile == "directory") return directory::look_at(port, dxp_ids);
  return look_at_address_alone(port, port.timeout);
}

}  // namespace gateway::channels::kinds
