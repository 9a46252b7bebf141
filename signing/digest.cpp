#include "signing/digest.h"

#include <array>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <stdexcept>

#include "signing/openssl_handles.h"
#include "signing/signature_value.h"

namespace signing {

namespace {

// The curve of GM/T 0003.5-2012: a, b and the base point, 32 bytes each.
constexpr std::string_view curve_and_base_point(
    "\xFF\xFF\xFF\xFE\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
    "\xFF\xFF\xFF\xFF\x00\x00\x00\x00\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFC"
    "\x28\xE9\xFA\x9E\x9D\x9F\x5E\x34\x4D\x5A\x9E\x4B\xCF\x65\x09\xA7"
    "\xF3\x97\x89\xF5\x15\xAB\x8F\x92\xDD\xBC\xBD\x41\x4D\x94\x0E\x93"
    "\x32\xC4\xAE\x2C\x1F\x19\x81\x19\x5F\x99\x04\x46\x6A\x39\xC9\x94"
    "\x8F\xE3\x0B\xBF\xF2\x66\x0B\xE1\x71\x5A\x45\x89\x33\x4C\x74\xC7"
    "\xBC\x37\x36\xA2\xF4\xF6\x77\x9C\x59\xBD\xCE\xE3\x6B\x69\x21\x53"
    "\xD0\xA9\x87\x7C\xC6\x2A\x47\x40\x02\xDF\x32\xE5\x21\x39\xF0\xA0",
    128);

constexpr std::size_t point_size = 65;  // uncompressed: 04, x, y

std::string hashed(const EVP_MD* algorithm, std::initializer_list<std::string_view> pieces) {
  const Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
  std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
  unsigned size = 0;
  bool done = context && EVP_DigestInit_ex(context.get(), algorithm, nullptr) == 1;
  for (const auto piece : pieces) done = done && EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1;
  done = done && EVP_DigestFinal_ex(context.get(), value.data(), &size) == 1;
  if (!done) throw std::runtime_error("OpenSSL cannot make a digest");
  return {reinterpret_cast<const char*>(value.data()), size};
}

// Looked up once: EVP_sm3() and the like are looked up anew for every digest.
const EVP_MD* algorithm_of(DigestAlgorithm algorithm) {
  struct Free {
    void operator()(EVP_MD* fetched) const { EVP_MD_free(fetched); }
  };
  using Fetched = std::unique_ptr<EVP_MD, Free>;
  static const Fetched sm3(EVP_MD_fetch(nullptr, "SM3", nullptr)), sha1(EVP_MD_fetch(nullptr, "SHA1", nullptr)),
      sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  switch (algorithm) {
    case DigestAlgorithm::sm3:
      return sm3.get();
    case DigestAlgorithm::sha1:
      return sha1.get();
    case DigestAlgorithm::sha256:
      return sha256.get();
  }
  return nullptr;
}

}  // namespace

std::string digest_of(DigestAlgorithm algorithm, std::string_view bytes) {
  return hashed(algorithm_of(algorithm), {bytes});
}

std::string digest_of(DigestAlgorithm algorithm, std::initializer_list<std::string_view> pieces) {
  return hashed(algorithm_of(algorithm), pieces);
}

std::string sm2_digest(const EVP_PKEY* public_key, std::string_view bytes, std::string_view user_id) {
  std::array<unsigned char, point_size> point{};
  std::size_t size = 0;
  const bool known =
      kind_of(public_key) == KeyKind::sm2 &&
      EVP_PKEY_get_octet_string_param(public_key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size) == 1 &&
      size == point_size && point[0] == 0x04;
  ERR_clear_error();
  if (!known) return {};
  const std::size_t bits = user_id.size() * 8;
  const std::string id_bits{static_cast<char>(bits >> 8), static_cast<char>(bits & 0xFF)};
  const std::string_view x_and_y(reinterpret_cast<const char*>(point.data()) + 1, point_size - 1);
  const std::string za = hashed(algorithm_of(DigestAlgorithm::sm3), {id_bits, user_id, curve_and_base_point, x_and_y});
  return hashed(algorithm_of(DigestAlgorithm::sm3), {za, bytes});
}

}  // namespace signing
