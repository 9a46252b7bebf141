// Ends a server that a test started when the test's program ends, however that is: a shell of its own session, which a
// killed test does not take along, waits for that and runs the commands it was given.
#pragma once

#include <string>
#include <sys/types.h>

namespace tests {

class Lifeline {
 public:
  // Commands of the shell. Throws if it cannot be started.
  explicit Lifeline(const std::string& at_the_end);
  ~Lifeline();  // runs them, and waits for that
  Lifeline(const Lifeline&) = delete;
  Lifeline& operator=(const Lifeline&) = delete;

 private:
  pid_t watcher_ = -1;
  int line_ = -1;  // closed by our end, whatever that is
};

}  // namespace tests
