// Reads elements from JSON along a shape, and collects what is wrong. Known names come out in schema order, unknown
// ones after them. One reader for one reading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/message.h"
#include "codecs/ceb/shape_faults.h"
#include "schemas/shape.h"

namespace codecs::ceb {

class ElementReader {
 public:
  explicit ElementReader(FaultList& faults) : faults_(faults) {}

  // One element, whatever its occurrence. No shape: an element that the schema does not know.
  Element read(const schemas::Node* shape, const std::string& name, const JsonNode& json, const std::string& pointer);

  // The text of a string, or "" and a fault.
  std::string read_text(const std::string& name, const JsonNode& json, const std::string& pointer);

 private:
  void read_member(const schemas::Node* shape, const std::string& name, const JsonNode& json,
                   const std::string& pointer, std::vector<Element>& out);
  std::vector<Element> read_members(const schemas::Node* shape, const JsonNode& json, const std::string& pointer);
  Element read_leaf(Allowed allowed, const std::string& name, const JsonNode& json, const std::string& pointer);

  FaultList& faults_;
};

}  // namespace codecs::ceb
