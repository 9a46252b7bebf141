#include "signing/certificate_file.h"

#include <algorithm>

#include "signing/certificate_reading.h"

namespace signing {

namespace {

constexpr std::size_t largest_file_bytes = 64 * 1024;

base::Fault file_fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

}  // namespace

base::Result<base::Secret> read_small_file(const std::filesystem::path& path) {
  const std::string file = path.string();
  auto bytes = base::Secret::read_file(path, largest_file_bytes + 1);
  if (!bytes) {
    return file_fault("key.read", "无法读取 " + file + "；请检查路径以及本用户是否有读取权限",
                      "cannot read " + file + "; check the path and that this user may read it");
  }
  if (bytes->reveal().size() <= largest_file_bytes) return *std::move(bytes);
  return file_fault("key.form", file + " 大于 64 KiB，不是密钥或证书；请指定正确的文件",
                    file + " is larger than 64 KiB and so no key or certificate; name the right file");
}

Handle<BIO> pem_reader(std::string_view bytes) {
  bytes.remove_prefix(std::min(bytes.find(pem_begin), bytes.size()));
  return Handle<BIO>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::vector<Handle<X509>> read_certificates(std::string_view bytes) {
  std::vector<Handle<X509>> certificates;
  const auto pem = pem_reader(bytes);
  while (auto x509 = next_x509_pem(pem.get())) certificates.push_back(std::move(x509));
  if (certificates.empty()) {
    if (auto x509 = read_x509_der(bytes)) certificates.push_back(std::move(x509));
  }
  return certificates;
}

base::Result<std::vector<Handle<X509>>> read_certificates_of(const std::filesystem::path& file) {
  const auto bytes = read_small_file(file);
  if (!bytes) return bytes.faults();
  auto certificates = read_certificates(bytes->reveal());
  if (!certificates.empty()) return certificates;
  return file_fault("key.form",
                    file.string() + " 中没有证书；需要 PEM（以 -----BEGIN CERTIFICATE----- 开头）或 DER 格式的证书",
                    file.string() + " holds no certificate; it must be PEM (-----BEGIN CERTIFICATE-----) or DER");
}

base::Result<Certificate> read_certificate_of(const std::filesystem::path& file) {
  auto certificates = read_certificates_of(file);
  if (!certificates) return certificates.faults();
  return describe(std::move(certificates->front()));
}

}  // namespace signing
