#include "gateway/intake/openapi.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <string_view>
#include <vector>

#include "codecs/ceb/json_schema.h"
#include "gateway/intake/openapi_accounts.h"
#include "gateway/intake/openapi_archive.h"
#include "gateway/intake/openapi_calls.h"
#include "gateway/intake/openapi_casework.h"
#include "gateway/intake/openapi_documents.h"
#include "gateway/intake/openapi_examples.h"
#include "gateway/intake/openapi_facts.h"
#include "gateway/intake/openapi_feed.h"
#include "gateway/intake/openapi_imports.h"
#include "gateway/intake/openapi_orders.h"
#include "gateway/intake/openapi_overview.h"
#include "gateway/intake/openapi_proof.h"
#include "gateway/intake/openapi_schemas.h"
#include "gateway/lifecycle/state.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

constexpr std::string_view as_text = "text/plain";

constexpr std::string_view about_signing =
    "and of its own the permission `sign = true` of the client in the settings (role admin has it). Exactly one of xml "
    "and text. What the key made or refused is recorded before the answer leaves, never the text itself. For the "
    "original data of payments (海关总署公告 2018 年第 179 号) the text is "
    "\"sessionID\":\"…\"||\"payExchangeInfoHead\":\"{…}\"||\"payExchangeInfoLists\":\"[…]\"||\"serviceTime\":\"…\", "
    "certNo the certificate_number of the answer and signValue its value. At most 1 MiB; at most 32 signatures of an "
    "enterprise wait";

std::vector<CallForm> posting_calls() {
  return {{"post",
           "/v1/documents",
           "postDocuments",
           "submitter",
           "提交单证",
           "Post documents: one, up to 1,000, or one CEB message",
           {"partial", "Idempotency-Key"},
           "Post",
           {{"200", as_json, "TakenList"}, {"202", as_json, "TakenList"}},
           {"400", "401", "403", "409", "413", "422", "503"}},
          {"post",
           "/v1/validate",
           "validate",
           "viewer",
           "只校验，不保存",
           "The same checks; stores nothing",
           {"against"},
           "Post",
           {{"200", as_json, "VerdictList"}},
           {"400", "401", "403", "413", "422", "503"}},
          {"get",
           "/v1/documents/{id}/actions",
           "listActions",
           "viewer",
           "现在可以对单证做什么",
           "What a person may do with a document now; amending it is among its offers",
           {"id"},
           "",
           {{"200", as_json, "AllowedActions"}},
           {"400", "401", "404", "503"}},
          {"post",
           "/v1/documents/{id}/actions",
           "act",
           "operator",
           "重发、更正、挂起、放行、撤回",
           "Replay, amend, hold, release or withdraw",
           {"id"},
           "Action",
           {{"200", as_json, "Document"}},
           {"400", "401", "403", "404", "409", "422", "503"}}};
}

std::vector<CallForm> describing_calls() {
  return {{"get",
           "/v1/catalog",
           "listTypes",
           "viewer",
           "报文类型",
           "The message types",
           {},
           "",
           {{"200", as_json, "CatalogList"}},
           {"401"}},
          {"get",
           "/v1/catalog/{type}",
           "getType",
           "viewer",
           "报文类型的字段",
           "The fields of one message type",
           {"message type"},
           "",
           {{"200", as_json, "CatalogType"}},
           {"401", "404"}},
          {"get",
           "/v1/catalog/{type}/schema.json",
           "getSchema",
           "viewer",
           "单证的 JSON Schema",
           "The JSON Schema of the documents of one message type",
           {"message type"},
           "",
           {{"200", "application/schema+json", ""}},
           {"401", "404"}},
          {"get",
           "/v1/openapi.json",
           "describe",
           "viewer",
           "本说明",
           "This description",
           {},
           "",
           {{"200", as_json, ""}},
           {"401"}}};
}

std::vector<CallForm> code_table_calls() {
  return {{"get",
           "/v1/codes",
           "listCodeTables",
           "viewer",
           "代码表",
           "The code tables of customs",
           {},
           "",
           {{"200", as_json, "CodeTableList"}},
           {"401"}},
          {"get",
           "/v1/codes/{table}",
           "getCodeTable",
           "viewer",
           "代码表中的代码",
           "The codes of one table, or those that a text finds",
           {"table", "q"},
           "",
           {{"200", as_json, "CodeTable"}},
           {"401", "404"}},
          {"get",
           "/v1/codes/unexplained",
           "listUnexplainedCodes",
           "viewer",
           "无人能解释的海关代码",
           "Codes customs sent that no table explains",
           {},
           "",
           {{"200", as_json, "UnexplainedCodes"}},
           {"401"}}};
}

std::vector<CallForm> signature_calls() {
  return {{"post",
           "/v1/sign",
           "sign",
           "viewer",
           "用企业密钥为其他系统加签",
           "Have an enterprise's key sign a CEB text or a plain one",
           {},
           "SignOrder",
           {{"200", as_json, "Signed"}},
           {"400", "401", "403", "413", "422", "503"},
           about_signing},
          {"post",
           "/v1/verify",
           "verify",
           "viewer",
           "验签并说明原因",
           "Judge a message's signature step by step; valid or not, the answer is 200",
           {"enterprise of the company", "canonical"},
           "VerifyOrder",
           {{"200", as_json, "Verification"}},
           {"400", "401", "403", "413", "422", "503"}},
          {"get",
           "/v1/signings",
           "listSignings",
           "operator",
           "加签记录",
           "What keys have signed for other systems, newest first",
           {"enterprise", "client", "since", "until", "limit", "cursor"},
           "",
           {{"200", as_json, "SigningList"}},
           {"400", "401", "403", "503"}}};
}

std::vector<CallForm> notice_calls() {
  return {{"get",
           "/v1/notices",
           "listNotices",
           "viewer",
           "通知记录",
           "What clients were told and have not heard, newest first",
           {"client told", "document", "state of a notice", "since", "until", "limit", "cursor"},
           "",
           {{"200", as_json, "NoticeList"}},
           {"400", "401", "503"},
           "who is no operator sees its own notices alone"},
          {"post",
           "/v1/notices/{number}/resend",
           "resendNotice",
           "operator",
           "重发一条通知",
           "Tell one notice again",
           {"number of a notice"},
           "",
           {{"200", as_json, "Resent"}},
           {"401", "403", "404", "503"}},
          {"post",
           "/v1/notices/resend",
           "resendNotices",
           "operator",
           "重发一批通知",
           "Tell a client's notices again, oldest first",
           {},
           "ResendOrder",
           {{"200", as_json, "Resent"}},
           {"400", "401", "403", "422", "503"}}};
}

std::vector<CallForm> watching_calls() {
  return {{"get", "/healthz", "isAlive", "", "存活", "Liveness", {}, "", {{"200", as_text, ""}}, {}},
          {"get",
           "/readyz",
           "isReady",
           "",
           "就绪",
           "Readiness: ledger, ports, keys",
           {},
           "",
           {{"200", as_json, "Readiness"}, {"503", as_json, "Readiness"}},
           {}},
          {"get",
           "/metrics",
           "measure",
           "viewer",
           "指标",
           "Prometheus text",
           {},
           "",
           {{"200", as_text, ""}},
           {"401", "503"}}};
}

struct ParameterForm {
  std::string_view key, name, in, en;
  json::object schema;
};

json::object reference(std::string_view component) {
  return {{"$ref", "#/components/schemas/" + std::string(component)}};
}

std::vector<ParameterForm> forms_of_places() {
  return {{"Idempotency-Key",
           "Idempotency-Key",
           "header",
           "The same key and post get the first answer again",
           {{"type", "string"}, {"maxLength", 255}}},
          {"Last-Event-ID",
           "Last-Event-ID",
           "header",
           "id of the last event heard: goes before `after`",
           {{"type", "string"}}},
          {"id", "id", "path", "Its id", {{"type", "string"}}},
          {"digest", "digest", "path", "The record's digest", {{"type", "string"}}},
          {"message type", "type", "path", "A message type, such as CEB311Message", {{"type", "string"}}},
          {"name of a port", "name", "path", "The port's name in the settings", {{"type", "string"}}},
          {"number of a notice", "number", "path", "A notice's number", {{"type", "integer"}}},
          {"code", "code", "path", "A code of customs", {{"type", "string"}, {"maxLength", 64}}},
          {"table", "table", "path", "A code table, such as unit", {{"type", "string"}}}};
}

std::vector<ParameterForm> forms_of_choices() {
  const json::object number{{"type", "integer"}, {"minimum", 1}};
  const json::object rows{{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}, {"default", 100}};
  return {
      {"partial", "partial", "query", "Take what is good; a faulty document is {index, faults}", {{"type", "boolean"}}},
      {"against", "against", "query", "Compare with the others of the sale as well", {{"enum", {"ledger"}}}},
      {"dry_run", "dry_run", "query", "Say what would become of it, write nothing", {{"type", "boolean"}}},
      {"version", "version", "query", "Another version than the newest", number},
      {"part", "part", "query", "message (default) or envelope", {{"enum", {"message", "envelope"}}}},
      {"limit", "limit", "query", "Rows in an answer", rows},
      {"cursor", "cursor", "query", "next of the page before", {{"type", "string"}}},
      {"canonical",
       "canonical",
       "query",
       "Answer with the canonical bytes of ds:SignedInfo too, or of the document as well",
       {{"enum", {"signed-info", "document"}}}},
      {"all", "all", "query", "Everybody's; for administrators", {{"enum", {"true"}}}},
      {"after", "after", "query", "next of the answer before; absent: from the beginning", {{"type", "string"}}}};
}

std::vector<ParameterForm> forms_of_filters() {
  const json::object text{{"type", "string"}}, time{{"type", "string"}, {"format", "date-time"}};
  return {
      {"type", "type", "query", "Of this message type", text},
      {"key", "key", "query", "The whole key, or the number", text},
      {"number", "number", "query", "The number, the last part of the key", text},
      {"state", "state", "query", "In this state", reference("State")},
      {"state of a record", "state", "query", "In this state", reference("InboundState")},
      {"port", "port", "query", "Of this port", text},
      {"source", "source", "query", "From this source, such as /ceb312msg", text},
      {"received since", "since", "query", "Received at or after", time},
      {"received until", "until", "query", "Received before", time},
      {"state of a notice", "state", "query", "In this state", reference("NoticeState")},
      {"document", "document", "query", "Of this document: its id, key or number", text},
      {"client told", "client", "query", "To this client", text},
      {"enterprise", "enterprise", "query", "Of this enterprise", text},
      {"done since", "since", "query", "Done at or after", time},
      {"done until", "until", "query", "Done before", time},
      {"done by", "by", "query", "By this person or client", text},
      {"state of an alert", "state", "query", "Those that go on, or those that are over", reference("AlertState")},
      {"kind of act", "kind", "query", "Of this kind", reference("ActKind")},
      {"acts on a document", "document", "query", "On the document with this id", text},
      {"enterprise of the company", "enterprise", "query", "The dialect and the company are to be this enterprise's",
       text},
      {"client", "client", "query", "Asked for by this client", text},
      {"since", "since", "query", "Created at or after", time},
      {"until", "until", "query", "Created before", time},
      {"q", "q", "query", "A code, or a part of a name in either language", text},
      {"states", "state", "query", "In this state, or in one of several with a comma between two", text},
      {"outcome", "outcome", "query", "What customs has made of it, such as released", text},
      {"code said", "code", "query", "Customs said this of the newest version: a returnStatus, or a code in its text",
       text},
      {"assigned to", "assigned_to", "query", "Looked after by this person, or \"erp\"", text},
      {"personal",
       "personal",
       "query",
       "Personal data masked, or in clear; in a browser it is masked",
       {{"enum", {"masked", "clear"}}}},
      {"words sought", "q", "query", "In the code, its meaning or the advice", text},
      {"code noted", "code", "query", "The note on this code", text},
      {"grouped by", "by", "query", "By code (default), or by code and goods", {{"enum", {"code", "goods"}}}},
      {"day", "day", "query", "A day of China; today where there is none", {{"type", "string"}, {"format", "date"}}},
      {"format of a table", "format", "query", "json (default) or csv", {{"enum", {"json", "csv"}}}},
      {"business number",
       "q",
       "query",
       "Any number it goes by: its own, orderNo, logisticsNo, payTransactionId, copNo, preNo, invtNo, guid; from four "
       "characters on the beginning is enough",
       {{"type", "string"}, {"maxLength", 100}}}};
}

json::array parameters(const CallForm& call) {
  json::array list;
  for (const auto& forms : {forms_of_places(), forms_of_choices(), forms_of_filters()}) {
    for (const ParameterForm& form : forms) {
      if (std::find(call.parameters.begin(), call.parameters.end(), form.key) == call.parameters.end()) continue;
      list.push_back({{"name", form.name},
                      {"in", form.in},
                      {"description", form.en},
                      {"schema", form.schema},
                      {"required", form.in == "path"}});
    }
  }
  return list;
}

json::object content(std::string_view media, std::string_view component) {
  const json::object schema = component.empty() ? json::object{} : reference(component);
  return {{media, json::object{{"schema", schema}}}};
}

json::object responses(const CallForm& call) {
  json::object list;
  for (const AnswerForm& answer : call.answers) {
    json::object told{{"description", call.en}};
    if (!answer.media.empty()) told["content"] = content(answer.media, answer.schema);
    list[answer.status] = std::move(told);
  }
  for (const std::string_view status : call.problems) {
    list[status] = json::object{{"$ref", "#/components/responses/Problem"}};
  }
  return list;
}

json::object request_body(const CallForm& call) {
  json::object media = content(as_json, call.takes);
  media[as_json].as_object()["examples"] = examples_of(call.takes);
  if (call.takes == "Post" || call.takes == "VerifyOrder")
    media[as_xml] = json::object{{"schema", json::object{{"type", "string"}}}};
  return {{"required", true}, {"content", media}};
}

json::object operation(const CallForm& call) {
  json::object made{{"operationId", call.name},
                    {"summary", std::string(call.zh) + " / " + std::string(call.en)},
                    {"responses", responses(call)}};
  if (!call.parameters.empty()) made["parameters"] = parameters(call);
  if (!call.takes.empty()) made["requestBody"] = request_body(call);
  if (call.role.empty())
    made["security"] = json::array();
  else
    made["description"] =
        "Role: " + std::string(call.role) + (call.notes.empty() ? "" : "; " + std::string(call.notes));
  return made;
}

std::string name_of_post(const schemas::MessageType& type) { return type.name + "Post"; }

// One document of the type as it is posted; its content is described where its own schema stands.
json::object post_of(const schemas::MessageType& type) {
  const json::object enterprise{{"type", "string"}, {"description", "code of the enterprise that transmits"}};
  return {{"type", "object"},
          {"title", type.title_zh + " / " + type.title_en},
          {"required", {"type", "enterprise", "document"}},
          {"additionalProperties", false},
          {"properties",
           {{"type", {{"const", type.name}}},
            {"enterprise", enterprise},
            {"document", {{"$ref", codecs::ceb::schema_path(type)}}}}}};
}

void add_posts(json::object& all, const schemas::Catalog& catalog) {
  json::array alternatives, names;
  json::object mapping;
  for (const schemas::MessageType& type : catalog.types()) {
    if (type.kind != schemas::MessageKind::declaration) continue;
    all[name_of_post(type)] = post_of(type);
    json::object chosen = reference(name_of_post(type));
    mapping[type.name] = chosen.at("$ref");
    names.push_back(json::string(type.name));
    alternatives.push_back(std::move(chosen));
  }
  all["DeclarationType"] = json::object{{"enum", std::move(names)}};
  all["Posted"] = json::object{{"oneOf", std::move(alternatives)},
                               {"discriminator", {{"propertyName", "type"}, {"mapping", std::move(mapping)}}}};
}

json::object schemas_of(const schemas::Catalog& catalog) {
  json::object all = json::parse(openapi_schemas).as_object();
  for (const std::string_view part : {document_schemas(), casework_schemas(), order_schemas(), import_schemas(),
                                      fact_schemas(), archive_schemas(), account_schemas(), overview_schemas()}) {
    const json::value components = json::parse(part);
    for (const auto& component : components.as_object()) all[component.key()] = component.value();
  }
  add_posts(all, catalog);
  json::array states;
  for (std::size_t i = 0; i < lifecycle::state_count; ++i) {
    states.push_back(json::string(lifecycle::word(static_cast<lifecycle::State>(i))));
  }
  all["State"] = json::object{{"enum", states}};
  return all;
}

// What clients are sent, where they asked for it.
json::object webhooks() {
  const json::object change{{"summary", "单证变化通知 / A document has changed (Standard Webhooks)"},
                            {"security", json::array()},
                            {"requestBody", {{"required", true}, {"content", content(as_json, "ChangeNotice")}}},
                            {"responses", {{"2XX", {{"description", "heard; anything else is tried again"}}}}}};
  return {{"documentChanged", {{"post", change}}}};
}

}  // namespace

json::object openapi_of(const schemas::Catalog& catalog) {
  json::object paths;
  for (const auto& calls :
       {posting_calls(), document_calls(), casework_calls(), proof_calls(), feed_calls(), import_calls(), fact_calls(),
        order_calls(), inbound_calls(), archive_calls(), describing_calls(), code_table_calls(), signature_calls(),
        notice_calls(), watching_calls(), account_calls(), overview_calls(), audit_calls()}) {
    for (const CallForm& call : calls) {
      json::value& path = paths[call.path];
      if (path.is_null()) path = json::object{};
      path.as_object()[call.method] = operation(call);
    }
  }
  const json::object problem{{"description", "RFC 9457 with every fault"},
                             {"content", content("application/problem+json", "Problem")}};
  const json::object bearer{{"type", "http"}, {"scheme", "bearer"}};
  const json::object session{{"type", "apiKey"}, {"in", "cookie"}, {"name", "cebgate_session"}};
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "cebgate"},
            {"version", "1"},
            {"description", "海关跨境统一版申报网关 / Customs declarations gateway, edition " + catalog.edition()}}},
          {"security", {json::object{{"bearer", json::array()}}, json::object{{"session", json::array()}}}},
          {"paths", paths},
          {"webhooks", webhooks()},
          {"components",
           {{"schemas", schemas_of(catalog)},
            {"responses", {{"Problem", problem}}},
            {"securitySchemes", {{"bearer", bearer}, {"session", session}}}}}};
}

}  // namespace gateway::intake
