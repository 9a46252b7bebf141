#include <algorithm>
#include <fstream>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <optional>
#include <sstream>
#include <sys/stat.h>

#include "signing/certificate.h"
#include "signing/key.h"
#include "signing/signature_value.h"

namespace signing {

namespace {

constexpr std::size_t largest_key_file_bytes = 64 * 1024;

base::Fault fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

class FileKey final : public Key {
 public:
  FileKey(Handle<EVP_PKEY> key, Certificate certificate) : key_(std::move(key)), certificate_(std::move(certificate)) {}

  const Certificate& certificate() const override { return certificate_; }

  base::Result<std::string> sign(std::string_view bytes) const override {
    auto value = make_value(key_.get(), certificate_.key_kind, bytes);
    if (value) return *std::move(value);
    return fault("key.sign", "用私钥签名失败；请检查私钥文件是否完整",
                 "signing with the key failed; check that the key file is whole");
  }

 private:
  Handle<EVP_PKEY> key_;
  Certificate certificate_;
};

// The scheme of pkcs11:…, skf:… and the like; a path may hold a colon only after a slash.
std::optional<std::string> scheme_of(const std::string& key) {
  const auto colon = key.find(':');
  if (colon == std::string::npos || key.find('/') < colon) return std::nullopt;
  return key.substr(0, colon);
}

std::string path_of(const std::string& key) { return key.starts_with("file:") ? key.substr(5) : key; }

base::Result<std::string> read_small_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(largest_key_file_bytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad() || (bytes.empty() && !in.eof())) {
    return fault("key.read", "无法读取 " + file + "；请检查路径以及本用户是否有读取权限",
                 "cannot read " + file + "; check the path and that this user may read it");
  }
  if (bytes.size() <= largest_key_file_bytes) return bytes;
  return fault("key.form", file + " 大于 64 KiB，不是 PEM 密钥或证书；请指定正确的文件",
               file + " is larger than 64 KiB and so no PEM key or certificate; name the right file");
}

// Takes the place of OpenSSL's own question on the terminal.
int note_passphrase_wanted(char*, int, int, void* wanted) {
  *static_cast<bool*>(wanted) = true;
  return -1;
}

base::Result<Handle<EVP_PKEY>> read_private_key(const std::string& file, const std::string& pem) {
  const Handle<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  bool passphrase_wanted = false;
  Handle<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, note_passphrase_wanted, &passphrase_wanted));
  ERR_clear_error();
  if (passphrase_wanted) {
    return fault("key.form",
                 file +
                     " 中的私钥受口令保护，无法使用；请先解密为无口令的文件：openssl pkey -in 原文件 -out "
                     "新文件，再执行 chmod 600 新文件",
                 "the key in " + file +
                     " is protected by a passphrase and cannot be used; write it without one: openssl pkey -in OLD "
                     "-out NEW, then chmod 600 NEW");
  }
  if (!key) {
    return fault(
        "key.form", file + " 中没有 PEM 私钥；需要以 -----BEGIN PRIVATE KEY-----（或 EC、RSA PRIVATE KEY）开头的文件",
        file + " holds no PEM private key; it must begin -----BEGIN PRIVATE KEY----- (or EC or RSA PRIVATE KEY)");
  }
  if (!kind_of(key.get())) {
    return fault("key.kind", file + " 中的私钥既不是 SM2 也不是 RSA；请使用与电子口岸证书对应的私钥",
                 "the key in " + file + " is neither SM2 nor RSA; use the one that belongs to the E-Port certificate");
  }
  return key;
}

base::Result<Handle<X509>> read_certificate(const std::string& file) {
  const auto pem = read_small_file(file);
  if (!pem) return pem.faults();
  const Handle<BIO> bio(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
  auto x509 = next_x509_pem(bio.get());
  if (x509) return x509;
  return fault("key.form", file + " 中没有 PEM 证书；需要以 -----BEGIN CERTIFICATE----- 开头的文件",
               file + " holds no PEM certificate; it must begin -----BEGIN CERTIFICATE-----");
}

base::Result<std::shared_ptr<const Key>> pair_up(Handle<EVP_PKEY> key, X509* x509, const std::string& key_file,
                                                 const std::string& certificate_file) {
  auto certificate = describe(x509);
  if (!certificate) return certificate.faults();
  const bool belongs = EVP_PKEY_eq(key.get(), X509_get0_pubkey(x509)) == 1;
  ERR_clear_error();
  if (!belongs) {
    return fault("key.certificate",
                 "证书 " + certificate_file + "（序列号 " + certificate->serial + "）不属于私钥 " + key_file +
                     "；请指定与该私钥对应的证书",
                 "the certificate " + certificate_file + " (serial " + certificate->serial +
                     ") does not belong to the key " + key_file +
                     "; name the certificate that was issued for this key");
  }
  return std::shared_ptr<const Key>(std::make_shared<FileKey>(std::move(key), *std::move(certificate)));
}

std::string quoted_for_shell(const std::string& path) {
  const bool plain = std::all_of(path.begin(), path.end(), [](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 ||
           std::string_view("/._-+,@").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) return path;
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

base::Result<std::shared_ptr<const Key>> open_key(const std::string& key, const std::filesystem::path& certificate) {
  const auto scheme = scheme_of(key);
  if (scheme && *scheme != "file") {
    return fault("key.form", "不支持 " + *scheme + ": 形式的密钥；请使用 file:路径 指定 PEM 私钥文件",
                 *scheme + ": keys are not supported; name a PEM private key with file:PATH");
  }
  base::Faults faults;
  const auto gather = [&](const base::Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); };
  const std::string file = path_of(key);
  auto pem = read_small_file(file);
  auto private_key = pem ? read_private_key(file, *pem) : base::Result<Handle<EVP_PKEY>>(pem.faults());
  if (pem) OPENSSL_cleanse(pem->data(), pem->size());
  if (!private_key) gather(private_key.faults());
  const auto x509 = read_certificate(certificate.string());
  if (!x509) gather(x509.faults());
  if (!faults.empty()) return faults;
  return pair_up(*std::move(private_key), x509->get(), file, certificate.string());
}

base::Faults key_file_care(const std::string& key) {
  const auto scheme = scheme_of(key);
  if (scheme && *scheme != "file") return {};
  const std::string file = path_of(key);
  struct stat facts {};
  if (stat(file.c_str(), &facts) != 0 || (facts.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
  const std::string command = "chmod 600 " + quoted_for_shell(file);
  return {fault("key.care", "私钥文件 " + file + " 可被其他用户读取；请执行：" + command,
                "the key file " + file + " can be read by others; run: " + command)};
}

}  // namespace signing
