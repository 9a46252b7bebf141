#include "signing/signature_text.h"

#include <algorithm>
#include <cctype>

#include "base/base64.h"
#include "signing/signature_shape.h"
#include "signing/signature_value.h"

namespace signing {

namespace {

std::string element(const std::string& name, const std::string& content) {
  return "<ds:" + name + ">" + content + "</ds:" + name + ">";
}

// As C14N 1.0 §2.3 writes the value of an attribute; a dialect of the site's own may have such a URI.
std::string escaped(const std::string& uri) {
  std::string text;
  for (const char c : uri) {
    if (c == '&') {
      text += "&amp;";
    } else if (c == '<') {
      text += "&lt;";
    } else if (c == '"') {
      text += "&quot;";
    } else if (c == '\t') {
      text += "&#x9;";
    } else if (c == '\n') {
      text += "&#xA;";
    } else if (c == '\r') {
      text += "&#xD;";
    } else {
      text += c;
    }
  }
  return text;
}

std::string method(const std::string& name, const std::string& uri) {
  return "<ds:" + name + " Algorithm=\"" + escaped(uri) + "\"></ds:" + name + ">";
}

}  // namespace

std::string signed_info_text(const Dialect& dialect, std::string_view digest) {
  return element("SignedInfo", method("CanonicalizationMethod", c14n_uri) +
                                   method("SignatureMethod", dialect.signature_method) + "<ds:Reference URI=\"\">" +
                                   element("Transforms", method("Transform", enveloped_uri)) +
                                   method("DigestMethod", dialect.digest_method) +
                                   element("DigestValue", base::base64(digest)) + "</ds:Reference>");
}

std::string signature_text(const Dialect& dialect, const Certificate& certificate, const std::string& signed_info,
                           std::string_view value) {
  const bool as_der = key_kind(dialect.signature) == KeyKind::sm2 && dialect.value_form == ValueForm::der;
  const std::string written = base::base64(as_der ? der_of_sm2_value(value) : value);
  const std::string name = key_name(dialect, certificate);
  return std::string("<ds:Signature xmlns:ds=\"") + dsig_namespace + "\">" + signed_info +
         element("SignatureValue", written) +
         element("KeyInfo", (name.empty() ? "" : element("KeyName", name)) +
                                element("X509Data", element("X509Certificate", base::base64(certificate.der)))) +
         "</ds:Signature>";
}

std::string key_name(const Dialect& dialect, const Certificate& certificate) {
  std::string serial = certificate.serial;
  switch (dialect.key_name) {
    case KeyNameForm::serial_lower:
      break;
    case KeyNameForm::serial_upper:
      std::ranges::transform(serial, serial.begin(),
                             [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      break;
    case KeyNameForm::absent:
      serial.clear();
      break;
  }
  return serial;
}

}  // namespace signing
