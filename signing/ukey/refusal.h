// What the UKey client means when it refuses: its words are for people, only the reader's codes are fixed. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/fault.h"
#include "signing/ukey/client_text.h"

namespace signing::ukey {

enum class Refusal { pin_wrong, pin_locked, reader, other };

// What can be read either way counts as the PIN: a card that is not asked once too often is worth more than a request.
Refusal meaning_of(const Answer& refused);

// The client's words, fit to be shown: no control characters, not the PIN, at most 200 characters.
std::string words_of(const Answer& refused, std::string_view pin);

base::Fault fault_of(Refusal meaning, const std::string& words);

}  // namespace signing::ukey
