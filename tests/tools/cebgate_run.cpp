#include "tests/tools/cebgate_run.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>

namespace tests::tools {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> environment_of(std::map<std::string, std::string> chosen) {
  chosen.try_emplace("LANG", "C");
  chosen.try_emplace("CEBGATE_SCHEMAS", schemas_directory().string());
  std::vector<std::string> lines;
  for (const auto& [name, value] : chosen) lines.push_back(name + "=" + value);
  return lines;
}

}  // namespace

Ran CebgateRun::operator()(const std::vector<std::string>& arguments,
                           const std::map<std::string, std::string>& environment) const {
  std::vector<std::string> command = {program("cebgate").string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment_of(environment);
  const std::string out = path("stdout"), err = path("stderr");

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&files, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child = 0;
  const int failed =
      posix_spawn(&child, command[0].c_str(), &files, nullptr, pointers(command).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) throw std::runtime_error("cannot run " + command[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

std::string CebgateRun::write(const std::string& name, const std::string& text) const {
  write_file(path(name), text);
  return path(name);
}

}  // namespace tests::tools
