// The settings of a gateway, one small struct for each consumer. Read once at start from one TOML file; relative paths
// start at its folder. Every fault is named with its line and what is allowed. No default secret; loopback by default.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/agreement.h"

namespace config {

struct Server {
  std::string host = "127.0.0.1";
  unsigned short port = 8080;                             // 0: a free one
  std::optional<std::filesystem::path> certificate, key;  // both: HTTPS
  std::size_t body_limit_bytes = std::size_t{8} << 20;
  std::size_t most_documents = 1000;   // in one post
  std::size_t most_waiting = 1000000;  // documents not yet sent; above it intake answers 503
};

struct Ledger {
  std::string url = "sqlite:ledger.db";  // the path in it is already absolute; or postgresql://
  // A gateway that has been silent for so long is taken for dead by the others on the ledger.
  std::chrono::milliseconds takeover_after{20000};
};

struct Schemas {
  std::string edition = "202205";
  std::optional<std::filesystem::path> directory;
  std::filesystem::path site;  // a folder with rules, code tables and knowledge of the site's own; empty: none
};

// Where settled documents go once nothing has happened to them for long enough.
struct Archive {
  // What the customs' rules ask of those who keep declarations.
  static constexpr std::chrono::milliseconds least_to_keep{std::chrono::hours(24 * 1096)};

  std::filesystem::path directory;
  std::optional<std::chrono::milliseconds> after = std::chrono::hours(24 * 180);  // nothing: no more of them go
  std::chrono::milliseconds keep = least_to_keep;  // counted, like `after`, from the last change of a document
};

// A signature dialect of the site's own: a standard one with what is said here in its place.
struct Dialect {
  std::string name, like;
  std::optional<std::string> signature_method, digest_method;  // URIs
  std::string signature, digest, value, key_name;              // words of the settings; empty: as `like` has it
  std::optional<std::map<std::string, std::string>> namespaces;
  std::string place;
};

// What signatures of others are judged by.
struct Signatures {
  std::vector<std::filesystem::path> trust, crl;  // PEM or DER
};

// How the message in a delivery is wrapped: the Hainan platform's JSON, or the data exchange platform's DxpMsg.
enum class EnvelopeForm { hainan, dxp };

// Of a port that is reached over TLS.
struct Tls {
  std::filesystem::path ca;                // PEM; empty: the system's
  std::filesystem::path certificate, key;  // the client's, PEM; both or none
};

// Names in which {dxp_id} stands for the enterprise's DXPID.
struct Queues {
  std::string exchange, routing_key = "{dxp_id}";  // where messages go over AMQP 0-9-1
  std::string address = "{dxp_id}";                // likewise over AMQP 1.0
  std::string queue = "{dxp_id}";                  // where receipts come
};

// The name with the DXPID in the place of every {dxp_id}.
std::string named_for(std::string name, std::string_view dxp_id);

// To a broker: by user and password, or by the client's certificate alone.
enum class Login { password, certificate };

enum class AfterReading { archive, remove };

// Folders that a vendor's client watches.
struct Folders {
  std::filesystem::path out, in;  // in which {dxp_id} may stand as well
  AfterReading after_reading = AfterReading::archive;
};

enum class FtpTls { required, none };  // none: ftp:// in the clear, passwords and all

// Folders on an FTP server, by the server's own paths.
struct FtpFolders {
  std::string out, in;  // in which {dxp_id} may stand
  AfterReading after_reading = AfterReading::archive;
  FtpTls tls = FtpTls::required;  // the control connection and the data, by AUTH TLS where the url is ftp://
};

// Where the partner of a port reaches us.
struct Listening {
  std::string host;  // empty: nowhere
  unsigned short port = 0;
  std::filesystem::path certificate, key;  // PEM; both: HTTPS
  std::filesystem::path ca;                // PEM; not empty: who comes shows a certificate of it
};

struct Port {
  std::string name, profile, url;
  std::string dialect;  // empty: by the kind of key
  std::string receiver_id = "PORT";
  bool signs_envelope = false;  // the DxpMsg gets a signature of its own beside that of the message in it
  std::size_t batch_limit = 1;
  std::size_t most_at_once = 32;  // deliveries at the same time
  std::chrono::milliseconds linger{20}, poll_interval{2000}, overlap{120000}, timeout{30000}, resend_after{20000};
  // A sent document without any receipt for so long is held; so is one without a final receipt, counted from the last.
  std::chrono::milliseconds receipt_within{std::chrono::hours(24)}, final_receipt_within{std::chrono::hours(24 * 30)};
  std::map<std::string, std::chrono::milliseconds> receipt_within_of;  // by type
  std::map<std::string, std::string> paths;                            // overrides: push, CEB312Message … -> path
  std::string user, password;                                          // password: env:NAME, file:PATH, credential:NAME
  Login login = Login::password;
  Tls tls;
  Queues queues;
  Folders folders;
  FtpFolders ftp;
  Listening listening;
  Agreement agreement;

  EnvelopeForm envelope() const { return profile == "hainan-http" ? EnvelopeForm::hainan : EnvelopeForm::dxp; }

  std::chrono::milliseconds receipt_within_for(const std::string& type) const;
};

struct SigningKey {
  std::string uri;                             // file:/absolute/path, pkcs11:…, ukey+ws://…, skf:…, sdf:…
  std::filesystem::path certificate;           // empty: the one that stands with the key
  std::string pin;                             // env:NAME, file:PATH, credential:NAME; empty: none
  std::optional<base::Time> from;              // when it takes over from those before it; absent: from the beginning
  std::chrono::milliseconds timeout{10000};    // of one call to a device
  unsigned parallel = 0;                       // signatures at the same time; 0: what suits the kind of key
  std::optional<unsigned long> sm2_mechanism;  // PKCS#11: the vendor's CK_MECHANISM_TYPE
  std::string sm2_takes = "digest";            // or "message"
};

// What becomes of a posted document that differs from the others of its sale.
enum class CrossCheck { off, warn, refuse };

struct Enterprise {
  std::string code, name, dxp_id, port;
  std::vector<std::string> roles;
  std::map<std::string, std::string> ports;  // type -> port
  std::vector<SigningKey> keys;              // at least one
  std::string dialect;
  std::string credit_code;                         // GB 32100-2015; empty: not given
  std::map<std::string, std::string> trade_modes;  // 监管方式 that it declares -> customs district that it declares to
  CrossCheck cross_check = CrossCheck::off;
  // An inventory waits so long for customs to take its order, payment and waybill, and is then held; 0: it goes at
  // once.
  std::chrono::milliseconds inventory_waits_for_siblings{0};

  const std::string& port_for(const std::string& type) const;
};

// POST /v1/sign: by the role, which is admin alone; or allowed to this client.
enum class Signing { by_role, allowed };

enum class Role { viewer, submitter, operator_, approver, admin };

inline constexpr std::array<std::string_view, 5> role_words{"viewer", "submitter", "operator", "approver", "admin"};
std::string_view word(Role role);
std::optional<Role> read_role(std::string_view word);

enum class Targets { public_alone, private_too };

// Where a client is told of changes.
struct Notifying {
  std::string url;     // https://; http:// only where private addresses are allowed, and to these alone
  std::string secret;  // env:NAME, file:PATH, credential:NAME
  Targets targets = Targets::public_alone;
};

struct Client {
  std::string name;
  Role role = Role::viewer;
  std::vector<std::string> enterprises;  // empty: none; "*": all
  std::string token_sha256;              // 64 hexadecimal digits, lower case
  Signing signing = Signing::by_role;
  std::optional<Notifying> notifying = std::nullopt;
};

// When sessions of those who signed in end: unused for so long, and so long after the sign-in.
struct Console {
  std::chrono::milliseconds idle_end{std::chrono::minutes(30)}, session_end{std::chrono::hours(12)};
};

struct Settings {
  std::filesystem::path file;
  Server server;
  Ledger ledger;
  Schemas schemas;
  Signatures signatures;
  Console console;
  std::optional<Archive> archive;  // absent: everything stays in the ledger
  std::vector<Dialect> dialects;
  std::vector<Port> ports;
  std::vector<Enterprise> enterprises;
  std::vector<Client> clients;

  const Enterprise* enterprise(std::string_view code) const;
  const Port* port(std::string_view name) const;
  std::vector<std::string> dxp_ids_of(std::string_view port) const;  // of the enterprises that use it, each once
};

// Faults: settings.*, with line, path (enterprise[0].roles) and what is allowed; all at once.
base::Result<Settings> read_settings(const std::filesystem::path& file);

// What `dialect` may name without a [[dialect]] of the site's own.
inline constexpr std::array<std::string_view, 4> standard_dialects{"sm2-sm3", "rsa-sha1", "hainan-sm2", "rsa-sha256"};

// viewer < submitter, operator < approver < admin; submitter and operator do not include each other.
bool includes(Role has, Role needed);

// Where the customs data is: the setting, else CEBGATE_SCHEMAS, else ../share/cebgate/schemas beside the program.
std::filesystem::path schemas_directory(const Schemas& schemas);

}  // namespace config
