// Holds a message or envelope against its shape and names every fault, going on after a missing or misplaced element.
// What stands inside a Signature is not walked. Agrees with libxml2 on valid or not, but for xsi:type.
#pragma once

#include "base/fault.h"
#include "schemas/judge.h"
#include "schemas/libxml.h"
#include "schemas/shape.h"

namespace schemas {

base::Faults walk(const Node& shape, const xmlNode* root, SignatureDemand demand);

}  // namespace schemas
