#include "tools/cebgate/password_entry.h"

#include <filesystem>
#include <iostream>
#include <termios.h>
#include <unistd.h>
#include <utility>

#include "config/secret_reading.h"

namespace tools::cebgate {

namespace {

// What is typed on the terminal is not shown while this lives.
class Unseen {
 public:
  Unseen() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios unseen = before_;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    is_set_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) == 0;
  }
  ~Unseen() {
    if (is_set_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool is_set_ = false;
};

base::Secret typed_line() {
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  return base::Secret(std::move(line));
}

base::Secret ask(const std::string& question) {
  const Unseen unseen;
  std::cerr << question << std::flush;
  base::Secret answer = typed_line();
  std::cerr << "\n";
  return answer;
}

base::Fault password_fault(std::string zh, std::string en) {
  return {.code = "user.password", .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

}  // namespace

base::Result<base::Secret> enter_password(const std::string& file, Language language) {
  if (!file.empty()) return config::read_secret("file:" + file, std::filesystem::current_path());
  if (::isatty(STDIN_FILENO) == 0) return typed_line();
  base::Secret password = ask(say(language, "新密码：", "new password: "));
  const base::Secret again = ask(say(language, "再输入一次：", "once more: "));
  if (!base::equal_in_constant_time(password.reveal(), again.reveal())) {
    return base::Faults{password_fault("两次输入的密码不同。", "The two passwords differ.")};
  }
  return password;
}

}  // namespace tools::cebgate
