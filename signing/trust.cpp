#include "signing/trust.h"

#include <openssl/err.h>

#include "signing/certificate_reading.h"

namespace signing {

namespace {

base::Fault trust_fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Faults add_file(std::vector<Handle<X509>>& certificates, const std::string& file) {
  const Handle<BIO> bio(BIO_new_file(file.c_str(), "rb"));
  if (!bio) {
    ERR_clear_error();
    return {trust_fault("trust.read", "无法读取根证书文件 " + file + "；请检查路径和读取权限",
                        "cannot read the root certificate file " + file + "; check the path and the right to read it")};
  }
  const auto before = certificates.size();
  while (auto x509 = next_x509_pem(bio.get())) certificates.push_back(std::move(x509));
  if (certificates.size() > before) return {};
  return {trust_fault("trust.form", "文件 " + file + " 中没有 PEM 证书（-----BEGIN CERTIFICATE-----）",
                      "the file " + file + " holds no PEM certificate (-----BEGIN CERTIFICATE-----)")};
}

// Dates are judged apart from the chain: noted, and the judgement goes on.
int note_dates(int good, X509_STORE_CTX* context) {
  const int error = X509_STORE_CTX_get_error(context);
  if (good == 1 || (error != X509_V_ERR_CERT_HAS_EXPIRED && error != X509_V_ERR_CERT_NOT_YET_VALID)) return good;
  static_cast<ChainVerdict*>(X509_STORE_CTX_get_app_data(context))->within_dates = false;
  X509_STORE_CTX_set_error(context, X509_V_OK);
  return 1;
}

}  // namespace

base::Result<Trust> Trust::from_files(std::span<const std::filesystem::path> pem_files,
                                      std::span<const std::filesystem::path> crl_files) {
  std::vector<Handle<X509>> certificates;
  base::Faults faults;
  for (const auto& file : pem_files) {
    auto more = add_file(certificates, file.string());
    faults.insert(faults.end(), more.begin(), more.end());
  }
  auto lists = read_revocation_lists(crl_files, certificates);
  if (!lists) faults.insert(faults.end(), lists.faults().begin(), lists.faults().end());
  if (!faults.empty()) return faults;
  auto store = std::make_shared<Store>(Store{Handle<X509_STORE>(X509_STORE_new()), *std::move(lists)});
  for (const auto& certificate : certificates) X509_STORE_add_cert(store->certificates.get(), certificate.get());
  // A configured intermediate certificate is an anchor too: the E-Port hands out its own, not always the root.
  X509_STORE_set_flags(store->certificates.get(), X509_V_FLAG_PARTIAL_CHAIN);
  return Trust(std::shared_ptr<const Store>(std::move(store)));
}

ChainVerdict judge_chain(const Trust::Store& store, X509* certificate, base::Time now) {
  ChainVerdict verdict;
  const Handle<X509_STORE_CTX> context(X509_STORE_CTX_new());
  if (X509_STORE_CTX_init(context.get(), store.certificates.get(), certificate, nullptr) != 1) {
    verdict.reason = "X509_STORE_CTX_init";
    return verdict;
  }
  X509_STORE_CTX_set_app_data(context.get(), &verdict);
  X509_STORE_CTX_set_verify_cb(context.get(), note_dates);
  X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context.get()), std::chrono::system_clock::to_time_t(now));
  verdict.trusted = X509_verify_cert(context.get()) == 1;
  if (!verdict.trusted) verdict.reason = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
  for (int i = 0; verdict.trusted && i < sk_X509_num(chain); ++i) {
    X509* one = sk_X509_value(chain, i);
    if (X509_up_ref(one) == 1) verdict.certificates.emplace_back(one);
  }
  ERR_clear_error();
  return verdict;
}

}  // namespace signing
