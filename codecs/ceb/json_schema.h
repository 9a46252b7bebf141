// The JSON Schema (draft 2020-12) of the document of a message type, made from its shape: what the JSON reader and the
// XSD take, with what is filled in left open. Where JSON Schema cannot say it, its $comment does. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "schemas/catalog.h"

namespace codecs::ceb {

// Where the gateway shows it, which is also its $id: "/v1/catalog/CEB311Message/schema.json".
std::string schema_path(const schemas::MessageType& type);

boost::json::object document_schema(const schemas::MessageType& type, std::string_view edition);

}  // namespace codecs::ceb
