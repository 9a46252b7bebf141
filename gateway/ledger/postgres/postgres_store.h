// The ledger's database in PostgreSQL, for several gateways: a few connections, each transaction on one of them; what
// another gateway's writing takes back is done again. What this gateway wrote is told to the others by NOTIFY, as a
// hint that comes soon and may get lost: whoever waits looks for itself now and then.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/ledger/postgres/postgres_connection.h"
#include "gateway/ledger/sql/store.h"

namespace gateway::ledger::postgres {

class PostgresStore final : public sql::Store {
 public:
  explicit PostgresStore(std::string url);
  ~PostgresStore() override;

  void write(const Work& work) override;
  void look(const std::function<void(sql::SqlConnection&)>& work) override;
  void number_moves() override;
  bool is_alone() const override { return false; }
  std::string place() const override;

  bool renew_place() override;
  bool take_turn(const std::string& work) override;
  void on_news(std::function<void()> news) override;

 private:
  class Borrowed;

  void write_once(const Work& work);
  void take_place();
  void listen();
  void listen_on(PostgresConnection& connection);

  std::string url_;
  std::mutex borrowing_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;

  mutable std::mutex placing_;
  std::string place_;

  std::function<void()> news_;
  std::atomic<bool> wrote_{false}, leaving_{false};
  std::thread listener_;
};

}  // namespace gateway::ledger::postgres
