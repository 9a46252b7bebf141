// What the parts of the check have found, each with its place.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/fault.h"

namespace gateway::evidence {

class Findings {
 public:
  void error(std::string code, std::string_view file, int line, std::string zh, std::string en) {
    add(base::Severity::error, std::move(code), file, line, std::move(zh), std::move(en));
  }
  void warning(std::string code, std::string_view file, int line, std::string zh, std::string en) {
    add(base::Severity::warning, std::move(code), file, line, std::move(zh), std::move(en));
  }
  base::Faults& faults() { return faults_; }

 private:
  void add(base::Severity severity, std::string code, std::string_view file, int line, std::string zh, std::string en) {
    base::Fault fault;
    fault.severity = severity;
    fault.code = std::move(code);
    fault.path = std::string(file);
    fault.line = line;
    fault.zh = std::move(zh);
    fault.en = std::move(en);
    faults_.push_back(std::move(fault));
  }

  base::Faults faults_;
};

}  // namespace gateway::evidence
