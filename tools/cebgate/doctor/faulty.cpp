#include "tools/cebgate/doctor/faulty.h"

namespace tools::cebgate::doctor {

Words settings_at(const std::string& file) { return {"设置 " + file, "settings " + file}; }

Findings faulty(const base::Faults& faults, const std::string& file) {
  Findings findings;
  for (const auto& fault : faults) {
    const std::string line = fault.line > 0 ? ":" + std::to_string(fault.line) : "";
    const std::string path = fault.path.empty() ? "" : ", " + fault.path;
    findings.push_back({Verdict::fail, settings_at(file + line + path), {fault.zh, fault.en}});
  }
  return findings;
}

}  // namespace tools::cebgate::doctor
