// What the data exchange platform and customs put into an enterprise's queue, as letters of the book of receipts: a
// receipt in a DxpMsg, the refusal of a whole message by its form (CEB900), the platform's own reply (DxpRep). Pure.
#pragma once

#include <string>

#include "base/clock.h"
#include "codecs/dxp/envelope.h"
#include "tools/platform/arrival.h"
#include "tools/platform/receipt_book.h"
#include "tools/platform/receipts.h"

namespace tools::platform {

Letter receipt_letter(const Receipt& receipt, Way way, const std::string& dxp_id, base::Time due);
// Of a notice, by its guid.
struct Notice {
  const schemas::MessageType* type = nullptr;
  codecs::ceb::Element body;
  std::string guid;
};
Letter notice_letter(const Notice& notice, Way way, const std::string& dxp_id, base::Time due);

Letter message_refusal(const codecs::dxp::Envelope& envelope, const Arrival& arrival, const schemas::Catalog& catalog);

// Of table 7-1.
struct ReplyCode {
  std::string code, text;
};

struct Answered {
  Way way;
  codecs::dxp::Head head;
};
Letter reply_letter(const Answered& answered, const ReplyCode& code, const std::string& reason, base::Time due);

// What a DxpRep names where the envelope that it answers cannot be read.
codecs::dxp::Head head_of_unreadable(const std::string& sender, base::Time at);

Letter garbled(Letter letter);  // one of its own, cut off in the middle

}  // namespace tools::platform
