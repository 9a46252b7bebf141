#include "signing/certificate_use.h"

#include <algorithm>
#include <openssl/x509v3.h>

#include "signing/certificate_reading.h"
#include "signing/company.h"
#include "signing/revocation.h"
#include "signing/trust.h"

namespace signing {

namespace {

class CertificateUse {
 public:
  CertificateUse(const VerifyTerms& terms, const Verification& result, Steps& steps)
      : terms_(terms), certificate_(*result.certificate), x509_(result.certificate->read->x509.get()), steps_(steps) {}

  void judge() {
    if (terms_.trust != nullptr) chain_ = judge_chain(terms_.trust->store(), x509_, terms_.now);
    judge_issuer();
    judge_dates();
    judge_key_usage();
    judge_revocation();
    judge_company();
  }

 private:
  base::Severity severity() const { return terms_.trust == nullptr ? base::Severity::warning : base::Severity::error; }

  void judge_issuer() {
    const auto& issuer = certificate_.issuer;
    if (terms_.trust == nullptr) {
      const auto untold = signature_fault("certificate.chain", "未指定根证书，未判断证书链",
                                          "no chain judged: no root certificate was given", base::Severity::warning);
      steps_.not_checked("chain", untold.zh, untold.en);
      steps_.note(untold);
    } else if (chain_.trusted) {
      steps_.good("chain", "证书链可信，签发者 " + issuer, "the chain is trusted, issued by " + issuer);
    } else {
      steps_.bad("chain",
                 signature_fault("certificate.chain",
                                 "证书不是由所给根证书签发的，签发者 " + issuer + "（" + chain_.reason +
                                     "）；请检查根证书，上级证书也须一并给出",
                                 "the certificate does not lead to a given root; issued by " + issuer + " (" +
                                     chain_.reason + "); check the root certificates, and give those between too"));
    }
  }

  void judge_dates() {
    const std::string dates = base::rfc3339(certificate_.not_before) + " – " + base::rfc3339(certificate_.not_after);
    if (chain_.within_dates && certificate_.not_before <= terms_.now && terms_.now <= certificate_.not_after) {
      steps_.good("dates", "证书在有效期内：" + dates, "the certificate is within its dates: " + dates);
      return;
    }
    steps_.bad("dates",
               signature_fault(
                   "certificate.dates", "证书（或其上级证书）不在有效期内：" + dates + "；请更换证书",
                   "the certificate, or one above it, is outside its dates: " + dates + "; use a current certificate",
                   severity()));
  }

  // An authority whose certificate may sign by its key usage only warns: enterprises try a self-signed certificate out.
  void judge_key_usage() {
    const bool authority = (X509_get_extension_flags(x509_) & EXFLAG_CA) != 0;
    const bool usable = may_sign(x509_);
    if (authority) {
      steps_.bad("key-usage",
                 signature_fault("certificate.usage",
                                 "签名所附的是签发机构（CA）的证书，不是企业的签名证书；请使用电子口岸签发的签名证书",
                                 "the signature carries the certificate of an authority (CA), not an enterprise's "
                                 "signing certificate; use the one that the E-Port issued",
                                 usable ? base::Severity::warning : severity()));
    } else if (!usable) {
      steps_.bad(
          "key-usage",
          signature_fault("certificate.usage", "证书的密钥用途不含数字签名或不可否认（可能是加密证书）；请使用签名证书",
                          "the certificate's key usage has neither digitalSignature nor nonRepudiation (it may "
                          "be the encryption certificate); use the signing certificate",
                          severity()));
    } else {
      steps_.good("key-usage", "证书可用于签名", "the certificate may be used for signatures");
    }
  }

  void judge_revocation() {
    if (terms_.trust == nullptr) {
      steps_.not_checked("revocation", "未指定根证书，未查吊销列表",
                         "no revocation list was looked at: no root certificate was given");
    } else if (chain_.trusted) {
      judge_revocation(terms_.trust->store().revocation_lists);
    }
  }

  // What issued it may be revoked as well; only its own list must be there.
  void judge_revocation(const RevocationLists& lists) {
    for (std::size_t i = 1; i < chain_.certificates.size(); ++i) {
      const auto above = look_up(lists, chain_.certificates[i].get(), terms_.now);
      if (above.revocation == Revocation::revoked) return tell_revoked(above, "上级证书", "a certificate above it");
    }
    const auto found = look_up(lists, x509_, terms_.now);
    if (found.revocation == Revocation::revoked) {
      tell_revoked(found, "证书", "the certificate");
    } else if (found.revocation == Revocation::no_list) {
      steps_.not_checked("revocation", "未给出其签发者 " + certificate_.issuer + " 的吊销列表",
                         "no revocation list of its issuer " + certificate_.issuer + " was given");
    } else if (found.next_was_due_at) {
      const auto due = base::rfc3339(*found.next_was_due_at);
      steps_.bad("revocation",
                 signature_fault("certificate.crl", "证书不在吊销列表中，但列表自 " + due + " 起已过期；请更新吊销列表",
                                 "the certificate is not on the revocation list, but the list is out of "
                                 "date since " +
                                     due + "; fetch the current one",
                                 base::Severity::warning));
    } else {
      steps_.good("revocation", "证书不在吊销列表中", "the certificate is not on the revocation list");
    }
  }

  void tell_revoked(const RevocationVerdict& found, const std::string& zh, const std::string& en) {
    const auto at = base::rfc3339(*found.revoked_at);
    const bool reason = !found.reason_en.empty();
    steps_.bad(
        "revocation",
        signature_fault(
            "certificate.revoked",
            zh + "已于 " + at + " 被吊销" + (reason ? "（" + found.reason_zh + "）" : "") + "；请更换证书",
            en + " was revoked on " + at + (reason ? " (" + found.reason_en + ")" : "") + "; use another certificate"));
  }

  void judge_company() {
    if (terms_.company.empty()) {
      steps_.not_checked("company", "未给出企业名称，未比较", "not compared: no company name was given");
      return;
    }
    const auto names = companies_of(certificate_);
    std::string listed;
    for (const auto& name : names) listed += (listed.empty() ? "" : ", ") + name;
    if (names.empty()) {
      steps_.not_checked("company", "证书中没有企业名称", "the certificate names no company");
    } else if (std::ranges::any_of(names, [&](const auto& name) { return same_company(name, terms_.company); })) {
      steps_.good("company", "证书属于 " + terms_.company, "the certificate belongs to " + terms_.company);
    } else {
      steps_.bad("company", signature_fault("signature.company",
                                            "证书属于 " + listed + "，设置的企业名称是 " + terms_.company +
                                                "；请核对是否用错了证书",
                                            "the certificate belongs to " + listed + ", the configured name is " +
                                                terms_.company + "; check whether this is the right certificate",
                                            base::Severity::warning));
    }
  }

  const VerifyTerms& terms_;
  const Certificate& certificate_;
  X509* x509_;
  Steps& steps_;
  ChainVerdict chain_;
};

}  // namespace

void judge_certificate_use(const VerifyTerms& terms, const Verification& result, Steps& steps) {
  CertificateUse(terms, result, steps).judge();
}

}  // namespace signing
