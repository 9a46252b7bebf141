#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

base::Time at(int second) { return base::Time(std::chrono::seconds(1'700'000'000 + second)); }

NewVersion new_version(const std::string& number, int version) {
  NewVersion made;
  made.type = "CEB311Message";
  made.key = "CEB311Message/4601960001/" + number;
  made.number = number;
  made.enterprise = "4601960001";
  made.port = port;
  made.dxp_id = dxp_id;
  made.version = version;
  made.guid = "GUID-" + number + "-" + std::to_string(version);
  made.app_type = "1";
  made.app_status = "2";
  made.app_time = "20260131093000";
  made.content_digest = "digest-" + number;
  made.body = R"({"OrderHead":{"orderNo":")" + number + R"("}})";
  made.numbers = {{"orderNo", number}};
  made.by = "erp";
  return made;
}

void LedgerSuite::reopen() {
  ledger_.reset();
  ledger_ = store_->open();
}

Summary LedgerSuite::accept(const NewVersion& version) {
  const auto summaries = ledger().accept(std::span(&version, 1), std::nullopt, at(0));
  if (!summaries) throw std::logic_error("not accepted: " + version.key);
  return summaries->front();
}

Summary LedgerSuite::accept(const std::string& number) { return accept(new_version(number)); }

Standing LedgerSuite::standing(const std::string& id) { return ledger().newest_by_id(id).value(); }

Move LedgerSuite::move_to(const std::string& id, State state) {
  const Standing now = standing(id);
  Move move{{id, now.summary.version}, now.revision, now.summary.picture.state, now.summary.picture, {}, "operator"};
  move.to.state = state;
  return move;
}

void LedgerSuite::seal(const std::string& guid, const std::vector<std::string>& ids) {
  SealedMessage message{guid, "CEB311Message", "4601960001", port, "sm2-sm3", "<signed/>", "{envelope}", {}};
  std::vector<Move> moves;
  for (const std::string& id : ids) {
    moves.push_back(move_to(id, sealed));
    message.documents.push_back(moves.back().ref);
  }
  ASSERT_TRUE(ledger().seal(message, moves, at(1)));
}

void LedgerSuite::deliver(const std::string& guid, State state, std::optional<base::Time> due) {
  const auto delivery = ledger().begin_delivery(guid, at(2));
  ASSERT_TRUE(delivery);
  ledger().finish_delivery(*delivery, {DeliveryOutcome::confirmed, "OK", proof}, at(3), [&](const Standing& document) {
    Picture picture = document.summary.picture;
    picture.state = state;
    return std::optional(Ledger::Next{picture, due});
  });
}

void LedgerSuite::store(const std::string& digest, const std::string& sender) {
  const InboundRecord record{digest, port, "/ceb312msg", sender, "[" + digest + "]", at(4)};
  ledger().store_inbound(std::span(&record, 1), orders, at(4));
}

bool LedgerSuite::receive(const std::string& id, const std::string& status, Picture to, std::vector<Number> learnt) {
  const std::string digest = id + status;
  store(digest);
  Ledger::Applied applied{digest,
                          {status, "20231115061325000", "info " + status, at(5), at(6), "settled"},
                          std::move(learnt),
                          move_to(id, to.state)};
  applied.move.to = std::move(to);
  applied.move.by = "receipts";
  return ledger().apply_receipt(applied);
}

std::vector<std::string> numbers_of(const Page& page) {
  std::vector<std::string> numbers;
  for (const Summary& summary : page.documents) numbers.push_back(summary.number);
  return numbers;
}

std::vector<std::string> keys_of(const std::vector<std::string>& numbers) {
  std::vector<std::string> keys;
  for (const std::string& number : numbers) keys.push_back(new_version(number).key);
  return keys;
}

}  // namespace tests
