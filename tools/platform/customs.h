// E-Port and customs: takes inspected messages, keeps their documents, and makes the receipts and notices with the
// times at which they are due. Depends on what it was given and when, and on the seed, so that the same arrivals give
// the same receipts. One thread; what is referred to outlives it.
#pragma once

#include <map>
#include <string>

#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "tools/platform/arrival.h"
#include "tools/platform/decision.h"
#include "tools/platform/habits.h"
#include "tools/platform/notices.h"
#include "tools/platform/numbering.h"
#include "tools/platform/receipt_book.h"
#include "tools/platform/receipts.h"
#include "tools/platform/received.h"
#include "tools/platform/scenario.h"
#include "tools/platform/store.h"

namespace tools::platform {

// answer_wrong, answer_late: where the answer is a receipt that can be so (AS2, AS3); else as taken.
enum class Reception { taken, answer_lost, answer_wrong, answer_late, refused };
enum class Legibility { readable, garbled };

class Customs {
 public:
  Customs(const schemas::Catalog& catalog, const schemas::Judge& judge, const Rulebook& rules, Scenario scenario,
          Habits habits);

  Reception take(const Arrival& arrival);
  LineHarm harm_of(const Arrival& arrival) const;                            // the worst of its documents'
  std::optional<std::string> reply_asked_for(const Arrival& arrival) const;  // of table 7-1, by the first document

  ReceiptBook& receipts() { return receipts_; }
  const schemas::Catalog& catalog() const { return catalog_; }
  const Rulebook& rules() const { return rules_; }
  const ReceivedMessages& received() const { return received_; }

 private:
  std::vector<Submission> submissions_of(const Arrival& arrival) const;
  Knowledge knowledge() const { return {rules_, store_, numbering_, purchases_, habits_.unknown_inventories}; }
  void answer(Submission document, const Findings& findings);
  void keep(const Submission& document, const Decision& decision, std::vector<Reached> history);
  void note_purchase(const StoredDocument& stored);
  void conclude(const StoredDocument& stored);
  void take_back(const Submission& cancellation);
  void cancel(StoredDocument& inventory, base::Time at);
  void go_on_with_waiting(const Submission& arrived);
  std::vector<Reached> send(const Submission& document, const std::vector<Step>& steps, base::Time start);
  void write(const Submission& document, const Step& step, base::Time returned_at, base::Time received_at);
  void add(const Submission& document, const Receipt& receipt, base::Time received_at, Legibility legibility);
  void write_beside(const Submission& document, const Step& step, base::Time at);
  void write_notices(const Submission& document, std::string_view after, base::Time at);
  std::vector<Summarised> summarised_by(const Submission& document) const;
  std::vector<std::chrono::milliseconds> pauses_of(const Submission& document, const std::vector<Step>& steps) const;
  const PortNumbers& numbers_of(const Submission& document);

  const schemas::Catalog& catalog_;
  const schemas::Judge& judge_;
  const Rulebook& rules_;
  Scenario scenario_;
  Habits habits_;
  Store store_{catalog_};
  Numbering numbering_;
  Purchases purchases_;
  ReceiptBook receipts_;
  ReceivedMessages received_;
  std::map<std::string, std::string> first_guids_;  // of each key
};

}  // namespace tools::platform
