// Makes the enveloped XML signature of a CEB message (报文规范 202205 §6): C14N 1.0, Reference URI="", KeyName the
// certificate's serial. Safe from every thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "signing/dialect.h"
#include "signing/key.h"

namespace signing {

struct Placement {
  std::string before;  // name of the root's child that the signature stands before; empty or absent there: last
};

// The signed text: an existing Signature replaced, a missing xmlns:ceb or xmlns:xsi added to the root, a BOM dropped,
// every other byte as it was. The signature has been verified before it is given out. Faults: xml.*, key.*,
// signature.self.
base::Result<std::string> sign(std::string_view xml, const Key& key, const Dialect& dialect,
                               const Placement& placement);

}  // namespace signing
