#include "codecs/as2/cms.h"

#include <limits>
#include <new>
#include <openssl/err.h>
#include <stdexcept>

#include "codecs/as2/der.h"
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

base::Fault costly(const std::string& zh, const std::string& en) {
  return fault("as2.cms_size", "CMS 数据的结构过于庞大：" + zh + "；请发送方检查其 AS2 软件",
               "the CMS data is overgrown: " + en + "; the sender has to look at its AS2 software", "RFC 5652");
}

std::string_view first_content(std::string_view bytes) {
  const auto element = take_element(bytes);
  return element ? element->content : std::string_view();
}

std::string_view behind_first(std::string_view bytes) {
  take_element(bytes);
  return bytes;
}

// ContentInfo, [0], SignedData, version, digestAlgorithms (RFC 5652 §5.1). An algorithm without a length is written by
// nobody, and could hide others.
bool announces_too_many_digests(std::string_view bytes) {
  const std::string_view signed_data = first_content(first_content(behind_first(first_content(bytes))));
  std::string_view digests = first_content(behind_first(signed_data));
  const std::string_view end_of_contents("\0", 1);
  for (std::size_t count = 0; !digests.empty() && !digests.starts_with(end_of_contents); ++count) {
    const auto algorithm = take_element(digests);
    if (!algorithm || algorithm->open_length || count == most_digests) return true;
  }
  return false;
}

bool has_too_many_elements(std::string_view bytes) {
  const std::size_t most = most_elements + bytes.size() / least_bytes_of_piece;
  return count_elements(bytes, most) > most;
}

}  // namespace

base::Result<ReadCms> read_cms(std::string_view bytes) {
  if (has_too_many_elements(bytes)) return costly("元素过多", "it has too many elements");
  const unsigned char* at = signing::octets(bytes);
  Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(bytes.size())));
  ERR_clear_error();
  if (!cms) return not_cms();
  const auto read = static_cast<std::size_t>(at - signing::octets(bytes));
  if (!trimmed(bytes.substr(read)).empty()) return not_cms();
  switch (OBJ_obj2nid(CMS_get0_type(cms.get()))) {
    case NID_pkcs7_signed:
      if (announces_too_many_digests(bytes)) return costly("摘要算法过多", "it announces too many digests");
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
