#include "signing/company.h"

#include "signing/certificate_reading.h"
#include "signing/eport_extensions.h"
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

std::vector<std::string> companies_of(const Certificate& certificate) {
  const X509* x509 = certificate.read->x509.get();
  const auto eport = read_eport_extensions(x509);
  if (eport && !eport->company.empty()) return {eport->company};
  auto names = subject_fields(x509, NID_organizationalUnitName);
  const auto more = subject_fields(x509, NID_organizationName);
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

std::string organisation_code_of(const Certificate& certificate) {
  const auto eport = read_eport_extensions(certificate.read->x509.get());
  return eport ? eport->organisation_code : "";
}

bool same_company(std::string_view a, std::string_view b) { return evened(a) == evened(b); }

}  // namespace signing
