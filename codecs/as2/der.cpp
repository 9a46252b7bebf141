#include "codecs/as2/der.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>

namespace codecs::as2 {

namespace {

struct Header {
  std::size_t header_bytes, content_bytes;
  bool constructed, open_length;
};

std::optional<Header> read_header(std::string_view bytes) {
  const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* at = begin;
  long size = 0;
  int tag = 0, tag_class = 0;
  const int kind = ASN1_get_object(&at, &size, &tag, &tag_class, static_cast<long>(bytes.size()));
  ERR_clear_error();
  constexpr int is_broken = 0x80, has_open_length = 0x01;
  if ((kind & is_broken) != 0) return std::nullopt;
  const auto header_bytes = static_cast<std::size_t>(at - begin);
  const bool open_length = (kind & has_open_length) != 0;
  return Header{.header_bytes = header_bytes,
                .content_bytes = open_length ? bytes.size() - header_bytes : static_cast<std::size_t>(size),
                .constructed = (kind & V_ASN1_CONSTRUCTED) != 0,
                .open_length = open_length};
}

}  // namespace

std::string der_element(int tag, TagClass tag_class, const std::string& content) {
  const bool is_context = tag_class == TagClass::context_specific;
  const int constructed = is_context || tag == V_ASN1_SEQUENCE || tag == V_ASN1_SET ? 1 : 0;
  const int size = static_cast<int>(content.size());
  std::string made(static_cast<std::size_t>(ASN1_object_size(constructed, size, tag)) - content.size(), '\0');
  auto* at = reinterpret_cast<unsigned char*>(made.data());
  ASN1_put_object(&at, constructed, size, tag, is_context ? V_ASN1_CONTEXT_SPECIFIC : V_ASN1_UNIVERSAL);
  return made + content;
}

std::string der_sequence(const std::string& content) {
  return der_element(V_ASN1_SEQUENCE, TagClass::universal, content);
}

std::string der_explicit_0(const std::string& content) { return der_element(0, TagClass::context_specific, content); }

std::string der_object_identifier(int nid) {
  const ASN1_OBJECT* object = OBJ_nid2obj(nid);
  return der_element(V_ASN1_OBJECT, TagClass::universal,
                     {reinterpret_cast<const char*>(OBJ_get0_data(object)), OBJ_length(object)});
}

std::size_t count_elements(std::string_view bytes, std::size_t most) {
  std::size_t count = 0;
  while (!bytes.empty() && count <= most) {
    const auto header = read_header(bytes);
    if (!header) break;
    ++count;
    bytes.remove_prefix(header->header_bytes + (header->constructed ? 0 : header->content_bytes));
  }
  return count;
}

std::optional<Element> take_element(std::string_view& bytes) {
  const auto header = read_header(bytes);
  if (!header) return std::nullopt;
  const Element element{bytes.substr(header->header_bytes, header->content_bytes), header->open_length};
  bytes.remove_prefix(header->header_bytes + header->content_bytes);
  return element;
}

}  // namespace codecs::as2
