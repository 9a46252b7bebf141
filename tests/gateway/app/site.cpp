#include "tests/gateway/app/site.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "base/digest.h"
#include "tests/gateway/http/running_server.h"
#include "tests/support/eventually.h"

namespace tests::app {

namespace {

namespace json = boost::json;

struct Party {
  std::string code, name, roles, dxp_id;
};

const std::vector<Party>& parties() {
  static const std::vector<Party> all = {
      {enterprises.ecommerce, "测试电商企业", R"("ecommerce", "platform", "agent")", "DXPENT0000000001"},
      {enterprises.payment, "测试支付企业", R"("payment")", "DXPENT0000000002"},
      {enterprises.logistics, "测试物流企业", R"("logistics", "operator")", "DXPENT0000000003"}};
  return all;
}

std::string client_settings(const std::string& name, const std::string& role, const std::string& enterprise,
                            const std::string& token) {
  return "\n[[client]]\nname = \"" + name + "\"\nrole = \"" + role + "\"\nenterprises = [\"" + enterprise +
         "\"]\ntoken_sha256 = \"" + base::sha256_hex(token) + "\"\n";
}

std::string key_in_file(const std::string& code) {
  return "key = \"file:keys/" + code + ".key.pem\"\ncertificate = \"file:keys/" + code + ".cert.pem\"\n";
}

std::string party_settings(const Party& party, const std::string& keys, const Manner& manner) {
  const auto ports = manner.ports_of.find(party.code);
  const auto more = manner.more_of_enterprise.find(party.code);
  return "\n[[enterprise]]\ncode = \"" + party.code + "\"\nname = \"" + party.name + "\"\nroles = [" + party.roles +
         "]\ndxp_id = \"" + party.dxp_id + "\"\nport = \"hainan\"\n" +
         (ports == manner.ports_of.end() ? "" : "ports = " + ports->second + "\n") +
         (more == manner.more_of_enterprise.end() ? "" : more->second) + keys +
         client_settings("erp-" + party.code, "submitter", party.code, Site::token_of(party.code));
}

std::string address_in(const std::string& first_line, const ChildProcess& program) {
  constexpr std::string_view before = "listening on ";
  if (!first_line.starts_with(before)) throw std::runtime_error("it does not listen: " + program.err());
  return first_line.substr(before.size());
}

std::string text(const json::object& object, std::string_view name) { return std::string(object.at(name).as_string()); }

std::vector<std::string> column(const json::object& object, std::string_view rows, std::string_view name) {
  std::vector<std::string> values;
  for (const json::value& row : object.at(rows).as_array()) values.push_back(text(row.as_object(), name));
  return values;
}

Received received_in(const json::object& entry) {
  Received one;
  one.guid = text(entry, "guid");
  one.type = text(entry, "type");
  one.is_valid = entry.at("signature").at("valid").as_bool();
  one.dialect = text(entry.at("signature").as_object(), "dialect");
  for (const json::value& key : entry.at("keys").as_array()) one.keys.emplace_back(key.as_string());
  one.deliveries = entry.at("deliveries").to_number<std::int64_t>();
  return one;
}

gateway::http::Response answer_in(const gateway::http::Exchange& exchange, const std::string& url) {
  if (exchange.reach != gateway::http::Reach::answered) throw std::runtime_error(url + ": " + exchange.detail);
  return exchange.response;
}

}  // namespace

std::string posting(const std::string& type, const std::string& document) {
  return tests::post(type, declarant_of(type, enterprises), document);
}

Site::Site(Manner manner)
    : manner_(std::move(manner)),
      authority_(folder() / "authority"),
      ecommerce_keys_(key_in_file(enterprises.ecommerce)) {
  std::filesystem::create_directory(folder() / "keys");
  for (const Party& party : parties()) {
    const TestIdentity identity = authority_.issue_sm2(party.name);
    std::filesystem::rename(identity.key, folder() / "keys" / (party.code + ".key.pem"));
    std::filesystem::rename(identity.certificate, folder() / "keys" / (party.code + ".cert.pem"));
  }
  std::filesystem::copy_file(authority_.sm2_root(), folder() / "root.pem");
}

void Site::start_platform(const std::string& listen) {
  std::vector<std::string> arguments = {"--listen",   listen,    "--pace",
                                        manner_.pace, "--trust", (folder() / "root.pem").string()};
  if (!manner_.platform_state.empty()) {
    arguments.insert(arguments.end(), {"--state", (folder() / manner_.platform_state).string()});
  }
  if (!manner_.platform_schemas.empty()) {
    arguments.insert(arguments.end(), {"--schemas", manner_.platform_schemas});
  }
  if (!manner_.folders.empty()) {
    arguments.insert(arguments.end(), {"--directory", (folder() / manner_.folders).string()});
  }
  arguments.insert(arguments.end(), manner_.platform_arguments.begin(), manner_.platform_arguments.end());
  for (const Party& party : parties()) {
    arguments.insert(arguments.end(), {"--enterprise", party.code + ":" + party.dxp_id});
  }
  platform_.emplace("cebgate-platform", arguments, folder() / "platform");
  platform_url_ = address_in(platform_->first_line(), *platform_);
}

void Site::kill_platform() { platform_.reset(); }

void Site::restart_platform() { start_platform(platform_url_.substr(std::string_view("http://").size())); }

void Site::expect_platform_at(unsigned short port) { platform_url_ = "http://127.0.0.1:" + std::to_string(port); }

unsigned short Site::platform_port() const { return port_of(platform_url_); }

std::string Site::port_settings() const {
  if (!manner_.port.empty()) return manner_.port;
  if (manner_.folders.empty()) return "profile = \"hainan-http\"\nurl = \"" + platform_url_ + "\"\n";
  const std::string folders = manner_.folders + "/{dxp_id}/";
  return "profile = \"directory\"\nout = \"" + folders + "out\"\nin = \"" + folders + "in\"\n";
}

void Site::write_settings() const {
  std::string settings = "[server]\nlisten = \"127.0.0.1:0\"\n";
  settings += "\n[ledger]\nurl = \"" + manner_.ledger + "\"\ntakeover_after = \"" + manner_.takeover_after + "\"\n";
  settings += "\n[[port]]\nname = \"hainan\"\n" + port_settings();
  settings += "poll_interval = \"" + manner_.poll_interval + "\"\nresend_after = \"" + manner_.resend_after + "\"\n";
  settings += "batch_limit = " + manner_.batch_limit + "\n" + manner_.more_ports;
  for (const Party& party : parties()) {
    settings +=
        party_settings(party, party.code == enterprises.ecommerce ? ecommerce_keys_ : key_in_file(party.code), manner_);
    if (party.code == enterprises.ecommerce) settings += ecommerce_notices_;
  }
  settings += client_settings("looks", "viewer", "*", viewer_token);
  settings += client_settings("operates", "operator", "*", operator_token);
  settings += client_settings("group", "submitter", "*", group_token);
  settings += client_settings("shop", "viewer", enterprises.ecommerce, shop_token) + "sign = true\n";
  settings += archive_;
  settings += "\n[signatures]\ntrust = [\"root.pem\"]\n";
  write_file(settings_file(), settings);
}

void Site::start_gateway(const ChildProcess::Environment& environment) {
  write_settings();
  gateway_.emplace("cebgate", serve_arguments(), folder() / ("gateway-" + std::to_string(++starts_)), environment);
  const std::string address = address_in(gateway_->first_line(), *gateway_);
  const std::lock_guard lock(mutex_);
  gateway_url_ = address;
}

std::string Site::gateway_url() const {
  const std::lock_guard lock(mutex_);
  return gateway_url_;
}

gateway::http::Exchange Site::try_to(const std::string& method, const std::string& target, const std::string& token,
                                     const std::string& body, const std::string& content_type) const {
  gateway::http::Call call;
  call.method = method;
  call.url = gateway_url() + target;
  if (!token.empty()) call.headers.set("Authorization", "Bearer " + token);
  if (!body.empty()) call.headers.set("Content-Type", content_type);
  call.body = body;
  return send_and_wait(std::move(call));
}

gateway::http::Response Site::ask(const std::string& method, const std::string& target, const std::string& token,
                                  const std::string& body) const {
  return answer_in(try_to(method, target, token, body), target);
}

gateway::http::Response Site::post(const std::string& type, const std::string& document) const {
  return ask("POST", "/v1/documents", token_of(declarant_of(type, enterprises)), posting(type, document));
}

std::string Site::accepted(const std::string& type, const std::string& document) const {
  const gateway::http::Response response = post(type, document);
  if (response.status != 202) throw std::runtime_error("not accepted: " + response.body);
  return text(json::parse(response.body).as_array().at(0).as_object(), "id");
}

Seen Site::look(const std::string& id, std::optional<int> version) const {
  const std::string which = version ? "?version=" + std::to_string(*version) : "";
  const gateway::http::Response response = ask("GET", "/v1/documents/" + id + which, viewer_token);
  if (response.status != 200) throw std::runtime_error("not shown: " + response.body);
  Seen seen;
  seen.whole = json::parse(response.body).as_object();
  seen.state = text(seen.whole, "state");
  seen.stage = text(seen.whole, "stage");
  seen.outcome = text(seen.whole, "outcome");
  seen.reason = text(seen.whole, "reason");
  seen.version = seen.whole.at("version").to_number<std::int64_t>();
  seen.statuses = column(seen.whole, "receipts", "returnStatus");
  seen.deliveries = column(seen.whole, "deliveries", "outcome");
  seen.states = column(seen.whole, "timeline", "to");
  return seen;
}

Seen Site::wait_until(const std::string& id, const std::function<bool(const Seen&)>& holds,
                      std::chrono::seconds longest) const {
  Seen seen;
  const auto look_again = [&] {
    seen = look(id);
    return holds(seen);
  };
  if (!eventually(look_again, longest)) {
    throw std::runtime_error("it did not come so far: " + json::serialize(seen.whole) + "\n" + gateway_->err());
  }
  return seen;
}

Seen Site::wait_for_state(const std::string& id, const std::string& state) const {
  return wait_until(id, [&](const Seen& seen) { return seen.state == state; });
}

std::string Site::message_of(const std::string& id) const {
  return ask("GET", "/v1/documents/" + id + "/message", viewer_token).body;
}

double Site::measure(const std::string& name) const {
  std::istringstream lines(ask("GET", "/metrics", viewer_token).body);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name + " ")) return std::strtod(line.c_str() + name.size(), nullptr);
  }
  throw std::runtime_error("no such measure: " + name);
}

std::vector<Received> Site::received() const {
  gateway::http::Call call;
  call.url = platform_url_ + "/_received";
  const gateway::http::Response response = answer_in(send_and_wait(call), call.url);
  const json::value entries = json::parse(response.body);
  std::vector<Received> all;
  for (const json::value& entry : entries.as_array()) all.push_back(received_in(entry.as_object()));
  return all;
}

std::vector<Received> Site::received(const std::string& number) const {
  std::vector<Received> found;
  for (Received& one : received()) {
    const bool carries = std::any_of(one.keys.begin(), one.keys.end(),
                                     [&](const std::string& key) { return key.ends_with("/" + number); });
    if (carries) found.push_back(std::move(one));
  }
  return found;
}

std::string Site::personal_data_in_logs() const {
  const std::string logs = platform_->err() + gateway_->err();
  std::string found;
  for (const char* personal : {"测试甲", "990000199001010017", "10000000000", "测试路1号"}) {
    if (logs.find(personal) != std::string::npos) found += std::string(personal) + " ";
  }
  return found;
}

bool is_through(const Seen& seen) {
  return seen.state == "settled" && std::ranges::find(seen.statuses, "120") != seen.statuses.end();
}

}  // namespace tests::app
