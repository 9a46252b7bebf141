#include "signing/ukey/client_address.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace signing::ukey {

namespace {

namespace ip = boost::asio::ip;
namespace urls = boost::urls;

constexpr std::uint16_t usual_port = 61232;

base::Fault wrong_form(const std::string& uri) {
  return {.code = "key.form",
          .path = {},
          .zh = uri + " 不是 UKey 客户端的地址；请写成 ukey+ws://127.0.0.1:61232",
          .en = uri + " is no address of a UKey client; write ukey+ws://127.0.0.1:61232",
          .source = {}};
}

base::Fault not_this_machine(const std::string& host) {
  return {.code = "key.form",
          .path = {},
          .zh = "UKey 客户端的地址 " + host +
                " 不在本机，而口令（PIN）会以明文经过网络；请用加密隧道（例如 ssh -L 61232:127.0.0.1:61232 " + host +
                "）转到本机，再写 ukey+ws://127.0.0.1:61232",
          .en = "the UKey client at " + host +
                " is not on this machine and the PIN would cross the network in clear; bring it here through a tunnel "
                "(for example ssh -L 61232:127.0.0.1:61232 " +
                host + ") and write ukey+ws://127.0.0.1:61232",
          .source = {}};
}

std::vector<ip::address> loopback_addresses(const std::string& host) {
  // Not looked up: whatever the name service says, localhost is this machine (RFC 6761 §6.3).
  if (host == "localhost") return {ip::address_v4::loopback(), ip::address_v6::loopback()};
  boost::system::error_code no_address;
  const auto address = ip::make_address(host, no_address);
  if (no_address || !address.is_loopback()) return {};
  return {address};
}

}  // namespace

base::Result<ClientAddress> read_client_address(const std::string& uri) {
  const auto parsed = urls::parse_uri(uri);
  if (!parsed || parsed->scheme() != "ukey+ws" || parsed->encoded_host().empty() || parsed->has_userinfo() ||
      parsed->has_query() || parsed->has_fragment()) {
    return wrong_form(uri);
  }
  // Boost.URL 1.81 reads 127.0.0.1.example as the address 127.0.0.1 with the path .example.
  const std::string path(std::string_view(parsed->encoded_path()));
  if (!path.empty() && !path.starts_with('/')) return wrong_form(uri);
  const std::uint16_t port = parsed->has_port() ? parsed->port_number() : usual_port;
  if (port == 0) return wrong_form(uri);
  const std::string host(std::string_view(parsed->encoded_host()));
  ClientAddress address;
  for (const auto& one : loopback_addresses(parsed->host_address())) address.endpoints.emplace_back(one, port);
  if (address.endpoints.empty()) return not_this_machine(host);
  address.host = host + ":" + std::to_string(port);
  address.path = path.empty() ? "/" : path;
  return address;
}

}  // namespace signing::ukey
