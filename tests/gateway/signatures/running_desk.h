// The calls of gateway/signatures behind a real listener on a free port, over a real ledger and real keys; and a client
// for them.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "config/settings.h"
#include "gateway/http/server.h"
#include "gateway/keys/keys.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "schemas/catalog.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace tests {

struct Told {
  unsigned status = 0;
  gateway::http::Headers headers;
  std::string body;
  boost::json::object json() const;
  std::string text(std::string_view member) const;
  // The codes and paths of the faults, "code path", in their order, one a line.
  std::string faults() const;
};

struct Asked {
  std::string method = "POST", path = "/v1/sign", body, token = "shop", content_type = "application/json";
};

inline const std::string with_sm2 = "4601960001", with_rsa = "4601960002", with_ended_key = "4601960003";

// Clients: shop may sign for all enterprises, small for the first, admin by its role; looks and operator may not;
// operator sees the first enterprise only, nobody none.
class RunningDesk {
 public:
  enum class Roots { trusted, none };
  explicit RunningDesk(Roots roots = Roots::none);
  ~RunningDesk();

  std::future<Told> begin(const Asked& asked);
  Told ask(const Asked& asked) { return begin(asked).get(); }
  Told sign(const boost::json::object& order, const std::string& token = "shop");
  Told get(const std::string& path, const std::string& token = "operator");

  const TestIdentity& identity(const std::string& enterprise) const { return identities_.at(enterprise); }
  gateway::ledger::Ledger& ledger() { return *ledger_; }
  ManualClock& clock() { return clock_; }
  std::filesystem::path ledger_file() const { return scratch_.path() / "ledger.db"; }
  static const schemas::Catalog& catalog();

  // As a device that does not answer: nothing is signed until it is let go.
  void hold_keys();
  void let_keys_go() { held_.reset(); }

 private:
  void add_enterprise(const std::string& code, const TestIdentity& identity);

  ScratchDirectory scratch_;
  TestAuthority authority_{scratch_.path() / "keys"};
  std::map<std::string, TestIdentity> identities_;
  config::Settings settings_;
  ManualClock clock_;
  std::unique_ptr<gateway::keys::Keys> keys_;
  std::unique_ptr<gateway::ledger::Ledger> ledger_;
  gateway::offload::Pool work_{1, 100}, keys_pool_{1, 100}, store_{1, 100};
  std::optional<std::promise<void>> held_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{io_.get_executor()};
  std::unique_ptr<gateway::http::Server> server_;
  std::thread thread_;
};

// A message of the type with this inside its root.
std::string ceb_text(const std::string& type, const std::string& content = "<ceb:Order>测试甲</ceb:Order>");

}  // namespace tests
