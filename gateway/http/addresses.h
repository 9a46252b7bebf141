// Which addresses a call may connect to, so that a target which somebody else has chosen leads to no machine of the
// inside (SSRF). Judged is the address that is connected to, whatever name it was found by. Pure.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace gateway::http {

// public_alone: those that stand for one machine of the public Internet. private_alone: loopback, and the private ones
// of RFC 1918 and RFC 4193.
enum class Addresses { any, public_alone, private_alone };

// What an IPv6 address carries of IPv4 (mapped, NAT64, 6to4, Teredo) is judged with it.
bool is_public(const boost::asio::ip::address& address);
bool is_private(const boost::asio::ip::address& address);
bool may_connect(Addresses allowed, const boost::asio::ip::address& address);

}  // namespace gateway::http
