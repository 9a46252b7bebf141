#include "signing/pkcs11/small_file.h"

#include <fstream>

#include "signing/pkcs11/wording.h"

namespace signing::pkcs11 {

namespace {

constexpr std::size_t largest_file_bytes = 64 * 1024;

}  // namespace

base::Result<std::string> read_small_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(largest_file_bytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad() || (bytes.empty() && !in.eof())) {
    return fault("key.read", "无法读取 " + file.string() + "；请检查路径以及本用户是否有读取权限",
                 "cannot read " + file.string() + "; check the path and that this user may read it");
  }
  if (bytes.size() <= largest_file_bytes) return bytes;
  return fault("key.form", file.string() + " 大于 64 KiB，不是证书或口令文件；请指定正确的文件",
               file.string() + " is larger than 64 KiB and so holds no certificate or PIN; name the right file");
}

base::Result<Certificate> read_certificate_file(const std::filesystem::path& file) {
  const auto bytes = read_small_file(file);
  if (!bytes) return bytes.faults();
  const bool pem = bytes->find("-----BEGIN") != std::string::npos;
  auto certificate = pem ? Certificate::from_pem(*bytes) : Certificate::from_der(*bytes);
  if (certificate || certificate.faults().front().code != "key.form") return certificate;
  return fault("key.form", file.string() + " 中没有 X.509 证书；请指定 PEM 或 DER 格式的证书文件",
               file.string() + " holds no X.509 certificate; name a certificate file in PEM or DER form");
}

}  // namespace signing::pkcs11
