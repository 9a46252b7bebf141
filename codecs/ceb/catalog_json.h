// What the catalog knows of a message type, as JSON: the gateway's /v1/catalog and `cebgate catalog` print the same.
// Pure.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "schemas/catalog.h"

namespace codecs::ceb {

struct PlacedField {
  std::string path;  // below the root, with slashes: "Order/OrderHead/orderNo", "@guid"
  const schemas::Node* node;
  bool is_private;  // personal data, masked in logs and on screens
};

// Every node and attribute below the root, in the schema's order.
std::vector<PlacedField> fields_of(const schemas::MessageType& type);
// How often the list node may stand in a document; nothing where there is no list, or no limit.
std::optional<unsigned> most_rows(const schemas::MessageType& type);
// The fields by which the type's receipt names what it answers; empty where nothing answers it.
std::vector<std::string> receipt_key(const schemas::Catalog& catalog, const schemas::MessageType& type);

boost::json::object describe(const schemas::Catalog& catalog, const schemas::MessageType& type);
boost::json::array describe_fields(const schemas::MessageType& type);
// What the statuses of its receipts mean, one object for each row and meaning.
boost::json::array describe_statuses(const schemas::Catalog& catalog, const schemas::MessageType& type);

}  // namespace codecs::ceb
