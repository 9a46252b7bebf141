#include "gateway/receipts/source_loop.h"

#include <algorithm>
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
constexpr std::chrono::hours farthest_back{24 * 30};  // what customs said of a document before that is not asked for
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
    : parts_(parts),
      port_(port),
      channel_(*parts.channels.at(port.name)),
      key_{port.name, source.name, std::move(dxp_id)},
      supply_(source.supply),
      declaration_(declaration_answered_by(parts.catalog, source.receipt_type)),
      started_(parts.clock.now()),
      applier_(applier),
      loop_(executor, {"receipts", "port " + port.name + " " + source.name + ": ", port.poll_interval}),
      windows_(port.overlap, port.poll_interval) {}

void SourceLoop::start() {
  loop_.start([self = shared_from_this()] { return self->round(); });
}

awaitable<std::chrono::milliseconds> SourceLoop::round() {
  std::string trouble;
  bool is_the_ports = true, has_asked = false;
  try {
    has_asked = co_await ask();
  } catch (const std::exception& error) {
    trouble = error.what();
    is_the_ports = !ledger::is_told_by_the_ledger(error);
  }
  if (is_the_ports) hear(trouble);
  if (has_asked && supply_ != channels::Supply::listing)
    co_return std::chrono::milliseconds(0);  // it has waited itself
  co_return is_the_ports ? pause() : std::max<std::chrono::milliseconds>(pause(), while_ledger_is_away);
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

// Every step is durable before the next one begins. False: it was not for us to ask.
awaitable<bool> SourceLoop::ask() {
  const bool is_its_turn = co_await has_its_turn();
  if (!is_its_turn) co_return false;
  const bool is_worth_asking = co_await has_something_to_tell();
  if (!is_worth_asking) co_return false;
  const auto since = co_await window();
  channels::Window wanted{key_.source, key_.dxp_id, since};
  auto received = co_await channel_.receive(wanted);
  if (!received) throw std::runtime_error(received.faults().front().en);
  const bool is_something = !received->empty();
  if (is_something) base::failpoint("receipts.received");
  co_await keep(std::move(received).value(), since);
  if (is_something) base::failpoint("receipts.stored");
  co_await end_catch_up();
  co_await channel_.acknowledge(wanted);
  if (is_something) base::failpoint("receipts.acknowledged");
  co_return true;
}

// Of several gateways on one ledger one asks; what stands at this one's own door no other can take.
awaitable<bool> SourceLoop::has_its_turn() {
  if (supply_ == channels::Supply::door) co_return true;
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
  if (supply_ != channels::Supply::listing) co_return parts_.clock.now();
  auto read = [this, reach = windows_.reach(parts_.clock.now())]() -> base::Time {
    const auto now = parts_.clock.now();  // it may have been set back since
    if (const auto newest = parts_.ledger.window(key_)) return std::min(*newest, now) - reach;
    const auto first = parts_.ledger.earliest_unsettled_send(key_.port).value_or(started_);
    return std::max(std::min({first, started_, now}) - before_start, now - farthest_back);
  };
  const auto usual = co_await parts_.store.run(std::move(read));
  // A port that cannot list so much must not keep back what is new: every other try after a failure does without.
  catch_up_.reset();
  if (failures_ % 2 == 0) {
    auto look = [this] { return parts_.ledger.catch_up(key_); };
    catch_up_ = co_await parts_.store.run(std::move(look));
  }
  co_return catch_up_ ? std::min(usual, std::max(*catch_up_ - before_start, parts_.clock.now() - farthest_back))
                      : usual;
}

// Documents were taken over from another system, and what customs had said of them was asked for.
awaitable<void> SourceLoop::end_catch_up() {
  const auto since = std::exchange(catch_up_, std::nullopt);
  if (!since) co_return;
  auto end = [this, since] { parts_.ledger.caught_up(key_, *since); };
  co_await parts_.store.run(std::move(end));
}

awaitable<void> SourceLoop::keep(std::vector<channels::Received> received, base::Time since) {
  auto store = [this, all = std::move(received), since]() mutable { return keep_what_is_new(std::move(all), since); };
  const std::size_t kept = co_await parts_.store.run(std::move(store));
  if (kept > 0) applier_.ring();
}

// Gives how many. Reckoning the digests of a long listing takes longer than other requests should wait.
std::size_t SourceLoop::keep_what_is_new(std::vector<channels::Received> received, base::Time since) {
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
  if (!records.empty()) {
    // A record from the future, by its mark, must not make those be missed that come until then.
    newest = std::min(newest, now);
    const auto kept = parts_.ledger.window(key_);
    parts_.ledger.store_inbound(records, key_, kept ? std::max(*kept, newest) : newest);
  }
  for (const std::string& digest : digests) windows_.kept(digest);
  return records.size();
}

}  // namespace gateway::receipts
