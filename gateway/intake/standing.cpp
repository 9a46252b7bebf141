#include "gateway/intake/standing.h"

#include "gateway/lifecycle/receipts.h"
#include "gateway/sales/ledger_sales.h"

namespace gateway::intake {

using lifecycle::State;

schemas::Standing standing_at_customs(const schemas::Catalog& catalog, const ledger::Standing& newest) {
  const schemas::Declared declared{newest.summary.type, newest.app_type, newest.app_status};
  std::vector<lifecycle::ReceiptFact> facts = newest.receipts;
  for (lifecycle::ReceiptFact& fact : facts) fact.answer = catalog.answer(declared, fact.status);
  return lifecycle::standing_of(newest.summary.picture, facts, newest.app_type);
}

bool is_under_way(const ledger::Standing& newest) {
  const State state = newest.summary.picture.state;
  return lifecycle::is_waiting(state) || state == State::held || (state == State::sent && newest.receipts.empty());
}

codecs::ceb::Element kept_body(const schemas::MessageType& type, const ledger::Standing& newest) {
  return sales::body_of(type, newest.body);
}

Words standing_words(const ledger::Standing& newest) {
  const ledger::Picture& picture = newest.summary.picture;
  const std::string version = std::to_string(newest.summary.version);
  const std::string state(lifecycle::word(picture.state));
  Words words;
  words.zh = newest.summary.key + " 第 " + version + " 版的状态是" + std::string(lifecycle::word_zh(picture.state)) +
             "（" + state + "）";
  words.en = "Version " + version + " of " + newest.summary.key + " is " + state;
  if (!picture.stage.empty()) {
    words.zh += "，海关回执 " + picture.stage;
    words.en += ", customs status " + picture.stage;
  }
  return words;
}

}  // namespace gateway::intake
