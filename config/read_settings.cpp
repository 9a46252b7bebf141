#include <algorithm>
#include <set>

#include "config/sections.h"
#include "config/toml_file.h"
#include "config/values.h"

namespace config {

namespace {

void require_port(TableReader& reader, std::string_view key, const Settings& settings, const std::string& name) {
  if (name.empty() || settings.port(name) != nullptr) return;
  std::string names;
  for (const Port& port : settings.ports) names += (names.empty() ? "" : ", ") + port.name;
  reader.complain(key, "settings.value", "没有名为 “" + name + "” 的口岸；已配置：" + names + "。",
                  "There is no port \"" + name + "\"; configured: " + names + ".");
}

// Each of the tables names itself by `key`; no two the same.
void refuse_duplicates(std::vector<TableReader>& readers, std::string_view key,
                       const std::vector<std::string>& values) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].empty() || seen.insert(values[i]).second) continue;
    readers[i].complain(key, "settings.duplicate", "该值已在前面使用；每一项的 " + std::string(key) + " 必须不同。",
                        "This value stands above already; every " + std::string(key) + " must be another.");
  }
}

template <class Item>
std::vector<std::string> all(const std::vector<Item>& items, std::string Item::*member) {
  std::vector<std::string> values;
  for (const Item& item : items) values.push_back(item.*member);
  return values;
}

// BaseTransfer takes longer ones than DxpMsg does.
void require_id_of_envelope(TableReader& reader, const Settings& settings, const Enterprise& enterprise) {
  if (enterprise.dxp_id.size() <= most_id_characters_of_dxp) return;
  const bool uses_it = std::ranges::any_of(settings.ports, [&](const Port& port) {
    const bool is_used = port.name == enterprise.port || std::ranges::any_of(enterprise.ports, [&](const auto& own) {
                           return own.second == port.name;
                         });
    return is_used && port.envelope() == EnvelopeForm::dxp;
  });
  if (uses_it) {
    complain_value(reader, "dxp_id", enterprise.dxp_id, "经数据交换平台的口岸时，最多 16 个字符",
                   "at most 16 characters where the port is on the data exchange platform");
  }
}

void read_enterprises(TableReader& root, Settings& settings) {
  auto readers = root.tables("enterprise");
  for (TableReader& reader : readers) {
    const Enterprise enterprise = read_enterprise(reader, settings.file.parent_path(), settings.dialects);
    require_port(reader, "port", settings, enterprise.port);
    for (const auto& [type, port] : enterprise.ports) require_port(reader, "ports", settings, port);
    require_id_of_envelope(reader, settings, enterprise);
    settings.enterprises.push_back(enterprise);
  }
  refuse_duplicates(readers, "code", all(settings.enterprises, &Enterprise::code));
}

void read_clients(TableReader& root, Settings& settings) {
  auto readers = root.tables("client");
  for (TableReader& reader : readers) {
    settings.clients.push_back(read_client(reader));
    for (const std::string& code : settings.clients.back().enterprises) {
      if (code == "*" || settings.enterprise(code) != nullptr) continue;
      reader.complain("enterprises", "settings.value",
                      "没有代码为 “" + code + "” 的企业；请写已配置企业的 code，或 \"*\" 表示全部。",
                      "There is no enterprise \"" + code + "\"; name configured ones by their code, or \"*\" for all.");
    }
  }
  refuse_duplicates(readers, "name", all(settings.clients, &Client::name));
  refuse_duplicates(readers, "token_sha256", all(settings.clients, &Client::token_sha256));
}

}  // namespace

base::Result<Settings> read_settings(const std::filesystem::path& file) {
  auto parsed = read_toml(file);
  if (!parsed) return parsed.faults();
  base::Faults faults;
  TableReader root(*parsed, "", faults);
  root.allow(
      {"server", "ledger", "schemas", "signatures", "archive", "console", "dialect", "port", "enterprise", "client"});
  Settings settings;
  settings.file = std::filesystem::absolute(file).lexically_normal();
  const auto folder = settings.file.parent_path();
  settings.server = read_server(root.table("server"), folder);
  settings.ledger = read_ledger(root.table("ledger"), folder);
  settings.schemas = read_schemas(root.table("schemas"), folder);
  settings.signatures = read_signatures(root.table("signatures"), folder);
  if (root.has("archive")) settings.archive = read_archive(root.table("archive"), folder);
  settings.console = read_console(root.table("console"));
  auto dialects = root.tables("dialect");
  for (TableReader& reader : dialects) settings.dialects.push_back(read_dialect(reader));
  refuse_duplicates(dialects, "name", all(settings.dialects, &Dialect::name));
  auto ports = root.tables("port");
  for (TableReader& reader : ports) settings.ports.push_back(read_port(reader, folder, settings.dialects));
  refuse_duplicates(ports, "name", all(settings.ports, &Port::name));
  read_enterprises(root, settings);
  read_clients(root, settings);
  if (!faults.empty()) return faults;
  return settings;
}

}  // namespace config
