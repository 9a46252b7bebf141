// The JSON body of POST /cebcmsg, the Hainan public service platform's envelope. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace codecs::hainan {

struct Envelope {
  std::string message_type;  // "CEB311Message", written with ".xml" behind it
  std::string sender_id, receiver_id;
  base::Time send_time;
  std::string xml;  // the signed text
};

std::string write_envelope(const Envelope& envelope);
base::Result<Envelope> read_envelope(std::string_view body);  // faults: envelope.*

}  // namespace codecs::hainan
