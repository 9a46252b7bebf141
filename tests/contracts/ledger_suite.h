// What every ledger promises, as one suite. A kind of ledger takes part by instantiating LedgerSuite with a way to make
// an empty store: INSTANTIATE_TEST_SUITE_P(Kind, LedgerSuite, testing::Values(make_store)), and likewise for the suites
// that extend it.
#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ledger/ledger.h"

namespace tests {

// Where a ledger keeps its things; they outlive the ledger.
class LedgerStore {
 public:
  virtual ~LedgerStore() = default;
  virtual std::unique_ptr<gateway::ledger::Ledger> open() = 0;
};

using MakeLedgerStore = std::unique_ptr<LedgerStore> (*)();

class LedgerSuite : public testing::TestWithParam<MakeLedgerStore> {
 protected:
  LedgerSuite() : store_(GetParam()()), ledger_(store_->open()) {}

  gateway::ledger::Ledger& ledger() { return *ledger_; }
  void reopen();

  // A document is accepted; the sender is the same for all.
  gateway::ledger::Summary accept(const std::string& number);
  gateway::ledger::Summary accept(const gateway::ledger::NewVersion& version);
  gateway::ledger::Standing standing(const std::string& id);
  // One message with these documents, due at once.
  void seal(const std::string& guid, const std::vector<std::string>& ids);
  // A whole delivery; every document of the message moves to `state`.
  void deliver(const std::string& guid, gateway::ledger::State state, std::optional<base::Time> due = std::nullopt);
  // Stores a record and applies it.
  bool receive(const std::string& id, const std::string& status, gateway::ledger::Picture to,
               std::vector<gateway::ledger::Number> learnt = {});
  void store(const std::string& digest, const std::string& dxp_id = "DXPENT0000000001");
  gateway::ledger::Move move_to(const std::string& id, gateway::ledger::State state);

 private:
  std::unique_ptr<LedgerStore> store_;
  std::unique_ptr<gateway::ledger::Ledger> ledger_;
};

// Moments and things that the suite and the tests beside it speak of.
base::Time at(int second);
gateway::ledger::NewVersion new_version(const std::string& number, int version = 1);
std::vector<std::string> numbers_of(const gateway::ledger::Page& page);
std::vector<std::string> keys_of(const std::vector<std::string>& numbers);
inline const std::string port = "hainan";
inline const std::string dxp_id = "DXPENT0000000001";
inline const std::string proof("receipt\0\xff of the port", 21);  // of every delivery
inline const gateway::ledger::WindowKey orders{port, "/ceb312msg", dxp_id};

}  // namespace tests
