#include "signing/keys/file_key.h"

#include <openssl/err.h>
#include <tuple>
#include <vector>

#include "base/file_care.h"
#include "signing/certificate_file.h"
#include "signing/certificate_reading.h"
#include "signing/keys/key_file_content.h"
#include "signing/keys/software_key.h"
#include "signing/signature_value.h"

namespace signing::keys {

namespace {

base::Fault fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

std::string path_of(const std::string& key) { return key.starts_with("file:") ? key.substr(5) : key; }

base::Result<KeyFileContent> read_keys(const std::string& file, const base::Secret& passphrase) {
  const auto bytes = read_small_file(file);
  if (!bytes) return bytes.faults();
  auto content = read_key_file(file, bytes->reveal(), passphrase);
  if (!content) return content.faults();
  std::erase_if(content->keys, [](const Handle<EVP_PKEY>& key) { return !kind_of(key.get()); });
  if (!content->keys.empty()) return content;
  return fault("key.kind", file + " 中的私钥既不是 SM2 也不是 RSA；请使用与电子口岸证书对应的私钥",
               "the key in " + file + " is neither SM2 nor RSA; use the one that belongs to the E-Port certificate");
}

struct Pair {
  Handle<EVP_PKEY> key;
  Handle<X509> certificate;
};

bool belong_together(const EVP_PKEY* key, const X509* certificate) {
  const EVP_PKEY* public_key = X509_get0_pubkey(certificate);
  const bool same = public_key != nullptr && EVP_PKEY_eq(key, public_key) == 1;
  ERR_clear_error();
  return same;
}

bool ends_later(const X509* one, const X509* other) {
  return ASN1_TIME_compare(X509_get0_notAfter(one), X509_get0_notAfter(other)) > 0;
}

// Of the pairs that may sign the one whose certificate ends last: a renewed certificate stands beside its forerunner.
// Without such a pair one that may not sign, and without that too the first of each.
Pair choose(std::vector<Handle<EVP_PKEY>> keys, std::vector<Handle<X509>> certificates) {
  Handle<EVP_PKEY>* key = &keys.front();
  Handle<X509>* best = nullptr;
  for (auto& one : keys) {
    for (auto& certificate : certificates) {
      if (!belong_together(one.get(), certificate.get())) continue;
      const bool better = best == nullptr || (may_sign(certificate.get()) &&
                                              (!may_sign(best->get()) || ends_later(certificate.get(), best->get())));
      if (better) std::tie(key, best) = std::tuple(&one, &certificate);
    }
  }
  if (best == nullptr) best = &certificates.front();
  return {std::move(*key), std::move(*best)};
}

base::Fault no_certificate(const std::string& file) {
  return fault("key.certificate",
               file + " 中只有私钥，没有证书；请指定其证书文件（设置中的 certificate，或 cebgate sign 的 --cert FILE）",
               file +
                   " holds the key without a certificate; name the certificate's file (certificate in the settings, "
                   "--cert FILE of cebgate sign)");
}

base::Fault not_for_signatures(const std::string& file, const std::string& serial) {
  return fault(
      "key.certificate",
      file + " 中的证书（序列号 " + serial +
          "）按其密钥用法不能签名，例如加密证书；请指定签名证书及其私钥（电子口岸同时签发签名证书和加密证书）",
      "the certificate in " + file + " (serial " + serial +
          ") is by its keyUsage not for signatures but, say, for encryption; name the signing certificate with "
          "its key (the E-Port issues both)");
}

base::Result<std::shared_ptr<const Key>> make_key(Pair pair, const std::string& file,
                                                  const std::string& certificate_file) {
  const bool usable = may_sign(pair.certificate.get()) || !belong_together(pair.key.get(), pair.certificate.get());
  auto certificate = describe(std::move(pair.certificate));
  if (!certificate) return certificate.faults();
  if (!usable) return not_for_signatures(certificate_file, certificate->serial);
  return make_software_key(std::move(pair.key), *std::move(certificate), file, certificate_file);
}

}  // namespace

base::Result<std::shared_ptr<const Key>> open_file_key(const KeySource& source) {
  base::Faults faults;
  const auto gather = [&](const base::Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); };
  const std::string file = path_of(source.uri), named = source.certificate.string();
  const bool apart = !named.empty() && named != file;
  auto content = read_keys(file, source.pin);
  if (!content) gather(content.faults());
  if (apart) {
    auto certificates = read_certificates_of(named);
    if (!certificates) gather(certificates.faults());
    if (certificates && content) content->certificates = *std::move(certificates);
  }
  if (!faults.empty()) return faults;
  if (content->certificates.empty()) return no_certificate(file);
  return make_key(choose(std::move(content->keys), std::move(content->certificates)), file, apart ? named : file);
}

base::Faults key_file_care(const std::string& uri) {
  if (!is_file_key(uri)) return {};
  const std::string file = path_of(uri);
  const auto command = base::command_to_protect(file);
  if (!command) return {};
  return {fault("key.care", "私钥文件 " + file + " 可被其他用户读取；请执行：" + *command,
                "the key file " + file + " can be read by others; run: " + *command)};
}

bool is_file_key(const std::string& uri) {
  const auto colon = uri.find(':');
  return colon == std::string::npos || uri.find('/') < colon || uri.starts_with("file:");
}

}  // namespace signing::keys
