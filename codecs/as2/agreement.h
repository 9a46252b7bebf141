// What two parties have agreed on: names, keys, certificates, protection both ways, receipts (RFC 4130 §2.4.2), and the
// limits that we hold the partner to. Plain data; a copy shares the keys.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "codecs/as2/cms_cipher.h"
#include "codecs/as2/key_pair.h"
#include "codecs/as2/mic.h"
#include "codecs/as2/receipt_request.h"

namespace codecs::as2 {

// What carries the messages, and so what their own headers are called: AS2-From over HTTP, AS3-From in files over FTP
// (RFC 4823 §5).
enum class Carrier { as2, as3 };

enum class Compression { none, zlib };

struct Protection {
  std::optional<Digest> signature;  // nothing: not signed
  Cipher cipher = Cipher::none;
  Compression compression = Compression::none;
};

struct Limits {
  std::size_t message_bytes = std::size_t{64} << 20;  // as it arrives
  std::size_t payload_bytes = std::size_t{64} << 20;  // decompressed
};

struct Agreement {
  Carrier carrier = Carrier::as2;
  std::string own_id, partner_id;  // AS2-From and AS2-To of what we send
  std::optional<KeyPair> signing_key, decryption_key;
  std::optional<signing::Certificate> encryption_certificate;  // the partner's
  std::vector<signing::Certificate> partner_signers;           // several while the partner changes its certificate
  Protection outgoing;
  Protection incoming;  // at least this: any cipher, this digest or a stronger one
  ReceiptRequest receipt;
  Limits limits;
};

}  // namespace codecs::as2
