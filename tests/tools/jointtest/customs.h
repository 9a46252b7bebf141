// The catalog that the tests of scenarios read them by; loaded once.
#pragma once

#include <stdexcept>

#include "schemas/catalog.h"
#include "tests/support/paths.h"

namespace tests::jointtest {

inline const schemas::Catalog& catalog() {
  static const auto loaded = schemas::Catalog::load(schemas_directory(), "202205");
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

}  // namespace tests::jointtest
