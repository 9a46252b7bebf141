// What `cebgate build` is given: one document, an array of them, or a whole message. Only documents given by themselves
// are filled in. A document may also stand in the form in which it is posted, {"type","enterprise","document"}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codecs/ceb/message.h"
#include "schemas/catalog.h"

namespace tools::cebgate {

// Documents without a transfer node were given, and no settings to take it from.
inline constexpr std::string_view needs_settings = "build.config";

// A whole message is written as it is, documents are filled in and must keep the rules.
enum class Given { whole_message, documents };

struct MessageInput {
  Given given = Given::documents;
  codecs::ceb::Message message;
  std::vector<std::string> pointers;  // of each document in the input

  // The JSON Pointer of an XPath of the written message; the XPath itself for what is outside the documents.
  std::string place_of(const schemas::MessageType& type, const std::string& xpath) const;
};

// Faults: json.*, build.type, build.config.
base::Result<MessageInput> read_message_input(const schemas::Catalog& catalog, const schemas::MessageType& type,
                                              std::string_view text,
                                              const std::optional<codecs::ceb::Element>& transfer);

}  // namespace tools::cebgate
