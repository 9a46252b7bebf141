// A gateway's inner parts on a scratch folder, with one port whose channel the test scripts: real schemas, real keys, a
// real ledger, an invented platform.
#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/channels/channel.h"
#include "gateway/keys/keys.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "gateway/sealing/sealing.h"
#include "schemas/knowledge.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace tests {

// Answers as scripted, then `confirmed`; keeps what it was given.
class ScriptedChannel final : public gateway::channels::Channel {
 public:
  boost::asio::awaitable<gateway::channels::Answer> send(gateway::channels::Outgoing message) override;
  std::vector<gateway::channels::Source> sources() const override {
    return {{"/ceb312msg", "CEB312Message"}, {"/ceb622msg", ""}};
  }
  boost::asio::awaitable<base::Result<std::vector<gateway::channels::Received>>> receive(
      gateway::channels::Window window) override;
  boost::asio::awaitable<void> acknowledge(gateway::channels::Window window) override;
  gateway::channels::Health health() const override { return {true, "scripted"}; }

  std::deque<gateway::channels::Answer> answers;
  std::map<std::string, std::vector<gateway::channels::Received>> listings;  // by source
  std::vector<std::string> sent;
  std::vector<gateway::channels::Window> asked;
};

class Bench {
 public:
  explicit Bench(std::size_t batch_limit = 1);

  // One order of the first or another enterprise, accepted; its guid is made from the number.
  gateway::ledger::DocumentRef accept_order(const std::string& number, std::size_t enterprise = 0);
  gateway::ledger::DocumentRef accept(const std::string& type, const std::string& body_with_guid, int version = 1,
                                      std::size_t enterprise = 0);
  void reopen_ledger();  // as another program run does
  void open_keys();      // anew, after the settings of keys or enterprises have been changed
  gateway::ledger::Standing standing(const gateway::ledger::DocumentRef& ref);
  // Runs the I/O until the condition holds; false after five seconds.
  bool run_until(const std::function<bool()>& condition);

  ScratchDirectory folder;
  TestAuthority authority{folder.path() / "keys"};
  ManualClock clock{*base::read_china_digits("20260131093000")};
  config::Settings settings;
  schemas::Catalog catalog;
  schemas::Judge judge;
  schemas::Knowledge knowledge;
  std::unique_ptr<gateway::keys::Keys> keys;
  std::unique_ptr<gateway::sealing::Sealer> sealer;
  std::unique_ptr<gateway::ledger::Ledger> ledger;
  boost::asio::io_context io{1};
  gateway::offload::Pool work{1, 100}, store{1, 100};
  std::map<std::string, std::unique_ptr<gateway::channels::Channel>> channels;
  ScriptedChannel* channel = nullptr;
};

}  // namespace tests
