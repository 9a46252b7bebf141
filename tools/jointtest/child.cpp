#include "tools/jointtest/child.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace tools::jointtest {
namespace {

constexpr std::chrono::seconds longest_start{60}, longest_stop{15};
constexpr std::chrono::milliseconds between_looks{20};
constexpr std::size_t shown_of_log = 2000;  // bytes

std::filesystem::path with(std::filesystem::path file, const char* end) { return file += end; }

std::string content_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

int open_for_words(const std::filesystem::path& file) {
  return ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

// Between fork and exec: calls that are safe there alone. A terminal's Ctrl-C is for the one who started us.
[[noreturn]] void become(char* const* command, pid_t parent, int out, int err) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::execv(command[0], command);
  ::_exit(127);
}

template <class Condition>
bool within(std::chrono::seconds longest, Condition holds) {
  const auto end = std::chrono::steady_clock::now() + longest;
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(between_looks);
  }
  return true;
}

}  // namespace

base::Result<Child> Child::start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                 const std::filesystem::path& log) {
  std::vector<std::string> command{program.string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const std::vector<char*> words = pointers(command);
  const int out = open_for_words(with(log, ".out")), err = open_for_words(with(log, ".log"));
  const pid_t parent = ::getpid();
  const pid_t id = ::fork();
  if (id == 0) become(words.data(), parent, out, err);
  ::close(out);
  ::close(err);
  Child child(id);
  constexpr std::string_view before = "listening on ";
  std::string said;
  const auto says = [&] {
    const bool ended = id < 0 || child.has_ended();
    said = content_of(with(log, ".out"));
    return ended || said.find('\n') != std::string::npos;
  };
  if (!within(longest_start, says) || !said.starts_with(before)) return child.not_listening(program, log);
  child.address_ = said.substr(before.size(), said.find('\n') - before.size());
  return child;
}

base::Fault Child::not_listening(const std::filesystem::path& program, const std::filesystem::path& log) const {
  std::string words = content_of(with(log, ".log"));
  if (words.size() > shown_of_log) words.erase(0, words.size() - shown_of_log);
  return {"jointtest.site", program.string(), "程序没有启动：" + words, "The program did not start: " + words, ""};
}

Child::Child(Child&& other) noexcept : id_(std::exchange(other.id_, -1)), address_(std::move(other.address_)) {}

Child::~Child() { stop(); }

bool Child::has_ended() {
  int status = 0;
  if (id_ > 0 && ::waitpid(id_, &status, WNOHANG) == id_) id_ = -1;
  return id_ < 0;
}

void Child::stop() {
  if (has_ended()) return;
  ::kill(id_, SIGTERM);
  if (within(longest_stop, [this] { return has_ended(); })) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
  id_ = -1;
}

}  // namespace tools::jointtest
