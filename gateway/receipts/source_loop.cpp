#include "gateway/receipts/source_loop.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/digest.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "gateway/ledger/trouble_line.h"

namespace gateway::receipts {

using boost::asio::awaitable;

namespace {

constexpr std::chrono::minutes before_start{10};  // of the first window: the port's clock may be behind
constexpr std::chrono::seconds longest_pause{60};
constexpr std::chrono::seconds while_ledger_is_away{2};

ledger::InboundRecord inbound(const ledger::WindowKey& key, std::string bytes, base::Time now) {
  ledger::InboundRecord record;
  record.digest = base::sha256_hex(key.port + '\n' + key.source + '\n' + bytes);
  record.port = key.port;
  record.source = key.source;
  record.dxp_id = key.dxp_id;
  record.bytes = std::move(bytes);
  record.received_at = now;
  return record;
}

std::string declaration_answered_by(const schemas::Catalog& catalog, const std::string& receipt_type) {
  const schemas::MessageType* type = catalog.find(receipt_type);
  return type == nullptr ? std::string() : type->answers;
}

}  // namespace

SourceLoop::SourceLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port,
                       const channels::Source& source, std::string dxp_id, Applier& applier)
    : executor_(executor),
      parts_(parts),
      port_(port),
      channel_(*parts.channels.at(port.name)),
      key_{port.name, source.name, std::move(dxp_id)},
      declaration_(declaration_answered_by(parts.catalog, source.receipt_type)),
      started_(parts.clock.now()),
      applier_(applier),
      timer_(executor),
      windows_(port.overlap, port.poll_interval) {}

void SourceLoop::start() {
  running_ = true;
  boost::asio::co_spawn(
      executor_, [](std::shared_ptr<SourceLoop> self) -> awaitable<void> { co_await self->run(); }(shared_from_this()),
      boost::asio::detached);
}

awaitable<void> SourceLoop::stop(std::chrono::milliseconds deadline) {
  stopping_ = true;
  timer_.cancel();
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (running_ && std::chrono::steady_clock::now() < end) {
    boost::asio::steady_timer moment(executor_, std::chrono::milliseconds(10));
    co_await moment.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> SourceLoop::run() {
  while (!stopping_) {
    std::string trouble;
    bool is_the_ports = true;
    try {
      co_await round();
    } catch (const std::exception& error) {
      trouble = error.what();
      is_the_ports = !ledger::is_told_by_the_ledger(error);
    }
    if (is_the_ports) hear(trouble);
    if (stopping_) break;
    boost::system::error_code cut_short;
    timer_.expires_after(is_the_ports ? pause() : std::max<std::chrono::milliseconds>(pause(), while_ledger_is_away));
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
  }
  running_ = false;
}

// Said once; the metrics and /readyz go on saying it.
void SourceLoop::hear(const std::string& trouble) {
  if (!trouble.empty() && failures_++ == 0) {
    base::log(base::LogLevel::warning, "receipts", "port " + port_.name + " " + key_.source + ": " + trouble);
  }
  if (trouble.empty() && std::exchange(failures_, 0) > 0) {
    base::log(base::LogLevel::info, "receipts", "port " + port_.name + " " + key_.source + ": reachable again");
  }
}

std::chrono::milliseconds SourceLoop::pause() const {
  return std::min<std::chrono::milliseconds>(port_.poll_interval * (1 << std::min(failures_, 5)),
                                             std::max<std::chrono::milliseconds>(longest_pause, port_.poll_interval));
}

// Every step is durable before the next one begins.
awaitable<void> SourceLoop::round() {
  const bool is_its_turn = co_await has_its_turn();
  if (!is_its_turn) co_return;
  const bool is_worth_asking = co_await has_something_to_tell();
  if (!is_worth_asking) co_return;
  const auto since = co_await window();
  channels::Window wanted{key_.source, key_.dxp_id, since};
  auto received = co_await channel_.receive(wanted);
  if (!received) throw std::runtime_error(received.faults().front().en);
  const bool is_something = !received->empty();
  if (is_something) base::failpoint("receipts.received");
  co_await keep(std::move(received).value(), since);
  if (is_something) base::failpoint("receipts.stored");
  co_await channel_.acknowledge(wanted);
  if (is_something) base::failpoint("receipts.acknowledged");
}

// Of several gateways on one ledger one asks.
awaitable<bool> SourceLoop::has_its_turn() {
  auto take = [this, work = "receipts/" + key_.port + key_.source + "/" + key_.dxp_id] {
    return parts_.ledger.take_turn(work);
  };
  co_return co_await parts_.store.run(std::move(take));
}

// A port need not have a listing for a type that nobody here declares: it is not asked before the first such document.
awaitable<bool> SourceLoop::has_something_to_tell() {
  if (has_something_to_tell_ || declaration_.empty()) co_return true;
  ledger::Query query;
  query.type = declaration_;
  query.limit = 1;
  auto look = [this, query] { return parts_.ledger.list(query); };
  const auto page = co_await parts_.store.run(std::move(look));
  has_something_to_tell_ = !page.documents.empty();
  co_return has_something_to_tell_;
}

awaitable<base::Time> SourceLoop::window() {
  auto read = [this, reach = windows_.reach(parts_.clock.now())]() -> base::Time {
    const auto now = parts_.clock.now();  // it may have been set back since
    if (const auto newest = parts_.ledger.window(key_)) return std::min(*newest, now) - reach;
    const auto first = parts_.ledger.earliest_unsettled_send(key_.port).value_or(started_);
    return std::min({first, started_, now}) - before_start;
  };
  co_return co_await parts_.store.run(std::move(read));
}

awaitable<void> SourceLoop::keep(std::vector<channels::Received> received, base::Time since) {
  windows_.listed(received.size());
  const auto now = parts_.clock.now();
  base::Time newest = since;
  std::vector<ledger::InboundRecord> records;
  std::vector<std::string> digests;
  for (auto& one : received) {
    newest = std::max(newest, one.marked_at);
    auto record = inbound(key_, std::move(one.bytes), now);
    digests.push_back(record.digest);
    if (!windows_.is_kept(record.digest)) records.push_back(std::move(record));
  }
  if (records.empty()) {
    for (const std::string& digest : digests) windows_.kept(digest);
    co_return;
  }
  // A record from the future, by its mark, must not make those be missed that come until then.
  newest = std::min(newest, now);
  auto store = [this, records = std::move(records), newest] {
    const auto kept = parts_.ledger.window(key_);
    return parts_.ledger.store_inbound(records, key_, kept ? std::max(*kept, newest) : newest);
  };
  co_await parts_.store.run(std::move(store));
  for (const std::string& digest : digests) windows_.kept(digest);
  applier_.ring();
}

}  // namespace gateway::receipts
