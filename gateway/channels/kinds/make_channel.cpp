#include "gateway/channels/kinds/make_channel.h"

#include <stdexcept>

#include "gateway/channels/amqp/dxp_amqp_channel.h"
#include "gateway/channels/amqp1/dxp_amqp1_channel.h"
#include "gateway/channels/as2/dxp_as2_channel.h"
#include "gateway/channels/as3/as3_channel.h"
#include "gateway/channels/directory/directory_channel.h"
#include "gateway/channels/hainan_http_channel.h"

namespace gateway::channels::kinds {

std::unique_ptr<Channel> make_channel(const config::Port& port, const std::vector<std::string>& dxp_ids) {
  if (port.profile == "hainan-http") return std::make_unique<HainanHttpChannel>(port);
  if (port.profile == "dxp-amqp") return std::make_unique<amqp::DxpAmqpChannel>(port);
  if (port.profile == "dxp-amqp1") return std::make_unique<amqp1::DxpAmqp1Channel>(port);
  if (port.profile == "dxp-as2") return std::make_unique<as2::DxpAs2Channel>(port, dxp_ids);
  if (port.profile == "dxp-as3") return std::make_unique<as3::As3Channel>(port);
  if (port.profile == "directory") return std::make_unique<directory::DirectoryChannel>(port);
  throw std::invalid_argument("no channel for profile " + port.profile + " of port " + port.name);
}

}  // namespace gateway::channels::kinds
