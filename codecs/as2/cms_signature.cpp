#include "codecs/as2/cms_signature.h"

#include <new>
#include <openssl/cmserr.h>
#include <openssl/err.h>
#include <optional>

#include "codecs/as2/digest_method.h"
#include "codecs/as2/faults.h"
#include "codecs/as2/private_key.h"

namespace codecs::as2 {

namespace {

constexpr const char* clause = "RFC 5652 §5";

base::Fault wrong_signature(const std::string& zh, const std::string& en) {
  return fault("as2.signature", "签名无效：" + zh + "；请发送方检查其签名证书和软件",
               "the signature is not valid: " + en + "; the sender has to look at its signing certificate and software",
               clause);
}

base::Fault wrong_signer(const std::string& zh, const std::string& en) {
  return fault("as2.signer", "签名证书不是与该伙伴约定的证书：" + zh + "；如伙伴已更换证书，请先更新约定",
               "the signature is not by a certificate agreed with the partner: " + en +
                   "; if the partner has a new certificate, agree on it first",
               "RFC 4130 §8");
}

base::Fault changed_content() {
  return fault("as2.integrity", "内容与签名不符，在签名之后被改动；请发送方重新发送",
               "the content is not what was signed, it was changed afterwards; the sender has to send it again",
               clause);
}

base::Fault unnamed_digest() {
  return fault("as2.weak_digest", "签名所用的摘要算法不被接受；应为 SHA-256、SHA-384、SHA-512 或 SHA-1",
               "the digest of the signature is not accepted; it must be SHA-256, SHA-384, SHA-512 or SHA-1",
               "RFC 5751 §2.1");
}

std::string shown_serial(CMS_SignerInfo* signer) {
  ASN1_INTEGER* serial = nullptr;
  if (CMS_SignerInfo_get0_signer_id(signer, nullptr, nullptr, &serial) != 1 || serial == nullptr) return "?";
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(ASN1_INTEGER_to_BN(serial, nullptr), BN_free);
  if (!number) return "?";
  const std::unique_ptr<char, void (*)(char*)> digits(BN_bn2hex(number.get()), [](char* text) { OPENSSL_free(text); });
  return digits ? digits.get() : "?";
}

std::optional<Digest> digest_of(CMS_SignerInfo* signer) {
  X509_ALGOR* algorithm = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &algorithm, nullptr);
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  for (const Digest digest : {Digest::sha1, Digest::sha256, Digest::sha384, Digest::sha512}) {
    if (OBJ_obj2nid(object) == EVP_MD_get_type(digest_method(digest))) return digest;
  }
  return std::nullopt;
}

// A certificate of the message with the agreed one's name and number that is not it, byte for byte.
bool has_impostor(CMS_ContentInfo* signature, CMS_SignerInfo* signer, const signing::Certificate& agreed) {
  const CertificateStack enclosed(CMS_get1_certs(signature));
  for (int i = 0; enclosed && i < sk_X509_num(enclosed.get()); ++i) {
    X509* certificate = sk_X509_value(enclosed.get(), i);
    if (CMS_SignerInfo_cert_cmp(signer, certificate) == 0 && X509_cmp(certificate, x509_of(agreed)) != 0) return true;
  }
  return false;
}

base::Result<CMS_SignerInfo*> only_signer(CMS_ContentInfo* signature) {
  STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(signature);
  const int count = signers == nullptr ? 0 : sk_CMS_SignerInfo_num(signers);
  if (count == 1) return sk_CMS_SignerInfo_value(signers, 0);
  return wrong_signature("应恰好有一个签名者，实有 " + std::to_string(count) + " 个",
                         "there must be exactly one signer, and there are " + std::to_string(count));
}

base::Result<const signing::Certificate*> agreed_signer(CMS_ContentInfo* signature, CMS_SignerInfo* signer,
                                                        std::span<const signing::Certificate> agreed) {
  for (const signing::Certificate& certificate : agreed) {
    if (CMS_SignerInfo_cert_cmp(signer, x509_of(certificate)) != 0) continue;
    if (!has_impostor(signature, signer, certificate)) return &certificate;
    return wrong_signer("序列号 " + certificate.serial + " 相同，但证书内容不同",
                        "it has the serial number " + certificate.serial + ", but is another certificate");
  }
  const std::string serial = shown_serial(signer);
  return wrong_signer("序列号 " + serial, "its serial number is " + serial);
}

base::Result<VerifiedSignature> verify(CMS_ContentInfo* signature, BIO* content,
                                       std::span<const signing::Certificate> agreed) {
  const auto signer = only_signer(signature);
  if (!signer) return signer.faults();
  const auto certificate = agreed_signer(signature, *signer, agreed);
  if (!certificate) return certificate.faults();
  const auto digest = digest_of(*signer);
  if (!digest) return unnamed_digest();
  const auto signed_bytes = new_writer();
  constexpr unsigned flags = CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY;
  const bool holds =
      CMS_verify(signature, only(x509_of(**certificate)).get(), nullptr, content, signed_bytes.get(), flags) == 1;
  const int reason = ERR_GET_REASON(ERR_peek_last_error());
  ERR_clear_error();
  if (holds) return VerifiedSignature{**certificate, *digest, written_in(signed_bytes.get())};
  if (reason == CMS_R_CONTENT_VERIFY_ERROR) return changed_content();
  return wrong_signature("与签名者的公钥不符", "it does not fit the signer's public key");
}

}  // namespace

base::Result<std::string> sign_detached(std::string_view content, const KeyPair& key, Digest digest) {
  constexpr unsigned flags = CMS_BINARY | CMS_DETACHED | CMS_PARTIAL;
  const auto reader = reader_of(content);
  const Cms cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags));
  const bool done =
      cms &&
      CMS_add1_signer(cms.get(), x509_of(key.certificate()), key_of(key), digest_method(digest), flags) != nullptr &&
      CMS_final(cms.get(), reader.get(), nullptr, flags) == 1;
  ERR_clear_error();
  if (done) return der_of(cms.get());
  return fault("as2.sign", "用 AS2 私钥签名失败；请检查密钥是否完整、是否足够长",
               "signing with the AS2 key failed; check that it is whole and long enough");
}

base::Result<VerifiedSignature> verify_detached(CMS_ContentInfo* signature, std::string_view content,
                                                std::span<const signing::Certificate> agreed) {
  // Of a bare memory BIO OpenSSL 3.0 makes a copy, which it loses where a digest is not known to it.
  const auto reader = reader_of(content);
  const signing::Handle<BIO> filter(BIO_new(BIO_f_null()));
  if (!filter) throw std::bad_alloc();
  BIO_push(filter.get(), reader.get());
  return verify(signature, filter.get(), agreed);
}

base::Result<VerifiedSignature> verify_enclosed(CMS_ContentInfo* signature,
                                                std::span<const signing::Certificate> agreed) {
  ASN1_OCTET_STRING** content = CMS_get0_content(signature);
  if (content == nullptr || *content == nullptr)
    return wrong_signature("没有被签名的内容", "what was signed is not there");
  return verify(signature, nullptr, agreed);
}

}  // namespace codecs::as2
