// What the door tells the partner without a receipt, and people about it. Pure.
#pragma once

#include <string>

#include "base/fault.h"
#include "gateway/http/message.h"

namespace gateway::channels::as2 {

http::Response try_again();                           // 503: nothing is said of the message
http::Response unusable(const base::Faults& faults);  // 400: it cannot be answered as AS2 does

base::Fault not_listening(const std::string& detail);                                  // as2.listen
base::Fault receipt_not_signed();                                                      // as2.mdn_not_signed
base::Fault receipt_elsewhere(const std::string& url);                                 // as2.receipt_address
base::Fault receipt_not_delivered(const std::string& url, const std::string& detail);  // as2.receipt_not_delivered

}  // namespace gateway::channels::as2
