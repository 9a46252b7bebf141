#include "gateway/accounts/doors.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "base/digest.h"

namespace gateway::accounts {

namespace {

constexpr std::int64_t most_doublings = 16;  // far beyond the longest pause

std::string network_of(const std::string& written) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(written, error);
  if (error || !address.is_v6() || address.to_v6().is_v4_mapped()) return written;
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + bytes.size() / 2, bytes.end(), static_cast<unsigned char>(0));
  return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace

std::chrono::milliseconds pause_after(std::int64_t tries, std::int64_t first_closing) {
  if (tries < first_closing) return std::chrono::milliseconds{0};
  const std::int64_t doublings = std::min(tries - first_closing, most_doublings);
  return std::min<std::chrono::milliseconds>(first_pause * (std::int64_t{1} << doublings), longest_pause);
}

ledger::Door door_of_name(std::string_view name) {
  return {"name " + base::sha256_hex(name),
          [](std::int64_t tries) { return pause_after(tries, first_closing_of_name); }};
}

ledger::Door door_of_address(const std::string& address) {
  return {"address " + network_of(address),
          [](std::int64_t tries) { return pause_after(tries, first_closing_of_address); }};
}

}  // namespace gateway::accounts
