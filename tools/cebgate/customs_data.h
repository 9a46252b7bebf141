// The customs data that a command works with: the catalog, and the judge that needs it. Every fault of the data is
// named.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

struct CustomsChoice {
  std::string directory;  // --schemas; empty: config::schemas_directory
  std::string edition;    // --edition; empty: the settings', else 202205
};

void add_customs_options(const Program& program, CLI::App& command, CustomsChoice& choice);

class CustomsData {
 public:
  // `settings` says what the choice leaves open.
  static base::Result<CustomsData> load(const CustomsChoice& choice, const config::Schemas& settings = {});

  const schemas::Catalog& catalog() const { return *catalog_; }
  // Compiles the schemas, which takes a moment: only for commands that judge.
  base::Result<schemas::Judge> judge() const { return schemas::Judge::load(directory_, *catalog_); }

 private:
  CustomsData(std::filesystem::path directory, schemas::Catalog catalog);
  std::filesystem::path directory_;
  std::unique_ptr<const schemas::Catalog> catalog_;  // stands still while the judge looks at it
};

// The type of that name; nothing, and a sentence on stderr with the known names, for another.
const schemas::MessageType* known_type(const schemas::Catalog& catalog, const std::string& name, Language language);

}  // namespace tools::cebgate
