// Tells a person how a run goes: a bar on a terminal, a line for a step that waits for long and for each case that
// ends, what failed with file and line, and at the end what it came to. As JSON only the end is told. Main thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "tools/cebgate/program.h"
#include "tools/cebgate/progress.h"
#include "tools/jointtest/run.h"

namespace tools::cebgate {

class Telling {
 public:
  Telling(const jointtest::Plan& plan, Format format, Language language);

  jointtest::Watching watching();  // it outlives what it gives
  void finish(const jointtest::Ran& ran, const std::string& plan, const std::filesystem::path& folder);

 private:
  void step_waits(const jointtest::CaseResult& one, const jointtest::StepResult& step) const;
  void step_done();
  void case_done(const jointtest::CaseResult& one);
  std::string place_of(const jointtest::CaseResult& one, const jointtest::StepResult& step) const;
  void print_failures(const jointtest::CaseResult& one) const;
  void print_json(const jointtest::Ran& ran, const std::filesystem::path& folder) const;

  const Format format_;
  const Language language_;
  std::map<std::string, std::string> files_;  // of the cases
  std::optional<Progress> progress_;
};

}  // namespace tools::cebgate
