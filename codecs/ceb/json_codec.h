// Documents and messages as JSON, driven by the catalog's shapes. Leaves are strings, list nodes are arrays, an empty
// element is "", an absent one is absent. Pure; safe from every thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/message.h"
#include "schemas/catalog.h"

namespace codecs::ceb {

// The value of "document". `pointer` is where it stands in what was posted and begins the paths of the faults
// (json.shape; json.number: an exponent or over 15 significant digits, send a string; json.character: XML cannot carry
// it). Unknown names are kept, after the known ones, so that judging the XML names them with all other faults.
base::Result<Document> read_document(const schemas::MessageType& type, const JsonNode& document,
                                     std::string_view pointer);

// The same, with what could be read beside the faults, so that the rest can be judged in the same go. A field whose
// value could not be taken is empty.
struct PartlyRead {
  Element body;
  base::Faults faults;
};
PartlyRead read_what_can_be(const schemas::MessageType& type, const JsonNode& document, std::string_view pointer);

// {"type","guid","version","documents":[…],"transfer","subscribe","extend"} as `cebgate show` prints it.
base::Result<Message> read_message(const schemas::Catalog& catalog, const JsonNode& message);

boost::json::object write_document(const schemas::MessageType& type, const Element& body);
boost::json::object write_message(const schemas::MessageType& type, const Message& message);

// The JSON Pointer of what an XPath of the written message names:
// /ceb:CEB311Message/ceb:Order[2]/ceb:OrderList[1]/ceb:qty is OrderList/0/qty of the second document; gives that
// document's place (from 0) and the pointer inside "document".
struct PlaceInDocument {
  std::size_t document = 0;
  std::string pointer;  // begins with '/', or is empty
};
PlaceInDocument place_of(const schemas::MessageType& type, std::string_view xpath);

}  // namespace codecs::ceb
