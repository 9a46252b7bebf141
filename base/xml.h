// Reads XML text into a libxml2 tree, hardened: no network, no entity but the predefined ones, and a document type
// declaration or what is over a limit ends the reading at that place. UTF-8 only, a BOM is skipped. A document belongs
// to one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/result.h"

struct _xmlDoc;

namespace base {

struct XmlLimits {
  std::size_t bytes = std::size_t{24} << 20;  // a message of 16 MiB in Base64 with room to spare
  int depth = 64;                             // elements inside elements
  // Elements, attributes, namespaces, comments, instructions, CDATA sections. 100 inventories of 99 rows have 240,000;
  // without it 24 MiB of empty elements would take most of a gigabyte.
  std::size_t nodes = 400'000;
  std::size_t attributes = 256;  // of one element
};

class XmlDocument {
 public:
  // Faults: xml.syntax, xml.doctype, xml.depth, xml.nodes, xml.attributes, xml.size, xml.encoding, each with the
  // line.
  static Result<XmlDocument> read(std::string_view text, const XmlLimits& limits = {});

  _xmlDoc* get() const { return doc_.get(); }

 private:
  struct Free {
    void operator()(_xmlDoc* doc) const;
  };
  explicit XmlDocument(_xmlDoc* doc) : doc_(doc) {}
  std::unique_ptr<_xmlDoc, Free> doc_;
};

}  // namespace base
