// Finds a document of a gateway by its id, its key or its number.
#pragma once

#include <string>
#include <variant>

#include "tools/cebgate/gateway_client.h"

namespace tools::cebgate {

struct FoundDocument {
  std::string id;
};

// Nothing found, several found, or no answer: already told on stderr.
std::variant<FoundDocument, Exit> find_document(const GatewayClient& client, const std::string& id_or_key,
                                                Format format, Language language);

}  // namespace tools::cebgate
