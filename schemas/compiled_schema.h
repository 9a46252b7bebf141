// One XSD as libxml2 compiles it. Immutable, so many threads may validate at once, each call in its own context.
#pragma once

#include <filesystem>
#include <vector>

#include "base/fault.h"
#include "base/result.h"
#include "schemas/judge.h"
#include "schemas/libxml.h"
#include "schemas/shape.h"

namespace schemas {

class CompiledSchema {
 public:
  // none_yet: as if the XSD said minOccurs="0" of every ds:Signature. Faults: xsd.file, xsd.syntax, xsd.compile.
  static base::Result<CompiledSchema> compile(const std::filesystem::path& file, SignatureDemand demand);

  bool is_valid(xmlDoc* document) const;
  // Of one element of a document with that shape, as far as libxml2 names them, in our words.
  base::Faults faults_of(xmlNode* element, const Node& shape) const;

 private:
  DocPtr source_;  // the schema points into it
  SchemaPtr schema_;
};

}  // namespace schemas
