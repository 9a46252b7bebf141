#include "tests/support/child_process.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>

#include "tests/support/eventually.h"
#include "tests/support/paths.h"

namespace tests {

namespace {

constexpr std::chrono::minutes longest_run{1};
constexpr std::chrono::seconds longest_start{30};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> lines_of(ChildProcess::Environment chosen) {
  chosen.try_emplace("LANG", "C");
  chosen.try_emplace("CEBGATE_SCHEMAS", schemas_directory().string());
  std::vector<std::string> lines;
  for (const auto& [name, value] : chosen) lines.push_back(name + "=" + value);
  return lines;
}

}  // namespace

ChildProcess::ChildProcess(const std::string& program_name, const std::vector<std::string>& arguments,
                           const std::filesystem::path& output, const Environment& environment)
    : out_(output.string() + ".out"), err_(output.string() + ".err") {
  std::vector<std::string> command = {program(program_name).string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = lines_of(environment);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&files, 2, err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addclosefrom_np(&files, 3);  // the sockets of servers that the test stops and starts
  const int failed =
      posix_spawn(&child_, command[0].c_str(), &files, nullptr, pointers(command).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) throw std::runtime_error("cannot run " + command[0]);
}

ChildProcess::~ChildProcess() {
  if (ended_) return;
  signal(SIGKILL);
  waitpid(child_, &status_, 0);
}

bool ChildProcess::has_ended() {
  if (!ended_) ended_ = waitpid(child_, &status_, WNOHANG) == child_;
  return ended_;
}

std::string ChildProcess::first_line() {
  std::string text;
  const auto line_is_there = [&] {
    const bool complete = has_ended();  // asked first, so that nothing it wrote is missed
    text = out();
    return complete || text.find('\n') != std::string::npos;
  };
  if (!eventually(line_is_there, longest_start))
    throw std::runtime_error("the program says nothing; its log: " + err());
  return text.substr(0, text.find('\n'));
}

void ChildProcess::signal(int number) const {
  if (!ended_) kill(child_, number);
}

int ChildProcess::exit_status() {
  if (!eventually([this] { return has_ended(); }, longest_run)) {
    throw std::runtime_error("the program does not end; its log: " + err());
  }
  return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

std::string ChildProcess::out() const { return read_file(out_); }
std::string ChildProcess::err() const { return read_file(err_); }

}  // namespace tests
