// Where a node of a message stands, as faults name it: an XPath with positions, with the prefixes ceb and ds whatever
// the message uses, and the clause that defines it.
#pragma once

#include <string>
#include <string_view>

#include "schemas/catalog.h"
#include "schemas/libxml.h"

namespace schemas {

// A position stands behind every element that may repeat, and behind a second one that may not.
std::string path_of(const MessageType& type, const xmlNode* element);
std::string path_of_child(const MessageType& type, const xmlNode* parent, const Node& child);
// The shape of an element by the names on its way; nothing for one that the type does not have.
const Node* shape_of(const MessageType& type, const xmlNode* element);
// The clause of the nearest element on the way up that has one.
std::string clause_of(const MessageType& type, const xmlNode* element);

}  // namespace schemas
