#include "gateway/dispatch/seal_lanes.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <map>
#include <utility>

#include "base/failpoint.h"
#include "base/log.h"
#include "gateway/keys/key_ring.h"
#include "gateway/ledger/trouble_line.h"

namespace gateway::dispatch {

using boost::asio::awaitable;
using lifecycle::Event;

namespace {

constexpr std::size_t most_documents_a_lane = 500;
constexpr std::size_t workers_a_key = 4;  // while one signs, what the others have signed is written, in one transaction
constexpr std::chrono::seconds lane_rest_after_trouble{2};  // a ledger that fails, an enterprise without a key

std::string sentence(const base::Faults& faults) {
  std::string text;
  for (const auto& fault : faults) {
    if (fault.severity == base::Severity::error) text += (text.empty() ? "" : "; ") + fault.en;
  }
  return text;
}

std::vector<ledger::Move> sealed_moves(const Batch& batch, base::Time now) {
  std::vector<ledger::Move> moves;
  for (const auto& document : batch.documents) {
    ledger::Move move;
    move.ref = document.ref;
    move.revision = document.revision;
    move.from = lifecycle::State::accepted;
    move.to.state = *lifecycle::next(move.from, Event::sealed);
    move.due = now;
    move.by = "dispatch";
    moves.push_back(std::move(move));
  }
  return moves;
}

ledger::SealedMessage message_of(const Batch& batch, const std::string& port, sealing::Sealed sealed) {
  ledger::SealedMessage message;
  message.guid = std::move(sealed.guid);
  message.type = batch.type;
  message.enterprise = batch.enterprise;
  message.port = port;
  message.dialect = std::move(sealed.dialect);
  message.signed_xml = std::move(sealed.signed_xml);
  message.envelope = std::move(sealed.envelope);
  for (const auto& document : batch.documents) message.documents.push_back(document.ref);
  return message;
}

base::Fault unknown_enterprise(const std::string& code) {
  return {.code = "dispatch.enterprise",
          .path = {},
          .zh = "设置中已没有企业 " + code,
          .en = "the enterprise " + code + " is no longer in the settings",
          .source = {}};
}

}  // namespace

struct SealLanes::Lane {
  std::string enterprise;
  std::deque<Batch> batches;
  std::size_t workers = 0;
  bool rests = false;  // before it closes
};

SealLanes::SealLanes(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port,
                     std::function<void()> on_sealed)
    : executor_(executor), parts_(parts), port_(port), on_sealed_(std::move(on_sealed)) {}

void SealLanes::stop() {
  stopping_ = true;
  for (boost::asio::steady_timer* timer : resting_) timer->cancel();
}

awaitable<Progress> SealLanes::open_due() {
  if (stopping_) co_return Progress{};
  const auto now = parts_.clock.now();
  // Whole messages, where all are of one type.
  const std::size_t most = most_documents_a_lane - most_documents_a_lane % port_.batch_limit;
  auto look = [this, now, most, after = last_, busy = std::vector<std::string>(busy_.begin(), busy_.end())] {
    return parts_.ledger.due_documents(port_.name, now, most, {.busy = busy, .after = after});
  };
  auto due = co_await parts_.store.run(std::move(look));
  if (due.empty()) co_return Progress{};
  last_ = due.back().enterprise;
  const BatchLimits limits{.documents = port_.batch_limit,
                           .of_type = [this](const std::string& type) { return parts_.sealer.most_documents(type); },
                           .linger = port_.linger};
  auto grouped = group(std::move(due), limits, now);
  std::map<std::string, std::vector<Batch>> by_enterprise;
  for (auto& batch : grouped.batches) by_enterprise[batch.enterprise].push_back(std::move(batch));
  for (auto& [enterprise, batches] : by_enterprise) open(enterprise, std::move(batches));
  co_return Progress{.made = !by_enterprise.empty(), .again = grouped.lingers_until};
}

void SealLanes::open(std::string enterprise, std::vector<Batch> batches) {
  busy_.insert(enterprise);
  auto lane = std::make_shared<Lane>();
  lane->workers = std::min(workers_a_key * parts_.signing(enterprise).threads(), batches.size());
  lane->enterprise = std::move(enterprise);
  lane->batches.assign(std::make_move_iterator(batches.begin()), std::make_move_iterator(batches.end()));
  for (std::size_t i = lane->workers; i > 0; --i) {
    boost::asio::co_spawn(
        executor_,
        [](std::shared_ptr<SealLanes> self, std::shared_ptr<Lane> its) -> awaitable<void> {
          co_await self->work(std::move(its));
        }(shared_from_this(), lane),
        boost::asio::detached);
  }
}

awaitable<void> SealLanes::work(std::shared_ptr<Lane> lane) {
  while (!lane->batches.empty() && !stopping_) {
    bool failed = false;
    try {
      co_await seal_next(*lane);
    } catch (const std::exception& error) {
      failed = true;
      ledger::log_trouble("dispatch", "port " + port_.name + ": ", error);
    }
    if (!failed) continue;
    lane->batches.clear();
    lane->rests = true;
  }
  if (--lane->workers == 0) co_await close(std::move(lane));
}

awaitable<void> SealLanes::seal_next(Lane& lane) {
  Batch batch = std::move(lane.batches.front());
  lane.batches.pop_front();
  co_await claim(batch);
  base::failpoint("dispatch.claimed");
  if (batch.documents.empty()) co_return;
  const auto sealing = co_await seal(std::move(batch));
  on_sealed_();
  if (sealing == Sealing::done) co_return;
  lane.batches.clear();
  lane.rests = true;
}

awaitable<void> SealLanes::close(std::shared_ptr<Lane> lane) {
  if (lane->rests && !stopping_) {
    boost::asio::steady_timer timer(executor_, lane_rest_after_trouble);
    boost::system::error_code cut_short;
    resting_.insert(&timer);
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
    resting_.erase(&timer);
  }
  busy_.erase(lane->enterprise);
  on_sealed_();
}

awaitable<void> SealLanes::claim(Batch& batch) {
  std::vector<ledger::DocumentRef> wanted;
  for (const auto& document : batch.documents) wanted.push_back(document.ref);
  auto take = [this, wanted = std::move(wanted)] { return parts_.ledger.claim(wanted); };
  const auto claimed = co_await parts_.store.run(std::move(take));
  std::erase_if(batch.documents, [&claimed](const ledger::DueDocument& document) {
    return std::ranges::find(claimed, document.ref) == claimed.end();
  });
}

awaitable<SealLanes::Sealing> SealLanes::seal(Batch batch) {
  const auto now = parts_.clock.now();
  const config::Enterprise* enterprise = parts_.settings.enterprise(batch.enterprise);
  if (enterprise == nullptr) {
    const base::Faults gone(1, unknown_enterprise(batch.enterprise));
    co_return co_await seal_alone(batch, gone);
  }
  std::vector<std::string> bodies;
  for (const auto& document : batch.documents) bodies.push_back(document.body);
  auto sign = [this, enterprise, type = batch.type, bodies = std::move(bodies), now] {
    return parts_.sealer.seal(*enterprise, port_, type, bodies, now);
  };
  auto sealed = co_await parts_.signing(batch.enterprise).run(std::move(sign));
  if (!sealed && sealed.faults().front().code == keys::no_key_signs) co_return Sealing::no_key;
  if (!sealed) co_return co_await seal_alone(batch, sealed.faults());
  // Where one of them has moved meanwhile (withdrawn, held), nothing is written; the others are due again in the next
  // look.
  auto keep = [this, message = message_of(batch, port_.name, std::move(sealed).value()),
               moves = sealed_moves(batch, now), now] { return parts_.ledger.seal(message, moves, now); };
  base::failpoint("dispatch.signed");
  co_await parts_.store.run(std::move(keep));
  base::failpoint("dispatch.sealed");
  co_return Sealing::done;
}

// One bad document must not hold back the others of its message.
awaitable<SealLanes::Sealing> SealLanes::seal_alone(const Batch& batch, const base::Faults& why) {
  if (batch.documents.size() == 1) {
    co_await hold(batch.documents.front(), why);
    co_return Sealing::done;
  }
  for (const auto& document : batch.documents) {
    Batch one;
    one.enterprise = batch.enterprise;
    one.type = batch.type;
    one.documents.push_back(document);
    if (co_await seal(std::move(one)) == Sealing::no_key) co_return Sealing::no_key;
  }
  co_return Sealing::done;
}

awaitable<void> SealLanes::hold(const ledger::DueDocument& document, const base::Faults& why) {
  const auto now = parts_.clock.now();
  base::log(base::LogLevel::error, "dispatch",
            document.type + " " + document.guid + " cannot be sealed: " + sentence(why));
  ledger::Move move;
  move.ref = document.ref;
  move.revision = document.revision;
  move.from = lifecycle::State::accepted;
  move.to.state = *lifecycle::next(move.from, Event::unsealable);
  move.to.reason = "无法封装 | cannot be sealed: " + sentence(why);
  move.by = "dispatch";
  auto keep = [this, move = std::move(move), now] { return parts_.ledger.move(move, now); };
  co_await parts_.store.run(std::move(keep));
}

}  // namespace gateway::dispatch
