#include "tools/jointtest/site.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/digest.h"
#include "base/guid.h"
#include "config/secret_reading.h"
#include "config/settings.h"
#include "tools/jointtest/simulated_settings.h"

namespace tools::jointtest {
namespace {

namespace fs = std::filesystem;

// The run's own, made once and kept in its folder.
std::string token_in(const fs::path& file) {
  if (!fs::exists(file)) write_private(file, base::sha256_hex(base::new_guid() + base::new_guid()));
  std::string token;
  std::ifstream(file) >> token;
  return token;
}

base::Result<Child> start_gateway(const Place& place, const std::string& name, const std::string& settings) {
  const fs::path folder = place.run / name;
  fs::create_directories(folder);
  write_private(folder / "cebgate.toml", settings);
  return Child::start(place.programs / "cebgate", {"serve", "--config", (folder / "cebgate.toml").string()},
                      folder / "gateway");
}

std::string told(const std::string& name, const std::string& url, const std::string& profile) {
  return name + (url.empty() ? "" : " " + url) + " (" + profile + ")";
}

// Which ports an enterprise's messages go by.
std::vector<std::string> ports_of(const config::Settings& settings, const config::Enterprise& enterprise) {
  std::vector<std::string> ports;
  for (const config::Port& port : settings.ports) {
    const bool is_used = enterprise.port == port.name || std::ranges::any_of(enterprise.ports, [&](const auto& own) {
                           return own.second == port.name;
                         });
    if (is_used) ports.push_back(told(port.name, port.url, port.profile));
  }
  return ports;
}

}  // namespace

base::Result<Site> Site::simulated(const Plan& plan, const Place& place, const std::string& arrangements,
                                   std::chrono::seconds ahead) {
  make_keys(plan, place.run / "keys");
  const std::string token = token_in(place.run / "token");
  write_private(place.run / "arrangements.tsv", arrangements);
  Site site;
  site.token_ = base::Secret(token);
  auto simulator = Child::start(place.programs / "cebgate-platform", simulator_arguments(plan, place.run, ahead),
                                place.run / "customs");
  if (!simulator) return simulator.faults();
  site.simulator_ = simulator->address();
  const std::string digest = base::sha256_hex(token);
  // Others always go by HTTP: on a queue both gateways would take each other's receipts.
  const std::string own = port_settings(plan.simulator, site.simulator_), direct = port_settings({}, site.simulator_);
  auto others = start_gateway(place, "others", gateway_settings(plan, direct, digest));
  if (!others) return others.faults();
  auto gateway = start_gateway(place, "gateway", gateway_settings(plan, own, digest));
  if (!gateway) return gateway.faults();
  site.others_ = others->address();
  site.gateway_ = gateway->address();
  site.children_.push_back(std::move(*gateway));
  site.children_.push_back(std::move(*others));
  site.children_.push_back(std::move(*simulator));
  const std::string url = plan.simulator.broker.empty() ? site.simulator_ : plan.simulator.broker;
  for (const PlannedEnterprise& one : plan.enterprises) {
    site.enterprises_.push_back({.code = one.code,
                                 .name = one.name,
                                 .credit_code = one.credit_code,
                                 .dxp_id = one.dxp_id,
                                 .certificate = "",
                                 .ports = {told("customs", url, plan.simulator.channel)}});
  }
  return site;
}

base::Result<Site> Site::of_operator(const Plan& plan, const Place& place) {
  const auto settings = config::read_settings(plan.platform.settings);
  if (!settings) return settings.faults();
  auto token = config::read_secret(plan.platform.token, plan.file.parent_path());
  if (!token) return token.faults();
  Site site;
  site.token_ = std::move(*token);
  site.gateway_ = plan.platform.url;
  site.ca_ = plan.platform.ca;
  if (site.gateway_.empty()) {
    auto gateway = Child::start(place.programs / "cebgate", {"serve", "--config", plan.platform.settings.string()},
                                place.run / "gateway");
    if (!gateway) return gateway.faults();
    site.gateway_ = gateway->address();
    site.children_.push_back(std::move(*gateway));
  }
  for (const config::Enterprise& one : settings->enterprises) {
    site.enterprises_.push_back({.code = one.code,
                                 .name = one.name,
                                 .credit_code = one.credit_code,
                                 .dxp_id = one.dxp_id,
                                 .certificate = "",
                                 .ports = ports_of(*settings, one)});
  }
  return site;
}

}  // namespace tools::jointtest
