#include "signing/verify.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "base/xml.h"
#include "signing/canonical.h"
#include "signing/certificate_reading.h"
#include "signing/diagnosis.h"
#include "signing/digest.h"
#include "signing/signature_shape.h"
#include "signing/signature_text.h"
#include "signing/signature_value.h"
#include "signing/trust.h"

namespace signing {

namespace {

constexpr std::array step_names{"parse",      "reference", "transforms", "dialect", "certificate", "key",
                                "value-form", "digest",    "signature",  "chain",   "dates"};

base::Fault fault(const char* code, std::string zh, std::string en, base::Severity severity = base::Severity::error) {
  return {.code = code,
          .path = {},
          .zh = std::move(zh),
          .en = std::move(en),
          .source = "报文规范 202205 §6",
          .severity = severity};
}

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

const Dialect* dialect_of(const SignatureShape& shape, std::span<const Dialect> known) {
  const auto found = std::ranges::find_if(known, [&](const Dialect& dialect) {
    return dialect.signature_method == shape.signature_method && dialect.digest_method == shape.digest_method;
  });
  return found == known.end() ? nullptr : &*found;
}

class Judgement {
 public:
  explicit Judgement(const VerifyTerms& terms) : terms_(terms) {
    for (const char* name : step_names) {
      result_.steps.push_back(
          {name, StepVerdict::not_checked, "因其他步骤有误而未检查", "not checked because of another step"});
    }
  }

  Verification run(std::string_view xml) {
    if (auto document = base::XmlDocument::read(xml)) {
      good("parse", "报文可读，没有文档类型声明", "the text is well-formed and has no document type declaration");
      if (auto shape = read_signature_shape(document->get())) {
        judge(*shape);
      } else {
        for (const auto& found : shape.faults()) bad(step_of(found.code), found);
      }
    } else {
      for (const auto& found : document.faults()) bad("parse", found);
    }
    result_.valid = fits_ && !base::has_error(result_.faults);
    return std::move(result_);
  }

 private:
  Step& step(std::string_view name) {
    return *std::find_if(result_.steps.begin(), result_.steps.end(), [&](const Step& s) { return s.name == name; });
  }

  void good(std::string_view name, std::string zh, std::string en) {
    step(name) = {std::string(name), StepVerdict::good, std::move(zh), std::move(en)};
  }

  void bad(std::string_view name, const base::Fault& found) {
    step(name) = {std::string(name), StepVerdict::bad, found.zh, found.en};
    result_.faults.push_back(found);
  }

  static std::string_view step_of(const std::string& code) {
    return code == "signature.transforms" ? "transforms" : "reference";
  }

  void judge(const SignatureShape& shape) {
    good("reference", "唯一的签名覆盖整个报文（URI=\"\"）", "the one signature covers the whole message (URI=\"\")");
    good("transforms", "enveloped-signature，C14N 1.0（不含注释）", "enveloped-signature, C14N 1.0 without comments");
    judge_dialect(shape);
    judge_certificate(shape);
    judge_value_form(shape);
    if (dialect_ != nullptr) judge_cryptography(shape);
    if (result_.certificate) judge_trust();
  }

  void judge_dialect(const SignatureShape& shape) {
    dialect_ = dialect_of(shape, terms_.dialects);
    const std::string found = shape.signature_method + " + " + shape.digest_method;
    if (dialect_ != nullptr) {
      result_.dialect = dialect_->name;
      good("dialect", dialect_->name + "：" + found, dialect_->name + ": " + found);
      return;
    }
    std::string allowed;
    for (const auto& known : terms_.dialects) {
      allowed +=
          (allowed.empty() ? "" : "; ") + known.name + " = " + known.signature_method + " + " + known.digest_method;
    }
    bad("dialect", fault("signature.dialect", "算法组合 " + found + " 不被接受；允许：" + allowed,
                         "the algorithms " + found + " are not accepted; allowed: " + allowed));
  }

  void judge_certificate(const SignatureShape& shape) {
    const auto der = base::read_base64(shape.certificate);
    if (!der || der->empty()) {
      bad("certificate",
          fault("signature.certificate", "KeyInfo/X509Data/X509Certificate 缺失或不是 Base64；请随签名附上证书",
                "KeyInfo/X509Data/X509Certificate is absent or no Base64; put the certificate in"));
      return;
    }
    const auto facts = terms_.own != nullptr && terms_.own->der == *der ? base::Result<Certificate>(*terms_.own)
                                                                        : Certificate::from_der(*der);
    if (!facts && facts.faults().front().code == "key.form") {
      bad("certificate",
          fault("signature.certificate", "X509Certificate 的内容不是 X.509 证书；请附上 DER 证书的 Base64",
                "X509Certificate holds no X.509 certificate; it must be the Base64 of the DER form"));
      return;
    }
    if (!facts) {
      bad("key", facts.faults().front());
      return;
    }
    result_.certificate = *facts;
    good("certificate", "证书序列号 " + facts->serial + "，" + facts->subject,
         "certificate " + facts->serial + ", " + facts->subject);
    judge_key_name(trimmed(shape.key_name), *facts);
    judge_key(facts->key_kind);
  }

  void judge_key_name(const std::string& found, const Certificate& certificate) {
    const std::string wanted = dialect_ == nullptr ? certificate.serial : key_name(*dialect_, certificate);
    if (found == wanted) return;
    bad("certificate",
        fault("signature.key-name", "KeyName “" + found + "” 与证书序列号 " + wanted + " 不一致",
              "KeyName “" + found + "” is not the certificate's serial number " + wanted, base::Severity::warning));
  }

  void judge_key(KeyKind kind) {
    const std::string found = kind == KeyKind::sm2 ? "SM2" : "RSA";
    if (dialect_ == nullptr) return;
    if (key_kind(dialect_->signature) == kind) {
      key_fits_ = true;
      good("key", found + " 公钥与算法一致", "the " + found + " key fits the algorithm");
      return;
    }
    bad("key", fault("signature.key", "证书是 " + found + " 公钥，与签名算法 " + dialect_->signature_method + " 不符",
                     "the certificate has an " + found + " key, which does not fit " + dialect_->signature_method));
  }

  // Leaves r and s, or RSA's bytes, in value_.
  void judge_value_form(const SignatureShape& shape) {
    value_ = base::read_base64(shape.signature_value).value_or("");
    const auto size = std::to_string(value_.size());
    if (value_.empty()) {
      bad("value-form",
          fault("signature.value", "SignatureValue 为空或不是 Base64", "SignatureValue is empty or no Base64"));
    } else if (dialect_ == nullptr) {
      return;
    } else if (key_kind(dialect_->signature) == KeyKind::rsa || has_wanted_sm2_form()) {
      value_form_fits_ = true;
      good("value-form", size + " 字节", size + " bytes");
    } else {
      bad("value-form", wrong_sm2_form(size));
    }
  }

  bool has_wanted_sm2_form() {
    if (dialect_->value_form == ValueForm::raw) return value_.size() == sm2_value_size;
    auto pair = sm2_value_of_der(value_);
    if (pair) value_ = std::move(*pair);
    return pair.has_value();
  }

  base::Fault wrong_sm2_form(const std::string& size) const {
    if (dialect_->value_form == ValueForm::der) {
      return fault("signature.value", "SM2 签名值不是 DER 编码（" + size + " 字节）；此签名方式要求 r 与 s 的 DER 序列",
                   "the SM2 value is not in DER form (" + size + " bytes); this dialect takes the SEQUENCE of r and s");
    }
    if (sm2_value_of_der(value_)) {
      return fault("signature.value",
                   "SM2 签名值是 DER 编码（" + size + " 字节）；海关要求 r 与 s 直接拼接，共 64 字节",
                   "the SM2 value is in DER form (" + size + " bytes); customs takes r and s side by side, 64 bytes");
    }
    return fault("signature.value", "SM2 签名值为 " + size + " 字节；应为 r 与 s 直接拼接的 64 字节",
                 "the SM2 value has " + size + " bytes; it must be r and s side by side, 64 bytes");
  }

  void judge_cryptography(const SignatureShape& shape) {
    result_.canonical_signed_info = canonical_element(shape.signed_info);
    const auto digest = base::read_base64(trimmed(shape.digest_value));
    const bool digest_fits = digest && *digest == digest_of(dialect_->digest, canonical_document(shape.signature));
    const bool may_judge = key_fits_ && value_form_fits_;
    const bool value_is_good = may_judge && value_fits(result_.certificate->read->public_key(), dialect_->signature,
                                                       result_.canonical_signed_info, value_);
    judge_digest(digest_fits, value_is_good);
    if (may_judge) judge_value(value_is_good);
    fits_ = digest_fits && value_is_good;
  }

  void judge_digest(bool digest_fits, bool value_is_good) {
    if (digest_fits) {
      good("digest", "报文摘要与 DigestValue 一致", "the message's digest is the DigestValue");
    } else if (value_is_good) {
      bad("digest", fault("signature.digest",
                          "报文摘要与 DigestValue 不同：签名之后报文内容被改动（DigestValue 本身未变），请重新签名",
                          "the message's digest differs from DigestValue: the content was changed after signing "
                          "(DigestValue itself was not); sign it again"));
    } else {
      bad("digest", fault("signature.digest", "报文摘要与 DigestValue 不同：报文内容或 DigestValue 被改动，请重新签名",
                          "the message's digest differs from DigestValue: the content or DigestValue was changed; sign "
                          "it again"));
    }
  }

  void judge_value(bool value_is_good) {
    if (value_is_good) {
      good("signature", "SignatureValue 与证书公钥相符", "SignatureValue fits the certificate's key");
      return;
    }
    const auto why = why_value_fails(result_.certificate->read->public_key(), dialect_->signature,
                                     result_.canonical_signed_info, value_);
    const std::string zh =
        why ? why->zh : "SignedInfo 或 SignatureValue 被改动，或签名用的不是这张证书的私钥，请重新签名";
    const std::string en = why ? why->en
                               : "SignedInfo or SignatureValue was changed, or another key than this certificate's "
                                 "signed; sign it again";
    bad("signature", fault("signature.mismatch", "SignatureValue 与 SignedInfo 不符：" + zh,
                           "SignatureValue does not fit SignedInfo: " + en));
  }

  void judge_trust() {
    const auto& certificate = *result_.certificate;
    bool within_dates = certificate.not_before <= terms_.now && terms_.now <= certificate.not_after;
    if (terms_.trust == nullptr) {
      const auto untold = fault("certificate.chain", "未指定根证书，未判断证书链",
                                "no chain judged: no root certificate was given", base::Severity::warning);
      step("chain") = {"chain", StepVerdict::not_checked, untold.zh, untold.en};
      result_.faults.push_back(untold);
    } else {
      const auto chain = judge_chain(terms_.trust->store(), result_.certificate->read->x509.get(), terms_.now);
      within_dates = within_dates && chain.within_dates;
      judge_issuer(chain);
    }
    const std::string dates = base::rfc3339(certificate.not_before) + " – " + base::rfc3339(certificate.not_after);
    if (within_dates) {
      good("dates", "证书在有效期内：" + dates, "the certificate is within its dates: " + dates);
      return;
    }
    bad("dates",
        fault("certificate.dates", "证书（或其上级证书）不在有效期内：" + dates + "；请更换证书",
              "the certificate, or one above it, is outside its dates: " + dates + "; use a current certificate",
              terms_.trust == nullptr ? base::Severity::warning : base::Severity::error));
  }

  void judge_issuer(const ChainVerdict& chain) {
    const auto& issuer = result_.certificate->issuer;
    if (chain.trusted) {
      good("chain", "证书链可信，签发者 " + issuer, "the chain is trusted, issued by " + issuer);
      return;
    }
    bad("chain", fault("certificate.chain",
                       "证书不是由所给根证书签发的，签发者 " + issuer + "（" + chain.reason + "）；请检查根证书",
                       "the certificate does not lead to a given root; issued by " + issuer + " (" + chain.reason +
                           "); check the root certificates"));
  }

  const VerifyTerms& terms_;
  Verification result_;
  const Dialect* dialect_ = nullptr;
  std::string value_;
  bool key_fits_ = false, value_form_fits_ = false, fits_ = false;
};

}  // namespace

Verification verify(std::string_view xml, const VerifyTerms& terms) { return Judgement(terms).run(xml); }

}  // namespace signing
