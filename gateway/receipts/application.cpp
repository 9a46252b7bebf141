#include "gateway/receipts/application.h"

#include <algorithm>

#include "base/failpoint.h"
#include "base/log.h"
#include "gateway/lifecycle/receipts.h"
#include "gateway/receipts/matching.h"
#include "gateway/views/masking.h"

namespace gateway::receipts {

namespace {

using lifecycle::ReceiptFact;

constexpr int most_tries = 5;  // against a document that keeps moving
constexpr std::size_t longest_code_bytes = 64;

ReceiptFact fact_of(const sealing::Opened& receipt, std::int64_t arrival) {
  ReceiptFact fact;
  fact.status = receipt.status;
  fact.returned_at = receipt.returned_at;
  fact.arrival = arrival;
  fact.info = receipt.return_info;
  return fact;
}

// All receipts of the version, the new one last in arrival, each with its meaning.
std::vector<ReceiptFact> facts(const schemas::Catalog& catalog, const ledger::Standing& standing,
                               const sealing::Opened& receipt) {
  auto all = standing.receipts;
  std::int64_t arrival = 0;
  for (const auto& one : all) arrival = std::max(arrival, one.arrival);
  all.push_back(fact_of(receipt, arrival + 1));
  const schemas::Declared declared{standing.summary.type, standing.app_type, standing.app_status};
  for (auto& one : all) one.answer = catalog.answer(declared, one.status);
  return all;
}

lifecycle::Deliveries deliveries(ledger::Ledger& ledger, const ledger::Standing& standing) {
  lifecycle::Deliveries known{.begun = standing.deliveries_begun, .earlier_version_reached_port = false};
  for (const auto& [version, at] : ledger.first_sends(standing.summary.id)) {
    if (version < standing.summary.version) known.earlier_version_reached_port = true;
  }
  return known;
}

// What is worth a look by a person because no table has the code.
std::optional<ledger::UnexplainedCode> unexplained(const schemas::Knowledge& knowledge,
                                                   const ledger::Standing& standing, const sealing::Opened& receipt) {
  const ledger::Summary& summary = standing.summary;
  const schemas::Declared declared{summary.type, standing.app_type, standing.app_status};
  const auto explanation = knowledge.explain(declared, receipt.status, receipt.return_info);
  const auto* type = knowledge.catalog().find(summary.type);
  if (explanation.known || type == nullptr || explanation.code.size() > longest_code_bytes) return std::nullopt;
  ledger::UnexplainedCode code;
  code.type = summary.type;
  code.code = explanation.code;
  code.example = views::masked(*type, standing.body, receipt.return_info);
  return code;
}

ledger::Ledger::Applied applied(const Tools& tools, const std::string& digest, const ledger::Standing& standing,
                                const sealing::Opened& receipt) {
  const auto picture = lifecycle::fold(standing.summary.picture, facts(tools.catalog, standing, receipt),
                                       deliveries(tools.ledger, standing));
  const auto now = tools.clock.now();
  ledger::Ledger::Applied applied;
  applied.inbound_digest = digest;
  applied.receipt = {.status = receipt.status,
                     .return_time = receipt.return_time,
                     .return_info = receipt.return_info,
                     .returned_at = receipt.returned_at,
                     .at = now,
                     .effect = picture.state == standing.summary.picture.state ? std::string("recorded")
                                                                               : std::string(word(picture.state))};
  applied.learnt = numbers_of(receipt);
  applied.unexplained = unexplained(tools.knowledge, standing, receipt);
  applied.move.ref = {standing.summary.id, standing.summary.version};
  applied.move.revision = standing.revision;
  applied.move.from = standing.summary.picture.state;
  applied.move.to = picture;
  if (lifecycle::is_waiting(picture.state)) applied.move.due = now;
  applied.move.by = "receipts";
  return applied;
}

void write(const Tools& tools, const ledger::InboundRecord& record, const ledger::DocumentRef& ref,
           const sealing::Opened& receipt) {
  for (int tries = 0; tries < most_tries; ++tries) {
    const auto standing = tools.ledger.standing(ref);
    if (!standing) return;
    const auto change = applied(tools, record.digest, *standing, receipt);
    base::failpoint("receipts.read");
    if (!tools.ledger.apply_receipt(change)) continue;
    base::failpoint("receipts.applied");
    base::log(base::LogLevel::info, "receipts",
              standing->summary.type + " " + standing->guid + ": " + receipt.status + ", " + change.receipt.effect);
    if (!change.learnt.empty()) tools.ledger.retry_unmatched();
    return;
  }
  // Still fresh: the next round reads it again.
}

void apply(const Tools& tools, const ledger::InboundRecord& record) {
  using ledger::InboundState;
  const config::Port* port = tools.settings.port(record.port);
  if (port == nullptr) {
    return tools.ledger.set_inbound(record.digest, InboundState::unreadable, "the port is no longer in the settings",
                                    {});
  }
  auto receipt = tools.sealer.open(*port, record.source, record.bytes);
  if (!receipt) {
    return tools.ledger.set_inbound(record.digest, InboundState::unreadable, receipt.faults().front().en, {});
  }
  const auto* receipt_type = tools.catalog.find(receipt->receipt_type);
  const auto* type = receipt_type == nullptr ? nullptr : tools.catalog.find(receipt_type->answers);
  if (type == nullptr) {
    return tools.ledger.set_inbound(record.digest, InboundState::unreadable,
                                    receipt->receipt_type + " answers no declaration of this edition", {});
  }
  if (receipt->dxp_id.empty()) receipt->dxp_id = record.dxp_id;
  const auto found = match(tools.ledger, *type, *receipt);
  switch (found.found) {
    case Found::document:
      return write(tools, record, found.ref, *receipt);
    case Found::elsewhere:
      return tools.ledger.set_inbound(record.digest, InboundState::foreign, found.reason, numbers_of(*receipt));
    case Found::nothing:
    case Found::several:
      return tools.ledger.set_inbound(record.digest, InboundState::unmatched, found.reason, {});
  }
}

}  // namespace

std::size_t apply_fresh(const Tools& tools, std::size_t most) {
  const auto records = tools.ledger.fresh_inbound(most);
  for (const auto& record : records) apply(tools, record);
  return records.size();
}

}  // namespace gateway::receipts
