#include "signing/keys/file_key.h"

#include <fstream>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <optional>
#include <sstream>

#include "base/file_care.h"
#include "signing/certificate_reading.h"
#include "signing/keys/software_key.h"
#include "signing/signature_value.h"

namespace signing::keys {

namespace {

constexpr std::size_t largest_key_file_bytes = 64 * 1024;

base::Fault fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
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

base::Result<Certificate> read_certificate(const std::string& file) {
  const auto pem = read_small_file(file);
  if (!pem) return pem.faults();
  const Handle<BIO> bio(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
  if (auto x509 = next_x509_pem(bio.get())) return describe(std::move(x509));
  return fault("key.form", file + " 中没有 PEM 证书；需要以 -----BEGIN CERTIFICATE----- 开头的文件",
               file + " holds no PEM certificate; it must begin -----BEGIN CERTIFICATE-----");
}

}  // namespace

base::Result<std::shared_ptr<const Key>> open_file_key(const KeySource& source) {
  base::Faults faults;
  const auto gather = [&](const base::Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); };
  const std::string file = path_of(source.uri);
  auto pem = read_small_file(file);
  auto private_key = pem ? read_private_key(file, *pem) : base::Result<Handle<EVP_PKEY>>(pem.faults());
  if (pem) OPENSSL_cleanse(pem->data(), pem->size());
  if (!private_key) gather(private_key.faults());
  auto certificate = read_certificate(source.certificate.string());
  if (!certificate) gather(certificate.faults());
  if (!faults.empty()) return faults;
  return make_software_key(*std::move(private_key), *std::move(certificate), file, source.certificate.string());
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
