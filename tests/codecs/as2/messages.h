// The payload that the tests send, messages made and opened at once, headers changed, and faults as their codes.
#pragma once

#include <string>

#include "codecs/as2/message.h"
#include "tests/codecs/as2/partners.h"

namespace tests {

// Signed with SHA-256, encrypted with AES-256, receipts signed, in both directions.
codecs::as2::Agreement protected_both_ways(codecs::as2::Agreement agreement);

codecs::as2::Payload as2_payload();
inline constexpr const char* as2_message_id = "<cebgate-1@shop.example>";

codecs::as2::OutgoingMessage made(const codecs::as2::Payload& payload, const codecs::as2::Agreement& agreement);
codecs::as2::ReceivedMessage opened(const codecs::as2::OutgoingMessage& message,
                                    const codecs::as2::Agreement& agreement);

void set_field(codecs::as2::Headers& headers, const std::string& name, const std::string& value);
void drop_field(codecs::as2::Headers& headers, const std::string& name);
std::string field(const codecs::as2::Headers& headers, const std::string& name);  // "" where it is not there

// The codes one after the other, a space between; checks that each fault has words in both languages.
std::string codes(const base::Faults& faults);

template <class T>
std::string codes(const base::Result<T>& result) {
  return result ? std::string("no fault") : codes(result.faults());
}

}  // namespace tests
