// What the receipt (MDN) of a message of ours says of its delivery. Pure.
#pragma once

#include <string>

#include "codecs/as2/mdn.h"
#include "gateway/channels/as3/incoming.h"
#include "gateway/channels/channel.h"

namespace gateway::channels::as3 {

std::string message_id_of(const Outgoing& message);  // the same whenever it is sent

// confirmed: good, with the file as the proof. refused: the partner says that it could not open it, and why. unknown:
// it proves nothing, as one that is not signed or of other content, or the partner failed while it processed it.
Answer verdict_of(const Incoming& receipt, const codecs::as2::SentMessage& sent,
                  const codecs::as2::ReceiptRequest& asked);

// The file is in the folder, and no receipt has come. `trouble`: why none could be looked for, or empty.
Answer not_answered(const std::string& folder, const std::string& trouble);

}  // namespace gateway::channels::as3
