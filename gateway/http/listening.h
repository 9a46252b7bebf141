// What a listener needs before anybody can call: its address, and its TLS files. Throws std::system_error, with the
// address or the file in its text. Any thread.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <optional>
#include <string>

#include "gateway/http/server.h"

namespace gateway::http {

std::string in_brackets(const std::string& host);  // an IPv6 address, as a URL has it
std::string cannot_listen(const ServerOptions& options);

// Opens and binds, and does not listen yet: until then several can be bound.
void bind(boost::asio::ip::tcp::acceptor& acceptor, const ServerOptions& options);

// Nothing where the options have no certificate.
std::optional<boost::asio::ssl::context> tls_context(const ServerOptions& options);

}  // namespace gateway::http
