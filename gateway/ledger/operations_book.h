// What operators and everybody who looks ask of the ledger.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class OperationsBook {
 public:
  virtual ~OperationsBook() = default;

  virtual bool move(const Move& move, base::Time now) = 0;
  // Takes a sealed or deferred document's message apart: the document makes `move`, the others go back to accepted.
  virtual bool unseal(const Move& move, base::Time now) = 0;
  // One of these or of move(), as the departure says; false: the document, or a delivery of its message, moved on.
  virtual bool depart(const Departure& departure, base::Time now) = 0;
  virtual std::optional<Bearings> bearings(const std::string& id) = 0;  // of the newest version
  virtual std::optional<WholeDocument> document(const std::string& id, std::optional<int> version) = 0;
  virtual std::vector<std::string> bodies(std::span<const DocumentRef> documents) = 0;  // "" for what is not there
  virtual std::optional<SealedMessage> message_of(const std::string& id, std::optional<int> version) = 0;
  virtual Page list(const Query& query) = 0;
  // However many the query's limit allows; counted no further than `most`.
  virtual std::size_t count(const Query& query, std::size_t most) = 0;
  // Moves after the cursor, oldest first, of documents of these enterprises (empty: all).
  virtual std::vector<MoveRow> changes(std::int64_t after, std::span<const std::string> enterprises,
                                       std::size_t most) = 0;
  virtual std::int64_t newest_change() = 0;  // the cursor to go on after from now; 0 where nothing has changed yet
  virtual Backlog backlog() = 0;
  // The commonest first. Beyond this many different ones a new code is not counted: the receipt itself is kept.
  static constexpr std::size_t most_unexplained_codes = 1'000;
  virtual std::vector<UnexplainedCode> unexplained_codes() = 0;
  // Throws LedgerError if a write is not possible, or was not a moment ago.
  virtual void check() = 0;
  // `tell` is called once when the ledger comes into trouble, with what it is, and once with nothing when that is over;
  // on the thread that found it. Set once, before the ledger is used.
  virtual void on_health(std::function<void(const std::optional<std::string>& trouble)> tell) = 0;
};

}  // namespace gateway::ledger
