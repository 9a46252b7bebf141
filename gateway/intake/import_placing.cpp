#include "gateway/intake/import_placing.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "gateway/intake/new_version.h"
#include "gateway/lifecycle/receipts.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

using lifecycle::State;

constexpr std::string_view source = "import";
constexpr std::string_view why = "由其他系统发送，现导入 | imported: sent by another system";

ledger::InboundRecord record_of(const ImportRow& row, const std::string& port, base::Time now) {
  ledger::InboundRecord record;
  record.digest = base::sha256_hex(port + '\n' + std::string(source) + '\n' + row.kept);
  record.port = port;
  record.source = source;
  record.dxp_id = row.candidate.enterprise->dxp_id;
  record.bytes = row.kept;
  record.received_at = now;
  return record;
}

std::string there_zh(const ledger::Standing& there) {
  return there.summary.key + " 第 " + std::to_string(there.summary.version) + " 版，guid " + there.guid + "，" +
         (there.sent_elsewhere ? "导入的" : "本网关受理的") + "，" +
         std::string(lifecycle::word_zh(there.summary.picture.state));
}

std::string there_en(const ledger::Standing& there) {
  return there.summary.key + " version " + std::to_string(there.summary.version) + " with guid " + there.guid + ", " +
         (there.sent_elsewhere ? "imported" : "accepted by this gateway") + ", " +
         std::string(lifecycle::word(there.summary.picture.state));
}

base::Fault conflict(const Candidate& candidate, const std::string& column, const ledger::Standing& there) {
  return views::fault("import.conflict", candidate.place + "/" + column,
                      "已有 " + there_zh(there) + "，与本行不符；请核对，或去掉本行。",
                      "What is here already is " + there_en(there) +
                          ", and the row says otherwise: look it up, or "
                          "leave the row out.");
}

base::Fault belongs_to_another(const Candidate& candidate) {
  return views::fault("import.conflict", candidate.place + "/key",
                      candidate.key + " 已属于另一家企业，本客户端无权查看。",
                      candidate.key + " belongs to another enterprise already, which this client may not see.");
}

const ledger::Standing* same_document(const Candidate& candidate, const KnownOfImport& known) {
  const auto found = std::ranges::find_if(
      known.with_guid, [&](const ledger::Standing& one) { return one.summary.key == candidate.key; });
  return found == known.with_guid.end() ? nullptr : &*found;
}

bool has_heard(const ledger::Standing& standing, const ledger::ReceiptRow& receipt) {
  return std::ranges::any_of(standing.receipts, [&](const lifecycle::ReceiptFact& fact) {
    return fact.status == receipt.status && fact.returned_at == receipt.returned_at;
  });
}

// As the other system left it, before anything that was heard is folded in.
ledger::Standing as_sent(const ledger::NewVersion& version) {
  ledger::Standing standing;
  standing.summary = {
      {}, version.type, version.key, version.number, version.enterprise, version.port, version.version, {}, {}};
  standing.summary.picture.state = State::sent;
  standing.app_type = version.app_type;
  standing.app_status = version.app_status;
  return standing;
}

}  // namespace

void ImportPlacing::place(ImportRow& row, const KnownOfImport& known, const std::string& by, base::Time now) const {
  Candidate& candidate = row.candidate;
  if (known.is_hidden) return candidate.refuse(Refusal::conflict, belongs_to_another(candidate));
  const ledger::Standing* same = same_document(candidate, known);
  if (same == nullptr && !known.with_guid.empty()) {
    return candidate.refuse(Refusal::conflict, conflict(candidate, "guid", known.with_guid.front()));
  }
  if (same == nullptr && known.newest) {
    return candidate.refuse(Refusal::conflict, conflict(candidate, "guid", *known.newest));
  }
  if (same == nullptr) return add(row, by, now);
  if (same->summary.enterprise != candidate.enterprise->code) {
    return candidate.refuse(Refusal::conflict, conflict(candidate, "enterprise", *same));
  }
  if (row.names_version && same->summary.version != candidate.version) {
    return candidate.refuse(Refusal::conflict, conflict(candidate, "version", *same));
  }
  add_to(row, *same, known, by, now);
}

void ImportPlacing::add(ImportRow& row, const std::string& by, base::Time now) const {
  row.result = ImportResult::imported;
  ledger::NewVersion version = new_version(row.candidate, by, std::string(why));
  if (!row.port.empty()) version.port = row.port;
  if (!row.message_guid.empty()) version.numbers.push_back({"guid", row.message_guid});
  ledger::Import& import = row.import.emplace();
  import.row = record_of(row, version.port, now);
  import.sent_at = row.sent_at;
  import.heard = row.heard;
  import.learnt = row.learnt;
  import.move.by = by;
  const ledger::Standing standing = as_sent(version);
  import.version = std::move(version);
  move_on(import, standing, {.begun = 1, .earlier_version_reached_port = false}, now);
  row.summary = standing.summary;
  row.summary.picture = import.move.to;
}

// What this gateway sent itself hears of customs from the port alone.
void ImportPlacing::add_to(ImportRow& row, const ledger::Standing& standing, const KnownOfImport& known,
                           const std::string& by, base::Time now) const {
  row.result = ImportResult::known;
  row.summary = standing.summary;
  const bool tells_stage = row.heard && !has_heard(standing, *row.heard);
  if (!standing.sent_elsewhere || (!tells_stage && known.new_numbers.empty())) return;
  row.result = ImportResult::updated;
  ledger::Import& import = row.import.emplace();
  import.row = record_of(row, standing.summary.port, now);
  import.sent_at = row.sent_at;
  if (tells_stage) import.heard = row.heard;
  import.learnt = row.learnt;
  import.move.ref = {standing.summary.id, standing.summary.version};
  import.move.revision = standing.revision;
  import.move.from = standing.summary.picture.state;
  import.move.by = by;
  move_on(import, standing,
          {.begun = standing.deliveries_begun, .earlier_version_reached_port = known.earlier_version_reached_port},
          now);
  row.summary.picture = import.move.to;
}

// A document that is not at its end is listened for from now on, so its silence counts from now.
void ImportPlacing::move_on(ledger::Import& import, const ledger::Standing& standing,
                            const lifecycle::Deliveries& deliveries, base::Time now) const {
  const schemas::Declared declared{standing.summary.type, standing.app_type, standing.app_status};
  std::vector<lifecycle::ReceiptFact> facts = standing.receipts;
  if (import.heard) {
    std::int64_t arrival = 0;
    for (const lifecycle::ReceiptFact& fact : facts) arrival = std::max(arrival, fact.arrival);
    facts.push_back({import.heard->status, import.heard->returned_at, arrival + 1, {}, import.heard->return_info});
  }
  for (lifecycle::ReceiptFact& fact : facts) fact.answer = catalog_.answer(declared, fact.status);
  ledger::Move& move = import.move;
  move.to = lifecycle::fold(standing.summary.picture, facts, deliveries);
  const config::Port* port = settings_.port(standing.summary.port);
  if (move.to.state == State::sent && port != nullptr) {
    move.due = now + (facts.empty() ? port->receipt_within_for(standing.summary.type) : port->final_receipt_within);
  }
  if (import.heard) {
    import.heard->effect =
        move.to.state == standing.summary.picture.state ? "recorded" : std::string(word(move.to.state));
  }
}

}  // namespace gateway::intake
