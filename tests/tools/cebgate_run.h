// Runs the real program `cebgate` as a child process in a scratch folder and keeps what it said.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/paths.h"

namespace tests::tools {

struct Ran {
  int status = -1;
  std::string out, err;
};

class CebgateRun {
 public:
  // The customs data of the source tree, English, and no token, unless the environment given says otherwise.
  Ran operator()(const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& environment = {}) const;

  std::string path(const std::string& name) const { return (scratch_.path() / name).string(); }
  std::string write(const std::string& name, const std::string& text) const;  // gives the path

 private:
  ScratchDirectory scratch_;
};

}  // namespace tests::tools
