// Makes the enveloped XML signature of a CEB message (报文规范 202205 §6): C14N 1.0, Reference URI="". Safe from every
// thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/xml.h"
#include "signing/dialect.h"
#include "signing/key.h"

namespace signing {

struct Placement {
  // Where the schema wants it: the name of the root's child that it stands before; empty or absent there: last.
  std::string before;
};

// The signed text: an existing Signature replaced, a missing namespace of the dialect's added to the root, a BOM
// dropped, every other byte as it was. The signature has been verified before it is given out. Faults: xml.*, key.*,
// signature.place, signature.self.
base::Result<std::string> sign(std::string_view xml, const Key& key, const Dialect& dialect,
                               const Placement& placement);

// Besides, the signed text as it was read to verify it.
struct Signed {
  std::string text;
  base::XmlDocument document;
};
base::Result<Signed> sign_and_read(std::string_view xml, const Key& key, const Dialect& dialect,
                                   const Placement& placement);

// A key that cannot verify its own signature must never be used for sending.
base::Done prove(const Key& key, const Dialect& dialect);

}  // namespace signing
