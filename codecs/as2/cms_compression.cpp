#include "codecs/as2/cms_compression.h"

#include <algorithm>
#include <new>
#include <vector>
#include <zlib.h>

#include "codecs/as2/der.h"
#include "codecs/as2/faults.h"

namespace codecs::as2 {

namespace {

base::Fault cannot_decompress() {
  return fault("as2.decompression", "内容无法解压，不是完整的 zlib 数据；请发送方重新发送，并检查其 AS2 软件",
               "the content cannot be decompressed, it is not whole zlib data; the sender has to send it again and to "
               "look at its AS2 software",
               "RFC 3274");
}

base::Fault over_limit(std::size_t most_bytes) {
  const std::string limit = std::to_string(most_bytes);
  return fault(
      "as2.decompressed_size", "解压后的内容超过 " + limit + " 字节的上限；请拆分后再发送，或提高上限",
      "decompressed, the content is over the limit of " + limit + " bytes; send it in parts or raise the limit",
      "RFC 3274");
}

std::string deflated(std::string_view content) {
  uLongf size = compressBound(static_cast<uLong>(content.size()));
  std::string made(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(made.data()), &size, signing::octets(content),
                static_cast<uLong>(content.size()), Z_DEFAULT_COMPRESSION) != Z_OK) {
    throw std::bad_alloc();
  }
  made.resize(size);
  return made;
}

class Inflation {
 public:
  explicit Inflation(std::string_view bytes) {
    stream_.next_in = const_cast<Bytef*>(signing::octets(bytes));  // zlib reads it only
    stream_.avail_in = static_cast<uInt>(bytes.size());
    if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  ~Inflation() { inflateEnd(&stream_); }
  Inflation(const Inflation&) = delete;
  Inflation& operator=(const Inflation&) = delete;

  base::Result<std::string> run(std::size_t most_bytes) {
    constexpr std::size_t piece_bytes = 64 * 1024;
    std::vector<Bytef> piece(piece_bytes);
    std::string content;
    for (int state = Z_OK; state != Z_STREAM_END;) {
      stream_.next_out = piece.data();
      stream_.avail_out = static_cast<uInt>(piece.size());
      state = inflate(&stream_, Z_NO_FLUSH);
      if (state != Z_OK && state != Z_STREAM_END) return cannot_decompress();
      const std::size_t made = piece.size() - stream_.avail_out;
      if (made > most_bytes - content.size()) return over_limit(most_bytes);
      content.append(reinterpret_cast<const char*>(piece.data()), made);
    }
    return content;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string compress(std::string_view content) {
  const std::string version = der_element(V_ASN1_INTEGER, TagClass::universal, std::string(1, '\0'));
  const std::string algorithm = der_sequence(der_object_identifier(NID_zlib_compression));
  const std::string octets = der_element(V_ASN1_OCTET_STRING, TagClass::universal, deflated(content));
  const std::string enclosed = der_sequence(der_object_identifier(NID_pkcs7_data) + der_explicit_0(octets));
  return der_sequence(der_object_identifier(NID_id_smime_ct_compressedData) +
                      der_explicit_0(der_sequence(version + algorithm + enclosed)));
}

base::Result<std::string> decompress(CMS_ContentInfo* compressed, std::size_t most_bytes) {
  ASN1_OCTET_STRING** held = CMS_get0_content(compressed);
  if (held == nullptr || *held == nullptr) return cannot_decompress();
  const std::string_view bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(*held)),
                               static_cast<std::size_t>(ASN1_STRING_length(*held)));
  return Inflation(bytes).run(most_bytes);
}

}  // namespace codecs::as2
