#include "tests/fuzz/customs.h"

#include <filesystem>
#include <utility>

#include "tests/fuzz/require.h"

namespace tests::fuzz {

namespace {

const std::filesystem::path schemas_directory = std::filesystem::path(CEBGATE_BINARY_DIR) / "share/cebgate/schemas";

template <class T>
T loaded(base::Result<T> result) {
  require(static_cast<bool>(result), result ? "" : result.faults().front().en);
  return std::move(*result);
}

}  // namespace

const schemas::Catalog& catalog() {
  static const schemas::Catalog catalog = loaded(schemas::Catalog::load(schemas_directory, "202205"));
  return catalog;
}

const schemas::Judge& judge() {
  static const schemas::Judge judge = loaded(schemas::Judge::load(schemas_directory, catalog()));
  return judge;
}

}  // namespace tests::fuzz
