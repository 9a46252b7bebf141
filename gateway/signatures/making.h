// Has a key of the enterprise sign what was ordered. Blocks as long as the enterprise's devices do (run it on their
// pool). Safe from every thread.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/keys/keys.h"
#include "gateway/signatures/orders.h"
#include "schemas/catalog.h"
#include "signing/certificate.h"

namespace gateway::signatures {

// A key that was given the text, and how.
struct Tried {
  signing::Certificate certificate;
  std::string manner;              // the dialect, or the algorithm of a plain text
  std::string certificate_number;  // the serial as KeyName carries it
};

struct Attempt {
  std::string type;                     // of the message; empty where it is none of the catalog
  std::optional<Tried> tried;           // the last one
  base::Result<std::string> signature;  // the signed XML text, or the value's bytes

  // The text was good enough to be signed, and no key did.
  bool was_refused() const;
};

// Nothing for a text that is no message of the catalog.
const schemas::MessageType* message_type(const schemas::Catalog& catalog, std::string_view xml);
// What messages of this type (nothing: of no known one) are signed in by default; empty: as the kind of key wants it.
std::string usual_dialect(const config::Settings& settings, const config::Enterprise& enterprise,
                          const schemas::MessageType* type);

class Maker {
 public:
  Maker(const config::Settings& settings, const schemas::Catalog& catalog, const keys::Keys& keys)
      : settings_(settings), catalog_(catalog), keys_(keys) {}
  // Faults: xml.*, signature.place, sign.digest, signing.dialect: of the order; keys::no_key_signs, key.*,
  // signature.self: of the keys.
  Attempt make(const Order& order) const;

 private:
  Attempt sign_xml(const Order& order) const;
  Attempt sign_text(const Order& order) const;

  const config::Settings& settings_;
  const schemas::Catalog& catalog_;
  const keys::Keys& keys_;
};

}  // namespace gateway::signatures
