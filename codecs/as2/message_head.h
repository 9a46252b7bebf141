// The headers that messages and MDNs begin with (RFC 4130 §6); of this module alone. Pure.
#pragma once

#include <string>

#include "codecs/as2/agreement.h"
#include "codecs/as2/message.h"

namespace codecs::as2 {

std::string head_name(Carrier carrier, const char* end);  // AS2-From, AS3-From

Headers written_head(const std::string& message_id, const Agreement& agreement);

// Every fault as2.agreement of the names and the message id.
base::Faults head_faults(const std::string& message_id, const Agreement& agreement);

// as2.partner where it is not from the partner to us.
base::Faults partner_faults(const MessageHead& head, const Agreement& agreement);

}  // namespace codecs::as2
