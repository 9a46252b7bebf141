// A whole site in a scratch folder: three enterprises with keys and tokens, the settings, the platform simulator and
// the gateway as child processes on free ports; and the calls of their ERPs and of an operator over HTTP. Calls throw
// if nobody answers; waiting throws, with the document and the gateway's log, when the time is up.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gateway/http/client.h"
#include "tests/support/child_process.h"
#include "tests/support/documents.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace tests::app {

inline const Sale enterprises;  // the codes that every sale of these tests uses

struct Manner {
  std::string pace = "0.05";  // of the simulator, seconds between receipts
  std::string poll_interval = "100ms";
  std::string resend_after = "20s";
  std::string ledger = "sqlite:ledger.db";
  std::string takeover_after = "20s";
  std::string batch_limit = "1";
  std::string platform_state = "";    // a file in the folder; empty: what the simulator was sent goes with it
  std::string platform_schemas = "";  // a folder; empty: the gateway's
  std::string folders = "";  // a folder in the folder, by whose out and in the port is reached; empty: over HTTP
  std::string port = "";     // settings of how the simulator is reached; empty: over HTTP
  std::vector<std::string> platform_arguments = {};  // beside the usual ones
  std::string more_ports = "";                       // settings of ports beside the one called hainan
  std::map<std::string, std::string> ports_of = {};  // by enterprise: { TYPE = "port" } of those types that go there
  std::map<std::string, std::string> more_of_enterprise = {};  // by enterprise: further lines of its settings
};

// One version of a document as GET /v1/documents/{id} shows it.
struct Seen {
  std::string state, stage, outcome, reason;
  std::int64_t version = 0;
  std::vector<std::string> statuses;    // of its receipts
  std::vector<std::string> deliveries;  // their outcomes
  std::vector<std::string> states;      // that it came to, in order
  boost::json::object whole;
};

// One root guid as the simulator's /_received shows it.
struct Received {
  std::string guid, type, dialect;
  bool is_valid = false;
  std::vector<std::string> keys;
  std::int64_t deliveries = 0;
};

class Site {
 public:
  explicit Site(Manner manner = {});

  void start_platform(const std::string& listen = "127.0.0.1:0");
  void kill_platform();
  void restart_platform();                                                // at the address that it had
  void start_gateway(const ChildProcess::Environment& environment = {});  // to be called again after it has ended
  ChildProcess& gateway() { return *gateway_; }
  std::string gateway_url() const;
  unsigned short platform_port() const;
  // Before the platform has been started: where the gateway will look for it.
  void expect_platform_at(unsigned short port);

  // Another key of the enterprises' authority; and what stands in the settings for the e-commerce enterprise's keys.
  TestIdentity issue_key() { return authority_.issue_sm2("测试电商企业"); }
  void set_ecommerce_keys(std::string toml) { ecommerce_keys_ = std::move(toml); }

  // What stands in the settings of the e-commerce enterprise's ERP about notices to it.
  // What stands in the settings about the archive; from the next start on.
  void set_archive(std::string toml) { archive_ = std::move(toml); }
  void set_ecommerce_notices(std::string toml) { ecommerce_notices_ = std::move(toml); }

  const std::filesystem::path& folder() const { return scratch_.path(); }
  std::filesystem::path settings_file() const { return folder() / "cebgate.toml"; }
  void write_settings() const;
  std::vector<std::string> serve_arguments() const { return {"serve", "--config", settings_file().string()}; }

  // The token of an enterprise's ERP; of the one who may only look; of the operator; of the e-commerce enterprise's
  // shop, which may sign; of an ERP of all three enterprises.
  static std::string token_of(const std::string& enterprise) { return "token-of-the-erp-of-" + enterprise; }
  static constexpr const char* viewer_token = "token-of-one-who-looks";
  static constexpr const char* operator_token = "token-of-the-operator";
  static constexpr const char* shop_token = "token-of-the-shop";
  static constexpr const char* group_token = "token-of-the-erp-of-all-three";

  gateway::http::Exchange try_to(const std::string& method, const std::string& target, const std::string& token,
                                 const std::string& body = {},
                                 const std::string& content_type = "application/json") const;
  gateway::http::Response ask(const std::string& method, const std::string& target, const std::string& token,
                              const std::string& body = {}) const;

  // Posts one document as the ERP whose enterprise declares that type.
  gateway::http::Response post(const std::string& type, const std::string& document) const;
  std::string accepted(const std::string& type, const std::string& document) const;  // likewise; 202; gives the id

  Seen look(const std::string& id, std::optional<int> version = {}) const;
  Seen wait_until(const std::string& id, const std::function<bool(const Seen&)>& holds,
                  std::chrono::seconds longest = std::chrono::seconds(20)) const;
  Seen wait_for_state(const std::string& id, const std::string& state) const;
  std::string message_of(const std::string& id) const;  // the signed XML
  double measure(const std::string& name) const;        // one line of /metrics, labels included

  std::vector<Received> received() const;
  std::vector<Received> received(const std::string& number) const;  // those that carry a document of this number

  // What the logs of both programs must not hold: "" if they hold none of it.
  std::string personal_data_in_logs() const;

 private:
  std::string port_settings() const;

  ScratchDirectory scratch_;
  Manner manner_;
  TestAuthority authority_;
  std::string ecommerce_keys_, ecommerce_notices_, archive_;
  std::optional<ChildProcess> platform_, gateway_;
  std::string platform_url_;
  mutable std::mutex mutex_;  // the gateway's address changes while other threads post
  std::string gateway_url_;
  int starts_ = 0;
};

// What POST /v1/documents takes.
std::string posting(const std::string& type, const std::string& document);

bool is_through(const Seen& seen);  // settled, with customs' 120

}  // namespace tests::app
