// The layers round a payload (RFC 4130 §2.4.2, RFC 5402): compressed, signed, encrypted, each at most once, encryption
// outermost. Of this module alone. Safe from every thread.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "codecs/as2/agreement.h"
#include "codecs/as2/cms_signature.h"
#include "codecs/as2/mime.h"

namespace codecs::as2 {

Entity compressed_entity(const std::string& text);

// multipart/signed. Faults: as2.sign.
base::Result<Entity> signed_entity(const std::string& text, const KeyPair& key, Digest digest);

// Faults: as2.encrypt.
base::Result<Entity> encrypted_entity(const std::string& text, const signing::Certificate& recipient, Cipher cipher);

struct Unwrapped {
  Entity innermost;
  std::string innermost_text;                  // its bytes as they came; empty where there was no layer
  std::optional<VerifiedSignature> signature;  // its content: the MIME entity that was signed
  bool encrypted = false, compressed = false;
};

// Whatever layers there are. Faults: as2.mime, as2.no_key, as2.layers, and those of read_cms, verify, decrypt and
// decompress.
base::Result<Unwrapped> unwrap(Entity outer, const Agreement& agreement);

}  // namespace codecs::as2
