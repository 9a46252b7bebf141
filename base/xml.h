// Reads XML text into a libxml2 tree, hardened: no network, no entity but the predefined ones, and a document type
// declaration, nesting over the limit or too many bytes end the reading at that place. UTF-8 only, a BOM is skipped.
// A document belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/result.h"

struct _xmlDoc;

namespace base {

struct XmlLimits {
  std::size_t bytes = std::size_t{64} << 20;
  int depth = 64;  // elements inside elements
};

class XmlDocument {
 public:
  // Faults: xml.syntax, xml.doctype, xml.depth, xml.size, xml.encoding, each with the line.
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
