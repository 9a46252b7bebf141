#include "gateway/receipts/round.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/failpoint.h"
#include "base/log.h"
#include "gateway/receipts/changes.h"
#include "gateway/receipts/matching.h"

namespace gateway::receipts {

namespace {

using ledger::InboundState;
using ledger::Ledger;
using sealing::Said;

constexpr int most_tries = 5;                     // against a document that keeps moving
constexpr std::size_t most_changes_a_wave = 500;  // written in one transaction

// A line for all that say the same: thousands a second would say less. The ledger has each of them.
void log_applied(std::span<const Ledger::Applied> changes, std::span<const Ledger::Written> written) {
  std::map<std::string, std::vector<std::string>> alike;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const ledger::ReceiptRow& receipt = changes[i].receipt;
    if (written[i] == Ledger::Written::moved_on) continue;
    alike[receipt.type + " " + receipt.status + ", " + receipt.effect].push_back(changes[i].move.ref.id);
  }
  for (const auto& [what, ids] : alike) {
    const std::string whose = ids.size() == 1 ? ids.front() : std::to_string(ids.size()) + " documents";
    base::log(base::LogLevel::info, "receipts", what + ": " + whose);
  }
}

}  // namespace

struct Round::Item {
  std::size_t record = 0;
  const sealing::Opened* opened = nullptr;
  std::string part;             // empty: the record says this alone
  std::vector<Change> changes;  // of one look
  int tries = 0;
};

struct Round::Record {
  std::vector<sealing::Opened> opened;
  std::size_t open_items = 0;
  std::size_t applied = 0, unmatched = 0, foreign = 0, unreadable = 0, moving = 0;
  bool is_notice = false;
  bool marks_itself = false;  // the ledger marks it with its only change
  std::string reason;
  std::vector<ledger::Number> foreign_numbers;
};

Round::Round(const Tools& tools, std::span<const ledger::InboundRecord> records) : tools_(tools), records_(records) {}

Round::~Round() = default;

void Round::run() {
  states_.resize(records_.size());
  for (std::size_t i = 0; i < records_.size(); ++i) open(i);
  while (!waiting_.empty()) run_wave();
}

void Round::open(std::size_t index) {
  const ledger::InboundRecord& record = records_[index];
  Record& state = states_[index];
  const config::Port* port = tools_.settings.port(record.port);
  auto opened = port == nullptr ? base::Result<std::vector<sealing::Opened>>(base::Faults{})
                                : tools_.sealer.open(*port, record.source, record.bytes);
  if (!opened) {
    state.unreadable = 1;
    state.reason = port == nullptr ? "the port is no longer in the settings" : opened.faults().front().en;
    return close(index);
  }
  state.opened = std::move(opened).value();
  state.open_items = state.opened.size();
  if (state.opened.empty()) return close(index);  // it says that all is well
  state.is_notice = state.opened.front().said == Said::notice;
  // The refusal of a message is about several documents.
  state.marks_itself = state.opened.size() == 1 && state.opened.front().said != Said::refusal;
  for (std::size_t i = 0; i < state.opened.size(); ++i) {
    sealing::Opened& one = state.opened[i];
    if (one.dxp_id.empty()) one.dxp_id = record.dxp_id;
    waiting_.push_back({index, &one, state.marks_itself ? std::string() : std::to_string(i), {}, 0});
  }
}

void Round::run_wave() {
  in_wave_.clear();
  wave_learns_ = false;
  std::deque<Item> later;
  std::vector<Item> wave;
  for (Item& item : std::exchange(waiting_, {})) {
    const bool is_full = in_wave_.size() >= most_changes_a_wave;
    const Look seen = is_full ? Look::waits : look(item);
    if (seen == Look::waits) later.push_back(std::move(item));
    if (seen != Look::changes) continue;
    for (const Change& change : item.changes) {
      in_wave_.insert(change.move.ref);
      wave_learns_ = wave_learns_ || !change.learnt.empty();
    }
    wave.push_back(std::move(item));
  }
  waiting_ = std::move(later);
  write(std::move(wave));
}

Round::Look Round::look(Item& item) {
  const sealing::Opened& opened = *item.opened;
  if (!opened.faults.empty()) return end(item, InboundState::unreadable, opened.faults.front().en);
  if (opened.said == Said::refusal) return look_for_message(item);
  return look_for_document(item);
}

Round::Look Round::look_for_document(Item& item) {
  const sealing::Opened& opened = *item.opened;
  const auto* type = tools_.catalog.find(opened.about);
  if (type == nullptr) {
    return end(item, InboundState::unreadable, opened.receipt_type + " answers no declaration of this edition");
  }
  const auto found = match(tools_.ledger, *type, opened);
  const bool is_found = found.found == Found::document || found.found == Found::several;
  if (!is_found && wave_learns_) return Look::waits;
  if (found.found == Found::elsewhere) return end(item, InboundState::foreign, found.reason);
  if (found.found != Found::document || !found.standing) return end(item, InboundState::unmatched, found.reason);
  if (in_wave_.contains(found.ref)) return Look::waits;
  const Came came = how_it_came(item);
  item.changes.assign(1, opened.said == Said::notice ? notice_change(tools_, opened, came, *found.standing)
                                                     : receipt_change(tools_, opened, came, *found.standing));
  return Look::changes;
}

Round::Look Round::look_for_message(Item& item) {
  const sealing::Opened& opened = *item.opened;
  std::optional<Ledger::SentMessage> message;
  for (const std::string& guid : opened.guids) {
    if (!message) message = tools_.ledger.sent_message(guid, opened.dxp_id);
  }
  if (!message && opened.guids.empty()) return end(item, InboundState::unmatched, "it names no message");
  if (!message) {
    const auto archived = tools_.ledger.archived_by({opened.guids, {}, {}, {}, opened.dxp_id});
    if (archived) return end(item, InboundState::unmatched, archived_reason(*archived));
    return end(item, InboundState::foreign, "a message of another system");
  }
  if (!opened.about.empty() && opened.about != message->type) {
    return end(item, InboundState::unmatched, "it repeats a guid of ours, but names another type of message");
  }
  item.changes.clear();
  const std::string part = item.part;
  for (const ledger::DocumentRef& ref : message->still_in_it) {
    const auto standing = tools_.ledger.standing(ref);
    if (!standing) continue;
    if (in_wave_.contains(ref)) return Look::waits;
    Came came = how_it_came(item);
    came.part = part + "/" + ref.id;
    item.changes.push_back(passes_later(opened) ? not_passed_on_change(tools_, opened, came, *standing)
                                                : refusal_change(tools_, opened, came, *standing, message->documents));
  }
  return item.changes.empty() ? end(item, InboundState::applied, {}) : Look::changes;
}

bool Round::passes_later(const sealing::Opened& refusal) const {
  const auto code = refusal.parts.find("ResponseCode");
  return code != refusal.parts.end() && tools_.knowledge.passes_later(code->second);
}

Came Round::how_it_came(const Item& item) const {
  const ledger::InboundRecord& record = records_[item.record];
  return {record.digest, item.part, record.received_at, tools_.clock.now()};
}

// In the order of the documents, so that gateways on one ledger never wait for each other in a circle.
void Round::write(std::vector<Item> items) {
  struct Owned {
    Change change;
    Item* owner;
  };
  std::vector<Owned> owned;
  for (Item& item : items) {
    for (Change& change : item.changes) owned.push_back({std::move(change), &item});
  }
  if (owned.empty()) return;
  std::ranges::sort(owned, {}, [](const Owned& one) { return one.change.move.ref; });
  std::vector<Change> changes;
  for (Owned& one : owned) changes.push_back(std::move(one.change));
  base::failpoint("receipts.read");
  const auto written = tools_.ledger.apply_receipts(changes);
  base::failpoint("receipts.applied");
  log_applied(changes, written);
  std::set<const Item*> moved_on;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    has_learnt_ = has_learnt_ || written[i] == Ledger::Written::and_learnt;
    if (written[i] == Ledger::Written::moved_on) moved_on.insert(owned[i].owner);
  }
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (!moved_on.contains(&*item)) {
      end(*item, InboundState::applied, {});
    } else if (++item->tries < most_tries) {
      waiting_.push_front(std::move(*item));
    } else {
      end(*item, InboundState::fresh, {});
    }
  }
}

Round::Look Round::end(const Item& item, InboundState state, const std::string& reason) {
  Record& record = states_[item.record];
  switch (state) {
    case InboundState::applied:
      ++record.applied;
      break;
    case InboundState::unmatched:
      ++record.unmatched;
      break;
    case InboundState::foreign:
      ++record.foreign;
      for (auto& number : numbers_of(*item.opened)) record.foreign_numbers.push_back(std::move(number));
      break;
    case InboundState::unreadable:
      ++record.unreadable;
      break;
    case InboundState::fresh:
      ++record.moving;
      break;
  }
  if (!reason.empty()) record.reason = reason;
  if (--record.open_items == 0) close(item.record);
  return Look::ends;
}

// A notice about many that has found one is applied: the others are not ours.
void Round::close(std::size_t index) {
  const Record& record = states_[index];
  if (record.moving > 0) return;  // stays fresh
  ++finished_;
  const std::string& digest = records_[index].digest;
  if (record.unreadable > 0) return tools_.ledger.set_inbound(digest, InboundState::unreadable, record.reason, {});
  if (record.unmatched > 0 && !(record.is_notice && record.applied > 0)) {
    return tools_.ledger.set_inbound(digest, InboundState::unmatched, record.reason, {});
  }
  if (record.foreign > 0 && record.applied == 0) {
    return tools_.ledger.set_inbound(digest, InboundState::foreign, record.reason, record.foreign_numbers);
  }
  if (!record.marks_itself) tools_.ledger.set_inbound(digest, InboundState::applied, {}, {});
}

}  // namespace gateway::receipts
