// The only memory of the gateway. Every call is one transaction, durable when it returns; calls block (run them through
// gateway/offload) and may come from several threads. Whoever moves a document hands in the revision it read: if the
// document has changed meanwhile nothing is written and the call says false. Failures of the store itself (disk full,
// damaged file) throw LedgerError; nothing half-done stays.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/ledger/records.h"

namespace gateway::ledger {

class LedgerError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// One document's move, as lifecycle computed it.
struct Move {
  DocumentRef ref;
  std::int64_t revision = 0;  // as read
  State from = State::accepted;
  Picture to;
  std::optional<base::Time> due;  // when dispatch has to look again; absent: not by itself
  std::string by;
};

class Ledger {
 public:
  virtual ~Ledger() = default;

  // ---- intake ----
  // For each key its newest version, or nothing.
  virtual std::vector<std::optional<Standing>> newest(std::span<const std::string> keys) = 0;
  virtual std::optional<Standing> newest_by_id(const std::string& id) = 0;
  virtual std::optional<Idempotent> idempotent(const std::string& client, const std::string& key) = 0;
  // All or nothing; nothing comes back (and nothing is written) if one of the keys has moved on. The summaries are in
  // the order given. `answer_of` makes the idempotent answer from them inside the same transaction, where there is one.
  struct IdempotencyKey {
    std::string client, key, request_digest;
    std::function<Idempotent(std::span<const Summary>)> answer_of;
  };
  virtual std::optional<std::vector<Summary>> accept(std::span<const NewVersion> versions,
                                                     const std::optional<IdempotencyKey>& idempotency,
                                                     base::Time now) = 0;
  virtual std::size_t waiting() = 0;  // documents not yet sent

  // ---- dispatch ----
  // Enterprises take turns, so that none waits for another's backlog: from the one behind `after` on, round to it.
  struct Turn {
    std::span<const std::string> busy = {};  // these are left out
    std::string after = {};
  };
  // The oldest `most` of each enterprise, together no more than four times as many.
  virtual std::vector<DueDocument> due_documents(const std::string& port, base::Time now, std::size_t most,
                                                 const Turn& turn) = 0;
  // Keeps the bytes and moves its documents accepted -> sealed; false: one of them has moved, nothing is written.
  virtual bool seal(const SealedMessage& message, std::span<const Move> moves, base::Time now) = 0;
  // The first of each enterprise, then the second of each, and so on.
  virtual std::vector<DueMessage> due_messages(const std::string& port, base::Time now, std::size_t most,
                                               const std::string& after) = 0;
  // Messages with documents in this state that are due after `from + spread` become due between the two, in the order
  // in which they were. Gives their number.
  struct Forward {
    State state = State::deferred;
    base::Time from;
    std::chrono::milliseconds spread;
  };
  virtual std::size_t bring_forward(const std::string& port, const Forward& forward, std::size_t most) = 0;
  // Recorded before the first byte leaves. Returns the delivery's number. False (nothing): no document of the message
  // has to be sent any more.
  virtual std::optional<std::int64_t> begin_delivery(const std::string& message_guid, base::Time now) = 0;
  // Ends it and applies `next` to each document of the message inside the same transaction: it is given what the ledger
  // holds now, and returns the picture to write and when it is due again, or nothing for "no move".
  struct Next {
    Picture picture;
    std::optional<base::Time> due;
  };
  using Decide = std::function<std::optional<Next>(const Standing&)>;
  virtual void finish_delivery(std::int64_t delivery, DeliveryOutcome outcome, const std::string& answer,
                               base::Time now, const Decide& next) = 0;
  // Deliveries begun and never finished: what a crash left behind. (number, message guid)
  virtual std::vector<std::pair<std::int64_t, std::string>> open_deliveries() = 0;
  // When the next document or message of any port is due; nothing if none is.
  virtual std::optional<base::Time> next_due() = 0;

  // ---- receipts ----
  virtual std::optional<base::Time> window(const WindowKey& key) = 0;
  virtual std::optional<base::Time> earliest_unsettled_send(const std::string& port) = 0;
  // Stores what is new (by digest) and the window together; gives the number of new records.
  virtual std::size_t store_inbound(std::span<const InboundRecord> records, const WindowKey& key,
                                    base::Time window) = 0;
  virtual std::vector<InboundRecord> fresh_inbound(std::size_t most) = 0;
  // By any of our guids (root or document) or learnt numbers; with several matches all are given.
  virtual std::vector<DocumentRef> by_number(const std::string& kind, const std::string& value,
                                             const std::string& dxp_id) = 0;
  // By the parts of a key; a part that the receipt leaves out is nothing and matches any.
  virtual std::vector<DocumentRef> by_key_parts(const std::string& type,
                                                std::span<const std::optional<std::string>> parts,
                                                const std::string& dxp_id) = 0;
  virtual std::optional<Standing> standing(const DocumentRef& ref) = 0;
  // First delivery of each version of the document that was begun, oldest version first.
  virtual std::vector<std::pair<int, base::Time>> first_sends(const std::string& id) = 0;
  // Writes receipt, numbers, picture and move, and marks the record applied; one that is applied already changes
  // nothing. False: the document has moved on, read again.
  struct Applied {
    std::string inbound_digest;
    ReceiptRow receipt;
    std::vector<Number> learnt;
    Move move;
    // What nobody explains is counted with it; of `times` and the moments nothing is read.
    std::optional<UnexplainedCode> unexplained = std::nullopt;
  };
  virtual bool apply_receipt(const Applied& applied) = 0;
  // unmatched, foreign or unreadable. `numbers` of a foreign record are kept, so that its later records are foreign
  // too.
  virtual void set_inbound(const std::string& digest, InboundState state, const std::string& reason,
                           std::span<const Number> numbers) = 0;
  virtual bool is_foreign_number(const Number& number, const std::string& dxp_id) = 0;
  // unmatched -> fresh, the newest `most_tried_again` of them; called when a number was learnt or a document accepted.
  static constexpr std::size_t most_tried_again = 10'000;
  virtual void retry_unmatched() = 0;

  // ---- operators and everybody who looks ----
  virtual bool move(const Move& move, base::Time now) = 0;
  // Takes a sealed or deferred document's message apart: the document makes `move`, the others go back to accepted.
  virtual bool unseal(const Move& move, base::Time now) = 0;
  virtual std::optional<WholeDocument> document(const std::string& id, std::optional<int> version) = 0;
  virtual std::optional<SealedMessage> message_of(const std::string& id, std::optional<int> version) = 0;
  virtual Page list(const Query& query) = 0;
  // Moves after the cursor, oldest first, of documents of these enterprises (empty: all).
  virtual std::vector<MoveRow> changes(std::int64_t after, std::span<const std::string> enterprises,
                                       std::size_t most) = 0;
  virtual Backlog backlog() = 0;
  // The commonest first. Beyond this many different ones a new code is not counted: the receipt itself is kept.
  static constexpr std::size_t most_unexplained_codes = 1'000;
  virtual std::vector<UnexplainedCode> unexplained_codes() = 0;

  // ---- signatures for other systems ----
  virtual std::int64_t record_signing(const Signing& signing) = 0;  // gives its number
  virtual SigningPage signings(const SigningQuery& query) = 0;

  virtual void check() = 0;  // throws LedgerError if a write is not possible
};

// url: sqlite:PATH. Throws LedgerError: damaged, newer than this program, open elsewhere, unknown kind; the text says
// what to do.
std::unique_ptr<Ledger> open_ledger(const std::string& url);

}  // namespace gateway::ledger
