#include "gateway/channels/address_look.h"

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string_view>
#include <utility>

namespace gateway::channels {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> customary_ports{
    {{"http", "80"}, {"https", "443"}, {"amqp", "5672"}, {"amqps", "5671"}, {"ftp", "21"}, {"ftps", "990"}}};

struct Place {
  std::string host, port;
};

Place place_in(const std::string& url) {
  const auto scheme_end = url.find("://");
  const std::string scheme = url.substr(0, scheme_end);
  std::string rest = scheme_end == std::string::npos ? url : url.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  const auto bracket = rest.rfind(']');
  const auto colon = rest.rfind(':');
  Place place{rest, ""};
  if (colon != std::string::npos && (bracket == std::string::npos || colon > bracket)) {
    place = {rest.substr(0, colon), rest.substr(colon + 1)};
  }
  if (place.host.starts_with('[') && place.host.ends_with(']'))
    place.host = place.host.substr(1, place.host.size() - 2);
  for (const auto& [name, port] : customary_ports) {
    if (place.port.empty() && name == scheme) place.port = port;
  }
  return place;
}

// The name of the host is looked up by the system, which has deadlines of its own.
boost::system::error_code connect(const Place& place, std::chrono::milliseconds longest) {
  asio::io_context io;
  boost::system::error_code failure;
  const auto found = tcp::resolver(io).resolve(place.host, place.port, failure);
  if (failure) return failure;
  tcp::socket socket(io);
  failure = asio::error::timed_out;
  asio::async_connect(socket, found,
                      [&failure](boost::system::error_code error, const tcp::endpoint&) { failure = error; });
  io.run_for(longest);
  return failure;
}

}  // namespace

Sighting look_at_address(const std::string& url, std::chrono::milliseconds longest) {
  const auto failure = connect(place_in(url), longest);
  if (!failure) return {Sight::there, "地址 " + url, "address " + url, "有程序在监听", "somebody listens there"};
  const std::string why = failure.message();
  return {Sight::missing, "地址 " + url, "address " + url, "连接不上（" + why + "）；请检查 url、网络和防火墙",
          "it cannot be reached (" + why + "); check the url, the network and the firewall"};
}

}  // namespace gateway::channels
