#include "signing/keys/software_key.h"

#include <openssl/err.h>
#include <optional>

#include "signing/certificate_reading.h"
#include "signing/keys/sm2_signer.h"
#include "signing/signature_value.h"

namespace signing::keys {

namespace {

base::Fault software_key_fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault cannot_sign() {
  return software_key_fault("key.sign", "用私钥签名失败；请检查私钥文件是否完整",
                            "signing with the key failed; check that the key file is whole");
}

base::Fault wrong_algorithm(KeyKind kind) {
  const std::string found = kind == KeyKind::sm2 ? "SM2" : "RSA";
  return software_key_fault(
      "key.kind", found + " 密钥不能用于所要求的签名算法；请更换密钥或签名方式",
      "an " + found + " key cannot make the signature asked for; use another key or another dialect");
}

class SoftwareKey : public Key {
 public:
  explicit SoftwareKey(Certificate certificate) : certificate_(std::move(certificate)) {}
  const Certificate& certificate() const final { return certificate_; }
  base::Done check() const final { return base::Nothing{}; }
  unsigned parallel() const final { return 0; }

  base::Result<std::string> sign(SignatureAlgorithm algorithm, std::string_view bytes) const final {
    if (key_kind(algorithm) != certificate_.key_kind) return wrong_algorithm(certificate_.key_kind);
    auto value = make_value(algorithm, bytes);
    if (value) return *std::move(value);
    return cannot_sign();
  }

 private:
  virtual std::optional<std::string> make_value(SignatureAlgorithm algorithm, std::string_view bytes) const = 0;
  Certificate certificate_;
};

class RsaKey final : public SoftwareKey {
 public:
  RsaKey(Handle<EVP_PKEY> key, Certificate certificate) : SoftwareKey(std::move(certificate)), key_(std::move(key)) {}

 private:
  std::optional<std::string> make_value(SignatureAlgorithm algorithm, std::string_view bytes) const override {
    const Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
    std::string value(size, '\0');
    const bool done = EVP_DigestSignInit(context.get(), nullptr, message_digest(algorithm), nullptr, key_.get()) == 1 &&
                      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(value.data()), &size,
                                     octets(bytes), bytes.size()) == 1;
    ERR_clear_error();
    if (!done) return std::nullopt;
    value.resize(size);
    return value;
  }

  Handle<EVP_PKEY> key_;
};

class Sm2Key final : public SoftwareKey {
 public:
  Sm2Key(Sm2Signer signer, Certificate certificate) : SoftwareKey(std::move(certificate)), signer_(std::move(signer)) {}

 private:
  std::optional<std::string> make_value(SignatureAlgorithm, std::string_view bytes) const override {
    return signer_.sign(bytes);
  }

  Sm2Signer signer_;
};

}  // namespace

base::Result<std::shared_ptr<const Key>> make_software_key(Handle<EVP_PKEY> key, Certificate certificate,
                                                           const std::string& key_name,
                                                           const std::string& certificate_name) {
  const bool belongs = EVP_PKEY_eq(key.get(), certificate.read->public_key()) == 1;
  ERR_clear_error();
  if (!belongs) {
    return software_key_fault("key.certificate",
                              "证书 " + certificate_name + "（序列号 " + certificate.serial + "）不属于私钥 " +
                                  key_name + "；请指定与该私钥对应的证书",
                              "the certificate " + certificate_name + " (serial " + certificate.serial +
                                  ") does not belong to the key " + key_name +
                                  "; name the certificate that was issued for this key");
  }
  if (certificate.key_kind == KeyKind::rsa) {
    return std::shared_ptr<const Key>(std::make_shared<RsaKey>(std::move(key), std::move(certificate)));
  }
  auto signer = Sm2Signer::make(key.get());
  if (!signer) return cannot_sign();
  return std::shared_ptr<const Key>(std::make_shared<Sm2Key>(*std::move(signer), std::move(certificate)));
}

}  // namespace signing::keys
