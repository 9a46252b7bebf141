// A notify at work on a ledger in a scratch folder, its clock standing until it is moved; stopped at the end of a test,
// within its deadline.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>

#include "gateway/ledger/kinds/open_ledger.h"
#include "gateway/notify/notify.h"
#include "tests/gateway/notify/receiver.h"
#include "tests/support/eventually.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace tests {

class RunningNotify : public testing::Test {
 protected:
  using NoticeState = gateway::lifecycle::NoticeState;

  RunningNotify() { open(); }
  void TearDown() override {
    if (notify) stop();
  }

  void open() {
    ledger.reset();
    ledger = gateway::ledger::kinds::open_ledger("sqlite:" + (scratch.path() / "ledger.db").string());
  }
  void add_client(const std::string& name, const std::string& url, std::vector<std::string> enterprises = {"*"},
                  config::Targets targets = config::Targets::private_too) {
    config::Client client;
    client.name = name;
    client.enterprises = std::move(enterprises);
    client.notifying = config::Notifying{url, "file:secret", targets};
    settings.clients.push_back(client);
  }
  void start() {
    write_file(scratch.path() / "secret", notify_secret + "\n");
    using std::filesystem::perms;
    std::filesystem::permissions(scratch.path() / "secret", perms::owner_read | perms::owner_write);
    settings.file = scratch.path() / "cebgate.toml";
    auto read = gateway::notify::read_secrets(settings);
    if (!read) throw std::runtime_error(read.faults().front().en);
    secrets = std::move(read).value();
    gateway::notify::Parts parts{settings, secrets, *ledger, store, clock};
    parts.attempt_may_take = attempt_may_take;
    notify = std::make_unique<gateway::notify::Notify>(io.get_executor(), parts);
    notify->start();
  }
  void stop(std::chrono::milliseconds deadline = std::chrono::seconds(5)) {
    bool stopped = false;
    boost::asio::co_spawn(io, notify->stop(deadline), [&](std::exception_ptr) { stopped = true; });
    EXPECT_TRUE(run_until([&] { return stopped; }));
  }
  bool run_until(const std::function<bool()>& condition, std::chrono::seconds longest = std::chrono::seconds(10)) {
    const auto end = std::chrono::steady_clock::now() + longest * slowness;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      if (io.stopped()) io.restart();
      io.run_for(std::chrono::milliseconds(10));
    }
    return true;
  }

  std::string accept(const std::string& number, const std::string& enterprise = "E1") {
    gateway::ledger::NewVersion version;
    version.type = "CEB311Message";
    version.key = "CEB311Message/P/" + number;
    version.number = number;
    version.enterprise = enterprise;
    version.port = "hainan";
    version.dxp_id = "DXPENT0000000001";
    version.guid = "guid-" + number;
    version.content_digest = number;
    version.body = "{}";
    version.by = "erp";
    const auto id = ledger->accept(std::span(&version, 1), std::nullopt, clock.now())->front().id;
    if (notify) notify->wake();
    return id;
  }
  void move(const std::string& id, gateway::lifecycle::State state) {
    const auto standing = ledger->newest_by_id(id).value();
    gateway::ledger::Move move{{id, 1}, standing.revision, standing.summary.picture.state, {}, {}, "operator"};
    move.to.state = state;
    ASSERT_TRUE(ledger->move(move, clock.now()));
    if (notify) notify->wake();
  }

  std::size_t count(const std::string& client, NoticeState state) {
    gateway::ledger::NoticeQuery query;
    query.client = client;
    query.state = state;
    query.limit = 10'000;
    return ledger->notices(query).notices.size();
  }
  bool all_come_to(NoticeState state, std::size_t notices, const std::string& client = "erp") {
    return run_until([&] { return count(client, state) == notices; });
  }
  gateway::ledger::Notice newest_notice() { return ledger->notices({}).notices.at(0); }

  boost::asio::io_context io;
  gateway::offload::Pool store{2, 1000};
  ManualClock clock{base::Time(std::chrono::seconds(1'700'000'000))};
  ScratchDirectory scratch;
  config::Settings settings;
  gateway::notify::Secrets secrets;
  std::unique_ptr<gateway::ledger::Ledger> ledger;
  std::unique_ptr<gateway::notify::Notify> notify;
  std::chrono::milliseconds attempt_may_take{10'000};
};

}  // namespace tests
