#include "signing/pkcs11/key_uri.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <openssl/crypto.h>

#include "signing/pkcs11/wording.h"

namespace signing::pkcs11 {

namespace {

// Also where the name hides behind percent signs: nobody writes one so by accident.
bool may_be_the_pin(std::string_view attribute) {
  constexpr std::string_view pin = "pin";
  const auto name = attribute.substr(0, attribute.find('='));
  return name.find('%') != std::string_view::npos ||
         (name.size() >= pin.size() && std::equal(pin.begin(), pin.end(), name.begin(), [](char a, char b) {
            return a == std::tolower(static_cast<unsigned char>(b));
          }));
}

std::string text_of(const char* text) { return text != nullptr ? text : std::string(); }

std::optional<std::string> bytes_of(const CK_ATTRIBUTE* attribute) {
  if (attribute == nullptr) return std::nullopt;
  return std::string(static_cast<const char*>(attribute->pValue), attribute->ulValueLen);
}

// A semicolon there is no separator: what follows it would be taken for a part of the value before it, even a PIN.
bool semicolon_in_query(const std::string& text) {
  const auto query = text.find('?');
  return query != std::string::npos && text.find(';', query) != std::string::npos;
}

}  // namespace

std::string without_pin(const std::string& uri) {
  std::string text;  // p11-kit too overlooks white space
  std::copy_if(uri.begin(), uri.end(), std::back_inserter(text),
               [](char c) { return std::isspace(static_cast<unsigned char>(c)) == 0; });
  constexpr std::string_view separators = ":;?&";
  std::string shown;
  char before = '\0';
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find_first_of(separators, at), text.size());
    const auto attribute = std::string_view(text).substr(at, end - at);
    if (!may_be_the_pin(attribute)) {
      if (before != '\0') shown += before;
      shown += attribute;
    } else if (before == ':' || before == '?') {
      shown += before;
    }
    before = end < text.size() ? text[end] : '\0';
    at = end + 1;
  }
  OPENSSL_cleanse(text.data(), text.size());
  return shown;
}

base::Result<KeyUri> KeyUri::parse(const std::string& text) {
  KeyUri parsed;
  parsed.shown_ = without_pin(text);
  if (semicolon_in_query(text)) {
    return fault("key.form", "密钥地址 " + parsed.shown_ + " 中问号之后的各项须用 & 分隔，不能用分号；请改正",
                 "the parts behind the question mark of the key's URI " + parsed.shown_ +
                     " are separated by &, not by semicolons; correct it");
  }
  parsed.uri_.reset(p11_kit_uri_new());
  const int read = p11_kit_uri_parse(text.c_str(), P11_KIT_URI_FOR_ANY, parsed.uri_.get());
  if (read != P11_KIT_URI_OK) {
    return fault("key.form",
                 "密钥地址 " + parsed.shown_ +
                     " 不是正确的 PKCS#11 URI（RFC 7512）；写法例如 "
                     "pkcs11:token=名称;object=密钥名?module-path=/路径/库.so",
                 "the key's URI " + parsed.shown_ + " is no PKCS#11 URI (RFC 7512): " + p11_kit_uri_message(read) +
                     "; write for example pkcs11:token=NAME;object=KEY?module-path=/PATH/LIBRARY.so");
  }
  parsed.take_parts();
  if (auto faults = parsed.complaints(); !faults.empty()) return faults;
  return parsed;
}

void KeyUri::take_parts() {
  module_path_ = text_of(p11_kit_uri_get_module_path(uri_.get()));
  module_name_ = text_of(p11_kit_uri_get_module_name(uri_.get()));
  label_ = bytes_of(p11_kit_uri_get_attribute(uri_.get(), CKA_LABEL));
  id_ = bytes_of(p11_kit_uri_get_attribute(uri_.get(), CKA_ID));
  pin_source_ = text_of(p11_kit_uri_get_pin_source(uri_.get()));
  if (const char* pin = p11_kit_uri_get_pin_value(uri_.get()); pin != nullptr) {
    pin_value_ = base::Secret(pin);
    OPENSSL_cleanse(const_cast<char*>(pin), std::strlen(pin));  // p11-kit frees it as it is
    p11_kit_uri_set_pin_value(uri_.get(), nullptr);
  }
}

base::Faults KeyUri::complaints() const {
  base::Faults faults;
  if (p11_kit_uri_any_unrecognized(uri_.get()) != 0) {
    faults.push_back(fault("key.form",
                           "密钥地址 " + shown_ +
                               " 中有 RFC 7512 没有的项；可用 "
                               "token、manufacturer、model、serial、slot-id、object、id、type，请检查拼写",
                           "the key's URI " + shown_ +
                               " has an attribute that RFC 7512 does not know; there are token, manufacturer, model, "
                               "serial, slot-id, object, id, type: check the spelling"));
  }
  const auto type = bytes_of(p11_kit_uri_get_attribute(uri_.get(), CKA_CLASS));
  CK_OBJECT_CLASS wanted = CKO_PRIVATE_KEY;
  if (type && type->size() == sizeof wanted) std::memcpy(&wanted, type->data(), sizeof wanted);
  if (wanted != CKO_PRIVATE_KEY) {
    faults.push_back(fault("key.form", "密钥地址 " + shown_ + " 指的不是私钥；请写 type=private 或去掉 type",
                           "the key's URI " + shown_ + " names no private key; write type=private or leave type out"));
  }
  return faults;
}

bool KeyUri::names(const CK_INFO& library, CK_SLOT_ID id, const CK_SLOT_INFO& slot, const CK_TOKEN_INFO& token) const {
  const CK_SLOT_ID wanted = p11_kit_uri_get_slot_id(uri_.get());
  return (wanted == static_cast<CK_SLOT_ID>(-1) || wanted == id) &&
         p11_kit_uri_match_module_info(uri_.get(), &library) == 1 &&
         p11_kit_uri_match_slot_info(uri_.get(), &slot) == 1 && p11_kit_uri_match_token_info(uri_.get(), &token) == 1;
}

}  // namespace signing::pkcs11
