#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/digest.h"
#include "gateway/evidence/package.h"
#include "gateway/evidence/readme.h"
#include "gateway/lifecycle/state.h"

namespace gateway::evidence {

namespace json = boost::json;

namespace names {

std::string request(int version) { return "request-" + std::to_string(version) + ".json"; }

std::string message(std::string_view guid) { return "message-" + std::string(guid) + ".xml"; }

std::string envelope(std::string_view guid, std::string_view bytes) {
  return "envelope-" + std::string(guid) + (bytes.starts_with('{') ? ".json" : ".xml");
}

std::string proof(std::int64_t delivery) { return "proof-" + std::to_string(delivery) + ".bin"; }
std::string record(std::string_view digest) { return "inbound-" + std::string(digest) + ".bin"; }

}  // namespace names

namespace {

// A line for each element or member, so that people can read it.
std::string lines(const json::array& rows) {
  std::string text = "[";
  for (const json::value& row : rows) text += (text.size() > 1 ? ",\n" : "\n") + json::serialize(row);
  return text + "\n]\n";
}

std::string lines(const json::object& object) {
  std::string text = "{";
  for (const auto& member : object) {
    text += (text.size() > 1 ? ",\n" : "\n") + json::serialize(json::string(member.key())) + ": " +
            json::serialize(member.value());
  }
  return text + "\n}\n";
}

json::object version_of(const ledger::KeptVersion& version) {
  const ledger::Summary& summary = version.summary;
  return {{"version", summary.version},
          {"guid", version.guid},
          {"appType", version.app_type},
          {"appStatus", version.app_status},
          {"appTime", version.app_time},
          {"enterprise", summary.enterprise},
          {"port", summary.port},
          {"dxp_id", version.dxp_id},
          {"created_at", base::rfc3339(summary.created_at)},
          {"content_sha256", version.content_digest},
          {"request", names::request(summary.version)},
          {"state", lifecycle::word(summary.picture.state)},
          {"stage", summary.picture.stage},
          {"outcome", summary.picture.outcome},
          {"reason", summary.picture.reason},
          {"message", version.message}};
}

json::object message_of(const ledger::KeptMessage& kept) {
  const ledger::SealedMessage& message = kept.message;
  return {{"guid", message.guid},
          {"type", message.type},
          {"enterprise", message.enterprise},
          {"port", message.port},
          {"dialect", message.dialect},
          {"sealed_at", base::rfc3339(kept.sealed_at)},
          {"signed", names::message(message.guid)},
          {"envelope", names::envelope(message.guid, message.envelope)}};
}

std::string document_json(const ledger::Evidence& evidence) {
  const ledger::Summary& newest = evidence.versions.back().summary;
  json::array versions, messages;
  for (const auto& version : evidence.versions) versions.push_back(version_of(version));
  for (const auto& message : evidence.messages) messages.push_back(message_of(message));
  return lines(json::object{{"id", newest.id},
                            {"type", newest.type},
                            {"key", newest.key},
                            {"number", newest.number},
                            {"versions", std::move(versions)},
                            {"messages", std::move(messages)}});
}

std::string chain_jsonl(const ledger::Evidence& evidence) {
  std::string text;
  for (const ledger::KeptVersion& version : evidence.versions) {
    for (const auto& [move, digest] : version.entries) {
      text += json::serialize(json::object{{"version", version.summary.version},
                                           {"guid", version.guid},
                                           {"at", base::rfc3339(move.at)},
                                           {"from", lifecycle::word(move.from)},
                                           {"to", lifecycle::word(move.to)},
                                           {"stage", move.stage},
                                           {"outcome", move.outcome},
                                           {"reason", move.reason},
                                           {"by", move.by},
                                           {"evidence", move.evidence},
                                           {"digest", base::hex(digest)}}) +
              "\n";
    }
  }
  return text;
}

std::string deliveries_json(const ledger::Evidence& evidence) {
  json::array rows;
  for (const ledger::KeptDelivery& delivery : evidence.deliveries) {
    json::object row{{"number", delivery.number},
                     {"message", delivery.message},
                     {"at", base::rfc3339(delivery.row.at)},
                     {"finished_at", nullptr},
                     {"outcome", ledger::word(delivery.row.outcome)},
                     {"answer", delivery.row.answer},
                     {"proof", nullptr}};
    if (delivery.finished_at) row["finished_at"] = base::rfc3339(*delivery.finished_at);
    if (!delivery.proof.empty()) row["proof"] = names::proof(delivery.number);
    rows.push_back(std::move(row));
  }
  return lines(rows);
}

std::string receipts_json(const ledger::Evidence& evidence) {
  json::array rows;
  for (const ledger::KeptVersion& version : evidence.versions) {
    for (const auto& [receipt, inbound] : version.receipts) {
      rows.push_back({{"version", version.summary.version},
                      {"inbound", inbound},
                      {"said", ledger::word(receipt.said)},
                      {"type", receipt.type},
                      {"returnStatus", receipt.status},
                      {"returnTime", receipt.return_time},
                      {"returnInfo", receipt.return_info},
                      {"returned_at", base::rfc3339(receipt.returned_at)},
                      {"at", base::rfc3339(receipt.at)},
                      {"effect", receipt.effect}});
    }
  }
  return lines(rows);
}

std::string inbound_json(const ledger::Evidence& evidence) {
  json::array rows;
  for (const auto& [record, acts] : evidence.inbound) {
    json::array matched_again;
    for (const ledger::InboundAct& act : acts) {
      matched_again.push_back({{"at", base::rfc3339(act.at)}, {"by", act.by}, {"reason", act.reason}});
    }
    rows.push_back({{"digest", record.digest},
                    {"file", names::record(record.digest)},
                    {"port", record.port},
                    {"source", record.source},
                    {"dxp_id", record.dxp_id},
                    {"received_at", base::rfc3339(record.received_at)},
                    {"matched_again", std::move(matched_again)}});
  }
  return lines(rows);
}

std::string manifest_json(const ledger::Evidence& evidence, const std::vector<File>& files, base::Time made_at,
                          const std::string& edition) {
  const ledger::Summary& newest = evidence.versions.back().summary;
  json::array ends, files_listed;
  for (const ledger::KeptVersion& version : evidence.versions) {
    ends.push_back({{"version", version.summary.version},
                    {"entries", version.entries.size()},
                    {"digest", version.entries.empty() ? "" : base::hex(version.entries.back().digest)}});
  }
  for (const File& file : files) {
    const ListedFile one = listed(file);
    files_listed.push_back({{"name", one.name}, {"bytes", one.bytes}, {"sha256", one.sha256}, {"sm3", one.sm3}});
  }
  return lines(json::object{{"form", form_name},
                            {"form_version", form_version},
                            {"id", newest.id},
                            {"type", newest.type},
                            {"key", newest.key},
                            {"made_at", base::rfc3339(made_at)},
                            {"made_by", "cebgate " CEBGATE_VERSION},
                            {"edition", edition},
                            {"ends", std::move(ends)},
                            {"files", std::move(files_listed)}});
}

}  // namespace

ListedFile listed(const File& file) {
  return {file.name, static_cast<std::int64_t>(file.bytes.size()), base::sha256_hex(file.bytes),
          base::hex(base::sm3(file.bytes))};
}

std::string sums_of(const std::vector<File>& files) {
  std::string text;
  for (const File& file : files) text += base::sha256_hex(file.bytes) + "  " + file.name + "\n";
  return text;
}

std::vector<File> files_of(const ledger::Evidence& evidence, base::Time made_at, const std::string& edition) {
  std::vector<File> files;
  const auto add = [&files](std::string_view name, std::string bytes) {
    files.push_back({std::string(name), std::move(bytes)});
  };
  add(names::readme, std::string(readme_text()));
  add(names::document, document_json(evidence));
  add(names::chain, chain_jsonl(evidence));
  add(names::deliveries, deliveries_json(evidence));
  add(names::receipts, receipts_json(evidence));
  add(names::inbound, inbound_json(evidence));
  for (const auto& version : evidence.versions) add(names::request(version.summary.version), version.body);
  for (const auto& [message, sealed_at] : evidence.messages) {
    add(names::message(message.guid), message.signed_xml);
    add(names::envelope(message.guid, message.envelope), message.envelope);
  }
  for (const auto& delivery : evidence.deliveries) {
    if (!delivery.proof.empty()) add(names::proof(delivery.number), delivery.proof);
  }
  for (const auto& inbound : evidence.inbound) add(names::record(inbound.record.digest), inbound.record.bytes);
  add(names::manifest, manifest_json(evidence, files, made_at, edition));
  add(names::sums, sums_of(files));
  return files;
}

std::string file_name(const ledger::Evidence& evidence) {
  constexpr std::size_t longest_number = 60;
  const ledger::Summary& newest = evidence.versions.back().summary;
  std::string number = newest.number.substr(0, longest_number);
  std::ranges::replace_if(
      number, [](char c) { return !is_plain_name(std::string_view(&c, 1)) && c != '.' && c != '-'; }, '_');
  return "evidence-" + newest.type + "-" + number + ".zip";
}

}  // namespace gateway::evidence
