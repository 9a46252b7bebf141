// Intake behind a real listener on a free port, over a real ledger and the real schemas; and a client for it.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "config/settings.h"
#include "gateway/http/message.h"
#include "gateway/http/server.h"
#include "gateway/intake/intake.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace tests {

// Clients: erp and second post for one enterprise each, watcher looks at all of them, nobody sees none.
config::Settings intake_settings();

struct Asked {
  std::string method = "GET", path, body, token = "erp", content_type = "application/json", idempotency_key;
};

struct Told {
  unsigned status = 0;
  gateway::http::Headers headers;
  std::string body;
  boost::json::value json() const;
  // The codes and paths of the faults, "code path", in their order, one a line.
  std::string faults() const;
  bool says(std::string_view text) const { return body.find(text) != std::string::npos; }
};

class RunningIntake {
 public:
  // `ledger`: its address; empty: one of its own.
  explicit RunningIntake(config::Settings settings = intake_settings(), gateway::intake::EventPace pace = {},
                         const std::string& ledger = {});
  ~RunningIntake();
  RunningIntake(const RunningIntake&) = delete;
  RunningIntake& operator=(const RunningIntake&) = delete;

  Told ask(const Asked& asked);
  Told get(const std::string& path, const std::string& token = "erp");
  Told post(const std::string& body, const std::string& query = "");
  // Posts an order that is good and gives its id.
  std::string accepted_order(const std::string& number);

  std::string url() const { return server_->url(); }
  gateway::ledger::Ledger& ledger() { return *ledger_; }
  ManualClock& clock() { return clock_; }
  int wakes() const { return wakes_; }

  // Puts the newest version into a state, as dispatch or a person would.
  void put(const std::string& id, gateway::ledger::Picture picture);
  // Records a receipt for the newest version, as the receipts loop would.
  void receive(const std::string& id, const std::string& status, gateway::ledger::Picture picture,
               const std::vector<gateway::ledger::Number>& learnt = {});
  void seal(const std::string& id);
  // Takes it out of the ledger, as the archive would.
  enum class ItsFile { is_good, is_missing };
  void archive(const std::string& id, ItsFile its_file);

  static const schemas::Catalog& catalog();
  static const schemas::Judge& judge();
  static const schemas::Knowledge& knowledge();

 private:
  ScratchDirectory scratch_;
  config::Settings settings_;
  ManualClock clock_;
  std::unique_ptr<gateway::ledger::Ledger> ledger_;
  gateway::offload::Pool work_{1, 100}, store_{1, 100};
  std::atomic<int> wakes_{0};
  std::map<std::string, std::string> archived_;  // lines, by id
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{io_.get_executor()};
  std::optional<gateway::intake::Intake> intake_;
  std::unique_ptr<gateway::http::Server> server_;
  std::thread thread_;
};

// {"type","enterprise","document"} of documents that pass every check, with invented people.
boost::json::object order(const std::string& number, const std::string& enterprise = "4601960001");
boost::json::object inventory(const std::string& cop_no, const std::string& enterprise = "4601960001");
boost::json::object& head(boost::json::object& posted);

}  // namespace tests
