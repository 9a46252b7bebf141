#include "signing/ukey/ukey_key.h"

#include <openssl/err.h>
#include <optional>

#include "base/base64.h"
#include "signing/certificate_file.h"
#include "signing/certificate_reading.h"
#include "signing/signature_value.h"
#include "signing/ukey/client_desk.h"
#include "signing/ukey/client_text.h"

namespace signing::ukey {

namespace {

constexpr std::size_t largest_text_bytes = std::size_t{1} << 20;
constexpr std::string_view proof_text = "cebgate";

base::Fault key_fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault no_pin() {
  return key_fault("key.pin", "UKey 需要口令（PIN）；请在设置 pin 中以 file:、env: 或 credential: 指明",
                   "a UKey needs its PIN; name it in the setting pin by file:, env: or credential:");
}

base::Fault unreadable_certificate() {
  return key_fault("key.certificate", "UKey 客户端给出的不是 SM2 或 RSA 证书；请确认插入的是电子口岸操作员卡",
                   "what the UKey client gave is no SM2 or RSA certificate; see that an E-Port operator's card is in");
}

base::Fault another_card(const Certificate& found, const Certificate& wanted) {
  return key_fault("key.certificate",
                   "UKey 中的证书（序列号 " + found.serial + "）与所用的证书（序列号 " + wanted.serial +
                       "）不是同一把密钥；请插入正确的卡或指定该卡的证书",
                   "the certificate in the UKey (serial " + found.serial + ") and the one in use (serial " +
                       wanted.serial + ") are not of one key; put the right card in or name that card's certificate");
}

base::Fault foreign_value(const Certificate& certificate) {
  return key_fault("key.certificate",
                   "UKey 的签名不能用证书（序列号 " + certificate.serial + "）验证；请确认卡与证书成对",
                   "the UKey's signature does not fit the certificate with serial " + certificate.serial +
                       "; see that the card and the certificate belong together");
}

base::Fault no_value() {
  return key_fault(
      "key.sign", "UKey 客户端的应答不是签名值（Base64）；请升级或重启客户端控件",
      "what the UKey client answered is no signature value in Base64; update or restart the client program");
}

base::Fault not_for_this_card(KeyKind kind) {
  const std::string found = kind == KeyKind::sm2 ? "SM2-SM3" : "RSA-SHA1";
  return key_fault("key.kind", "此 UKey 只能作 " + found + " 签名；请更换密钥或签名方式",
                   "this UKey makes " + found + " signatures only; use another key or another dialect");
}

base::Fault no_text() {
  return key_fault("key.sign", "UKey 客户端只能对 UTF-8 文本签名，且不大于 1 MiB；请检查待签内容",
                   "the UKey client signs UTF-8 text of at most 1 MiB only; check what is to be signed");
}

SignatureAlgorithm algorithm_of(KeyKind kind) {
  return kind == KeyKind::sm2 ? SignatureAlgorithm::sm2_sm3 : SignatureAlgorithm::rsa_sha1;
}

base::Result<Certificate> read_certificate(std::string_view text) {
  if (text.find("-----BEGIN") != std::string_view::npos) return Certificate::from_pem(text);
  return Certificate::from_der(base::read_base64(text).value_or(std::string()));
}

base::Result<Certificate> certificate_in(ClientDesk& desk) {
  const auto reply = desk.certificate();
  if (!reply) return reply.faults();
  auto certificate = read_certificate(reply->front());
  if (!certificate) return unreadable_certificate();
  return certificate;
}

bool same_key(const Certificate& one, const Certificate& other) {
  const bool same = EVP_PKEY_eq(one.read->public_key(), other.read->public_key()) == 1;
  ERR_clear_error();
  return same;
}

// Data[0] is the value. Data[1], the client's own certificate number, is not used: KeyName carries the certificate's
// serial, whatever form the client writes it in.
base::Result<std::string> value_in(const ClientDesk::Reply& reply, KeyKind kind) {
  if (!reply) return reply.faults();
  auto value = base::read_base64(reply->front());
  if (value && kind == KeyKind::sm2 && value->size() != sm2_value_size) value = sm2_value_of_der(*value);
  if (!value || value->empty()) return no_value();
  return *std::move(value);
}

class UkeyKey final : public Key {
 public:
  UkeyKey(std::unique_ptr<ClientDesk> desk, Certificate certificate)
      : desk_(std::move(desk)), certificate_(std::move(certificate)) {}

  const Certificate& certificate() const override { return certificate_; }
  unsigned parallel() const override { return 1; }

  // Neither call touches this object once it has waited: the key may go meanwhile.
  base::Result<std::string> sign(SignatureAlgorithm algorithm, std::string_view bytes) const override {
    const KeyKind kind = certificate_.key_kind;
    if (algorithm != algorithm_of(kind)) return not_for_this_card(kind);
    if (bytes.size() > largest_text_bytes || !is_utf8(bytes)) return no_text();
    return value_in(desk_->sign(bytes), kind);
  }

  base::Done check() const override {
    const Certificate own = certificate_;
    const auto found = certificate_in(*desk_);
    if (!found) return found.faults();
    if (!same_key(*found, own)) return another_card(*found, own);
    return base::Nothing{};
  }

 private:
  const std::unique_ptr<ClientDesk> desk_;
  const Certificate certificate_;
};

base::Result<std::shared_ptr<const Key>> open_at(const ClientAddress& address, const KeySource& source,
                                                 std::optional<Certificate> given) {
  auto desk = std::make_unique<ClientDesk>(address, base::Secret(std::string(source.pin.reveal())), source.timeout);
  auto found = certificate_in(*desk);
  if (!found) return found.faults();
  if (given && !same_key(*found, *given)) return another_card(*found, *given);
  auto certificate = given ? *std::move(given) : *std::move(found);
  const auto key = std::make_shared<UkeyKey>(std::move(desk), std::move(certificate));
  const auto& own = key->certificate();
  const auto value = key->sign(algorithm_of(own.key_kind), proof_text);
  if (!value) return value.faults();
  if (!value_fits(own.read->public_key(), algorithm_of(own.key_kind), proof_text, *value)) return foreign_value(own);
  return std::shared_ptr<const Key>(key);
}

}  // namespace

base::Result<std::shared_ptr<const Key>> open_ukey(const KeySource& source) {
  base::Faults faults;
  const auto gather = [&](const base::Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); };
  const auto address = read_client_address(source.uri);
  if (!address) gather(address.faults());
  if (source.pin.empty()) gather({no_pin()});
  std::optional<Certificate> given;
  if (!source.certificate.empty()) {
    auto read = read_certificate_of(source.certificate);
    if (read) {
      given = *std::move(read);
    } else {
      gather(read.faults());
    }
  }
  if (!faults.empty()) return faults;
  return open_at(*address, source, std::move(given));
}

}  // namespace signing::ukey
