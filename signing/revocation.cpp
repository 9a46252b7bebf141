#include "signing/revocation.h"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "signing/certificate_reading.h"
#include "signing/signature_value.h"

namespace signing {

namespace {

struct FreeRevocation {
  void operator()(ISSUING_DIST_POINT* point) const { ISSUING_DIST_POINT_free(point); }
  void operator()(CRL_DIST_POINTS* points) const { CRL_DIST_POINTS_free(points); }
  void operator()(ASN1_ENUMERATED* number) const { ASN1_ENUMERATED_free(number); }
  void operator()(unsigned char* der) const { OPENSSL_free(der); }
};
template <class T>
using OwnedRevocation = std::unique_ptr<T, FreeRevocation>;

base::Fault revocation_fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = "RFC 5280 §5"};
}

base::Fault unreadable(const std::string& file) {
  return revocation_fault("trust.read", "无法读取吊销列表文件 " + file + "；请检查路径和读取权限",
                          "cannot read the revocation list " + file + "; check the path and the right to read it");
}

base::Fault misformed(const std::string& file) {
  return revocation_fault("trust.form", "文件 " + file + " 中没有吊销列表（PEM 或 DER）",
                          "the file " + file + " holds no revocation list (PEM or DER)");
}

base::Fault unusable(const std::string& file, const std::string& zh, const std::string& en) {
  return revocation_fault("trust.crl", "吊销列表 " + file + " 不可用：" + zh,
                          "the revocation list " + file + " cannot be used: " + en);
}

RevocationLists lists_in(BIO* bio) {
  RevocationLists found;
  while (X509_CRL* list = PEM_read_bio_X509_CRL(bio, nullptr, nullptr, nullptr)) found.emplace_back(list);
  if (found.empty() && BIO_seek(bio, 0) == 0) {
    if (X509_CRL* list = d2i_X509_CRL_bio(bio, nullptr)) found.emplace_back(list);
  }
  ERR_clear_error();
  return found;
}

// The bytes of tbsCertList as they came.
std::string signed_part(const X509_CRL* list) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_CRL(list, &der);
  const OwnedRevocation<unsigned char> whole(der);
  const unsigned char* at = der;
  long length = 0;
  int tag = 0, tag_class = 0;
  if (size <= 0 || (ASN1_get_object(&at, &length, &tag, &tag_class, size) & 0x80) != 0) return {};
  const unsigned char* begin = at;
  if ((ASN1_get_object(&at, &length, &tag, &tag_class, der + size - at) & 0x80) != 0) return {};
  return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(at + length - begin)};
}

bool is_signed_by(X509_CRL* list, EVP_PKEY* key) {
  if (X509_CRL_get_signature_nid(list) != NID_SM2_with_SM3) return X509_CRL_verify(list, key) == 1;
  const ASN1_BIT_STRING* value = nullptr;
  X509_CRL_get0_signature(list, &value, nullptr);
  const std::string_view der(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                             static_cast<std::size_t>(ASN1_STRING_length(value)));
  const auto pair = sm2_value_of_der(der);
  return pair && kind_of(key) == KeyKind::sm2 && value_fits(key, SignatureAlgorithm::sm2_sm3, signed_part(list), *pair);
}

bool is_issuer(X509_CRL* list, X509* candidate) {
  const bool may_sign = (X509_get_key_usage(candidate) & KU_CRL_SIGN) != 0;  // all bits where the extension is absent
  EVP_PKEY* key = X509_get0_pubkey(candidate);
  const bool is = may_sign && key != nullptr &&
                  X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name(candidate)) == 0 &&
                  is_signed_by(list, key);
  ERR_clear_error();
  return is;
}

// A delta list, or one that speaks for other issuers, means something else than its entries say by themselves.
bool has_unknown_demand(X509_CRL* list) {
  for (int i = 0; i < X509_CRL_get_ext_count(list); ++i) {
    X509_EXTENSION* extension = X509_CRL_get_ext(list, i);
    const int kind = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (X509_EXTENSION_get_critical(extension) != 0 && kind != NID_issuing_distribution_point) return true;
  }
  const OwnedRevocation<ISSUING_DIST_POINT> part(
      static_cast<ISSUING_DIST_POINT*>(X509_CRL_get_ext_d2i(list, NID_issuing_distribution_point, nullptr, nullptr)));
  return part && (part->indirectCRL > 0 || part->onlyattr > 0 || part->onlysomereasons != nullptr);
}

base::Faults add_file(RevocationLists& lists, const std::string& file, std::span<const Handle<X509>> issuers) {
  const Handle<BIO> bio(BIO_new_file(file.c_str(), "rb"));
  ERR_clear_error();
  if (!bio) return {unreadable(file)};
  auto found = lists_in(bio.get());
  if (found.empty()) return {misformed(file)};
  base::Faults faults;
  for (auto& list : found) {
    if (has_unknown_demand(list.get())) {
      faults.push_back(
          unusable(file, "是增量列表，或含有不支持的关键扩展；请使用完整的列表",
                   "it is a delta list or has a critical extension that is not supported; use a full one"));
    } else if (std::ranges::none_of(issuers, [&](const auto& issuer) { return is_issuer(list.get(), issuer.get()); })) {
      faults.push_back(unusable(file, "所给的根证书和上级证书都没有签发它；请一并给出签发者的证书",
                                "no certificate that was given has signed it; give its issuer's certificate too"));
    } else {
      lists.push_back(std::move(list));
    }
  }
  return faults;
}

base::Time revocation_time(const ASN1_TIME* written) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(written, &parts) != 1) return {};
  return base::Time(std::chrono::seconds(timegm(&parts)));
}

bool shares_name(const DIST_POINT_NAME* a, const DIST_POINT_NAME* b) {
  if (a == nullptr || b == nullptr || a->type != 0 || b->type != 0) return false;
  for (int i = 0; i < sk_GENERAL_NAME_num(a->name.fullname); ++i) {
    for (int j = 0; j < sk_GENERAL_NAME_num(b->name.fullname); ++j) {
      if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(a->name.fullname, i), sk_GENERAL_NAME_value(b->name.fullname, j)) ==
          0) {
        return true;
      }
    }
  }
  return false;
}

// A list may hold a part of what was issued: of one distribution point, of users' certificates only.
bool covers(X509_CRL* list, const X509* certificate) {
  if (X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_issuer_name(certificate)) != 0) return false;
  const OwnedRevocation<ISSUING_DIST_POINT> part(
      static_cast<ISSUING_DIST_POINT*>(X509_CRL_get_ext_d2i(list, NID_issuing_distribution_point, nullptr, nullptr)));
  if (!part) return true;
  const bool authority = (X509_get_extension_flags(const_cast<X509*>(certificate)) & EXFLAG_CA) != 0;
  if ((part->onlyuser > 0 && authority) || (part->onlyCA > 0 && !authority)) return false;
  if (part->distpoint == nullptr) return true;
  const OwnedRevocation<CRL_DIST_POINTS> points(
      static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
  for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
    if (shares_name(part->distpoint, sk_DIST_POINT_value(points.get(), i)->distpoint)) return true;
  }
  return false;
}

struct Reason {
  const char *zh, *en;
};

// RFC 5280 §5.3.1.
Reason reason_of(const X509_REVOKED* entry) {
  const OwnedRevocation<ASN1_ENUMERATED> code(
      static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr)));
  switch (code ? ASN1_ENUMERATED_get(code.get()) : -1) {
    case CRL_REASON_KEY_COMPROMISE:
      return {"私钥泄露", "key compromise"};
    case CRL_REASON_CA_COMPROMISE:
      return {"签发机构私钥泄露", "compromise of the authority"};
    case CRL_REASON_AFFILIATION_CHANGED:
      return {"所属关系变更", "affiliation changed"};
    case CRL_REASON_SUPERSEDED:
      return {"已被新证书取代", "superseded"};
    case CRL_REASON_CESSATION_OF_OPERATION:
      return {"停止使用", "cessation of operation"};
    case CRL_REASON_CERTIFICATE_HOLD:
      return {"暂停使用", "on hold"};
    case CRL_REASON_PRIVILEGE_WITHDRAWN:
      return {"权限被撤销", "privilege withdrawn"};
    default:
      return {"", ""};
  }
}

}  // namespace

base::Result<RevocationLists> read_revocation_lists(std::span<const std::filesystem::path> files,
                                                    std::span<const Handle<X509>> issuers) {
  RevocationLists lists;
  base::Faults faults;
  for (const auto& file : files) {
    auto more = add_file(lists, file.string(), issuers);
    faults.insert(faults.end(), more.begin(), more.end());
  }
  if (!faults.empty()) return faults;
  return lists;
}

RevocationVerdict look_up(const RevocationLists& lists, const X509* certificate, base::Time now) {
  RevocationVerdict verdict;
  base::Time due = base::Time::min();  // of the list that is renewed last
  for (const auto& list : lists) {
    if (!covers(list.get(), certificate)) continue;
    X509_REVOKED* entry = nullptr;
    if (X509_CRL_get0_by_cert(list.get(), &entry, const_cast<X509*>(certificate)) == 1) {
      const Reason reason = reason_of(entry);
      return {Revocation::revoked, revocation_time(X509_REVOKED_get0_revocationDate(entry)), reason.zh, reason.en, {}};
    }
    verdict.revocation = Revocation::not_listed;
    const ASN1_TIME* next = X509_CRL_get0_nextUpdate(list.get());
    due = std::max(due, next == nullptr ? base::Time::max() : revocation_time(next));
  }
  ERR_clear_error();
  if (verdict.revocation == Revocation::not_listed && due <= now) verdict.next_was_due_at = due;
  return verdict;
}

}  // namespace signing
