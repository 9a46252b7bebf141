// The receipt of a message: its Message Disposition Notification (RFC 4130 §7.4, RFC 8098), signed or plain. Pure but
// for the time in a signature. Safe from every thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codecs/as2/agreement.h"
#include "codecs/as2/disposition.h"
#include "codecs/as2/header_fields.h"
#include "codecs/as2/message.h"

namespace codecs::as2 {

struct MdnContent {
  std::string original_message_id;  // as the message had it
  Disposition disposition;
  std::optional<Mic> mic;  // of what arrived; nothing where it could not be opened
  base::Faults faults;     // why it was not processed: told to the partner's people in both languages
};

struct OutgoingMdn {
  Headers headers;
  std::string body;
};

// `request`: of the message, says whether it is signed. Faults: as2.agreement, as2.sign.
base::Result<OutgoingMdn> make_mdn(const MdnContent& content, const std::string& message_id,
                                   const ReceiptRequest& request, const Agreement& agreement);

struct ReceivedMdn {
  std::string original_message_id;
  Disposition disposition;
  std::string mic;                             // as it was written; empty where it is not there
  std::string explanation;                     // the part for people; at most most_explanation_bytes
  std::optional<signing::Certificate> signer;  // nothing: it is not signed
};
inline constexpr std::size_t most_explanation_bytes = 4096;

// Whether it is a receipt rather than a message, where both come the same way: a report, or a signed one.
bool is_mdn(const Headers& headers, std::string_view body);

// An answer to our POST, or an asynchronous one. Whether it is good is check_mdn's matter. Faults: as2.mdn (not of its
// form), as2.too_large, as2.partner, and those of unwrap.
base::Result<ReceivedMdn> read_mdn(const Headers& headers, std::string_view body, const Agreement& agreement);

struct SentMessage {
  std::string message_id;
  Mic mic;
};

// Every fault: as2.mdn_message_id (of another message), as2.mdn_not_signed, as2.mdn_failed, as2.mdn_error,
// as2.mdn_mic_missing, as2.mdn_mic_digest (not to be compared), as2.mdn_mic (not what we sent); as2.mdn_warning, which
// is a warning. None: the message has arrived as it was sent.
base::Faults check_mdn(const ReceivedMdn& mdn, const SentMessage& sent, const ReceiptRequest& asked);

}  // namespace codecs::as2
