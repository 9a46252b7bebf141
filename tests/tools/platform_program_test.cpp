// The program cebgate-platform itself: what it prints, how it ends.
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/http/client.h"
#include "tests/support/paths.h"

namespace tests::tools {
namespace {

using testing::StartsWith;

class PlatformProgram : public testing::Test {
 protected:
  void start(std::vector<std::string> arguments) {
    std::array<int, 2> out{};
    ASSERT_EQ(::pipe(out.data()), 0);
    const std::string path = program("cebgate-platform").string();
    arguments.insert(arguments.begin(), {path, "--schemas", schemas_directory().string()});
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(out[1], STDOUT_FILENO);
      ::execv(path.c_str(), words.data());
      ::_exit(127);
    }
    ::close(out[1]);
    out_ = out[0];
  }

  std::string first_line() {
    std::string line;
    for (char c = 0; ::read(out_, &c, 1) == 1 && c != '\n';) line += c;
    return line;
  }

  int exit_status() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  void TearDown() override {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      exit_status();
    }
    ::close(out_);
  }

  pid_t child_ = -1;
  int out_ = -1;
};

TEST_F(PlatformProgram, says_where_it_listens_answers_and_stops_on_sigterm) {
  start({"--listen", "127.0.0.1:0"});
  const std::string line = first_line();
  ASSERT_THAT(line, StartsWith("listening on http://127.0.0.1:"));
  gateway::http::Call call;
  call.url = line.substr(std::string("listening on ").size()) + "/_received";
  boost::asio::io_context io;
  auto answered = boost::asio::co_spawn(io, gateway::http::send(std::move(call)), boost::asio::use_future);
  io.run();
  EXPECT_EQ(answered.get().response.body, "[]");
  ::kill(child_, SIGTERM);
  EXPECT_EQ(exit_status(), 0);
}

TEST_F(PlatformProgram, a_fault_of_usage_or_environment_ends_with_2) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--listen", "127.0.0.1"},
                                                {"--listen", "127.0.0.1:65536"},
                                                {"--pace", "-1"},
                                                {"--loud"},
                                                {"--enterprise", "4601960001"},
                                                {"--scenario", "/none/scenario.tsv"},
                                                {"--trust", "/none/ca.pem"},
                                                {"--state", "/none/state.jsonl"}}) {
    start(wrong);
    EXPECT_EQ(exit_status(), 2) << wrong.front();
    ::close(out_);
  }
  out_ = -1;
}

}  // namespace
}  // namespace tests::tools
