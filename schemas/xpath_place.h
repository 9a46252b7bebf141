// Where the nodes of one message stand, as faults name it: an XPath with positions, with the prefixes ceb and ds
// (dxp in an envelope) whatever the message uses, and the clause that defines a node. Keeps what it has counted, so the
// message must not change.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "schemas/libxml.h"
#include "schemas/shape.h"

namespace schemas {

class Places {
 public:
  explicit Places(const Node& root) : root_(root) {}

  // A position stands behind every element that may repeat, and behind a second one that may not.
  std::string path_of(const xmlNode* element);
  std::string path_of_absent(const xmlNode* parent, const Node& child);
  // The clause of the nearest element on the way up that has a shape.
  std::string clause_of(const xmlNode* element) const;

 private:
  const Node* shape_of(const xmlNode* element) const;
  int position_of(const xmlNode* element);

  const Node& root_;
  std::unordered_map<const xmlNode*, int> positions_;
  std::unordered_set<const xmlNode*> counted_parents_;
};

}  // namespace schemas
