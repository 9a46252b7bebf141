#include "tests/support/shell.h"

#include <array>
#include <cstdio>

namespace tests {

ShellRun run_shell(const std::string& command) {
  ShellRun ran{};
  FILE* pipe = popen(("{ " + command + "\n} 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, {}};
  std::array<char, 4096> piece{};
  while (const auto size = fread(piece.data(), 1, piece.size(), pipe)) ran.output.append(piece.data(), size);
  ran.status = pclose(pipe);
  return ran;
}

bool has_program(const std::string& name) { return run_shell("command -v " + name).status == 0; }

}  // namespace tests
