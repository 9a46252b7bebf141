// [[port]]: one platform to push to. Which keys stand there depends on the profile.
#include <algorithm>
#include <array>
#include <cctype>

#include "config/sections.h"
#include "config/values.h"

namespace config {

using std::chrono::hours;
using std::chrono::milliseconds;

namespace {

// What a profile's url may begin with, and the keys it has beside those of every port.
struct Profile {
  std::string_view name;
  std::vector<std::string_view> schemes;  // none: it has no url
  std::vector<std::string_view> keys;
};

const std::vector<Profile>& profiles() {
  static const std::vector<Profile> all{
      {"hainan-http", {"http", "https"}, {"url", "paths"}},
      {"directory", {}, {"out", "in", "after_reading"}},
      {"dxp-amqp",
       {"amqp", "amqps"},
       {"url", "login", "user", "password", "exchange", "routing_key", "queue", "ca", "certificate", "key"}},
      {"dxp-amqp1",
       {"amqp", "amqps"},
       {"url", "login", "user", "password", "address", "queue", "ca", "certificate", "key"}},
      {"dxp-as2",
       {"http", "https"},
       {"url", "ca", "certificate", "key", "listen", "listen_certificate", "listen_key", "listen_ca", "agreement"}},
      {"dxp-as3",
       {"ftp", "ftps"},
       {"url", "user", "password", "ca", "certificate", "key", "agreement", "out", "in", "after_reading", "tls"}},
  };
  return all;
}

constexpr std::size_t batch_limit_of_dxp = 100;  // business nodes in one message (报文规范 202205 §2.1)

std::vector<std::string_view> keys_of(const Profile* profile) {
  std::vector<std::string_view> keys{
      "name",   "profile", "dialect",      "receiver_id",    "batch_limit",       "most_at_once",
      "linger", "timeout", "resend_after", "receipt_within", "receipt_within_of", "final_receipt_within"};
  keys.insert(keys.end(), {"poll_interval", "overlap"});
  if (profile == nullptr || profile->name != "hainan-http") keys.push_back("sign_envelope");
  for (const Profile& one : profiles()) {
    if (profile == nullptr || &one == profile) keys.insert(keys.end(), one.keys.begin(), one.keys.end());
  }
  return keys;
}

// Nothing, and a fault, where there is no such profile.
const Profile* read_profile(TableReader& reader, Port& port) {
  port.profile = reader.required_text("profile");
  const auto found = std::ranges::find(profiles(), port.profile, &Profile::name);
  if (found != profiles().end()) return &*found;
  std::vector<std::string_view> names;
  for (const Profile& one : profiles()) names.push_back(one.name);
  if (!port.profile.empty()) require_one_of(reader, "profile", port.profile, names);
  return nullptr;
}

bool message_type(std::string_view text) {
  constexpr std::string_view form = "CEB000Message";
  return std::ranges::equal(text, form,
                            [](unsigned char c, char f) { return f == '0' ? std::isdigit(c) != 0 : c == f; });
}

void check_address(TableReader& reader, std::string_view key, const std::string& url,
                   const std::vector<std::string_view>& schemes) {
  const auto scheme_end = url.find("://");
  const bool known =
      scheme_end != std::string::npos && std::ranges::find(schemes, url.substr(0, scheme_end)) != schemes.end();
  const bool plain = url.find_first_of(" ?#@") == std::string::npos;
  if (url.empty() || (known && plain && url.size() > scheme_end + 3 && url[scheme_end + 3] != '/')) return;
  std::string zh, en;
  for (const std::string_view scheme : schemes) {
    zh += (zh.empty() ? "" : " 或 ") + std::string(scheme) + "://";
    en += (en.empty() ? "" : " or ") + std::string(scheme) + "://";
  }
  complain_value(reader, key, url, zh + " 开头、不含用户名和查询部分的地址",
                 "an address that begins with " + en + ", without a user and without a query");
}

void check_paths(TableReader& reader, const Port& port) {
  for (const auto& [name, path] : port.paths) {
    if (name != "push" && !message_type(name)) {
      complain_value(reader, "paths", name, "push 或回执类型，例如 CEB312Message",
                     "push, or a receipt type like CEB312Message");
    }
    if (!path.starts_with('/')) complain_value(reader, "paths", path, "以 / 开头的路径", "a path that begins with /");
  }
}

void check_silence(TableReader& reader, const Port& port) {
  for (const auto& [name, within] : port.receipt_within_of) {
    if (!message_type(name)) {
      complain_value(reader, "receipt_within_of", name, "报文类型，例如 CEB621Message",
                     "a message type like CEB621Message");
    }
  }
}

void check_certificate_login(TableReader& reader, const Port& port) {
  if (port.tls.certificate.empty() || !port.url.starts_with("amqps:")) {
    reader.complain("login", "settings.value", "login = \"certificate\" 需要 amqps:// 的 url 和 certificate、key。",
                    "login = \"certificate\" needs a url of amqps://, certificate and key.");
  }
  for (const std::string_view key : {"user", "password"}) {
    if (!reader.text(key)) continue;
    complain_value(reader, key, std::string(key), "login = \"certificate\" 时不填",
                   "nothing where login is \"certificate\"");
  }
}

// A broker's own default account is no login.
void read_login(TableReader& reader, Port& port, const std::filesystem::path& folder) {
  constexpr std::array<std::string_view, 2> words{"password", "certificate"};
  const std::string way = reader.text("login").value_or("password");
  require_one_of(reader, "login", way, words);
  if (way == "certificate") {
    port.login = Login::certificate;
    return check_certificate_login(reader, port);
  }
  port.user = reader.required_text("user");
  port.password = absolute_secret(reader.required_text("password"), folder);
}

// AMQP has 255 bytes for a name (0-9-1 §4.2.5.3); every {dxp_id} in it may become twice as long.
std::string queue_name(TableReader& reader, std::string_view key, const std::string& standard) {
  constexpr std::size_t most_bytes = 120;
  std::string name = reader.text(key).value_or(standard);
  if (name.size() > most_bytes) complain_value(reader, key, name, "最多 120 字节", "at most 120 bytes");
  return name;
}

void read_tls(TableReader& reader, Port& port, const std::filesystem::path& folder) {
  port.tls.ca = optional_file(reader, "ca", folder).value_or(std::filesystem::path());
  port.tls.certificate = optional_file(reader, "certificate", folder).value_or(std::filesystem::path());
  port.tls.key = optional_file(reader, "key", folder).value_or(std::filesystem::path());
  if (port.tls.certificate.empty() == port.tls.key.empty()) return;
  reader.complain(port.tls.key.empty() ? "key" : "certificate", "settings.missing",
                  "客户端证书需要 certificate 和 key 两项。", "A client certificate needs both certificate and key.");
}

// Proton tells a broker one name, and holds its certificate against the same.
void check_virtual_host(TableReader& reader, const Port& port) {
  const auto path = port.url.find('/', port.url.find("://") + 3);
  const bool names_one = path != std::string::npos && path + 1 < port.url.size();
  if (!names_one || !port.url.starts_with("amqps:")) return;
  complain_value(reader, "url", port.url, "amqps:// 地址不带虚拟主机；请在消息服务器上设默认虚拟主机",
                 "an amqps:// address without a vhost; have the broker set a default one");
}

AfterReading read_after_reading(TableReader& reader) {
  constexpr std::array<std::string_view, 2> words{"archive", "remove"};
  const std::string after = reader.text("after_reading").value_or("archive");
  require_one_of(reader, "after_reading", after, words);
  return after == "remove" ? AfterReading::remove : AfterReading::archive;
}

void read_folders(TableReader& reader, Port& port, const std::filesystem::path& folder) {
  port.folders.out = absolute(folder, reader.required_text("out"));
  port.folders.in = absolute(folder, reader.required_text("in"));
  port.folders.after_reading = read_after_reading(reader);
}

// What stands in FTP's commands, which end with their line.
void check_ftp_word(TableReader& reader, std::string_view key, const std::string& word) {
  const bool is_plain =
      std::ranges::none_of(word, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; });
  if (!is_plain) complain_value(reader, key, word, "不含控制字符的文字", "a text without control characters");
}

std::string ftp_folder(TableReader& reader, std::string_view key) {
  std::string path = reader.required_text(key);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  check_ftp_word(reader, key, path);
  return path;
}

// What goes out must not be read as what came.
void read_ftp(TableReader& reader, Port& port) {
  constexpr std::array<std::string_view, 2> words{"required", "none"};
  const auto host_begin = port.url.find("://");
  const auto path_begin = host_begin == std::string::npos ? host_begin : port.url.find('/', host_begin + 3);
  if (path_begin != std::string::npos && path_begin + 1 < port.url.size()) {
    complain_value(reader, "url", port.url, "不含路径的地址；目录写在 out 和 in 中",
                   "an address without a path; the folders are those of out and in");
  }
  check_ftp_word(reader, "user", port.user);
  port.ftp.out = ftp_folder(reader, "out");
  port.ftp.in = ftp_folder(reader, "in");
  if (!port.ftp.in.empty() && port.ftp.in == port.ftp.out) {
    complain_value(reader, "in", port.ftp.in, "与 out 不同的目录", "another folder than out");
  }
  port.ftp.after_reading = read_after_reading(reader);
  const std::string tls = reader.text("tls").value_or("required");
  require_one_of(reader, "tls", tls, words);
  port.ftp.tls = tls == "none" ? FtpTls::none : FtpTls::required;
  if (port.ftp.tls == FtpTls::none && port.url.starts_with("ftps:")) {
    complain_value(reader, "tls", tls, "ftps:// 地址只能为 required", "required, where the url is ftps://");
  }
}

// What the partner sends comes to us.
void read_listening(TableReader& reader, Port& port, const std::filesystem::path& folder) {
  if (!reader.has("listen")) reader.required_text("listen");
  read_address(reader, "listen", port.listening.host, port.listening.port);
  port.listening.certificate = optional_file(reader, "listen_certificate", folder).value_or(std::filesystem::path());
  port.listening.key = optional_file(reader, "listen_key", folder).value_or(std::filesystem::path());
  port.listening.ca = optional_file(reader, "listen_ca", folder).value_or(std::filesystem::path());
  if (!port.listening.ca.empty() && port.listening.certificate.empty()) {
    reader.complain("listen_certificate", "settings.missing",
                    "listen_ca 只用于 HTTPS，需要 listen_certificate 和 listen_key。",
                    "listen_ca is for HTTPS, which needs listen_certificate and listen_key.");
  }
  if (port.listening.certificate.empty() == port.listening.key.empty()) return;
  reader.complain(port.listening.key.empty() ? "listen_key" : "listen_certificate", "settings.missing",
                  "HTTPS 需要 listen_certificate 和 listen_key 两项；只用 HTTP 则两项都不写。",
                  "HTTPS needs both listen_certificate and listen_key; for plain HTTP leave out both.");
}

void read_partner(TableReader& reader, const Profile& profile, Port& port, const std::filesystem::path& folder) {
  TableReader terms = reader.table("agreement");
  port.agreement = read_agreement(terms, folder);
  if (profile.name == "dxp-as2") read_listening(reader, port, folder);
  if (!port.agreement.receipt_url.empty()) {
    check_address(terms, "receipt_url", port.agreement.receipt_url, profile.schemes);
  }
  for (const std::string& url : port.agreement.receipts_to) {
    check_address(terms, "receipts_to", url, profile.schemes);
  }
}

void read_envelope(TableReader& reader, Port& port) {
  port.batch_limit = batch_limit_of_dxp;
  port.signs_envelope = reader.truth("sign_envelope", false);
  if (port.receiver_id.empty() || port.receiver_id.size() > most_id_characters_of_dxp) {
    complain_value(reader, "receiver_id", port.receiver_id, "1 至 16 个字符", "1 to 16 characters");
  }
}

// What only some profiles have; what does not belong to this one has been refused already.
void read_own_keys(TableReader& reader, const Profile& profile, Port& port, const std::filesystem::path& folder) {
  if (!profile.schemes.empty()) {
    port.url = reader.required_text("url");
    check_address(reader, "url", port.url, profile.schemes);
  }
  port.paths = reader.text_map("paths");
  check_paths(reader, port);
  read_tls(reader, port, folder);
  if (std::ranges::find(profile.keys, "user") != profile.keys.end()) read_login(reader, port, folder);
  if (profile.name == "dxp-amqp1") check_virtual_host(reader, port);
  port.queues.exchange = queue_name(reader, "exchange", port.queues.exchange);
  port.queues.routing_key = queue_name(reader, "routing_key", port.queues.routing_key);
  port.queues.address = queue_name(reader, "address", port.queues.address);
  port.queues.queue = queue_name(reader, "queue", port.queues.queue);
  if (profile.name == "directory") read_folders(reader, port, folder);
  if (profile.name == "dxp-as3") read_ftp(reader, port);
  if (std::ranges::find(profile.keys, "agreement") != profile.keys.end()) read_partner(reader, profile, port, folder);
}

}  // namespace

Port read_port(TableReader& reader, const std::filesystem::path& folder, const std::vector<Dialect>& dialects) {
  constexpr milliseconds least{1};
  Port port;
  port.name = reader.required_text("name");
  const Profile* profile = read_profile(reader, port);
  reader.allow(keys_of(profile));
  if (profile != nullptr) read_own_keys(reader, *profile, port, folder);
  port.dialect = dialect_name(reader, dialects);
  port.receiver_id = reader.text("receiver_id").value_or(port.receiver_id);
  if (port.envelope() == EnvelopeForm::dxp) read_envelope(reader, port);
  reader.number("batch_limit", port.batch_limit, {1, 100});
  reader.number("most_at_once", port.most_at_once, {1, 256});
  reader.duration("linger", port.linger, {milliseconds{0}, std::chrono::minutes{1}});
  reader.duration("poll_interval", port.poll_interval, {least, hours{1}});
  reader.duration("overlap", port.overlap, {milliseconds{0}, hours{24}});
  reader.duration("timeout", port.timeout, {least, hours{1}});
  reader.duration("resend_after", port.resend_after, {least, hours{1}});
  constexpr DurationRange silence{.least = std::chrono::seconds{1}, .most = hours{24 * 365}};
  reader.duration("receipt_within", port.receipt_within, silence);
  reader.duration("final_receipt_within", port.final_receipt_within, silence);
  port.receipt_within_of = reader.duration_map("receipt_within_of", silence);
  check_silence(reader, port);
  return port;
}

}  // namespace config
