#include "tools/jointtest/gathering.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "gateway/evidence/package.h"
#include "gateway/evidence/zip.h"
#include "tools/jointtest/journal_lines.h"

namespace tools::jointtest {
namespace {

namespace json = boost::json;
using gateway::ledger::Evidence;
using gateway::ledger::KeptMessage;
using gateway::ledger::KeptVersion;

const KeptMessage* message_of(const Evidence& evidence, const KeptVersion& version) {
  const auto found = std::ranges::find_if(evidence.messages,
                                          [&](const KeptMessage& one) { return one.message.guid == version.message; });
  return found == evidence.messages.end() ? nullptr : &*found;
}

std::optional<base::Time> sent_at(const Evidence& evidence, const KeptVersion& version) {
  for (const auto& delivery : evidence.deliveries) {
    if (delivery.message == version.message) return delivery.row.at;
  }
  return std::nullopt;
}

std::optional<base::Time> settled_at(const KeptVersion& version) {
  for (const auto& entry : version.entries) {
    const auto& move = entry.move;
    if (move.to == gateway::lifecycle::State::settled && move.from != move.to) return move.at;
  }
  return std::nullopt;
}

std::vector<ReceiptResult> receipts_of(const Evidence& evidence, const KeptVersion& version) {
  std::vector<ReceiptResult> receipts;
  for (const auto& kept : version.receipts) {
    const auto record =
        std::ranges::find_if(evidence.inbound, [&](const auto& one) { return one.record.digest == kept.inbound; });
    receipts.push_back({.at = kept.row.at,
                        .type = kept.row.type,
                        .status = kept.row.status,
                        .text = kept.row.return_info,
                        .bytes = record == evidence.inbound.end() ? "" : record->record.bytes});
  }
  return receipts;
}

MessageResult message_result(const Evidence& evidence, const KeptVersion& version) {
  const auto& summary = version.summary;
  MessageResult result;
  result.document_id = summary.id;
  result.type = summary.type;
  result.key = summary.key;
  result.guid = version.guid;
  result.version = summary.version;
  result.state = gateway::lifecycle::word(summary.picture.state);
  result.stage = summary.picture.stage;
  result.outcome = summary.picture.outcome;
  result.accepted = summary.created_at;
  result.sent = sent_at(evidence, version);
  result.settled = settled_at(version);
  if (const KeptMessage* message = message_of(evidence, version)) result.bytes = message->message.signed_xml;
  result.receipts = receipts_of(evidence, version);
  return result;
}

// The reasons in words, or that it holds.
void put_verdict(const json::value& verification, MessageResult& message) {
  const json::object* members = verification.if_object();
  const json::value* valid = members == nullptr ? nullptr : members->if_contains("valid");
  message.signature_valid = valid != nullptr && valid->is_bool() && valid->get_bool();
  const std::string dialect = text_of(verification, "dialect");
  message.signature_zh = dialect + (message.signature_valid ? "：签名有效" : "：签名无效");
  message.signature_en =
      dialect + (message.signature_valid ? ": the signature holds" : ": the signature does not hold");
  for (const json::value& fault : array_of(verification, "faults")) {
    message.signature_zh += "；" + text_of(fault, "zh");
    message.signature_en += "; " + text_of(fault, "en");
  }
}

std::string certificate_in(const json::value& verification) {
  const json::object* members = verification.if_object();
  const json::value* certificate = members == nullptr ? nullptr : members->if_contains("certificate");
  if (certificate == nullptr || !certificate->is_object()) return "";
  constexpr std::size_t date_characters = 10;  // of an RFC 3339 time
  return text_of(*certificate, "serial") + ", " + text_of(*certificate, "not_after").substr(0, date_characters);
}

}  // namespace

boost::asio::awaitable<Gathered> gather(const Api& api, gateway::http::Session& session, std::string id) {
  Gathered gathered;
  const auto exchange = co_await api.get(session, "/v1/documents/" + id + "/evidence");
  if (!succeeded(exchange)) co_return gathered;
  const auto files = gateway::evidence::read_zip(exchange.response.body);
  if (!files) co_return gathered;
  const auto package = gateway::evidence::read_package(*files);
  if (!package) co_return gathered;
  for (const KeptVersion& version : package->evidence.versions) {
    MessageResult message = message_result(package->evidence, version);
    gathered.enterprise = version.summary.enterprise;
    if (!message.bytes.empty()) {
      const auto verified = co_await api.post(session, "/v1/verify?enterprise=" + gathered.enterprise,
                                              "application/xml", message.bytes, "");
      const json::value verification = answer_in(verified);
      put_verdict(verification, message);
      gathered.certificate = certificate_in(verification);
    }
    gathered.messages.push_back(std::move(message));
  }
  co_return gathered;
}

}  // namespace tools::jointtest
