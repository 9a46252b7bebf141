#include "gateway/receipts/changes.h"

#include <algorithm>
#include <utility>

#include "gateway/lifecycle/receipts.h"
#include "gateway/lifecycle/retry.h"
#include "gateway/lifecycle/whole_message.h"
#include "gateway/receipts/matching.h"
#include "gateway/views/masking.h"

namespace gateway::receipts {

namespace {

using ledger::Ledger;
using lifecycle::ReceiptFact;
using sealing::Said;

constexpr std::size_t longest_code_bytes = 64;

schemas::Declared declared_of(const ledger::Standing& standing) {
  return {standing.summary.type, standing.app_type, standing.app_status};
}

// All receipts of the version, the new one last in arrival, each with its meaning.
std::vector<ReceiptFact> facts(const schemas::Catalog& catalog, const ledger::Standing& standing,
                               const ledger::ReceiptRow& receipt) {
  auto all = standing.receipts;
  std::int64_t arrival = 0;
  for (const auto& one : all) arrival = std::max(arrival, one.arrival);
  all.push_back({receipt.status, receipt.returned_at, arrival + 1, {}, receipt.return_info});
  for (auto& one : all) one.answer = catalog.answer(declared_of(standing), one.status);
  return all;
}

lifecycle::Deliveries deliveries(Ledger& ledger, const ledger::Standing& standing) {
  lifecycle::Deliveries known{.begun = standing.deliveries_begun, .earlier_version_reached_port = false};
  if (standing.summary.version == 1) return known;
  for (const auto& [version, at] : ledger.first_sends(standing.summary.id)) {
    if (version < standing.summary.version) known.earlier_version_reached_port = true;
  }
  return known;
}

// What is worth a look by a person because no table has the code.
std::optional<ledger::UnexplainedCode> unexplained(const schemas::Catalog& catalog,
                                                   const schemas::Explanation& explanation,
                                                   const ledger::Standing& standing,
                                                   const ledger::ReceiptRow& receipt) {
  const ledger::Summary& summary = standing.summary;
  const auto* type = catalog.find(summary.type);
  if (explanation.known || type == nullptr || explanation.code.size() > longest_code_bytes) return std::nullopt;
  ledger::UnexplainedCode code;
  code.type = summary.type;
  code.code = explanation.code;
  code.example = views::masked(*type, standing.body, receipt.return_info);
  return code;
}

// For the figures of the day.
void set_refusal(const std::string& code, const ledger::Standing& standing, Ledger::Applied& applied) {
  using lifecycle::State;
  if (applied.move.to.state != State::refused || applied.move.from == State::refused) return;
  applied.refused_for = code;
  applied.refused_type = standing.summary.type;
}

// What is counted where nobody explains it, what the document is found by, and what refused it.
void set_codes(const Tools& tools, const ledger::Standing& standing, Ledger::Applied& applied) {
  const ledger::ReceiptRow& receipt = applied.receipt;
  const auto explanation = tools.knowledge.explain(declared_of(standing), receipt.status, receipt.return_info);
  applied.unexplained = unexplained(tools.catalog, explanation, standing, receipt);
  if (explanation.code.size() > longest_code_bytes) return;
  applied.codes = {explanation.code};
  set_refusal(explanation.code, standing, applied);
}

ledger::ReceiptRow row_of(const sealing::Opened& opened, const Came& came) {
  ledger::ReceiptRow row;
  row.status = opened.status;
  row.return_time = opened.return_time;
  row.return_info = opened.return_info;
  row.returned_at = opened.returned_at.value_or(came.received_at);
  row.at = came.now;
  row.type = opened.receipt_type;
  return row;
}

// Moves nothing yet.
Ledger::Applied unmoved(const sealing::Opened& opened, const Came& came, const ledger::Standing& standing) {
  Ledger::Applied applied;
  applied.inbound_digest = came.digest;
  applied.part = came.part;
  applied.receipt = row_of(opened, came);
  applied.move.ref = {standing.summary.id, standing.summary.version};
  applied.move.revision = standing.revision;
  applied.move.from = standing.summary.picture.state;
  applied.move.to = standing.summary.picture;
  applied.move.by = "receipts";
  return applied;
}

// When somebody has to look at the document again: what waits is due at once, what has not heard the end yet is held
// once it falls silent.
void set_due(const Tools& tools, const ledger::Standing& standing, Ledger::Applied& applied) {
  const auto state = applied.move.to.state;
  if (lifecycle::is_waiting(state)) applied.move.due = applied.receipt.at;
  const config::Port* port = tools.settings.port(standing.summary.port);
  if (state != lifecycle::State::sent || port == nullptr) return;
  const bool has_heard = applied.receipt.said != ledger::Said::notice || !standing.receipts.empty();
  applied.move.due =
      applied.receipt.at + (has_heard ? port->final_receipt_within : port->receipt_within_for(standing.summary.type));
}

void set_effect(const ledger::Standing& standing, Ledger::Applied& applied) {
  const auto state = applied.move.to.state;
  applied.receipt.effect = state == standing.summary.picture.state ? "recorded" : std::string(word(state));
}

// Others of its sale may wait until customs has taken it.
void set_wakes(const Tools& tools, const ledger::Standing& standing, Ledger::Applied& applied) {
  if (applied.move.to.state == standing.summary.picture.state) return;
  const auto rules = tools.catalog.siblings().naming(standing.summary.type);
  const auto is_awaited = [](const schemas::SiblingRule* rule) { return rule->awaited == schemas::Awaited::yes; };
  if (std::ranges::any_of(rules, is_awaited)) applied.wakes = Ledger::Applied::Wakes::those_that_wait;
}

void fold_in(const Tools& tools, const ledger::Standing& standing, Ledger::Applied& applied) {
  applied.move.to = lifecycle::fold(standing.summary.picture, facts(tools.catalog, standing, applied.receipt),
                                    deliveries(tools.ledger, standing));
}

// The pause is as long as it has been tried so far, so that it doubles; what is tried for five days the sender holds.
base::Time next_try_of(const Tools& tools, const ledger::Standing& standing, const Came& came) {
  base::Time::duration tried{0};
  for (const auto& [version, at] : tools.ledger.first_sends(standing.summary.id)) {
    if (version == standing.summary.version) tried = came.now - at;
  }
  return came.now + std::clamp<base::Time::duration>(tried, lifecycle::first_pause, lifecycle::longest_pause);
}

}  // namespace

Ledger::Applied receipt_change(const Tools& tools, const sealing::Opened& receipt, const Came& came,
                               const ledger::Standing& standing) {
  auto applied = unmoved(receipt, came, standing);
  fold_in(tools, standing, applied);
  applied.learnt = numbers_of(receipt);
  set_codes(tools, standing, applied);
  set_effect(standing, applied);
  set_wakes(tools, standing, applied);
  set_due(tools, standing, applied);
  return applied;
}

Ledger::Applied notice_change(const Tools& tools, const sealing::Opened& notice, const Came& came,
                              const ledger::Standing& standing) {
  auto applied = unmoved(notice, came, standing);
  const auto* type = tools.catalog.find(notice.receipt_type);
  const schemas::Answer& meaning = tools.catalog.answer({notice.receipt_type, {}, {}}, notice.status);
  applied.told = type->title_zh + (meaning.known() ? "：" + meaning.zh : "") + " | " + type->title_en +
                 (meaning.known() ? ": " + meaning.en : "") + " [" + notice.status + "] " + notice.return_info;
  applied.receipt.said = ledger::Said::notice;
  const std::string name(schemas::short_name(notice.receipt_type));
  if (tools.catalog.answer(declared_of(standing), name).fit == schemas::Fit::exact) {
    applied.receipt.said = ledger::Said::deciding_notice;
    applied.receipt.return_info = notice.status + " " + notice.return_info;
    applied.receipt.status = name;
    fold_in(tools, standing, applied);
  }
  set_effect(standing, applied);
  set_due(tools, standing, applied);
  return applied;
}

Ledger::Applied not_passed_on_change(const Tools& tools, const sealing::Opened& reply, const Came& came,
                                     const ledger::Standing& standing) {
  auto applied = unmoved(reply, came, standing);
  applied.receipt.said = ledger::Said::notice;
  const std::string told = reply.status + " " + reply.return_info;
  const bool has_heard = !standing.receipts.empty() || standing.sent_elsewhere;
  const auto to = has_heard ? std::nullopt : lifecycle::next(applied.move.from, lifecycle::Event::not_passed_on);
  if (to && *to != applied.move.from) {
    applied.move.to.state = *to;
    applied.move.to.reason =
        "数据交换平台未能转发，将以相同内容重发 | the data exchange platform could not pass it on; the same bytes go "
        "again: " +
        told;
    applied.move.due = next_try_of(tools, standing, came);
  } else {
    applied.told = "数据交换平台未能转发 | the data exchange platform could not pass it on: " + told;
    set_due(tools, standing, applied);
  }
  set_effect(standing, applied);
  return applied;
}

// A document that has heard of itself was not refused with its message: what came contradicts that, and is shown. What
// another system sent never goes alone from here: it bears the refusal, and its next version may be posted.
Ledger::Applied refusal_change(const Tools& tools, const sealing::Opened& refusal, const Came& came,
                               const ledger::Standing& standing, std::size_t documents) {
  auto applied = unmoved(refusal, came, standing);
  if (standing.sent_elsewhere || !lifecycle::goes_alone({documents, standing.refused_together})) {
    fold_in(tools, standing, applied);
    applied.message = Ledger::Applied::Message::refused;
    set_effect(standing, applied);
    set_due(tools, standing, applied);
    return applied;
  }
  applied.receipt.said = ledger::Said::notice;
  const auto from = applied.move.from;
  const auto to = standing.receipts.empty() ? lifecycle::next(from, lifecycle::Event::taken_apart) : std::nullopt;
  if (to) applied.message = Ledger::Applied::Message::is_left;
  if (to && *to != from) {
    applied.move.to.state = *to;
    applied.move.to.reason =
        "整个报文被拒收，将单独发送 | the whole message was refused; it goes alone: " + refusal.status + " " +
        refusal.return_info;
  } else {
    applied.told = "整个报文被拒收 | the whole message was refused: " + refusal.status + " " + refusal.return_info;
  }
  set_effect(standing, applied);
  set_due(tools, standing, applied);
  return applied;
}

}  // namespace gateway::receipts
