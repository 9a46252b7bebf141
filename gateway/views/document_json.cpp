#include "gateway/views/document_json.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "gateway/http/message.h"
#include "gateway/views/explanation_json.h"

namespace gateway::views {
namespace {

namespace json = boost::json;

// The body was written from a document nested at most 64 deep.
json::value parsed(std::string_view text) {
  json::parse_options options;
  options.max_depth = 80;
  return json::parse(text, {}, options);
}

json::array timeline(const ledger::WholeDocument& whole) {
  json::array moves;
  for (const ledger::MoveRow& row : whole.timeline) {
    moves.push_back({{"at", base::rfc3339(row.at)},
                     {"from", lifecycle::word(row.from)},
                     {"to", lifecycle::word(row.to)},
                     {"reason", row.reason},
                     {"by", row.by}});
  }
  return moves;
}

json::array deliveries(const ledger::WholeDocument& whole) {
  json::array rows;
  for (const ledger::DeliveryRow& row : whole.deliveries) {
    rows.push_back({{"at", base::rfc3339(row.at)}, {"outcome", ledger::word(row.outcome)}, {"answer", row.answer}});
  }
  return rows;
}

json::array receipts(const ledger::WholeDocument& whole) {
  json::array rows;
  for (const ledger::ReceiptRow& row : whole.receipts) {
    rows.push_back({{"returnStatus", row.status},
                    {"returnTime", row.return_time},
                    {"returnInfo", row.return_info},
                    {"at", base::rfc3339(row.at)},
                    {"effect", row.effect}});
  }
  return rows;
}

json::array notices(const ledger::WholeDocument& whole) {
  json::array rows;
  for (const ledger::ReceiptRow& row : whole.notices) {
    rows.push_back({{"type", row.type},
                    {"returnStatus", row.status},
                    {"returnTime", row.return_time},
                    {"returnInfo", row.return_info},
                    {"at", base::rfc3339(row.at)},
                    {"effect", row.effect}});
  }
  return rows;
}

json::array versions(const ledger::WholeDocument& whole) {
  json::array rows;
  for (const ledger::Summary& version : whole.versions) rows.push_back(summary(version));
  return rows;
}

std::string app_status_of(const schemas::MessageType& type, const json::value& document) {
  const json::object* fields = document.if_object();
  if (fields != nullptr && !type.head.empty()) {
    const json::value* head = fields->if_contains(type.head);
    fields = head == nullptr ? nullptr : head->if_object();
  }
  const json::value* status = fields == nullptr ? nullptr : fields->if_contains("appStatus");
  return status != nullptr && status->is_string() ? std::string(status->get_string()) : std::string();
}

// Whether a receipt of that effect is why the document stands where it does.
bool bears_on(lifecycle::State state, schemas::Effect effect) {
  using schemas::Effect;
  switch (state) {
    case lifecycle::State::refused:
      return effect == Effect::refuse || effect == Effect::already_there;
    case lifecycle::State::held:
      return effect == Effect::hold;
    case lifecycle::State::sent:
      return effect == Effect::pass;
    default:
      return false;
  }
}

const ledger::ReceiptRow* deciding(const schemas::Catalog& catalog, const schemas::Declared& declared,
                                   const ledger::WholeDocument& whole) {
  const ledger::ReceiptRow* last = nullptr;
  for (const ledger::ReceiptRow& receipt : whole.receipts) {
    if (last != nullptr && receipt.returned_at < last->returned_at) continue;
    if (bears_on(whole.summary.picture.state, catalog.answer(declared, receipt.status).effect)) last = &receipt;
  }
  return last;
}

}  // namespace

json::object summary(const ledger::Summary& summary) {
  return {{"id", summary.id},
          {"type", summary.type},
          {"key", summary.key},
          {"number", summary.number},
          {"enterprise", summary.enterprise},
          {"port", summary.port},
          {"version", summary.version},
          {"state", lifecycle::word(summary.picture.state)},
          {"stage", summary.picture.stage},
          {"outcome", summary.picture.outcome},
          {"reason", summary.picture.reason},
          {"created_at", base::rfc3339(summary.created_at)}};
}

json::object whole_document(const schemas::Knowledge& knowledge, ledger::WholeDocument whole, Personal personal) {
  if (personal == Personal::masked) hide_personal(knowledge.catalog(), whole);
  json::object answer = summary(whole.summary);
  answer["document"] = parsed(whole.body);
  answer["timeline"] = timeline(whole);
  answer["deliveries"] = deliveries(whole);
  answer["receipts"] = receipts(whole);
  answer["notices"] = notices(whole);
  answer["explanation"] = explanation(knowledge, whole);
  answer["chain"] = base::hex(whole.chain);
  answer["versions"] = versions(whole);
  if (personal == Personal::masked) answer["masked"] = true;
  return answer;
}

json::value explanation(const schemas::Knowledge& knowledge, const ledger::WholeDocument& whole) {
  const schemas::MessageType* type = knowledge.catalog().find(whole.summary.type);
  if (type == nullptr) return nullptr;
  const std::string app_status = app_status_of(*type, parsed(whole.body));
  const schemas::Declared declared{whole.summary.type, whole.app_type, app_status};
  const ledger::ReceiptRow* receipt = deciding(knowledge.catalog(), declared, whole);
  if (receipt == nullptr) return nullptr;
  const auto explanation = knowledge.explain(declared, receipt->status, receipt->return_info);
  const bool takes_its_course =
      whole.summary.picture.state == lifecycle::State::sent && explanation.side == schemas::Side::nobody;
  if (takes_its_course) return nullptr;
  return explanation_json(explanation);
}

json::value receipt_explanation(const schemas::Knowledge& knowledge, const ledger::WholeDocument& whole,
                                const ledger::ReceiptRow& receipt) {
  const schemas::MessageType* type = knowledge.catalog().find(whole.summary.type);
  if (type == nullptr) return nullptr;
  const std::string app_status = app_status_of(*type, parsed(whole.body));
  return explanation_json(
      knowledge.explain({whole.summary.type, whole.app_type, app_status}, receipt.status, receipt.return_info));
}

json::object change(const ledger::MoveRow& row) {
  return {{"cursor", std::to_string(row.cursor)},
          {"at", base::rfc3339(row.at)},
          {"id", row.id},
          {"key", row.key},
          {"type", row.type},
          {"version", row.version},
          {"from", lifecycle::word(row.from)},
          {"to", lifecycle::word(row.to)},
          {"stage", row.stage},
          {"outcome", row.outcome},
          {"reason", row.reason}};
}

json::array faults(const base::Faults& faults) { return parsed(http::faults_json(faults)).as_array(); }

}  // namespace gateway::views
