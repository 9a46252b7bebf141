#include "codecs/as2/cms.h"

#include <limits>
#include <new>
#include <openssl/err.h>
#include <stdexcept>

#include "codecs/as2/faults.h"
#include "codecs/as2/header_fields.h"

namespace codecs::as2 {

namespace {

base::Fault not_cms() {
  return fault(
      "as2.cms", "内容不是正确的 CMS 数据（SignedData、EnvelopedData 或 CompressedData）；请发送方检查其 AS2 软件",
      "this is not CMS data (SignedData, EnvelopedData or CompressedData); the sender has to look at its AS2 software",
      "RFC 5652");
}

}  // namespace

base::Result<ReadCms> read_cms(std::string_view bytes) {
  const unsigned char* at = signing::octets(bytes);
  Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(bytes.size())));
  ERR_clear_error();
  if (!cms) return not_cms();
  const auto read = static_cast<std::size_t>(at - signing::octets(bytes));
  if (!trimmed(bytes.substr(read)).empty()) return not_cms();
  switch (OBJ_obj2nid(CMS_get0_type(cms.get()))) {
    case NID_pkcs7_signed:
      return ReadCms{CmsKind::signed_data, std::move(cms)};
    case NID_pkcs7_enveloped:
      return ReadCms{CmsKind::enveloped_data, std::move(cms)};
    case NID_id_smime_ct_compressedData:
      return ReadCms{CmsKind::compressed_data, std::move(cms)};
    default:
      return not_cms();
  }
}

signing::Handle<BIO> reader_of(std::string_view bytes) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw std::length_error("more bytes than OpenSSL can read");
  }
  signing::Handle<BIO> reader(BIO_new_mem_buf(bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size())));
  if (!reader) throw std::bad_alloc();
  return reader;
}

signing::Handle<BIO> new_writer() {
  signing::Handle<BIO> writer(BIO_new(BIO_s_mem()));
  if (!writer) throw std::bad_alloc();
  return writer;
}

std::string written_in(BIO* writer) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(writer, &bytes);
  return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

std::string der_of(CMS_ContentInfo* cms) {
  const auto writer = new_writer();
  if (i2d_CMS_bio(writer.get(), cms) != 1) throw std::bad_alloc();
  return written_in(writer.get());
}

CertificateStack only(X509* certificate) {
  CertificateStack stack(sk_X509_new_null());
  if (!stack || X509_add_cert(stack.get(), certificate, X509_ADD_FLAG_UP_REF) != 1) throw std::bad_alloc();
  return stack;
}

}  // namespace codecs::as2
