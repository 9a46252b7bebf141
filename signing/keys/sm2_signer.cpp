#include "signing/keys/sm2_signer.h"

#include <botan/bigint.h>
#include <botan/ec_group.h>
#include <botan/exceptn.h>
#include <botan/pubkey.h>
#include <botan/sm2.h>
#include <botan/system_rng.h>
#include <mutex>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <vector>

#include "signing/openssl_handles.h"

namespace signing::keys {

namespace {

struct ClearFree {
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
};

std::optional<Botan::BigInt> private_scalar(const EVP_PKEY* key) {
  BIGNUM* read = nullptr;
  const bool known = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &read) == 1;
  const std::unique_ptr<BIGNUM, ClearFree> scalar(read);
  ERR_clear_error();
  if (!known) return std::nullopt;
  Botan::secure_vector<std::uint8_t> bytes(static_cast<std::size_t>(BN_num_bytes(scalar.get())));
  BN_bn2bin(scalar.get(), bytes.data());
  return Botan::BigInt(bytes.data(), bytes.size());
}

}  // namespace

// A Botan signer serves one thread at a time and is dear to make, so that idle ones are kept for the next call; never
// more of them than calls that ran at the same time.
class Sm2Signer::Signers {
 public:
  explicit Signers(const Botan::BigInt& scalar) : key_(random_, Botan::EC_Group("sm2p256v1"), scalar) {}

  std::optional<std::string> sign(std::string_view bytes) {
    auto signer = take();
    const auto value = signer->sign_message(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), random_);
    give_back(std::move(signer));
    return std::string(reinterpret_cast<const char*>(value.data()), value.size());
  }

 private:
  using Signer = std::unique_ptr<Botan::PK_Signer>;

  Signer take() {
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        Signer signer = std::move(idle_.back());
        idle_.pop_back();
        return signer;
      }
    }
    return std::make_unique<Botan::PK_Signer>(key_, random_, std::string(customs_user_id) + ",SM3");
  }

  void give_back(Signer signer) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(signer));
  }

  Botan::System_RNG random_;  // getrandom(2): safe from every thread
  Botan::SM2_PrivateKey key_;
  std::mutex mutex_;
  std::vector<Signer> idle_;
};

std::optional<Sm2Signer> Sm2Signer::make(const EVP_PKEY* key) try {
  const auto scalar = EVP_PKEY_is_a(key, "SM2") == 1 ? private_scalar(key) : std::nullopt;
  if (!scalar) return std::nullopt;
  return Sm2Signer(std::make_unique<Signers>(*scalar));
} catch (const Botan::Exception&) {
  return std::nullopt;
}

std::optional<std::string> Sm2Signer::sign(std::string_view bytes) const try {
  return signers_->sign(bytes);
} catch (const Botan::Exception&) {
  return std::nullopt;
}

Sm2Signer::Sm2Signer(std::unique_ptr<Signers> signers) : signers_(std::move(signers)) {}
Sm2Signer::Sm2Signer(Sm2Signer&&) noexcept = default;
Sm2Signer& Sm2Signer::operator=(Sm2Signer&&) noexcept = default;
Sm2Signer::~Sm2Signer() = default;

}  // namespace signing::keys
