// The schemas and the code tables as a start loads them, with their edition and their dates.
#include "schemas/catalog.h"
#include "schemas/code_tables.h"
#include "schemas/judge.h"
#include "tools/cebgate/doctor/checks.h"

namespace tools::cebgate::doctor {

namespace {

Findings failing(const Words& subject, const base::Faults& faults) {
  Findings findings;
  for (const auto& fault : faults) {
    const std::string at = fault.path.empty() ? "" : fault.path + ": ";
    findings.push_back({Verdict::fail,
                        subject,
                        {at + fault.zh, at + fault.en},
                        {"请检查 schemas.directory、schemas.edition 和 schemas.site",
                         "check schemas.directory, schemas.edition and schemas.site"}});
  }
  return findings;
}

Findings judged_schemas(const config::Schemas& settings, const schemas::DataFolders& folders) {
  const Words subject{"报文规范 " + settings.edition, "schemas of edition " + settings.edition};
  const auto catalog = schemas::Catalog::load(folders, settings.edition);
  if (!catalog) return failing(subject, catalog.faults());
  const auto judge = schemas::Judge::load(folders, *catalog);
  if (!judge) return failing(subject, judge.faults());
  const std::string count = std::to_string(catalog->types().size()), place = folders.ours.string();
  return {{Verdict::pass,
           subject,
           {count + " 种报文的 schema 和规则可用，位于 " + place,
            "schemas and rules of " + count + " message types are usable, in " + place}}};
}

Findings judged_tables(const schemas::DataFolders& folders) {
  const Words subject{"代码表", "code tables"};
  const auto tables = schemas::CodeTables::load(folders);
  if (!tables) return failing(subject, tables.faults());
  std::string dates;
  for (const auto& table : tables->tables()) dates += (dates.empty() ? "" : ", ") + table.name + " " + table.as_of;
  return {{Verdict::pass,
           subject,
           {"截至日期：" + dates + "；之后新增的代码不在表中",
            "as of: " + dates + "; codes that came later are not in them"}}};
}

}  // namespace

Findings check_customs_data(const config::Settings& settings) {
  const schemas::DataFolders folders(config::schemas_directory(settings.schemas), settings.schemas.site);
  Findings findings = judged_schemas(settings.schemas, folders);
  append(findings, judged_tables(folders));
  return findings;
}

}  // namespace tools::cebgate::doctor
