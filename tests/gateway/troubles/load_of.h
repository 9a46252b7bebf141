// How much of a core a process has used since the object was made. Linux.
#pragma once

#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <sys/types.h>
#include <unistd.h>

namespace tests {

class LoadOf {
 public:
  explicit LoadOf(pid_t process) : process_(process) {}
  double share_of_a_core() const {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - since_;
    return (seconds_used(process_) - used_) / passed.count();
  }

 private:
  // proc(5): utime and stime are the 14th and 15th field, and the second one ends with the last bracket.
  static double seconds_used(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int i = 3; i < 14; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
  }

  pid_t process_;
  double used_ = seconds_used(process_);
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

}  // namespace tests
