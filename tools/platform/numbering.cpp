#include "tools/platform/numbering.h"

#include "base/digest.h"

namespace tools::platform {
namespace {

constexpr std::uint32_t serials = 1'000'000'000;  // nine digits

std::string nine_digits(std::uint32_t number) {
  const std::string digits = std::to_string(number);
  return std::string(9 - digits.size(), '0') + digits;
}

}  // namespace

std::string guid_from(std::string_view text) {
  std::string hex = base::sha256_hex(text).substr(0, 32);
  for (char& c : hex) c = c >= 'a' && c <= 'f' ? char(c - 'a' + 'A') : c;
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

const PortNumbers& Numbering::numbers(const std::string& key, std::string_view customs_code, base::Time at) {
  const auto known = given_.find(key);
  if (known != given_.end()) return known->second;
  const std::string serial = nine_digits(free_serial(key));
  const std::string day = base::china_digits14(at).substr(0, 8);
  PortNumbers numbers;
  numbers.pre_no = "B" + day + serial;
  numbers.invt_no = std::string(customs_code) + day.substr(0, 4) + "I" + serial;
  numbers.customs_guid = guid_from("customs " + key);
  numbers.port_guid = guid_from("port " + key);
  return given_.emplace(key, std::move(numbers)).first->second;
}

std::uint32_t Numbering::free_serial(std::string_view key) {
  auto serial = std::uint32_t(std::stoull(base::sha256_hex(key).substr(0, 15), nullptr, 16) % serials);
  while (!serials_.insert(serial).second) serial = (serial + 1) % serials;
  return serial;
}

}  // namespace tools::platform
