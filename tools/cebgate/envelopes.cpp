#include "tools/cebgate/envelopes.h"

#include <algorithm>
#include <boost/json/array.hpp>

namespace tools::cebgate {

namespace {

namespace dxp = codecs::dxp;
namespace json = boost::json;

const char* name_of(const dxp::Envelope&) { return "DxpMsg"; }
const char* name_of(const dxp::RoutedEnvelope&) { return "DxpMsgSv"; }
const char* name_of(const dxp::Reply&) { return "DxpRep"; }

void put(json::object& object, const char* name, const std::optional<std::string>& text) {
  if (text) object[name] = *text;
}

void put(json::object& object, const char* name, const std::optional<base::Time>& time) {
  if (time) object[name] = base::rfc3339(*time);
}

json::object head_json(const dxp::Head& head) {
  json::object object;
  object["CopMsgId"] = head.message_id;
  object["SenderId"] = head.sender;
  object["ReceiverIds"] = json::array(head.receivers.begin(), head.receivers.end());
  put(object, "CreatTime", head.created);
  object["MsgType"] = head.message_type;
  return object;
}

json::object additions_json(const dxp::Additions& additions) {
  json::object object;
  put(object, "FileName", additions.file_name);
  put(object, "IcCard", additions.card);
  json::array keys;
  for (const dxp::BusinessKey& key : additions.keys) keys.push_back({{"name", key.name}, {"Key", key.value}});
  if (!keys.empty()) object["BizKey"] = std::move(keys);
  put(object, "IsText", additions.text_encoding);
  put(object, "RecMapId", additions.map_id);
  return object;
}

void add_parts(json::object& object, const dxp::Envelope& envelope) {
  if (!envelope.id.empty()) object["Id"] = envelope.id;
  object["TransInfo"] = head_json(envelope.head);
  if (envelope.additions) object["AddInfo"] = additions_json(*envelope.additions);
  object["signed"] = envelope.is_signed;
}

void add_parts(json::object& object, const dxp::RoutedEnvelope& routed) {
  if (!routed.id.empty()) object["Id"] = routed.id;
  json::object route;
  route["MsgId"] = routed.route.message_id;
  put(route, "SubMsgId", routed.route.part);
  put(route, "SendTime", routed.route.sent);
  route["EndNode"] = routed.route.end_node;
  route["StaNode"] = routed.route.start_node;
  object["SvNo"] = std::move(route);
  json::object inside;
  add_parts(inside, routed.envelope);
  object["DxpMsg"] = std::move(inside);
  object["signed"] = routed.is_signed;
}

json::object response_json(const dxp::Response& response) {
  json::object object;
  put(object, "NodeId", response.node);
  object["ResponseCode"] = response.code;
  put(object, "ResponseInfo", response.info);
  json::array results;
  for (const dxp::ReceiverResult& result : response.results) {
    json::object one{{"RecId", result.receiver}, {"Code", result.code}};
    put(one, "Info", result.info);
    put(one, "Note", result.note);
    results.push_back(std::move(one));
  }
  if (!results.empty()) object["Results"] = std::move(results);
  object["NoticeTime"] = response.notice_date;
  put(object, "Note", response.note);
  object["OriHead"] = head_json(response.answered);
  return object;
}

void add_parts(json::object& object, const dxp::Reply& reply) {
  object["RecevierId"] = reply.receiver;
  put(object, "AdNodeId", reply.node);
  json::array responses;
  for (const dxp::Response& response : reply.responses) responses.push_back(response_json(response));
  object["Response"] = std::move(responses);
  object["signed"] = reply.is_signed;
}

std::string joined_words(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

}  // namespace

bool is_envelope(const schemas::Catalog& catalog, std::string_view type) {
  return std::ranges::any_of(catalog.envelopes(), [&](const schemas::Envelope& known) { return known.name == type; });
}

const dxp::Envelope* envelope_of(const dxp::Content& content) {
  if (const auto* routed = std::get_if<dxp::RoutedEnvelope>(&content)) return &routed->envelope;
  return std::get_if<dxp::Envelope>(&content);
}

base::Faults faults_inside(const dxp::Content& content, base::Faults faults) {
  const bool is_routed = std::holds_alternative<dxp::RoutedEnvelope>(content);
  for (base::Fault& fault : faults) {
    fault.path = std::string(is_routed ? "/dxp:DxpMsgSv" : "") + "/dxp:DxpMsg/dxp:Data!" + fault.path;
    fault.line = 0;
  }
  return faults;
}

base::Fault nested_envelope(std::string_view type) {
  const std::string name(type);
  base::Fault fault;
  fault.code = "dxp.nested";
  fault.path = "/dxp:" + name;
  fault.zh = "信封里又是一个信封 " + name + "；Data 中应为一份 CEB 报文";
  fault.en = "there is another envelope, " + name + ", inside the envelope; Data must hold one CEB message";
  return fault;
}

std::string facts_of(const dxp::Content& content, Language language) {
  std::string facts = std::visit([](const auto& kind) { return name_of(kind); }, content);
  const dxp::Envelope* envelope = envelope_of(content);
  if (envelope == nullptr) return facts;
  const dxp::Head& head = envelope->head;
  facts += " " + head.message_id + say(language, "，发送方 ", ", from ") + head.sender +
           say(language, "，接收方 ", " to ") + joined_words(head.receivers);
  if (head.created) facts += say(language, "，", ", ") + base::rfc3339(*head.created);
  return facts + say(language, "，", ", ") + head.message_type;
}

json::object envelope_json(const dxp::Content& content) {
  json::object object;
  std::visit(
      [&](const auto& kind) {
        object["type"] = name_of(kind);
        add_parts(object, kind);
      },
      content);
  return object;
}

}  // namespace tools::cebgate
