#include "signing/pkcs11/pkcs11_key.h"

#include <algorithm>

#include "signing/certificate_file.h"
#include "signing/certificate_reading.h"
#include "signing/digest.h"
#include "signing/pkcs11/lanes.h"
#include "signing/pkcs11/wording.h"
#include "signing/signature_value.h"

namespace signing::pkcs11 {

namespace {

constexpr unsigned most_sessions = 64;

base::Fault silent(const KeyUri& uri, std::chrono::milliseconds timeout) {
  const std::string time = std::to_string(timeout.count());
  return fault("key.silent", "密钥设备 " + uri.shown() + " 在 " + time + " 毫秒内没有应答；请检查设备，必要时重新插拔",
               "the token of " + uri.shown() + " did not answer within " + time +
                   " ms; check it, pull it out and plug it in again if need be");
}

base::Fault wrong_algorithm(KeyKind kind) {
  const std::string found = kind == KeyKind::sm2 ? "SM2" : "RSA";
  return fault("key.kind", found + " 密钥不能用于所要求的签名算法；请更换密钥或签名方式",
               "an " + found + " key cannot make the signature asked for; use another key or another dialect");
}

// DigestInfo of RFC 8017 §9.2, note 1.
std::string digest_info(SignatureAlgorithm algorithm, std::string_view bytes) {
  using namespace std::string_view_literals;
  if (algorithm == SignatureAlgorithm::rsa_sha1) {
    return std::string("\x30\x21\x30\x09\x06\x05\x2B\x0E\x03\x02\x1A\x05\x00\x04\x14"sv) +
           digest_of(DigestAlgorithm::sha1, bytes);
  }
  return std::string("\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"sv) +
         digest_of(DigestAlgorithm::sha256, bytes);
}

class Pkcs11Key final : public Key {
 public:
  Pkcs11Key(std::shared_ptr<const KeyPlace> place, std::unique_ptr<Lanes> lanes, const KeySource& source)
      : place_(std::move(place)),
        lanes_(std::move(lanes)),
        timeout_(source.timeout),
        sm2_(source.sm2_mechanism.value_or(Sm2Mechanism{})) {}

  const Certificate& certificate() const override { return *place_->certificate; }
  unsigned parallel() const override { return lanes_->count(); }

  base::Result<std::string> sign(SignatureAlgorithm algorithm, std::string_view bytes) const override {
    if (key_kind(algorithm) != certificate().key_kind) return wrong_algorithm(certificate().key_kind);
    const bool rsa = algorithm != SignatureAlgorithm::sm2_sm3;
    auto value = lanes_->run([mechanism = rsa ? CKM_RSA_PKCS : sm2_.number,
                              input = rsa ? digest_info(algorithm, bytes) : sm2_input(bytes)](Connection& connection) {
      return connection.sign(mechanism, input);
    });
    if (!value) return silent(place_->uri, timeout_);
    if (rsa || !*value || (*value)->size() == sm2_value_size) return *std::move(value);
    if (auto raw = sm2_value_of_der(**value)) return *std::move(raw);
    return strange_value((*value)->size());
  }

  base::Done check() const override {
    const auto done = lanes_->run([](Connection& connection) { return connection.check(); });
    return done ? *done : silent(place_->uri, timeout_);
  }

  // A key whose value its certificate does not check must never be used.
  base::Done prove() const {
    constexpr std::string_view text = "this certificate fits this key..";
    static_assert(text.size() == 32);  // as long as a digest, so that a token may take it for one
    const bool rsa = certificate().key_kind == KeyKind::rsa;
    const auto algorithm = rsa ? SignatureAlgorithm::rsa_sha256 : SignatureAlgorithm::sm2_sm3;
    const auto value = sign(algorithm, text);
    if (!value) return value.faults();
    EVP_PKEY* key = certificate().read->public_key();
    if (value_fits(key, algorithm, text, *value)) return base::Nothing{};
    if (!rsa && sm2_.takes == Sm2Mechanism::Takes::digest &&
        value_fits(key, algorithm, sm2_digest(key, text, customs_user_id), *value)) {
      return takes_the_other("message");
    }
    if (!rsa && sm2_.takes == Sm2Mechanism::Takes::message && sm2_value_fits_digest(key, text, *value)) {
      return takes_the_other("digest");
    }
    return does_not_fit();
  }

 private:
  std::string sm2_input(std::string_view bytes) const {
    if (sm2_.takes == Sm2Mechanism::Takes::message) return std::string(bytes);
    return sm2_digest(certificate().read->public_key(), bytes, customs_user_id);
  }

  base::Fault strange_value(std::size_t size) const {
    return fault("key.sign",
                 "密钥设备 " + place_->uri.shown() + " 返回了 " + std::to_string(size) +
                     " 字节，不是 SM2 签名值；请检查设置 sm2_mechanism 的编号",
                 "the token of " + place_->uri.shown() + " answered " + std::to_string(size) +
                     " bytes that are no SM2 value; check the number in the setting sm2_mechanism");
  }

  base::Fault takes_the_other(const std::string& what) const {
    return fault("key.form",
                 "密钥设备 " + place_->uri.shown() + " 的 SM2 机制需要的是" +
                     (what == "digest" ? "摘要（digest）" : "原文（message）") + "；请改正设置 sm2_mechanism",
                 "the SM2 mechanism of the token of " + place_->uri.shown() + " takes the " + what +
                     "; say so in the setting sm2_mechanism");
  }

  base::Fault does_not_fit() const {
    return fault("key.certificate",
                 "证书（序列号 " + certificate().serial + "）验不了设备中私钥 " + place_->uri.shown() +
                     " 的签名；请指定与该私钥对应的证书，SM2 密钥还请核对设置 sm2_mechanism",
                 "the certificate (serial " + certificate().serial +
                     ") does not check a signature of the token's key " + place_->uri.shown() +
                     "; name the one that was issued for this key, and for SM2 check the setting sm2_mechanism");
  }

  const std::shared_ptr<const KeyPlace> place_;
  const std::unique_ptr<Lanes> lanes_;
  const std::chrono::milliseconds timeout_;
  const Sm2Mechanism sm2_;
};

base::Fault sm2_mechanism_missing(const KeyUri& uri) {
  return fault("key.form",
               "密钥 " + uri.shown() +
                   " 是 SM2 密钥，而 PKCS#11 没有统一的 SM2 机制编号；请按设备厂商的说明填写设置 sm2_mechanism",
               "the key " + uri.shown() +
                   " is an SM2 key, for which PKCS#11 has no common mechanism; give the vendor's number in the setting "
                   "sm2_mechanism");
}

// Everything that can be known without the token, with every fault at once.
base::Result<std::shared_ptr<KeyPlace>> find_place(const KeySource& source) {
  auto uri = KeyUri::parse(source.uri);
  if (!uri) return uri.faults();
  base::Faults faults;
  const auto gather = [&](const base::Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); };
  auto module = Module::named_by(*uri);
  if (!module) gather(module.faults());
  auto pin = find_pin(source, *uri);
  if (!pin) gather(pin.faults());
  std::optional<Certificate> certificate;
  if (!source.certificate.empty()) {
    auto read = read_certificate_of(source.certificate);
    read ? void(certificate = *std::move(read)) : gather(read.faults());
  }
  if (!faults.empty()) return faults;
  return std::make_shared<KeyPlace>(*std::move(uri), *std::move(module), *std::move(pin), std::move(certificate));
}

}  // namespace

base::Result<std::shared_ptr<const Key>> open_pkcs11_key(const KeySource& source) {
  auto place = find_place(source);
  if (!place) return place.faults();
  KeyPlace& known = **place;
  const unsigned sessions = std::clamp(source.parallel, 1U, most_sessions);
  auto lanes = std::make_unique<Lanes>(*place, sessions, source.timeout);
  if (!known.certificate) {
    auto certificate = lanes->run([](Connection& connection) { return connection.certificate(); });
    if (!certificate) return silent(known.uri, source.timeout);
    if (!*certificate) return certificate->faults();
    known.certificate = **std::move(certificate);
  }
  if (known.certificate->key_kind == KeyKind::sm2 && !source.sm2_mechanism) return sm2_mechanism_missing(known.uri);
  const auto key = std::make_shared<const Pkcs11Key>(*place, std::move(lanes), source);
  if (auto proved = key->prove(); !proved) return proved.faults();
  return std::shared_ptr<const Key>(key);
}

}  // namespace signing::pkcs11
