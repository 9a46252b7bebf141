#include "config/sections.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "config/values.h"

namespace config {

namespace {

constexpr std::int64_t most_body_bytes = std::int64_t{1} << 30;
constexpr std::size_t most_dxp_id_characters = 30;  // 报文规范 202205 §2.1.4, BaseTransfer/dxpId
constexpr std::size_t most_name_characters = 100;   // BaseTransfer/copName
constexpr std::size_t least_code_characters = 10,
                      most_code_characters = 18;  // customs code; unified social credit code
constexpr std::size_t digest_digits = 64;

constexpr std::array<std::string_view, 6> enterprise_roles{"ecommerce", "platform", "payment",
                                                           "logistics", "agent",    "operator"};

constexpr std::array<std::string_view, 3> cross_checks{"off", "warn", "refuse"};
constexpr std::chrono::hours longest_wait_for_siblings{24 * 30};

bool letters_and_digits(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80 && std::isalnum(c) != 0; });
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

void check_identity(TableReader& reader, const Enterprise& enterprise) {
  const auto& [code, name, dxp_id] = std::tie(enterprise.code, enterprise.name, enterprise.dxp_id);
  const bool code_good = code.size() >= least_code_characters && code.size() <= most_code_characters;
  if (!code.empty() && (!code_good || !letters_and_digits(code))) {
    complain_value(reader, "code", code, "10 至 18 位字母或数字", "10 to 18 letters and digits");
  }
  if (characters(name) > most_name_characters)
    complain_value(reader, "name", name, "1 至 100 个字符", "1 to 100 characters");
  if (dxp_id.size() > most_dxp_id_characters || !letters_and_digits(dxp_id)) {
    complain_value(reader, "dxp_id", dxp_id, "1 至 30 位字母或数字", "1 to 30 letters and digits");
  }
}

std::string digest(TableReader& reader) {
  std::string digits = reader.required_text("token_sha256");
  const bool hexadecimal = std::ranges::all_of(digits, [](unsigned char c) { return std::isxdigit(c) != 0; });
  if (!digits.empty() && (digits.size() != digest_digits || !hexadecimal)) {
    reader.complain("token_sha256", "settings.value",
                    "应为令牌 SHA-256 的 64 位十六进制数字：printf %s TOKEN | sha256sum。",
                    "It must be the token's SHA-256, 64 hexadecimal digits: printf %s TOKEN | sha256sum.");
  }
  std::ranges::transform(digits, digits.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return digits;
}

CrossCheck read_cross_check(TableReader& reader) {
  const std::string word = reader.text("cross_check").value_or("off");
  require_one_of(reader, "cross_check", word, cross_checks);
  const auto* known = std::ranges::find(cross_checks, word);
  return known == cross_checks.end() ? CrossCheck::off : static_cast<CrossCheck>(known - cross_checks.begin());
}

}  // namespace

Server read_server(TableReader reader, const std::filesystem::path& folder) {
  reader.allow({"listen", "certificate", "key", "body_limit_bytes", "most_documents", "most_waiting"});
  Server server;
  read_address(reader, "listen", server.host, server.port);
  server.certificate = optional_file(reader, "certificate", folder);
  server.key = optional_file(reader, "key", folder);
  if (reader.has("certificate") != reader.has("key")) {
    reader.complain(reader.has("key") ? "certificate" : "key", "settings.missing",
                    "HTTPS 需要 certificate 和 key 两项；只用 HTTP 则两项都不写。",
                    "HTTPS needs both certificate and key; for plain HTTP leave out both.");
  }
  reader.number("body_limit_bytes", server.body_limit_bytes, {1, most_body_bytes});
  reader.number("most_documents", server.most_documents, {1, 100000});
  reader.number("most_waiting", server.most_waiting, {1, 1000000000});
  return server;
}

Ledger read_ledger(TableReader reader, const std::filesystem::path& folder) {
  constexpr std::string_view in_file = "sqlite:";
  reader.allow({"url", "takeover_after"});
  Ledger ledger;
  reader.duration("takeover_after", ledger.takeover_after, {std::chrono::seconds{2}, std::chrono::minutes{10}});
  const std::string url = reader.text("url").value_or(ledger.url);
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    ledger.url = url;
  } else if (url.starts_with(in_file) && url.size() > in_file.size()) {
    ledger.url = std::string(in_file) + absolute(folder, url.substr(in_file.size())).string();
  } else {
    complain_value(reader, "url", url.substr(0, url.find(':')) + ":…", "sqlite:路径 或 postgresql://用户@主机/数据库",
                   "sqlite:PATH or postgresql://USER@HOST/DATABASE");
  }
  return ledger;
}

std::filesystem::path require_folder(TableReader& reader, std::string_view key, std::filesystem::path folder) {
  if (!std::filesystem::is_directory(folder)) {
    reader.complain(key, "settings.file", "没有目录 " + folder.string() + "。",
                    "There is no folder " + folder.string() + ".");
  }
  return folder;
}

// An edition is a folder of XSDs.
std::vector<std::string> editions_in(const std::filesystem::path& directory) {
  std::vector<std::string> editions;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory / "xsd", none)) {
    if (entry.is_directory(none)) editions.push_back(entry.path().filename().string());
  }
  std::ranges::sort(editions);
  return editions;
}

Schemas read_schemas(TableReader reader, const std::filesystem::path& folder) {
  reader.allow({"edition", "directory", "site"});
  Schemas schemas;
  if (const auto directory = reader.text("directory")) schemas.directory = absolute(folder, *directory);
  if (const auto site = reader.text("site")) schemas.site = require_folder(reader, "site", absolute(folder, *site));
  if (const auto edition = reader.text("edition")) {
    schemas.edition = *edition;
    const auto known = editions_in(schemas_directory(schemas));
    if (!known.empty())
      require_one_of(reader, "edition", *edition, std::vector<std::string_view>(known.begin(), known.end()));
  }
  return schemas;
}

Enterprise read_enterprise(TableReader& reader, const std::filesystem::path& folder,
                           const std::vector<Dialect>& dialects) {
  reader.allow({"code",      "name",        "roles",       "dxp_id",      "port",
                "ports",     "dialect",     "keys",        "key",         "certificate",
                "pin",       "from",        "timeout",     "parallel",    "sm2_mechanism",
                "sm2_takes", "credit_code", "trade_modes", "cross_check", "inventory_waits_for_siblings"});
  Enterprise enterprise;
  enterprise.code = reader.required_text("code");
  enterprise.name = reader.required_text("name");
  enterprise.dxp_id = reader.required_text("dxp_id");
  check_identity(reader, enterprise);
  enterprise.roles = reader.texts("roles");
  for (const std::string& role : enterprise.roles) require_one_of(reader, "roles", role, enterprise_roles);
  if (!reader.has("roles")) {
    reader.complain("roles", "settings.missing",
                    "必须填写企业的角色：ecommerce, platform, payment, logistics, agent, operator。",
                    "The enterprise's roles must be given: ecommerce, platform, payment, logistics, agent, operator.");
  }
  enterprise.port = reader.required_text("port");
  enterprise.ports = reader.text_map("ports");
  enterprise.keys = read_keys(reader, folder);
  enterprise.dialect = dialect_name(reader, dialects);
  enterprise.credit_code = reader.text("credit_code").value_or("");
  enterprise.trade_modes = reader.text_map("trade_modes");
  enterprise.cross_check = read_cross_check(reader);
  reader.duration("inventory_waits_for_siblings", enterprise.inventory_waits_for_siblings,
                  {std::chrono::milliseconds{0}, longest_wait_for_siblings});
  return enterprise;
}

Client read_client(TableReader& reader) {
  reader.allow(
      {"name", "role", "enterprises", "token_sha256", "sign", "notify_url", "notify_secret", "notify_private"});
  Client client;
  client.name = reader.required_text("name");
  const std::string role = reader.required_text("role");
  if (!role.empty()) require_one_of(reader, "role", role, role_words);
  client.role = read_role(role).value_or(Role::viewer);
  client.enterprises = reader.texts("enterprises");
  client.token_sha256 = digest(reader);
  client.signing = reader.truth("sign", false) ? Signing::allowed : Signing::by_role;
  client.notifying = read_notifying(reader);
  return client;
}

}  // namespace config
