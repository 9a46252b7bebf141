// The real catalog, loaded once, and short ways of making values from text.
#pragma once

#include <string>
#include <string_view>

#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/message.h"
#include "schemas/catalog.h"

namespace codecs::ceb {

const schemas::Catalog& catalog();
const schemas::MessageType& type_of(std::string_view name);
JsonNode json(std::string_view text);                                       // throws for a fault
Element document(const schemas::MessageType& type, std::string_view text);  // throws for a fault
std::string told(const base::Faults& faults);  // "CODE PATH; CODE PATH", and checks the words

// Elements as one line, for comparing: Order{OrderHead{guid="…"}}
std::string shown(const Element& element);
std::string shown(const Message& message);

}  // namespace codecs::ceb
