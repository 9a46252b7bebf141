// A program of this build as a child process, its output kept in files. It sees the customs data of the source tree and
// speaks English, unless the environment given says otherwise; nothing of ours. What still runs is killed with the
// object.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tests {

class ChildProcess {
 public:
  using Environment = std::map<std::string, std::string>;

  // `output`: a path without an end; .out and .err are added. Throws if the program cannot be started.
  ChildProcess(const std::string& program_name, const std::vector<std::string>& arguments,
               const std::filesystem::path& output, const Environment& environment = {});
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  std::string first_line();  // of its standard output; waits for it; "" if the program ends without one
  pid_t id() const { return child_; }
  void signal(int number) const;
  bool has_ended();
  int exit_status();  // waits; -1 if a signal ended it; throws if it does not end within a minute
  std::string out() const;
  std::string err() const;

 private:
  std::filesystem::path out_, err_;
  pid_t child_ = -1;
  bool ended_ = false;
  int status_ = 0;
};

}  // namespace tests
