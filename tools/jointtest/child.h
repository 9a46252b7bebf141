// A program of ours that runs beside this one, in a process group of its own, and never outlives it. Faults:
// jointtest.site, with the end of its log. Started by the main thread, whose end kills it.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

#include "base/result.h"

namespace tools::jointtest {

class Child {
 public:
  // Comes back when it has said where it listens. Its words go to LOG.out and LOG.log, which are made anew.
  static base::Result<Child> start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                   const std::filesystem::path& log);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();  // stops it

  const std::string& address() const { return address_; }  // http://HOST:PORT
  void stop();                                             // asks it to end, and ends it if it does not in time

 private:
  explicit Child(pid_t id) : id_(id) {}
  bool has_ended();
  base::Fault not_listening(const std::filesystem::path& program, const std::filesystem::path& log) const;

  pid_t id_ = -1;
  std::string address_;
};

}  // namespace tools::jointtest
