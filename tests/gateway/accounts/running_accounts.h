// The accounts of one gateway behind a real listener, over a real ledger that several of them may share; and a browser
// for them that keeps its cookie.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/accounts/accounts.h"
#include "gateway/http/client.h"
#include "gateway/http/server.h"
#include "gateway/ledger/ledger.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace tests {

inline constexpr const char* right_password = "correct horse battery";

// What gateways on one ledger have in common. Users: mei (operator, right_password), root (admin, right_password) and
// new (viewer, no password yet); clients: erp (submitter, token-erp).
class AccountsSite {
 public:
  enum class People { three, nobody };
  explicit AccountsSite(People people = People::three);
  void add_people();
  std::atomic<int> ticks{0};  // that went out by GET /v1/ticks, an answer that goes on and on

  ManualClock& clock() { return clock_; }
  gateway::ledger::Ledger& ledger() { return *ledger_; }
  config::Settings& settings() { return settings_; }
  // Of the newest act.
  std::string last_act() const;
  gateway::ledger::Act act() const;

 private:
  ScratchDirectory scratch_;
  ManualClock clock_;
  config::Settings settings_;
  std::unique_ptr<gateway::ledger::Ledger> ledger_;
};

class RunningAccounts {
 public:
  explicit RunningAccounts(AccountsSite& site);
  ~RunningAccounts();
  const std::string& url() const { return url_; }

 private:
  gateway::offload::Pool store_{2, 100}, hashing_{1, 100};
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{io_.get_executor()};
  std::unique_ptr<gateway::http::Server> server_;
  std::string url_;
  std::thread thread_;
};

struct Page {
  unsigned status = 0;
  gateway::http::Headers headers;
  std::string body;
  boost::json::object json() const;
  std::string text(std::string_view member) const;
  std::string code() const;  // of its first fault
};

class Browser {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;
  explicit Browser(const RunningAccounts& at) : url_(at.url()) {}

  // With the cookie and, where something changes, the token against forged calls.
  Page ask(const std::string& method, const std::string& path, const std::string& body = {}, const Headers& more = {});
  Page sign_in(const std::string& name, const std::string& password);
  Page sign_in_by_code(const std::string& code);
  void go_to(const RunningAccounts& other) { url_ = other.url(); }

  std::string cookie, csrf;

 private:
  Page sign_in_by(const std::string& body);

  std::string url_;
};

}  // namespace tests
