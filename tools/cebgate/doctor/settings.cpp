// That the settings can be read is known by now; what they name and a start needs is looked at here.
#include "gateway/notify/notify.h"
#include "tools/cebgate/doctor/checks.h"
#include "tools/cebgate/doctor/faulty.h"

namespace tools::cebgate::doctor {

Findings check_settings(const config::Settings& settings) {
  const std::string file = settings.file.string();
  Findings findings{{Verdict::pass, settings_at(file), {"设置无误", "the settings are good"}}};
  const auto secrets = gateway::notify::read_secrets(settings);
  if (!secrets) append(findings, faulty(secrets.faults(), file));
  return findings;
}

}  // namespace tools::cebgate::doctor
