// The customs data that a command works with: the catalog, and the judge that needs it. Every fault of the data is
// named.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "schemas/knowledge.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

struct CustomsChoice {
  std::string directory;  // --schemas; empty: config::schemas_directory
  std::string site;       // --site; empty: the settings', else none
  std::string edition;    // --edition; empty: the settings', else 202205
};

// `settings` says what the choice leaves open.
schemas::DataFolders data_folders(const CustomsChoice& choice, const config::Schemas& settings = {});

void add_customs_options(const Program& program, CLI::App& command, CustomsChoice& choice);

class CustomsData {
 public:
  // `settings` says what the choice leaves open.
  static base::Result<CustomsData> load(const CustomsChoice& choice, const config::Schemas& settings = {});

  const schemas::Catalog& catalog() const { return *catalog_; }
  // Compiles the schemas, which takes a moment: only for commands that judge.
  base::Result<schemas::Judge> judge() const { return schemas::Judge::load(folders_, *catalog_); }
  // What the codes mean, those of rules included; it looks at the catalog, which must stay.
  base::Result<schemas::Knowledge> knowledge() const;

 private:
  CustomsData(schemas::DataFolders folders, schemas::Catalog catalog);
  schemas::DataFolders folders_;
  std::unique_ptr<const schemas::Catalog> catalog_;  // stands still while the judge looks at it
};

// The type of that name; nothing, and a sentence on stderr with the known names, for another.
const schemas::MessageType* known_type(const schemas::Catalog& catalog, const std::string& name, Language language);

}  // namespace tools::cebgate
