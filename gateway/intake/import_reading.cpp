#include "gateway/intake/import_reading.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "base/digest.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "gateway/views/answers.h"
#include "schemas/document_key.h"
#include "schemas/field_check.h"
#include "schemas/table.h"

namespace gateway::intake {
namespace {

using codecs::ceb::head_field;
using codecs::ceb::JsonKind;
using codecs::ceb::JsonNode;
using schemas::MessageType;

constexpr int most_versions = 9'999;
constexpr std::array own_columns{"type",         "enterprise", "key",        "document",    "guid",
                                 "message_guid", "appType",    "appStatus",  "appTime",     "sent_at",
                                 "preNo",        "invtNo",     "sumNo",      "stage",       "port",
                                 "version",      "returnTime", "returnInfo", "customs_guid"};
constexpr std::array given_by_customs{"preNo", "invtNo", "sumNo"};

bool is_given_by_customs(std::string_view name) {
  return std::ranges::find(given_by_customs, name) != given_by_customs.end();
}

// Of the head: what names the document and what belongs together.
std::vector<std::string> naming_fields(const MessageType& type) {
  std::vector<std::string> fields = type.key_fields;
  for (const std::string& field : type.number_fields) {
    if (std::ranges::find(fields, field) == fields.end() && !is_given_by_customs(field)) fields.push_back(field);
  }
  return fields;
}

std::vector<std::string> columns_of(const MessageType& type) {
  std::vector<std::string> columns(own_columns.begin(), own_columns.end());
  for (const std::string& field : naming_fields(type)) columns.push_back(field);
  return columns;
}

void check_form(ImportCells& cells, std::string_view column, const schemas::Node* node, const std::string& text) {
  if (node == nullptr || text.empty()) return;
  const auto fault = schemas::check_field(node->facets, text);
  if (fault) {
    cells.refuse(column, fault->code, fault->zh + "。", fault->en + ".");
  }
}

// A field of the head, where the row and the document do not say different things.
void put(ImportRow& row, ImportCells& cells, const std::string& field) {
  Candidate& candidate = row.candidate;
  const MessageType& type = *candidate.type;
  const std::string given = cells.take(field), in_document = head_field(type, candidate.body, field);
  if (given.empty()) return;
  const schemas::Node* node = type.head_node().child(field);
  if (node == nullptr) {
    cells.refuse(field, "import.column", type.name + " 没有 " + field + "，请留空。",
                 type.name + " has no " + field + ": leave it empty.");
  } else if (!in_document.empty() && in_document != given) {
    cells.refuse(field, "import.value", "与 key 或 document 中的 " + in_document + " 不同。",
                 "The key or the document says " + in_document + " instead.");
  } else {
    check_form(cells, field, node, given);
    codecs::ceb::set_head_field(type, candidate.body, field, given);
  }
}

void demand_one_of(ImportCells& cells, const std::string& column, const std::string& text,
                   std::initializer_list<std::string_view> allowed) {
  if (text.empty() || std::ranges::find(allowed, text) != allowed.end()) return;
  std::string words;
  for (const std::string_view word : allowed) words.append(words.empty() ? "" : ", ").append(word);
  cells.refuse(column, "import.value", column + " 只能是：" + words + "。",
               column + " has to be one of " + words + ".");
}

void refuse_repeats(ImportRows& rows) {
  std::map<std::string, std::size_t> keys, guids;
  const auto look = [](std::map<std::string, std::size_t>& seen, Candidate& candidate, const std::string& value,
                       const std::string& column) {
    if (value.empty()) return;
    const auto [first, is_first] = seen.try_emplace(value, candidate.index + 1);
    if (is_first) return;
    const std::string nth = std::to_string(first->second);
    candidate.refuse(Refusal::invalid,
                     views::fault("import.repeated", candidate.place + "/" + column,
                                  value + " 在第 " + nth + " 行已出现过，一份单证只能有一行。",
                                  value + " stands in row " + nth + " already; a document has one row."));
  };
  for (ImportRow& row : rows) {
    look(keys, row.candidate, row.candidate.key, "key");
    look(guids, row.candidate, row.candidate.posted_guid, "guid");
  }
}

http::Response too_many_rows(std::size_t posted) {
  const std::string count = std::to_string(posted), limit = std::to_string(ImportReader::most_rows);
  return http::Response::problem(
      413, "too many rows in one call",
      {views::fault("import.too_many", "", "一次导入了 " + count + " 行，最多 " + limit + " 行，请分批。",
                    count + " rows in one call; at most " + limit + " are taken, send them in parts.")});
}

}  // namespace

std::variant<ImportRows, http::Response> ImportReader::read(const http::Caller& caller, std::string_view body,
                                                            base::Time now) const {
  const auto json = codecs::ceb::read_json(body);
  if (!json) return http::Response::problem(400, "the JSON cannot be read", json.faults());
  if (json->kind != JsonKind::array || json->items.empty()) {
    return http::Response::problem(422, "no rows",
                                   {views::fault("import.empty", "", "应为至少有一行的数组：[{…},{…}]。",
                                                 "This has to be an array of at least one row: [{…},{…}].")});
  }
  if (json->items.size() > most_rows) return too_many_rows(json->items.size());
  ImportRows rows;
  for (std::size_t i = 0; i < json->items.size(); ++i) {
    rows.push_back(read_row(caller, json->items[i], "/" + std::to_string(i), now));
    rows.back().candidate.index = i;
  }
  refuse_repeats(rows);
  return rows;
}

ImportRow ImportReader::read_row(const http::Caller& caller, const JsonNode& posted, const std::string& place,
                                 base::Time now) const {
  ImportRow row;
  Candidate& candidate = row.candidate;
  candidate.place = place;
  if (posted.kind != JsonKind::object) {
    candidate.refuse(Refusal::invalid,
                     views::fault("json.shape", place, "应为对象：{\"type\",\"enterprise\",\"guid\",…}。",
                                  "This has to be an object {\"type\",\"enterprise\",\"guid\",…}."));
    return row;
  }
  ImportCells cells(posted, place);
  candidate.type_name = cells.demand("type");
  const std::string enterprise = cells.demand("enterprise");
  if (!enterprise.empty()) reader_.read_enterprise(candidate, caller, enterprise, place + "/enterprise");
  if (!candidate.type_name.empty()) reader_.read_type(candidate, place + "/type");
  if (candidate.type != nullptr) {
    read_document(row, posted, cells);
    read_head(row, cells);
    read_key(row, cells);
    read_numbers(row, cells);
    read_sending(row, cells, now);
    read_stage(row, cells, now);
    cells.refuse_all_but(columns_of(*candidate.type));
    candidate.content_digest = base::sha256_hex(codecs::ceb::canonical_content(*candidate.type, candidate.body));
    row.kept = cells.canonical({{"content", candidate.content_digest},
                                {"key", candidate.key},
                                {"guid", candidate.posted_guid},
                                {"appType", head_field(*candidate.type, candidate.body, "appType")},
                                {"appTime", head_field(*candidate.type, candidate.body, "appTime")}});
  }
  candidate.refuse_all(Refusal::invalid, cells.faults());
  return row;
}

// It is not judged: it has been declared, whatever we think of it.
void ImportReader::read_document(ImportRow& row, const JsonNode& posted, ImportCells& cells) const {
  Candidate& candidate = row.candidate;
  candidate.body.name = candidate.type->business_node;
  const JsonNode* document = posted.member("document");
  if (document == nullptr || document->kind == JsonKind::null) return;
  auto read = codecs::ceb::read_what_can_be(*candidate.type, *document, cells.path_of("document"));
  candidate.refuse_all(Refusal::invalid, read.faults);
  candidate.body = std::move(read.body);
}

void ImportReader::read_head(ImportRow& row, ImportCells& cells) const {
  Candidate& candidate = row.candidate;
  const MessageType& type = *candidate.type;
  for (const char* field : {"guid", "appType", "appTime", "appStatus"}) put(row, cells, field);
  const auto fill = [&](const char* field, const char* value) {
    if (head_field(type, candidate.body, field).empty())
      codecs::ceb::set_head_field(type, candidate.body, field, value);
  };
  fill("appType", "1");
  if (type.fills_app_status) fill("appStatus", "2");
  demand_one_of(cells, "appType", head_field(type, candidate.body, "appType"), {"1", "2", "3"});
  demand_one_of(cells, "appStatus", head_field(type, candidate.body, "appStatus"), {"1", "2"});
  candidate.posted_guid = head_field(type, candidate.body, "guid");
  if (candidate.posted_guid.empty()) {
    cells.refuse("guid", "import.missing", "缺少 guid：单证发送时的 guid，回执以它找到单证。",
                 "guid is missing: the document's own, under which it was sent; receipts find it by that.");
  }
  const std::string app_time = head_field(type, candidate.body, "appTime");
  const bool is_time =
      base::read_china_digits(app_time) && app_time.size() == std::string_view("20260131093000").size();
  if (!is_time && !cells.is_refused("appTime")) {
    cells.refuse("appTime", "import.value",
                 "应为单证发送时的 appTime，14 位北京时间，例如 20260131093000；下一版的 appTime 须晚于它。",
                 "This has to be the appTime that was sent, 14 digits of China time like 20260131093000; that of the "
                 "next version will be later.");
  }
}

void ImportReader::read_key(ImportRow& row, ImportCells& cells) const {
  Candidate& candidate = row.candidate;
  const MessageType& type = *candidate.type;
  if (const std::string key = cells.take("key"); !key.empty()) {
    const auto parts = schemas::parts_of_key(key);
    if (parts.size() != type.key_fields.size() || schemas::key_from_parts(type.name, parts) != key) {
      const std::string form = schemas::key_from_parts(type.name, type.key_fields);
      cells.refuse("key", "import.key", "不是 " + type.name + " 的主键；应为 " + form + "。",
                   "This is no key of " + type.name + "; it has to be " + form + ".");
      return;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string& field = type.key_fields[i];
      const std::string in_document = head_field(type, candidate.body, field);
      if (!in_document.empty() && in_document != parts[i]) {
        cells.refuse("key", "import.value", "与 document 中的 " + in_document + " 不同。",
                     "The document says " + in_document + " instead.");
      }
      check_form(cells, "key", type.head_node().child(field), parts[i]);
      codecs::ceb::set_head_field(type, candidate.body, field, parts[i]);
    }
  }
  for (const std::string& field : naming_fields(type)) put(row, cells, field);
  for (const std::string& field : type.key_fields) {
    if (!head_field(type, candidate.body, field).empty()) continue;
    cells.refuse(field, "import.key", "缺少 " + field + "：请给出 key，或主键的各部分，或 document。",
                 field + " is missing: give key, or each part of the key, or document.");
    return;
  }
  candidate.key = codecs::ceb::key_of(type, candidate.body);
  candidate.number = codecs::ceb::number_of(type, candidate.body);
}

void ImportReader::read_numbers(ImportRow& row, ImportCells& cells) const {
  const MessageType& type = *row.candidate.type;
  const schemas::Node* guid = type.head_node().child("guid");
  const MessageType* receipt = catalog_.find(type.receipt);
  for (const char* name : given_by_customs) {
    const std::string value = cells.take(name);
    if (value.empty()) continue;
    const schemas::Node* node = type.head_node().child(name);
    if (node == nullptr && receipt != nullptr) node = receipt->head_node().child(name);
    if (node == nullptr) {
      cells.refuse(name, "import.column", std::string("海关不给 ") + type.name + " 这个编号，请留空。",
                   "Customs gives " + type.name + " no such number: leave it empty.");
    }
    check_form(cells, name, node, value);
    row.learnt.push_back({name, value});
  }
  if (std::string value = cells.take("customs_guid"); !value.empty()) {
    check_form(cells, "customs_guid", guid, value);
    row.learnt.push_back({"customsGuid", std::move(value)});
  }
  row.message_guid = cells.take("message_guid");
  check_form(cells, "message_guid", guid, row.message_guid);
}

void ImportReader::read_sending(ImportRow& row, ImportCells& cells, base::Time now) const {
  Candidate& candidate = row.candidate;
  const auto app_time = base::read_china_digits(head_field(*candidate.type, candidate.body, "appTime"));
  row.sent_at = cells.take_time("sent_at", now).value_or(std::min(app_time.value_or(now), now));
  row.port = cells.take("port");
  if (!row.port.empty() && settings_.port(row.port) == nullptr) {
    std::string names;
    for (const config::Port& port : settings_.ports) names += (names.empty() ? "" : ", ") + port.name;
    cells.refuse("port", "import.value", "设置中没有口岸 " + row.port + "；可用：" + names + "，或留空。",
                 "There is no port " + row.port + " in the settings; allowed: " + names + ", or nothing.");
  }
  const std::string version = cells.take("version");
  if (version.empty()) return;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), candidate.version);
  row.names_version = true;
  if (error == std::errc() && end == version.data() + version.size() && candidate.version >= 1 &&
      candidate.version <= most_versions) {
    return;
  }
  cells.refuse("version", "import.value", "应为 1 到 9999 的整数。", "This has to be a whole number, 1 to 9999.");
}

void ImportReader::read_stage(ImportRow& row, ImportCells& cells, base::Time now) const {
  const Candidate& candidate = row.candidate;
  const MessageType& type = *candidate.type;
  const std::string stage = cells.take("stage"), info = cells.take("returnInfo");
  const auto returned_at = cells.take_time("returnTime", now);
  if (stage.empty()) {
    if (!returned_at && info.empty()) return;
    cells.refuse("stage", "import.missing", "有 returnTime 或 returnInfo，却没有 stage（returnStatus）。",
                 "There is a returnTime or a returnInfo, but no stage (the returnStatus).");
    return;
  }
  if (!returned_at) {
    if (!cells.is_refused("returnTime")) {
      cells.refuse("returnTime", "import.missing", "有 stage 就须有它的 returnTime：回执按时间先后生效。",
                   "A stage needs its returnTime: receipts count in the order of their times.");
    }
    return;
  }
  const std::string app_type = head_field(type, candidate.body, "appType");
  const std::string app_status = head_field(type, candidate.body, "appStatus");
  const schemas::Declared declared{type.name, app_type, app_status};
  // A negative one that no table names is a refusal all the same.
  if (!catalog_.answer(declared, stage).known() && !stage.starts_with('-')) {
    const std::string known = known_stages(type);
    cells.refuse(
        "stage", "import.stage", "表中没有 " + type.name + " 的状态 " + stage + "；可用：" + known + "，或负的错误码。",
        "No table has the status " + stage + " of " + type.name + "; allowed: " + known + ", or a negative code.");
    return;
  }
  row.heard.emplace();
  row.heard->status = stage;
  row.heard->return_time = base::china_digits17(*returned_at);
  row.heard->return_info = info;
  row.heard->returned_at = *returned_at;
  row.heard->at = now;
  row.heard->type = type.receipt;
}

std::string ImportReader::known_stages(const MessageType& type) const {
  std::set<std::string> seen;
  std::string words;
  for (const schemas::ListedAnswer& answer : catalog_.listed_answers(type.name)) {
    for (const std::string& word : schemas::split(answer.status, ' ')) {
      const bool is_plain = !word.starts_with('-') && word.find("..") == std::string::npos;
      if (is_plain && seen.insert(word).second) words += (words.empty() ? "" : ", ") + word;
    }
  }
  return words;
}

}  // namespace gateway::intake
