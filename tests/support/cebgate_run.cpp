#include "tests/support/cebgate_run.h"

namespace tests {

Ran CebgateRun::operator()(const std::vector<std::string>& arguments,
                           const ChildProcess::Environment& environment) const {
  ChildProcess child("cebgate", arguments, path("cebgate"), environment);
  const int status = child.exit_status();
  return {status, child.out(), child.err()};
}

std::string CebgateRun::write(const std::string& name, const std::string& text) const {
  write_file(path(name), text);
  return path(name);
}

}  // namespace tests
