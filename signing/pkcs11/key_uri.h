// A PKCS#11 URI (RFC 7512), read by p11-kit: which module, token and key are meant. Immutable but for the PIN, which is
// taken out once; then safe from every thread.
#pragma once

#include <memory>
#include <optional>
#include <p11-kit/uri.h>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace signing::pkcs11 {

// The URI for people: every attribute whose name begins with "pin" left out.
std::string without_pin(const std::string& uri);

class KeyUri {
 public:
  // Fault key.form.
  static base::Result<KeyUri> parse(const std::string& text);

  const std::string& shown() const { return shown_; }
  const std::string& module_path() const { return module_path_; }
  const std::string& module_name() const { return module_name_; }
  const std::optional<std::string>& label() const { return label_; }
  const std::optional<std::string>& id() const { return id_; }
  const std::string& pin_source() const { return pin_source_; }
  base::Secret take_pin_value() { return std::move(pin_value_); }

  bool names(const CK_INFO& library, CK_SLOT_ID id, const CK_SLOT_INFO& slot, const CK_TOKEN_INFO& token) const;

 private:
  struct Free {
    void operator()(P11KitUri* uri) const { p11_kit_uri_free(uri); }
  };
  KeyUri() = default;
  void take_parts();
  base::Faults complaints() const;

  std::unique_ptr<P11KitUri, Free> uri_;
  std::string shown_, module_path_, module_name_, pin_source_;
  std::optional<std::string> label_, id_;
  base::Secret pin_value_;
};

}  // namespace signing::pkcs11
