// Every port as it is seen from here, all asked at the same time.
#include <algorithm>
#include <future>

#include "gateway/channels/kinds/look_at.h"
#include "tools/cebgate/doctor/checks.h"
#include "tools/cebgate/doctor/clock.h"

namespace tools::cebgate::doctor {

namespace {

using gateway::channels::Sight;
using gateway::channels::Sighting;
using gateway::channels::View;

constexpr std::chrono::seconds longest_question{5};

// Of the enterprises that use the port, each once.
std::vector<std::string> dxp_ids_at(const config::Settings& settings, const std::string& port) {
  std::vector<std::string> all;
  for (const auto& enterprise : settings.enterprises) {
    const bool uses_it = enterprise.port == port ||
                         std::ranges::any_of(enterprise.ports, [&](const auto& own) { return own.second == port; });
    if (uses_it && std::ranges::find(all, enterprise.dxp_id) == all.end()) all.push_back(enterprise.dxp_id);
  }
  return all;
}

Finding finding_of(const config::Port& port, const Sighting& sighting) {
  Finding finding{Verdict::pass,
                  {"口岸 " + port.name + "，" + sighting.name_zh, "port " + port.name + ", " + sighting.name_en},
                  {sighting.zh, sighting.en}};
  if (port.profile == "directory") finding.ask = own_administrators();
  switch (sighting.sight) {
    case Sight::there:
      break;
    case Sight::ending:
      finding.verdict = Verdict::warning;
      break;
    case Sight::missing:
      finding.verdict = Verdict::fail;
      break;
    case Sight::hidden:
      finding.verdict = Verdict::not_checkable;
      finding.to_do = {"请向平台核实，并发送一份测试报文", "ask the platform, and send a test message"};
  }
  return finding;
}

Findings judged(const config::Port& port, const View& view) {
  Findings findings;
  for (const Sighting& sighting : view.sightings) findings.push_back(finding_of(port, sighting));
  findings.push_back(judged_clock(port, view));
  return findings;
}

Finding unused(const config::Port& port) {
  return {Verdict::warning,
          {"口岸 " + port.name, "port " + port.name},
          {"没有企业使用该口岸", "no enterprise uses it"},
          {"在 [[enterprise]] 的 port 或 ports 中使用它，或将其删除",
           "use it in `port` or `ports` of an [[enterprise]], or remove it"},
          own_administrators()};
}

}  // namespace

Findings check_ports(const config::Settings& settings) {
  std::vector<std::future<Findings>> looks;
  for (const auto& port : settings.ports) {
    looks.push_back(std::async(std::launch::async, [&settings, &port] {
      const auto dxp_ids = dxp_ids_at(settings, port.name);
      if (dxp_ids.empty()) return Findings{unused(port)};
      return judged(port, gateway::channels::kinds::look_at(port, dxp_ids, longest_question));
    }));
  }
  Findings findings;
  for (auto& look : looks) append(findings, look.get());
  return findings;
}

}  // namespace tools::cebgate::doctor
