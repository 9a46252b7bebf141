// The customs data of this build, loaded once. Ends the program, saying why, if it cannot be loaded.
#pragma once

#include "schemas/catalog.h"
#include "schemas/judge.h"

namespace tests::fuzz {

const schemas::Catalog& catalog();
const schemas::Judge& judge();

}  // namespace tests::fuzz
