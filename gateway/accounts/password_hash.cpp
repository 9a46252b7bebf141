#include "gateway/accounts/password_hash.h"

#include <charconv>
#include <cstdint>
#include <openssl/evp.h>
#include <optional>
#include <stdexcept>
#include <vector>

#include "base/base64.h"
#include "base/secret.h"
#include "gateway/accounts/secret_words.h"

namespace gateway::accounts {

namespace {

struct Costs {
  std::uint64_t log2_n = 0, r = 0, p = 0;
  bool operator==(const Costs&) const = default;
};

// One of the settings that OWASP's Password Storage Cheat Sheet names as equal: N = 2^15 (32 MiB), r = 8, p = 3.
constexpr Costs costs_of_today{15, 8, 3};
// What a hash that somebody put into the ledger may make the gateway spend.
constexpr Costs most_costs{18, 16, 16};
constexpr std::size_t salt_bytes = 16, key_bytes = 32;
constexpr std::string_view scheme = "scrypt";

struct Hash {
  Costs costs;
  std::string salt, key;
};

std::optional<std::uint64_t> number_of(std::string_view text, std::uint64_t most) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number == 0 || number > most) return std::nullopt;
  return number;
}

std::optional<Hash> read_hash(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t dollar = 0; dollar != std::string_view::npos; text.remove_prefix(dollar + 1)) {
    dollar = text.find('$');
    parts.push_back(text.substr(0, dollar));
    if (dollar == std::string_view::npos) break;
  }
  if (parts.size() != 6 || parts[0] != scheme) return std::nullopt;
  const auto log2_n = number_of(parts[1], most_costs.log2_n), r = number_of(parts[2], most_costs.r),
             p = number_of(parts[3], most_costs.p);
  const auto salt = base::read_base64(parts[4]), key = base::read_base64(parts[5]);
  if (!log2_n || !r || !p || !salt || !key || key->size() != key_bytes) return std::nullopt;
  return Hash{{*log2_n, *r, *p}, *salt, *key};
}

std::string key_of(std::string_view password, std::string_view salt, const Costs& costs) {
  std::string key(key_bytes, '\0');
  const std::uint64_t n = std::uint64_t{1} << costs.log2_n;
  const std::uint64_t most_bytes = 128 * costs.r * (n + costs.p + 2);
  const auto* const salt_start = reinterpret_cast<const unsigned char*>(salt.data());
  auto* const key_start = reinterpret_cast<unsigned char*>(key.data());
  if (EVP_PBE_scrypt(password.data(), password.size(), salt_start, salt.size(), n, costs.r, costs.p, most_bytes,
                     key_start, key.size()) != 1) {
    throw std::runtime_error("this OpenSSL lacks scrypt, or there is no memory for it");
  }
  return key;
}

std::string written(const Hash& hash) {
  std::string text(scheme);
  for (const std::uint64_t cost : {hash.costs.log2_n, hash.costs.r, hash.costs.p}) text += "$" + std::to_string(cost);
  return text + "$" + base::base64(hash.salt) + "$" + base::base64(hash.key);
}

}  // namespace

std::string hash_password(std::string_view password) {
  Hash hash{costs_of_today, random_bytes(salt_bytes), {}};
  hash.key = key_of(password, hash.salt, hash.costs);
  return written(hash);
}

bool is_password(std::string_view hash, std::string_view password) {
  const auto known = read_hash(hash);
  return known && base::equal_in_constant_time(key_of(password, known->salt, known->costs), known->key);
}

bool has_other_costs(std::string_view hash) {
  const auto known = read_hash(hash);
  return !known || known->costs != costs_of_today;
}

const std::string& hash_of_nobody() {
  static const std::string hash = written({costs_of_today, random_bytes(salt_bytes), random_bytes(key_bytes)});
  return hash;
}

}  // namespace gateway::accounts
