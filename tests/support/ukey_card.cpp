#include "tests/support/ukey_card.h"

#include <array>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <stdexcept>

#include "base/base64.h"
#include "tests/support/paths.h"

namespace tests {

namespace {

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("UKey card: ") + what);
}

EVP_PKEY* read_key(const std::filesystem::path& file) {
  const std::string pem = read_file(file);
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                      BIO_free);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr);
  must(key != nullptr, "no key");
  return key;
}

// What stands between the BEGIN and the END line, in one line.
std::string bare_base64(const std::string& pem) {
  std::string bare;
  for (std::size_t at = 0; at < pem.size();) {
    const auto end = std::min(pem.find('\n', at), pem.size());
    const auto line = pem.substr(at, end - at);
    if (!line.starts_with("-----")) bare += line;
    at = end + 1;
  }
  return bare;
}

std::string value_over(EVP_PKEY* key, const std::string& text) {
  const bool sm2 = EVP_PKEY_is_a(key, "SM2") == 1;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_PKEY_CTX* parameters = nullptr;
  must(EVP_DigestSignInit(context.get(), &parameters, sm2 ? EVP_sm3() : EVP_sha1(), nullptr, key) == 1, "sign init");
  if (sm2) must(EVP_PKEY_CTX_set1_id(parameters, "1234567812345678", 16) == 1, "user id");
  std::string value(512, '\0');
  std::size_t size = value.size();
  must(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(value.data()), &size,
                      reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1,
       "sign");
  value.resize(size);
  return value;
}

std::string raw_of(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), ECDSA_SIG_free);
  must(pair != nullptr, "value");
  std::array<unsigned char, 64> raw{};
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw.data(), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw.data() + 32, 32);
  return {reinterpret_cast<const char*>(raw.data()), raw.size()};
}

}  // namespace

UkeyCard::UkeyCard(const TestIdentity& identity, std::string pin, int tries)
    : key_(read_key(identity.key)),
      certificate_(bare_base64(read_file(identity.certificate))),
      number_(identity.serial),
      pin_(std::move(pin)),
      tries_(tries),
      tries_left_(tries) {}

UkeyCard::~UkeyCard() = default;

UkeyCardAnswer UkeyCard::reader_failed() const {
  const std::string code = std::to_string(reader_code);
  const std::string what = reader_code == 50070 ? "复位读卡器失败" : "打开读卡器失败";
  return {false, {}, {"[读卡器底层库]" + what + ":错误码=" + code, "Err:Custom" + code}};
}

// The words about the PIN are invented: none are public.
UkeyCardAnswer UkeyCard::sign(const std::string& text, const std::string& pin, UkeyValueForm form) {
  if (reader != UkeyReader::works) return reader_failed();
  if (locked()) return {false, {}, {"卡密码已锁定", "Err:Custom50520"}};
  if (pin != pin_) {
    --tries_left_;
    return {false, {}, {"验证卡密码错误,剩余次数:" + std::to_string(tries_left_), "Err:Custom50510"}};
  }
  tries_left_ = tries_;
  const auto value = value_over(key_.get(), text);
  const bool raw = EVP_PKEY_is_a(key_.get(), "SM2") == 1 && form == UkeyValueForm::raw;
  return {true, {base::base64(raw ? raw_of(value) : value), number_}, {}};
}

UkeyCardAnswer UkeyCard::certificate() const {
  if (reader != UkeyReader::works) return reader_failed();
  return {true, {certificate_}, {}};
}

UkeyCardAnswer UkeyCard::valid_time() const {
  return {true, {R"({"szStartTime":"2020-01-01 00:00:00","szEndTime":"2050-01-01 00:00:00"})"}, {}};
}

void UkeyCard::clear_env() { cleared_ = true; }

void UkeyCard::init_env() {
  if (cleared_ && reader == UkeyReader::needs_reset) reader = UkeyReader::works;
  cleared_ = false;
}

}  // namespace tests
