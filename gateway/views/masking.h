// A text of customs made fit to be shown to those who may not see the document. Pure.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "schemas/catalog.h"

namespace gateway::views {

inline constexpr std::size_t longest_masked_bytes = 300;

// The personal data that the document itself holds (the type's private fields) and every run of six or more digits,
// with the X an identity number may end with, become "***"; a longer text is cut.
std::string masked(const schemas::MessageType& type, std::string_view document_json, std::string_view text);
// Likewise where no document is known: the digits alone. What is no UTF-8 becomes a question mark.
std::string masked(std::string_view text);
// The values of the document's private fields become "***" in the text; nothing else changes.
void hide_private_values(const schemas::MessageType& type, std::string_view document_json, std::string& text);
// The document itself with "***" in its private fields; null where it cannot be read.
boost::json::value masked_document(const schemas::MessageType& type, std::string_view document_json);

}  // namespace gateway::views
