// What becomes of the documents of a message that was refused as a whole (CEB900, DxpRep, the port's own refusal). One
// that stood there with others goes again alone, once; one that was alone bears the refusal itself. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace gateway::lifecycle {

// What such a refusal is called where a returnStatus would stand; schemas/catalog/answers.tsv says what it means.
inline constexpr std::string_view refused_by_eport = "CEB900", refused_by_exchange = "DxpRep";
bool refuses_message(std::string_view status);

struct InRefusedMessage {
  std::size_t documents = 1;  // that went in the message
  int refused_together = 0;   // how often a message that it shared with others was refused before
};

bool goes_alone(const InRefusedMessage& place);

}  // namespace gateway::lifecycle
