// The 36-character serial of messages and documents (报文规范 202205 §2.1.2): a UUID of version 7 (RFC 9562 §5.7),
// letters upper case. Its milliseconds come first, so that the indexes of a ledger grow at their end.
#pragma once

#include <string>

namespace base {

std::string new_guid();

}  // namespace base
