// What those who work on documents ask of the ledger: the documents of one sale, notes, who looks after what, and how a
// day's documents stand. What a person writes is recorded as an act in the same transaction.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ledger/audit_records.h"
#include "gateway/ledger/casework_records.h"

namespace gateway::ledger {

class CaseworkBook {
 public:
  virtual ~CaseworkBook() = default;

  // Ids of documents that share orderNo, logisticsNo, payTransactionId, copNo or invtNo with it, or with one that does;
  // itself first, no more than `most`.
  virtual std::vector<std::string> sale_of(const std::string& id, std::size_t most) = 0;

  virtual Note add_note(const std::string& id, const Note& note, const Act& act) = 0;
  static constexpr std::size_t most_notes = 1'000;                       // of a document that are read
  virtual std::vector<Note> notes_of(const std::string& id) = 0;         // oldest first
  static constexpr std::size_t most_code_notes = 1'000;                  // that are kept
  virtual std::vector<CodeNote> code_notes() = 0;                        // by their code
  virtual bool put_code_note(const CodeNote& note, const Act& act) = 0;  // an empty text deletes; false: there are most

  // No `to`: nobody looks after it any more. One given to the ERP is told in the feed of changes, in the words `told`.
  virtual void assign(const std::string& id, const Assignment& assignment, const std::string& told, const Act& act) = 0;
  virtual std::optional<Assignment> assignment_of(const std::string& id) = 0;

  virtual std::vector<Stand> stands(const StandQuery& query) = 0;
};

}  // namespace gateway::ledger
