#include "signing/verify.h"

#include <algorithm>
#include <openssl/x509v3.h>

#include "base/base64.h"
#include "base/xml.h"
#include "signing/algorithm_guess.h"
#include "signing/canonical.h"
#include "signing/certificate_reading.h"
#include "signing/certificate_use.h"
#include "signing/diagnosis.h"
#include "signing/digest.h"
#include "signing/recovered_digest.h"
#include "signing/signature_shape.h"
#include "signing/signature_text.h"
#include "signing/signature_value.h"
#include "signing/steps.h"
#include "signing/subject.h"

namespace signing {

namespace {

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

bool has_uris(const SignatureShape& shape, const Dialect& dialect) {
  return dialect.signature_method == shape.signature_method && dialect.digest_method == shape.digest_method;
}

const Dialect* dialect_of(const SignatureShape& shape, const VerifyTerms& terms) {
  if (terms.expected != nullptr && has_uris(shape, *terms.expected)) return terms.expected;
  const auto found =
      std::ranges::find_if(terms.dialects, [&](const Dialect& dialect) { return has_uris(shape, dialect); });
  return found == terms.dialects.end() ? nullptr : &*found;
}

std::string sentences(const std::vector<Cause>& causes, std::string Cause::*language) {
  std::string text;
  for (const auto& cause : causes) text += (text.empty() ? "" : "; ") + cause.*language;
  return text;
}

// What else may have been taken for the SM2 user id.
std::vector<std::string> user_ids(const Certificate& certificate, const VerifyTerms& terms,
                                  const std::optional<EportFacts>& eport) {
  std::vector<std::string> ids{"", "ALICE123@YAHOO.COM", certificate.serial, terms.company};
  std::string upper = certificate.serial;
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  ids.push_back(upper);
  for (const int kind : {NID_commonName, NID_organizationalUnitName, NID_organizationName, NID_serialNumber}) {
    for (const auto& field : subject_fields(certificate.read->x509.get(), kind)) ids.push_back(field);
  }
  if (eport) ids.insert(ids.end(), {eport->company, eport->card_number, eport->organisation_code});
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

class Judgement {
 public:
  explicit Judgement(const VerifyTerms& terms) : terms_(terms), steps_(result_) {}

  Verification run(std::string_view xml, const base::XmlDocument& document) {
    xml_ = xml;
    steps_.good("parse", "报文可读，没有文档类型声明", "the text is well-formed and has no document type declaration");
    if (auto shape = read_signature_shape(document.get())) {
      judge(*shape);
    } else {
      for (const auto& found : shape.faults()) steps_.bad(step_of(found.code), found);
      show_canonical(document.get());
    }
    result_.valid = fits_ && !base::has_error(result_.faults);
    return std::move(result_);
  }

  Verification unreadable(const base::Faults& faults) {
    for (const auto& found : faults) steps_.bad("parse", found);
    return std::move(result_);
  }

 private:
  static std::string_view step_of(const std::string& code) {
    return code == "signature.transforms"    ? "transforms"
           : code == "signature.certificate" ? "certificate"
                                             : "reference";
  }

  // The bytes as they would be if the signature had its right form.
  void show_canonical(const xmlDoc* document) {
    const auto signatures = signatures_in(document);
    if (signatures.size() != 1) return;
    const auto parts = elements_in(signatures.front());
    if (!parts.empty() && is_dsig(parts.front(), "SignedInfo")) {
      result_.canonical_signed_info = canonical_element(parts.front());
    }
    if (terms_.canonical == CanonicalBytes::of_document_too) {
      result_.canonical_document = canonical_document(signatures.front());
    }
  }

  void judge(const SignatureShape& shape) {
    steps_.good("reference", "唯一的签名覆盖整个报文（URI=\"\"）",
                "the one signature covers the whole message (URI=\"\")");
    steps_.good("transforms", "enveloped-signature，C14N 1.0（不含注释）",
                "enveloped-signature, C14N 1.0 without comments");
    judge_dialect(shape);
    judge_certificate(shape);
    result_.canonical_signed_info = canonical_element(shape.signed_info);
    document_ = canonical_document(shape.signature);
    judge_value_form(shape);
    if (dialect_ != nullptr) {
      judge_cryptography(shape);
    } else {
      guess_algorithms(shape);
    }
    if (result_.certificate && terms_.own == nullptr) judge_certificate_use(terms_, result_, steps_);
    if (terms_.canonical == CanonicalBytes::of_document_too) result_.canonical_document = std::move(document_);
  }

  void judge_dialect(const SignatureShape& shape) {
    dialect_ = dialect_of(shape, terms_);
    const std::string found = shape.signature_method + " + " + shape.digest_method;
    if (dialect_ != nullptr) result_.dialect = dialect_->name;
    if (terms_.expected != nullptr && dialect_ != terms_.expected) {
      const std::string name = dialect_ == nullptr ? "" : "（" + dialect_->name + "）";
      steps_.bad("dialect",
                 signature_fault("signature.dialect",
                                 "此口岸要求 " + described(*terms_.expected) + "，报文的算法组合是 " + found + name,
                                 "this port takes " + described(*terms_.expected) + ", the message has " + found +
                                     (dialect_ == nullptr ? "" : " (" + dialect_->name + ")")));
      if (dialect_ != nullptr) add({other_dialect(*dialect_, *terms_.expected)});
    } else if (dialect_ != nullptr) {
      steps_.good("dialect", dialect_->name + "：" + found, dialect_->name + ": " + found);
    } else {
      std::string allowed;
      for (const auto& known : terms_.dialects) allowed += (allowed.empty() ? "" : "; ") + described(known);
      steps_.bad("dialect", signature_fault("signature.dialect", "算法组合 " + found + " 不被接受；允许：" + allowed,
                                            "the algorithms " + found + " are not accepted; allowed: " + allowed));
    }
  }

  static std::string described(const Dialect& dialect) {
    return dialect.name + " = " + dialect.signature_method + " + " + dialect.digest_method;
  }

  void judge_certificate(const SignatureShape& shape) {
    if (terms_.own != nullptr && is_own(shape.certificates)) return judge_certificate_of_key(shape, *terms_.own);
    const auto der = shape.certificates.empty() ? std::nullopt : base::read_base64(shape.certificates.front());
    if (!der || der->empty()) {
      return bad_certificate("KeyInfo/X509Data/X509Certificate 缺失或不是 Base64；请随签名附上证书",
                             "KeyInfo/X509Data/X509Certificate is absent or no Base64; put the certificate in");
    }
    const auto facts = Certificate::from_der(*der);
    if (!facts && facts.faults().front().code == "key.form") {
      return bad_certificate("X509Certificate 的内容不是 X.509 证书；请附上 DER 证书的 Base64",
                             "X509Certificate holds no X.509 certificate; it must be the Base64 of the DER form");
    }
    if (!facts) return steps_.bad("key", facts.faults().front());
    if (!is_chain(*facts, shape.certificates)) {
      return bad_certificate(
          "KeyInfo 中有多张证书，而且不是第一张证书的证书链，无法确定由哪一张签名；请只附签名证书",
          "KeyInfo holds several certificates that are not the chain of the first, so it is not clear which one "
          "signed; put in the signing certificate alone");
    }
    result_.eport = read_eport_extensions(facts->read->x509.get());
    judge_certificate_of_key(shape, *facts);
  }

  bool is_own(const std::vector<std::string>& written) const {
    return written.size() == 1 && written.front() == base::base64(terms_.own->der);
  }

  void judge_certificate_of_key(const SignatureShape& shape, const Certificate& certificate) {
    result_.certificate = certificate;
    steps_.good("certificate", "证书序列号 " + certificate.serial + "，" + certificate.subject,
                "certificate " + certificate.serial + ", " + certificate.subject);
    judge_key_name(trimmed(shape.key_name), certificate);
    judge_key(certificate.key_kind);
  }

  void bad_certificate(std::string zh, std::string en) {
    steps_.bad("certificate", signature_fault("signature.certificate", std::move(zh), std::move(en)));
  }

  // Each one issued by the next. Nothing is trusted for it: only what is configured is.
  static bool is_chain(const Certificate& first, const std::vector<std::string>& written) {
    Handle<X509> held;
    X509* below = first.read->x509.get();
    for (std::size_t i = 1; i < written.size(); ++i) {
      const auto der = base::read_base64(written[i]);
      Handle<X509> above = der ? read_x509_der(*der) : nullptr;
      if (!above || X509_check_issued(above.get(), below) != X509_V_OK) return false;
      held = std::move(above);
      below = held.get();
    }
    return true;
  }

  void judge_key_name(const std::string& found, const Certificate& certificate) {
    const std::string wanted = dialect_ == nullptr ? certificate.serial : key_name(*dialect_, certificate);
    if (found == wanted) return;
    steps_.bad("certificate",
               signature_fault("signature.key-name", "KeyName “" + found + "” 与证书序列号 " + wanted + " 不一致",
                               "KeyName “" + found + "” is not the certificate's serial number " + wanted,
                               base::Severity::warning));
    add({cause_named("key-name", {"：应为 " + wanted, ": it must be " + wanted})});
  }

  void judge_key(KeyKind kind) {
    const std::string found = kind == KeyKind::sm2 ? "SM2" : "RSA";
    if (dialect_ == nullptr) return;
    if (key_kind(dialect_->signature) == kind) {
      key_ = result_.certificate->read->public_key();
      return steps_.good("key", found + " 公钥与算法一致", "the " + found + " key fits the algorithm");
    }
    steps_.bad("key",
               signature_fault(
                   "signature.key", "证书是 " + found + " 公钥，与签名算法 " + dialect_->signature_method + " 不符",
                   "the certificate has an " + found + " key, which does not fit " + dialect_->signature_method));
  }

  // Leaves r and s, or RSA's bytes, in value_.
  void judge_value_form(const SignatureShape& shape) {
    value_ = base::read_base64(shape.signature_value).value_or("");
    const auto size = std::to_string(value_.size());
    if (value_.empty()) {
      steps_.bad("value-form", signature_fault("signature.value", "SignatureValue 为空或不是 Base64",
                                               "SignatureValue is empty or no Base64"));
    } else if (dialect_ == nullptr) {
      return;
    } else if (key_kind(dialect_->signature) == KeyKind::rsa || has_wanted_sm2_form()) {
      value_form_fits_ = true;
      steps_.good("value-form", size + " 字节", size + " bytes");
    } else {
      steps_.bad("value-form", wrong_sm2_form(size));
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
      return signature_fault(
          "signature.value", "SM2 签名值不是 DER 编码（" + size + " 字节）；此签名方式要求 r 与 s 的 DER 序列",
          "the SM2 value is not in DER form (" + size + " bytes); this dialect takes the SEQUENCE of r and s");
    }
    if (sm2_value_of_der(value_)) {
      return signature_fault(
          "signature.value", "SM2 签名值是 DER 编码（" + size + " 字节）；海关要求 r 与 s 直接拼接，共 64 字节",
          "the SM2 value is in DER form (" + size + " bytes); customs takes r and s side by side, 64 bytes");
    }
    return signature_fault("signature.value", "SM2 签名值为 " + size + " 字节；应为 r 与 s 直接拼接的 64 字节",
                           "the SM2 value has " + size + " bytes; it must be r and s side by side, 64 bytes");
  }

  void judge_cryptography(const SignatureShape& shape) {
    const auto digest = base::read_base64(trimmed(shape.digest_value));
    const bool digest_fits = digest && *digest == digest_of(dialect_->digest, document_);
    const bool value_is_good = key_ != nullptr && value_form_fits_ &&
                               value_fits(key_, dialect_->signature, result_.canonical_signed_info, value_);
    fits_ = digest_fits && value_is_good;
    Diagnosis diagnosis;
    if (!fits_) diagnosis = diagnosed(shape, digest_fits, value_is_good);
    tell_digest(digest_fits, value_is_good, diagnosis.of_digest);
    if (value_is_good) {
      steps_.good("signed-info", "SignatureValue 与 SignedInfo 及证书公钥相符",
                  "SignatureValue fits SignedInfo and the certificate's key");
    } else if (key_ != nullptr) {
      tell_value(diagnosis);
    }
  }

  Diagnosis diagnosed(const SignatureShape& shape, bool digest_fits, bool value_is_good) {
    auto found = diagnose({.xml = xml_,
                           .shape = shape,
                           .dialect = *dialect_,
                           .canonical_document = document_,
                           .canonical_signed_info = result_.canonical_signed_info,
                           .digest_fits = digest_fits,
                           .value_fits = value_is_good,
                           .key = key_,
                           .user_ids = key_ == nullptr ? std::vector<std::string>()
                                                       : user_ids(*result_.certificate, terms_, result_.eport)});
    add(found.of_digest);
    add(found.of_value);
    add(found.of_signed_info);
    return found;
  }

  // Each is told once.
  void add(const std::vector<Cause>& causes) {
    for (const auto& cause : causes) {
      if (std::ranges::find(result_.causes, cause.name, &Cause::name) == result_.causes.end()) {
        result_.causes.push_back(cause);
      }
    }
  }

  void tell_digest(bool fits, bool value_is_good, const std::vector<Cause>& causes) {
    if (fits) return steps_.good("digest", "报文摘要与 DigestValue 一致", "the message's digest is the DigestValue");
    const std::string zh = "报文摘要与 DigestValue 不同：", en = "the message's digest differs from DigestValue: ";
    if (!causes.empty()) {
      steps_.bad("digest", signature_fault("signature.digest", zh + sentences(causes, &Cause::zh),
                                           en + sentences(causes, &Cause::en)));
    } else if (value_is_good) {
      steps_.bad(
          "digest",
          signature_fault("signature.digest", zh + "签名之后报文内容被改动（DigestValue 本身未变），请重新签名",
                          en + "the content was changed after signing (DigestValue itself was not); sign it again"));
    } else {
      steps_.bad("digest", signature_fault("signature.digest", zh + "报文内容或 DigestValue 被改动，请重新签名",
                                           en + "the content or DigestValue was changed; sign it again"));
    }
  }

  void tell_value(const Diagnosis& diagnosis) {
    if (value_form_fits_ && !diagnosis.of_value.empty()) {
      steps_.bad("value-form", signature_fault("signature.value", sentences(diagnosis.of_value, &Cause::zh),
                                               sentences(diagnosis.of_value, &Cause::en)));
    }
    if (!diagnosis.value_was_found) {
      if (value_form_fits_) tell_mismatch(unexplained());
    } else if (diagnosis.of_signed_info.empty()) {
      steps_.good("signed-info", "SignatureValue 换成正确的写法后与 SignedInfo 相符",
                  "SignatureValue fits SignedInfo once it is written rightly");
    } else {
      tell_mismatch({sentences(diagnosis.of_signed_info, &Cause::zh), sentences(diagnosis.of_signed_info, &Cause::en)});
    }
  }

  void tell_mismatch(const CauseDetail& why) {
    steps_.bad("signed-info", signature_fault("signature.mismatch", "SignatureValue 与 SignedInfo 不符：" + why.zh,
                                              "SignatureValue does not fit SignedInfo: " + why.en));
  }

  // RSA tells whether it was the key; SM2 cannot.
  CauseDetail unexplained() const {
    if (key_kind(dialect_->signature) == KeyKind::rsa && recovered_digest(key_, value_)) {
      return {"签名值确由此证书的私钥所签，但签的是另一个 SignedInfo：签名之后 SignedInfo 被改动，请重新签名",
              "this certificate's key has made the value, but over another SignedInfo: SignedInfo was changed after "
              "signing; sign it again"};
    }
    return {"SignedInfo 或 SignatureValue 被改动，或签名用的不是这张证书的私钥，请重新签名",
            "SignedInfo or SignatureValue was changed, or another key than this certificate's signed; sign it again"};
  }

  // Well signed, only the URIs are wrong?
  void guess_algorithms(const SignatureShape& shape) {
    if (!result_.certificate) return;
    const auto proven =
        proven_algorithms(result_.certificate->read->public_key(), {.document = document_,
                                                                    .signed_info = result_.canonical_signed_info,
                                                                    .digest_value = shape.digest_value,
                                                                    .signature_value = shape.signature_value});
    if (!proven) return;
    const auto accepted = terms_.expected == nullptr ? terms_.dialects : std::span<const Dialect>(terms_.expected, 1);
    add({wrong_uris(*proven, accepted)});
  }

  const VerifyTerms& terms_;
  Verification result_;
  Steps steps_;
  std::string_view xml_;
  const Dialect* dialect_ = nullptr;
  EVP_PKEY* key_ = nullptr;  // where its kind is the dialect's
  std::string value_, document_;
  bool value_form_fits_ = false, fits_ = false;
};

}  // namespace

Verification verify(std::string_view xml, const VerifyTerms& terms) {
  const auto document = base::XmlDocument::read(xml);
  return document ? verify(xml, *document, terms) : Judgement(terms).unreadable(document.faults());
}

Verification verify(std::string_view xml, const base::XmlDocument& document, const VerifyTerms& terms) {
  return Judgement(terms).run(xml, document);
}

}  // namespace signing
