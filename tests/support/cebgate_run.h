// Runs the real program `cebgate` to its end as a child process in a scratch folder and keeps what it said.
#pragma once

#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/paths.h"

namespace tests {

struct Ran {
  int status = -1;
  std::string out, err;
};

class CebgateRun {
 public:
  Ran operator()(const std::vector<std::string>& arguments, const ChildProcess::Environment& environment = {}) const;

  std::string path(const std::string& name) const { return (scratch_.path() / name).string(); }
  std::string write(const std::string& name, const std::string& text) const;  // gives the path

 private:
  ScratchDirectory scratch_;
};

}  // namespace tests
