// Runs a line of the shell, for programs that are not ours. Blocks until it ends.
#pragma once

#include <string>

namespace tests {

struct ShellRun {
  int status;          // 0: done
  std::string output;  // of both kinds
};

ShellRun run_shell(const std::string& command);
bool has_program(const std::string& name);

}  // namespace tests
