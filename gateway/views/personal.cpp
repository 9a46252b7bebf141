#include "gateway/views/personal.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <vector>

#include "base/base64.h"
#include "gateway/views/masking.h"
#include "gateway/views/personal_text.h"

namespace gateway::views {
namespace {

namespace json = boost::json;

std::string hidden_document(const schemas::MessageType* type, const std::string& body) {
  return json::serialize(type == nullptr ? json::value(nullptr) : masked_document(*type, body));
}

template <class Row>
void hide_reasons(const schemas::Catalog& catalog, ledger::Ledger& ledger, std::span<Row> rows,
                  std::string& (*reason_of)(Row&)) {
  std::vector<ledger::DocumentRef> refs;
  std::vector<Row*> with_reason;
  for (Row& row : rows) {
    if (reason_of(row).empty()) continue;
    refs.push_back({row.id, row.version});
    with_reason.push_back(&row);
  }
  if (refs.empty()) return;
  const auto bodies = ledger.bodies(refs);
  for (std::size_t i = 0; i < refs.size(); ++i) {
    std::string& reason = reason_of(*with_reason[i]);
    reason = without_personal_data(catalog.find(with_reason[i]->type), bodies[i], reason);
  }
}

// What is Base64 there and cannot be read is hidden as a whole.
std::string masked_inside(const schemas::MessageType& type, std::string_view base64) {
  const auto inside = base::read_base64(base64);
  return inside ? base::base64(masked_message(type, *inside)) : std::string(mask);
}

std::string masked_json_envelope(const schemas::MessageType& type, std::string_view envelope) {
  json::error_code error;
  json::value value = json::parse(envelope, error);
  json::value* data = error ? nullptr : value.find_pointer("/Message/MessageBody/data", error);
  if (data == nullptr || !data->is_string()) return std::string(mask);
  *data = masked_inside(type, data->get_string());
  return json::serialize(value);
}

}  // namespace

Personal personal_for(const http::Caller& caller) {
  return caller.came_by_session() ? Personal::masked : Personal::clear;
}

Personal read_personal(Parameters& parameters, const http::Caller& caller) {
  const Personal by_caller = personal_for(caller);
  const auto word = parameters.text("personal");
  if (!word) return by_caller;
  if (*word == "masked") return Personal::masked;
  if (*word == "clear" && by_caller == Personal::clear) return Personal::clear;
  parameters.refuse("personal",
                    by_caller == Personal::clear ? "只能是 masked 或 clear。"
                                                 : "在浏览器中只能是 masked；查看原文请用 disclosure，并写明原因。",
                    by_caller == Personal::clear
                        ? "This has to be masked or clear."
                        : "In a browser this has to be masked; to see it in clear, ask for its "
                          "disclosure and say why.");
  return by_caller;
}

std::string without_personal_data(const schemas::MessageType* type, std::string_view document_json,
                                  std::string_view text) {
  std::string shown(text);
  if (type != nullptr) hide_private_values(*type, document_json, shown);
  return without_personal_numbers(shown);
}

void hide_personal(const schemas::Catalog& catalog, ledger::WholeDocument& whole) {
  const schemas::MessageType* type = catalog.find(whole.summary.type);
  const auto hide = [&](std::string& text) { text = without_personal_data(type, whole.body, text); };
  hide(whole.summary.picture.reason);
  for (auto& move : whole.timeline) hide(move.reason);
  for (auto& delivery : whole.deliveries) hide(delivery.answer);
  for (auto& receipt : whole.receipts) hide(receipt.return_info);
  for (auto& notice : whole.notices) hide(notice.return_info);
  for (auto& version : whole.versions) hide(version.picture.reason);
  whole.body = hidden_document(type, whole.body);
}

void hide_personal(const schemas::Catalog& catalog, ledger::Ledger& ledger, std::span<ledger::Summary> rows) {
  hide_reasons<ledger::Summary>(catalog, ledger, rows,
                                [](ledger::Summary& row) -> std::string& { return row.picture.reason; });
}

void hide_personal(const schemas::Catalog& catalog, ledger::Ledger& ledger, std::span<ledger::MoveRow> rows) {
  hide_reasons<ledger::MoveRow>(catalog, ledger, rows, [](ledger::MoveRow& row) -> std::string& { return row.reason; });
}

std::string masked_message(const schemas::MessageType& type, std::string_view xml) {
  const ElementNames names(type.private_fields.begin(), type.private_fields.end());
  return with_contents(xml, names, [](std::string_view) { return std::string(mask); });
}

std::string masked_envelope(const schemas::MessageType& type, std::string_view envelope) {
  if (envelope.starts_with('{')) return masked_json_envelope(type, envelope);
  static const ElementNames data{"Data"};
  return with_contents(envelope, data, [&](std::string_view inside) { return masked_inside(type, inside); });
}

}  // namespace gateway::views
