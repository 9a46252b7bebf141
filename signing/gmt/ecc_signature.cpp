#include "signing/gmt/ecc_signature.h"

#include <algorithm>

namespace signing::gmt {

namespace {

constexpr std::ptrdiff_t number_size = 32;

template <std::size_t size>
bool append_number(std::string& value, const unsigned char (&field)[size]) {
  const auto* number = std::end(field) - number_size;
  value.append(number, std::end(field));
  return std::all_of(std::begin(field), number, [](unsigned char byte) { return byte == 0; });
}

}  // namespace

std::optional<std::string> sm2_value(const EccSignature& signature) {
  std::string value;
  const bool r_fits = append_number(value, signature.r);
  const bool s_fits = append_number(value, signature.s);
  if (!r_fits || !s_fits) return std::nullopt;
  return value;
}

}  // namespace signing::gmt
