// Where the UKey client listens: ukey+ws://HOST:PORT. Only this machine, since the PIN travels in clear. Pure.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

#include "base/result.h"

namespace signing::ukey {

struct ClientAddress {
  std::vector<boost::asio::ip::tcp::endpoint> endpoints;  // tried in this order
  std::string host;                                       // with the port, for the Host header and for people
  std::string path;
};

// Fault key.form.
base::Result<ClientAddress> read_client_address(const std::string& uri);

}  // namespace signing::ukey
