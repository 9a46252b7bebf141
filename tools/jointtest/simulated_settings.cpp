#include "tools/jointtest/simulated_settings.h"

#include <fstream>
#include <optional>
#include <stdexcept>

#include "tools/test_keys/test_keys.h"

namespace tools::jointtest {
namespace {

namespace fs = std::filesystem;

// A text of TOML between quotation marks.
std::string quoted(const std::string& text) {
  std::string written = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') written += '\\';
    written += c;
  }
  return written + "\"";
}

std::string quoted(const std::vector<std::string>& texts) {
  std::string written;
  for (const std::string& one : texts) written += (written.empty() ? "" : ", ") + quoted(one);
  return "[" + written + "]";
}

std::string seconds(std::chrono::milliseconds span) {
  return std::to_string(static_cast<double>(span.count()) / 1000.0);
}

}  // namespace

void write_private(const fs::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

void make_keys(const Plan& plan, const fs::path& keys) {
  if (fs::exists(keys / "root.pem")) return;
  test_keys::TestAuthority trusted(keys / "authority");
  std::optional<test_keys::TestAuthority> another;
  for (const PlannedEnterprise& one : plan.enterprises) {
    if (one.filed == Filed::untrusted && !another) another.emplace(keys / "another");
    const auto identity = (one.filed == Filed::untrusted ? *another : trusted).issue_sm2(one.name);
    fs::rename(identity.key, keys / (one.code + ".key.pem"));
    fs::rename(identity.certificate, keys / (one.code + ".cert.pem"));
  }
  fs::copy_file(trusted.sm2_root(), keys / "root.pem");  // last: all are there then
}

std::string port_settings(const SimulatorTerms& terms, const std::string& simulator_url) {
  std::string port = "\n[[port]]\nname = \"customs\"\nprofile = " + quoted(terms.channel) + "\n";
  if (terms.broker.empty()) {
    port += "url = " + quoted(simulator_url) + "\npoll_interval = \"100ms\"\n";
  } else {
    port += "url = " + quoted(terms.broker) + "\nrouting_key = \"in.{dxp_id}\"\nqueue = \"out.{dxp_id}\"\n";
    if (!terms.user.empty()) port += "user = " + quoted(terms.user) + "\n";
    if (!terms.password.empty()) port += "password = " + quoted(terms.password) + "\n";
  }
  return port + "resend_after = \"2s\"\n";
}

std::string gateway_settings(const Plan& plan, const std::string& port, const std::string& token_sha256) {
  std::string settings = "[server]\nlisten = \"127.0.0.1:0\"\n\n[ledger]\nurl = \"sqlite:ledger.db\"\n" + port;
  for (const PlannedEnterprise& one : plan.enterprises) {
    const std::string key = "../keys/" + one.code;
    settings += "\n[[enterprise]]\ncode = " + quoted(one.code) + "\nname = " + quoted(one.name) +
                "\nroles = " + quoted(one.roles) + "\ndxp_id = " + quoted(one.dxp_id) +
                "\nport = \"customs\"\nkey = " + quoted("file:" + key + ".key.pem") +
                "\ncertificate = " + quoted("file:" + key + ".cert.pem") + "\n";
  }
  return settings + "\n[[client]]\nname = \"jointtest\"\nrole = \"submitter\"\nenterprises = [\"*\"]\ntoken_sha256 = " +
         quoted(token_sha256) + "\n\n[signatures]\ntrust = [\"../keys/root.pem\"]\n";
}

std::vector<std::string> simulator_arguments(const Plan& plan, const fs::path& folder, std::chrono::seconds ahead) {
  const SimulatorTerms& terms = plan.simulator;
  std::vector<std::string> arguments{"--listen",      "127.0.0.1:0",
                                     "--pace",        seconds(terms.pace),
                                     "--trust",       (folder / "keys/root.pem").string(),
                                     "--scenario",    (folder / "arrangements.tsv").string(),
                                     "--state",       (folder / "customs.jsonl").string(),
                                     "--clock-ahead", std::to_string(ahead.count())};
  for (const PlannedEnterprise& one : plan.enterprises) {
    if (one.filed != Filed::unknown) arguments.insert(arguments.end(), {"--enterprise", one.code + ":" + one.dxp_id});
  }
  if (terms.broker.empty()) return arguments;
  arguments.insert(arguments.end(), {"--amqp", terms.broker});
  if (!terms.user.empty()) arguments.insert(arguments.end(), {"--amqp-user", terms.user});
  if (!terms.password.empty()) arguments.insert(arguments.end(), {"--amqp-password", terms.password});
  return arguments;
}

}  // namespace tools::jointtest
