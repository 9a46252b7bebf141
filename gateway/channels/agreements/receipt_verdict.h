// What a partner's receipt (MDN) says of a message that it was sent, as the outcome of the delivery, and the bytes that
// prove it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/fault.h"
#include "codecs/as2/mdn.h"
#include "gateway/channels/channel.h"

namespace gateway::channels::agreements {

// confirmed: processed, with our MIC, signed where that was asked for. refused: a receipt that would prove as much says
// that the message was not processed, for a reason that comes before all processing. Everything else is unknown: the
// bytes have left.
Answer judged(const codecs::as2::ReceivedMdn& mdn, const codecs::as2::SentMessage& sent,
              const codecs::as2::ReceiptRequest& asked);

// The receipt as a MIME entity, which `openssl cms -verify` reads, under the headers that say from whom to whom it is.
std::string proof_in(const codecs::as2::Headers& headers, std::string_view body);

std::string line(const base::Faults& faults);  // Chinese and English in one line, for an answer

}  // namespace gateway::channels::agreements
