#include <pugixml.hpp>

#include "base/base64.h"
#include "codecs/dxp/envelope.h"

namespace codecs::dxp {

namespace {

constexpr const char* declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";
constexpr const char* dxp_namespace = "http://www.chinaport.gov.cn/dxp";
constexpr const char* version = "1.0";

// "2026-01-31T09:30:00", China time (报文规范 202205 §4.4).
std::string local_time(base::Time time) {
  std::string text = base::china_text(time);
  text[10] = 'T';
  return text;
}

pugi::xml_node element(pugi::xml_node& parent, std::string_view name) {
  return parent.append_child(("dxp:" + std::string(name)).c_str());
}

void add(pugi::xml_node& parent, std::string_view name, const std::string& text) {
  element(parent, name).text().set(text.c_str());
}

void add(pugi::xml_node& parent, std::string_view name, const std::optional<std::string>& text) {
  if (text) add(parent, name, *text);
}

void add_id(pugi::xml_node& node, const std::string& id) {
  if (!id.empty()) node.append_attribute("Id").set_value(id.c_str());
}

void fill(pugi::xml_node& node, const Head& head) {
  add(node, "CopMsgId", head.message_id);
  add(node, "SenderId", head.sender);
  auto receivers = element(node, "ReceiverIds");
  for (const std::string& receiver : head.receivers) add(receivers, "ReceiverId", receiver);
  add(node, "CreatTime", local_time(head.created.value_or(base::Time{})));
  add(node, "MsgType", head.message_type);
}

void fill(pugi::xml_node& node, const Additions& additions) {
  add(node, "FileName", additions.file_name);
  add(node, "IcCard", additions.card);
  if (!additions.keys.empty()) {
    auto keys = element(node, "BizKey");
    for (const BusinessKey& key : additions.keys) {
      auto one = element(keys, "Key");
      if (!key.name.empty()) one.append_attribute("name").set_value(key.name.c_str());
      one.text().set(key.value.c_str());
    }
  }
  if (additions.text_encoding) {
    element(node, "IsText").append_attribute("Encode").set_value(additions.text_encoding->c_str());
  }
  add(node, "RecMapId", additions.map_id);
}

void fill(pugi::xml_node& node, const Envelope& envelope) {
  node.append_attribute("ver").set_value(version);
  add_id(node, envelope.id);
  auto head = element(node, "TransInfo");
  fill(head, envelope.head);
  add(node, "Data", base::base64(envelope.data));
  if (!envelope.additions) return;
  auto additions = element(node, "AddInfo");
  fill(additions, *envelope.additions);
}

void fill(pugi::xml_node& node, const RoutedEnvelope& routed) {
  node.append_attribute("ver").set_value(version);
  add_id(node, routed.id);
  auto route = element(node, "SvNo");
  route.append_attribute("Ver").set_value(version);
  add(route, "MsgId", routed.route.message_id);
  add(route, "SubMsgId", routed.route.part);
  add(route, "SendTime", local_time(routed.route.sent.value_or(base::Time{})));
  add(route, "EndNode", routed.route.end_node);
  add(route, "StaNode", routed.route.start_node);
  auto inside = element(node, "DxpMsg");
  fill(inside, routed.envelope);
}

void fill(pugi::xml_node& node, const Response& response) {
  add(node, "NodeId", response.node);
  add(node, "ResponseCode", response.code);
  add(node, "ResponseInfo", response.info);
  if (!response.results.empty()) {
    auto results = element(node, "Results");
    for (const ReceiverResult& result : response.results) {
      auto one = element(results, "Result");
      add(one, "RecId", result.receiver);
      add(one, "Code", result.code);
      add(one, "Info", result.info);
      add(one, "Note", result.note);
    }
  }
  add(node, "NoticeTime", response.notice_date);
  add(node, "Note", response.note);
  auto answered = element(node, "OriHead");
  fill(answered, response.answered);
}

void fill(pugi::xml_node& node, const Reply& reply) {
  node.append_attribute("ver").set_value(version);
  add(node, "RecevierId", reply.receiver);
  add(node, "AdNodeId", reply.node);
  for (const Response& response : reply.responses) {
    auto one = element(node, "Response");
    fill(one, response);
  }
}

const char* root_of(const Content& content) {
  if (std::holds_alternative<Envelope>(content)) return "DxpMsg";
  return std::holds_alternative<RoutedEnvelope>(content) ? "DxpMsgSv" : "DxpRep";
}

struct Text final : pugi::xml_writer {
  std::string text = declaration;
  void write(const void* data, std::size_t bytes) override { text.append(static_cast<const char*>(data), bytes); }
};

}  // namespace

std::string write(const Content& content) {
  pugi::xml_document document;
  pugi::xml_node holder = document;
  auto root = element(holder, root_of(content));
  root.append_attribute("xmlns:dxp").set_value(dxp_namespace);
  std::visit([&](const auto& one) { fill(root, one); }, content);
  Text writer;
  document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return std::move(writer.text);
}

}  // namespace codecs::dxp
