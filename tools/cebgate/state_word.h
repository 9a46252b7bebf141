// The state words of an API answer in the language of the reader: settled 已办结.
#pragma once

#include <string>

#include "tools/cebgate/language.h"

namespace tools::cebgate {

std::string state_word(const std::string& word, Language language);

// 2026-01-31 09:30:00 of an RFC 3339 time in China time; the text itself where it is none.
std::string short_time(const std::string& rfc3339);

}  // namespace tools::cebgate
