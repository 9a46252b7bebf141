#include "tests/support/lifeline.h"

#include <array>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace tests {

Lifeline::Lifeline(const std::string& at_the_end) {
  std::array<int, 2> pipe{};
  if (pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe to a server's watcher");
  std::string shell = "/bin/sh", option = "-c";
  std::string script = "cat; " + at_the_end;
  const std::array<char*, 4> command{shell.data(), option.data(), script.data(), nullptr};
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, pipe[0], 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  const int failed = posix_spawn(&watcher_, shell.c_str(), &files, &attributes, command.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  close(pipe[0]);
  line_ = pipe[1];
  if (failed != 0) throw std::runtime_error("a server's watcher cannot be started");
}

Lifeline::~Lifeline() {
  close(line_);
  waitpid(watcher_, nullptr, 0);
}

}  // namespace tests
