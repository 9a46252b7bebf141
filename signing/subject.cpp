#include "signing/subject.h"

namespace signing {

namespace {

// Half-width, lower case, no white space: U+FF01 to U+FF5E are EF BC 81 to EF BD 9E, U+3000 is E3 80 80.
std::string evened(std::string_view text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto at = [&](std::size_t n) { return i + n < text.size() ? static_cast<unsigned char>(text[i + n]) : 0U; };
    const unsigned wide = at(0) == 0xEF && (at(1) == 0xBC || at(1) == 0xBD) ? (at(1) - 0xBC) * 64 + at(2) - 0x80 : 0;
    char c = text[i];
    if (wide >= 0x01 && wide <= 0x5E) {
      c = static_cast<char>(wide + 0x20);
      i += 2;
    } else if (text.substr(i).starts_with("\xE3\x80\x80")) {
      c = ' ';
      i += 2;
    }
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') made += c;
  }
  return made;
}

}  // namespace

std::vector<std::string> subject_fields(const X509* certificate, int kind) {
  std::vector<std::string> found;
  const X509_NAME* subject = X509_get_subject_name(certificate);
  for (int at = X509_NAME_get_index_by_NID(subject, kind, -1); at >= 0;
       at = X509_NAME_get_index_by_NID(subject, kind, at)) {
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (size >= 0) found.emplace_back(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
  }
  return found;
}

bool same_company(std::string_view a, std::string_view b) { return evened(a) == evened(b); }

}  // namespace signing
