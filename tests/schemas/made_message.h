// Messages made from the shapes of the catalog, to be spoilt one place at a time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "schemas/catalog.h"

namespace tests {

struct MadeElement {
  const schemas::Node* shape = nullptr;  // nothing for what the shape does not know
  std::string name;                      // with prefix
  std::string text;                      // written as it is, markup included
  std::string attributes;                // written as they are, with a blank before each
  std::vector<MadeElement> children;

  MadeElement* child(std::string_view child_name);
};

const schemas::Catalog& catalog_of(const std::string& edition);
const schemas::Catalog& catalog_202205();
std::string valid_text(const schemas::Facets& facets);
// A valid message with every field, two rows in each list, and a signature where the shape has one.
MadeElement full_message(const schemas::Node& root);
inline MadeElement full_message(const schemas::MessageType& type) { return full_message(type.root); }
std::string written(const MadeElement& message);

// Calls `change` with each element below (the first of a repeated one) and its parent, `message` being whole each time.
using Change = std::function<void(MadeElement& parent, std::size_t child)>;
void each_place(MadeElement& message, const Change& change);

}  // namespace tests
