// Cryptographic Message Syntax between bytes and OpenSSL's form (RFC 5652), DER or BER; of this module alone.
#pragma once

#include <memory>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <string>
#include <string_view>

#include "base/result.h"
#include "signing/openssl_handles.h"

namespace codecs::as2 {

struct CmsFree {
  void operator()(CMS_ContentInfo* cms) const { CMS_ContentInfo_free(cms); }
  void operator()(STACK_OF(X509) * certificates) const { sk_X509_pop_free(certificates, X509_free); }
};
using Cms = std::unique_ptr<CMS_ContentInfo, CmsFree>;
using CertificateStack = std::unique_ptr<STACK_OF(X509), CmsFree>;

enum class CmsKind { signed_data, enveloped_data, compressed_data };

struct ReadCms {
  CmsKind kind;
  Cms cms;
};

// Faults: as2.cms (none, another kind, or something behind it), as2.cms_size (it would cost more than an honest one:
// elements become objects, and each digest that a signature announces is made over the whole content).
base::Result<ReadCms> read_cms(std::string_view bytes);
inline constexpr std::size_t most_elements = 10'000;      // beside the pieces that content comes in
inline constexpr std::size_t least_bytes_of_piece = 500;  // Java programs write pieces of 1000
inline constexpr std::size_t most_digests = 4;

signing::Handle<BIO> reader_of(std::string_view bytes);  // does not copy; throws where it is 2 GiB and more
signing::Handle<BIO> new_writer();
std::string written_in(BIO* writer);
std::string der_of(CMS_ContentInfo* cms);  // throws without memory

CertificateStack only(X509* certificate);

}  // namespace codecs::as2
