// AS2 messages (RFC 4130; compression RFC 5402): a payload becomes HTTP headers and a body, and the reverse; over AS3
// (RFC 4823) the two stand in one file, as an Entity. Pure but for the randomness of encryption and the time in a
// signature: who sends again keeps what was made. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codecs/as2/agreement.h"
#include "codecs/as2/header_fields.h"

namespace codecs::as2 {

struct Payload {
  std::string bytes;
  std::string content_type;  // as a header has it: "application/xml"
  std::string file_name;     // without a path; may be empty
};

struct OutgoingMessage {
  Headers headers;  // all that AS2 wants; the HTTP client adds Host, Content-Length and its own
  std::string body;
  Mic mic;  // the MDN must bring it back
};

// `message_id`: with its angle brackets, new for every message. Faults: as2.agreement (every one), as2.sign,
// as2.encrypt.
base::Result<OutgoingMessage> make_message(const Payload& payload, const std::string& message_id,
                                           const Agreement& agreement);

// Who sends what to whom: read first, since it says which agreement holds.
struct MessageHead {
  std::string message_id;  // as it was written
  std::string from, to;
};

// Faults: as2.header (missing, twice, or not of its form), every one; as2.same_party.
base::Result<MessageHead> read_head(const Headers& headers, Carrier carrier = Carrier::as2);

struct ReceivedMessage {
  MessageHead head;
  Payload payload;
  std::optional<signing::Certificate> signer;
  bool encrypted = false, compressed = false;
  Mic mic;
  ReceiptRequest receipt;
};

// Holds it to the agreement. Faults, which disposition_of() puts into an MDN's words: those of read_head,
// read_receipt_request and unwrap; as2.partner, as2.too_large, as2.not_signed, as2.not_encrypted, as2.not_compressed,
// as2.weak_digest.
base::Result<ReceivedMessage> open_message(const Headers& headers, std::string_view body, const Agreement& agreement);

}  // namespace codecs::as2
