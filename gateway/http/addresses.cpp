#include "gateway/http/addresses.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace gateway::http {

namespace asio = boost::asio;

namespace {

using V4 = asio::ip::address_v4;
using V6 = asio::ip::address_v6;

struct Block4 {
  std::uint32_t first;
  unsigned bits;
};

struct Block6 {
  V6::bytes_type first;
  unsigned bits;
};

// The IANA registry of special-purpose IPv4 addresses (RFC 6890), multicast and what is reserved.
constexpr std::array<Block4, 15> special4{{
    {0x00000000, 8},   // this network, unspecified
    {0x0a000000, 8},   // private
    {0x64400000, 10},  // shared by carriers (RFC 6598)
    {0x7f000000, 8},   // loopback
    {0xa9fe0000, 16},  // link-local, where clouds answer for their machines
    {0xac100000, 12},  // private
    {0xc0000000, 24},  // protocol assignments
    {0xc0000200, 24},  // documentation
    {0xc0586300, 24},  // 6to4 relays
    {0xc0a80000, 16},  // private
    {0xc6120000, 15},  // benchmarks
    {0xc6336400, 24},  // documentation
    {0xcb007100, 24},  // documentation
    {0xe0000000, 4},   // multicast
    {0xf0000000, 4},   // reserved, broadcast
}};
constexpr std::array<Block4, 4> private4{{{0x0a000000, 8}, {0x7f000000, 8}, {0xac100000, 12}, {0xc0a80000, 16}}};

// Global unicast is 2000::/3; of it these are special (RFC 6890 and its registry).
constexpr Block6 global_unicast{{0x20}, 3};
constexpr std::array<Block6, 5> special6{{
    {{0x20, 0x01, 0x00, 0x00}, 23},              // protocol assignments, with Teredo and benchmarks
    {{0x20, 0x01, 0x0d, 0xb8}, 32},              // documentation
    {{0x20, 0x02}, 16},                          // 6to4
    {{0x3f, 0xff, 0x00}, 20},                    // documentation (RFC 9637)
    {{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48},  // AS112
}};
constexpr Block6 unique_local{{0xfc}, 7};
constexpr Block6 nat64{{0x00, 0x64, 0xff, 0x9b}, 96};  // RFC 6052

bool is_in(const Block4& block, std::uint32_t address) { return (address ^ block.first) >> (32 - block.bits) == 0; }

bool is_in(const Block6& block, const V6::bytes_type& address) {
  const std::size_t whole = block.bits / 8;
  const unsigned rest = block.bits % 8;
  if (!std::equal(address.begin(), address.begin() + whole, block.first.begin())) return false;
  return rest == 0 || (address[whole] ^ block.first[whole]) >> (8 - rest) == 0;
}

template <class Blocks, class Address>
bool is_in_one_of(const Blocks& blocks, const Address& address) {
  return std::ranges::any_of(blocks, [&](const auto& block) { return is_in(block, address); });
}

// The IPv4 machine behind an IPv6 address, where packets to the one end at the other.
std::optional<V4> carried(const V6& address) {
  const auto bytes = address.to_bytes();
  if (!address.is_v4_mapped() && !is_in(nat64, bytes)) return std::nullopt;
  return V4({bytes[12], bytes[13], bytes[14], bytes[15]});
}

bool is_public_v4(const V4& address) { return !is_in_one_of(special4, address.to_uint()); }

}  // namespace

bool is_public(const asio::ip::address& address) {
  if (address.is_v4()) return is_public_v4(address.to_v4());
  const V6 wide = address.to_v6();
  if (const auto narrow = carried(wide)) return is_public_v4(*narrow);
  const auto bytes = wide.to_bytes();
  return is_in(global_unicast, bytes) && !is_in_one_of(special6, bytes);
}

bool is_private(const asio::ip::address& address) {
  if (address.is_v4()) return is_in_one_of(private4, address.to_v4().to_uint());
  const V6 wide = address.to_v6();
  if (const auto narrow = carried(wide)) return is_in_one_of(private4, narrow->to_uint());
  return wide.is_loopback() || is_in(unique_local, wide.to_bytes());
}

bool may_connect(Addresses allowed, const asio::ip::address& address) {
  switch (allowed) {
    case Addresses::any:
      return true;
    case Addresses::public_alone:
      return is_public(address);
    case Addresses::private_alone:
      return is_private(address);
  }
  return false;
}

}  // namespace gateway::http
