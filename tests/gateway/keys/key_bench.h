// The settings of one enterprise whose keys a test names, a clock that it moves, and what the keys opened from them do:
// real keys and certificates, on a scratch folder. Throws where something cannot be made.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "gateway/keys/dialects.h"
#include "gateway/keys/keys.h"
#include "signing/sign.h"
#include "signing/verify.h"
#include "tests/signing/messages.h"
#include "tests/support/eventually.h"
#include "tests/support/manual_clock.h"
#include "tests/support/ukey_server.h"

namespace tests {

inline const std::string enterprise_code = "4601960001";

inline UkeyBehaviour taking(std::chrono::milliseconds signature_time,
                            UkeyBehaviour::Answers answers = UkeyBehaviour::Answers::normal) {
  return {.answers = answers, .signature_time = signature_time};
}

class KeyBench {
 public:
  KeyBench() {
    settings.file = folder.path() / "cebgate.toml";
    settings.ledger.url = "sqlite:" + (folder.path() / "ledger.db").string();
    config::Port port;
    port.name = "hainan";
    settings.ports.push_back(port);
    config::Enterprise enterprise;
    enterprise.code = enterprise_code;
    enterprise.port = port.name;
    settings.enterprises.push_back(enterprise);
  }

  static config::SigningKey in_file(const TestIdentity& identity, std::optional<base::Time> from = {}) {
    config::SigningKey key;
    key.uri = "file:" + identity.key.string();
    key.certificate = identity.certificate;
    key.from = from;
    return key;
  }

  config::SigningKey in_ukey(const UkeyServer& server, const std::string& pin = "88888888",
                             std::chrono::milliseconds timeout = std::chrono::seconds(20)) const {
    config::SigningKey key;
    key.uri = server.uri();
    key.pin = "file:" + secret_file(pin);
    key.timeout = timeout;
    return key;
  }

  // A file that only its owner may read.
  std::string secret_file(const std::string& text, const std::string& name = "pin") const {
    const auto file = folder.path() / (name + (name == "pin" ? "-" + text : ""));
    write_file(file, text + "\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return file.string();
  }

  std::vector<config::SigningKey>& its_keys() { return settings.enterprises.front().keys; }

  std::unique_ptr<gateway::keys::Keys> open() {
    auto keys = std::make_unique<gateway::keys::Keys>(settings, clock);
    look(*keys);
    return keys;
  }

  static void look(gateway::keys::Keys& keys) {
    keys.care();
    keys.settle();
  }

  // The fault's code, or the serial number of the key that signed; "does not hold" if the signature is not its own.
  static std::string signed_by(const gateway::keys::Keys& keys, const std::string& text = message("")) {
    std::string serial;
    const auto made = keys.ring(enterprise_code).with_key([&](const signing::Key& key) -> base::Result<std::string> {
      serial = key.certificate().serial;
      return signing::sign(text, key, signing::default_dialect(key.certificate().key_kind), {});
    });
    if (!made) return made.faults().front().code;
    const auto found = signing::verify(*made, {.now = signing_time});
    return found.valid && found.certificate->serial == serial ? serial : "does not hold";
  }

  static gateway::keys::KeyReport report(const gateway::keys::Keys& keys, std::size_t n = 0) {
    return keys.report().at(n);
  }

  ScratchDirectory folder;
  TestAuthority authority{folder.path() / "keys"};
  ManualClock clock{*base::read_china_digits("20260131093000")};
  config::Settings settings;
};

// How often each outcome came, of `each` calls on each of `threads` threads.
using Outcomes = std::map<std::string, int>;
Outcomes under_load(const gateway::keys::Keys& keys, int threads, int each);

}  // namespace tests
