// The 36-character serial of messages and documents (报文规范 202205 §2.1.2): a random UUID, letters upper case.
#pragma once

#include <string>

namespace base {

std::string new_guid();

}  // namespace base
