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

const PortNumbers& Numbering::numbers(const Numbered& document) {
  const auto known = given_.find(document.key);
  if (known != given_.end()) return known->second;
  PortNumbers numbers;
  numbers.serial = nine_digits(free_serial(document.key));
  const std::string day = base::china_digits14(document.at).substr(0, 8);
  numbers.pre_no = document.pre_no + day + numbers.serial;
  if (document.given == "invtNo") {
    numbers.invt_no = document.customs_code + day.substr(0, 4) + document.mark + numbers.serial;
    keys_.emplace(numbers.invt_no, document.key);
  }
  if (document.given == "sumNo") numbers.sum_no = "S" + day + numbers.serial;
  numbers.customs_guid = guid_from("customs " + seed_ + document.key);
  numbers.port_guid = guid_from("port " + seed_ + document.key);
  return given_.emplace(document.key, std::move(numbers)).first->second;
}

std::optional<std::string> Numbering::key_of(std::string_view invt_no) const {
  const auto found = keys_.find(invt_no);
  return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

std::uint32_t Numbering::free_serial(std::string_view key) {
  auto serial =
      std::uint32_t(std::stoull(base::sha256_hex(seed_ + std::string(key)).substr(0, 15), nullptr, 16) % serials);
  while (!serials_.insert(serial).second) serial = (serial + 1) % serials;
  return serial;
}

}  // namespace tools::platform
