#include "signing/eport_extensions.h"

#include <algorithm>
#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

#include "signing/chinese_encoding.h"

namespace signing {

namespace {

constexpr std::size_t most_shown_bytes = 512;  // of one value
constexpr int deepest_wrapping = 3;            // OCTET STRINGs in one another

struct FreeAsn1 {
  void operator()(ASN1_OBJECT* object) const { ASN1_OBJECT_free(object); }
};

// The whole of `bytes` as one DER element; nothing where it is none.
struct Element {
  int tag;
  std::string_view content;
};
std::optional<Element> read_element(std::string_view bytes) {
  const unsigned char* at = octets(bytes);
  long size = 0;
  int tag = 0, tag_class = 0;
  const int form = ASN1_get_object(&at, &size, &tag, &tag_class, static_cast<long>(bytes.size()));
  ERR_clear_error();
  const auto head = static_cast<std::size_t>(at - octets(bytes));
  if ((form & (0x80 | V_ASN1_CONSTRUCTED)) != 0 || tag_class != V_ASN1_UNIVERSAL || size < 0 ||
      head + static_cast<std::size_t>(size) != bytes.size()) {
    return std::nullopt;
  }
  return Element{tag, bytes.substr(head)};
}

std::string utf8_of(int kind, std::string_view content) {
  ASN1_STRING text{};
  text.type = kind;
  text.data = const_cast<unsigned char*>(octets(content));
  text.length = static_cast<int>(content.size());
  unsigned char* made = nullptr;
  const int size = ASN1_STRING_to_UTF8(&made, &text);
  ERR_clear_error();
  std::string utf8(reinterpret_cast<const char*>(made), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(made);
  return utf8;
}

// Text without a type: UTF-8 if it can be, else what Chinese programs wrote before.
std::string untyped(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  return utf8_of_gb18030(bytes).value_or("");
}

std::string decoded(std::string_view bytes, int depth = 0) {
  const auto element = read_element(bytes);
  if (!element) return untyped(bytes);
  switch (element->tag) {
    case V_ASN1_OCTET_STRING:
      return depth < deepest_wrapping ? decoded(element->content, depth + 1) : "";
    case V_ASN1_BMPSTRING:
    case V_ASN1_UNIVERSALSTRING:
      return utf8_of(element->tag, element->content);
    case V_ASN1_UTF8STRING:
    case V_ASN1_PRINTABLESTRING:
    case V_ASN1_IA5STRING:
    case V_ASN1_T61STRING:
    case V_ASN1_NUMERICSTRING:
    case V_ASN1_VISIBLESTRING:
    case V_ASN1_GENERALSTRING:
      return untyped(element->content);
    default:
      return untyped(bytes);
  }
}

// Without control characters: those of ASCII, and U+0080 to U+009F (C2 80 to C2 9F).
std::string shown(const std::string& text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) continue;
    if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      ++i;
      continue;
    }
    made += text[i];
  }
  return made;
}

std::string_view octets_of(const X509* certificate, const char* name) {
  const std::unique_ptr<ASN1_OBJECT, FreeAsn1> object(OBJ_txt2obj(name, 1));
  const int at = X509_get_ext_by_OBJ(certificate, object.get(), -1);
  if (at < 0) return {};
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509_get_ext(certificate, at));
  const auto size = static_cast<std::size_t>(ASN1_STRING_length(value));
  if (size > most_shown_bytes) return {};
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)), size};
}

std::string value_of(const X509* certificate, const char* name) { return shown(decoded(octets_of(certificate, name))); }

// Nobody learns the number from here: what is not shown is wiped.
std::string masked(std::string number) {
  constexpr std::size_t first = 3, last = 2, shortest = 8;
  std::string made(number.size(), '*');
  const bool ascii = std::ranges::all_of(number, [](unsigned char c) { return c < 0x80; });
  if (ascii && number.size() >= shortest) {
    made.replace(0, first, number, 0, first);
    made.replace(made.size() - last, last, number, number.size() - last, last);
  }
  OPENSSL_cleanse(number.data(), number.size());
  return made;
}

}  // namespace

std::optional<EportFacts> read_eport_extensions(const X509* certificate) {
  EportFacts facts{.company = value_of(certificate, "1.3.6.1.4.1.5315.100.5.1"),
                   .card_number = value_of(certificate, "1.3.6.1.4.1.5315.100.5.9"),
                   .organisation_code = value_of(certificate, "1.3.6.1.4.1.5315.100.5.11"),
                   .masked_holder_id = masked(value_of(certificate, "1.3.6.1.4.1.5315.100.5.8"))};
  if (facts.company.empty() && facts.card_number.empty() && facts.organisation_code.empty() &&
      facts.masked_holder_id.empty()) {
    return std::nullopt;
  }
  return facts;
}

}  // namespace signing
