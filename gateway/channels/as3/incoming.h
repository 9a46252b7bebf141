// One file of our folder, opened by the agreement: a message, a receipt (MDN) of one of ours, or what is neither; and
// the receipt that a message is answered with. Pure but for the time in a signature.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "codecs/as2/mdn.h"

namespace gateway::channels::as3 {

enum class Kind { message, receipt, unreadable };

struct Incoming {
  Kind kind = Kind::unreadable;
  std::string bytes;       // of a message what is in it; of a receipt the file
  std::string message_id;  // of the message; of a receipt that of the message that it answers
  std::optional<codecs::as2::ReceivedMdn> mdn;

  // How it is answered, where the partner wants to know and can be told.
  codecs::as2::ReceiptRequest request;
  std::optional<codecs::as2::Mic> mic;
  base::Faults faults;  // why it is unreadable
};

Incoming open_file(std::string file, const codecs::as2::Agreement& agreement);

// A file of AS3. Faults: as2.agreement, as2.sign.
struct AnswerFile {
  std::string name, bytes;
};
base::Result<AnswerFile> answer_to(const Incoming& incoming, const codecs::as2::Agreement& agreement);

}  // namespace gateway::channels::as3
