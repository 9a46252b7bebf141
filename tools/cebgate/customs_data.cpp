#include "tools/cebgate/customs_data.h"

#include <iostream>
#include <utility>

#include "schemas/rule_folders.h"

namespace tools::cebgate {

void add_customs_options(const Program& program, CLI::App& command, CustomsChoice& choice) {
  command
      .add_option("--schemas", choice.directory,
                  program.say("海关数据目录（默认看 CEBGATE_SCHEMAS，再看程序旁的 share）",
                              "folder of the customs data (default: CEBGATE_SCHEMAS, else share beside the program)"))
      ->type_name("DIR");
  command
      .add_option("--site", choice.site,
                  program.say("本单位自有的规则、代码表和知识目录",
                              "folder of the site's own rules, code tables and knowledge"))
      ->type_name("DIR");
  command
      .add_option("--edition", choice.edition, program.say("报文规范版本（默认 202205）", "edition (default 202205)"))
      ->type_name("EDITION");
}

schemas::DataFolders data_folders(const CustomsChoice& choice, const config::Schemas& settings) {
  config::Schemas chosen = settings;
  if (!choice.directory.empty()) chosen.directory = choice.directory;
  return {config::schemas_directory(chosen), choice.site.empty() ? settings.site : std::filesystem::path(choice.site)};
}

CustomsData::CustomsData(schemas::DataFolders folders, schemas::Catalog catalog)
    : folders_(std::move(folders)), catalog_(std::make_unique<const schemas::Catalog>(std::move(catalog))) {}

base::Result<CustomsData> CustomsData::load(const CustomsChoice& choice, const config::Schemas& settings) {
  auto folders = data_folders(choice, settings);
  auto catalog = schemas::Catalog::load(folders, choice.edition.empty() ? settings.edition : choice.edition);
  if (!catalog) return catalog.faults();
  return CustomsData(std::move(folders), *std::move(catalog));
}

base::Result<schemas::Knowledge> CustomsData::knowledge() const {
  auto knowledge = schemas::Knowledge::load(*catalog_, folders_);
  if (!knowledge) return knowledge;
  const auto rules = schemas::RuleFolders(folders_, catalog_->edition()).texts();
  if (!rules) return rules.faults();
  knowledge->add_rules(*rules);
  return knowledge;
}

const schemas::MessageType* known_type(const schemas::Catalog& catalog, const std::string& name, Language language) {
  const schemas::MessageType* type = catalog.find(name);
  if (type != nullptr) return type;
  std::cerr << say(language, "没有报文类型 ", "there is no message type ") << name
            << say(language, "，可用的有：", "; known:");
  for (const schemas::MessageType& known : catalog.types()) std::cerr << " " << known.name;
  std::cerr << "\n";
  return nullptr;
}

}  // namespace tools::cebgate
