#include <utility>

#include "base/base64.h"
#include "codecs/dxp/envelope.h"
#include "codecs/dxp/xml_fields.h"

namespace codecs::dxp {

namespace {

constexpr unsigned parse_options =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_ws_pcdata | pugi::parse_wconv_attribute;

base::Fault plain_fault(std::string code, std::string path, std::string zh, std::string en) {
  return {.code = std::move(code), .path = std::move(path), .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault syntax_fault(const std::string& reason) {
  return plain_fault("xml.syntax", {}, "XML 格式不正确：" + reason, "not well-formed XML: " + reason);
}

base::Fault root_fault(const std::string& name) {
  return plain_fault("dxp.root", "/" + name, "根元素“" + name + "”不是 DXP 信封；应为 DxpMsg、DxpMsgSv 或 DxpRep",
                     "the root element “" + name + "” is no DXP envelope; it must be DxpMsg, DxpMsgSv or DxpRep");
}

// xs:dateTime without an offset, as the specification writes it, is China time.
std::optional<base::Time> time_of(const std::string& text) {
  constexpr std::string_view white_space = " \t\r\n";
  const auto first = text.find_first_not_of(white_space);
  if (first == std::string::npos) return std::nullopt;
  const std::string trimmed = text.substr(first, text.find_last_not_of(white_space) - first + 1);
  if (const auto with_offset = base::read_rfc3339(trimmed)) return with_offset;
  return base::read_rfc3339(trimmed + "+08:00");
}

class Reader {
 public:
  base::Result<Content> read(const pugi::xml_node& root) {
    const std::string_view name = local_name(root);
    if (name == "DxpMsg") return checked(envelope(root));
    if (name == "DxpMsgSv") return checked(routed_envelope(root));
    if (name == "DxpRep") return checked(reply(root));
    return root_fault(std::string(name));
  }

 private:
  base::Result<Content> checked(Content content) {
    if (!faults_.empty()) return std::move(faults_);
    return content;
  }

  bool is_signed(const pugi::xml_node& node) { return !fields_.one(node, "Signature").empty(); }

  Head head(const pugi::xml_node& node) {
    Head head;
    head.message_id = fields_.text(node, "CopMsgId");
    head.sender = fields_.text(node, "SenderId");
    for (const auto& receiver : fields_.several(fields_.one(node, "ReceiverIds"), "ReceiverId", most_receivers)) {
      head.receivers.push_back(text_of(receiver));
    }
    head.created = time_of(fields_.text(node, "CreatTime"));
    head.message_type = fields_.text(node, "MsgType");
    return head;
  }

  std::string data(const pugi::xml_node& node) {
    const std::string path = path_of(node);
    auto bytes = base::read_base64(text_of(node));
    if (!bytes || bytes->empty()) {
      fields_.fault("dxp.base64", path, "Data 不是正确的 Base64；应为业务报文的 Base64 编码",
                    "Data is not Base64; it must be the business message in Base64");
      return {};
    }
    if (bytes->size() > most_data_bytes) {
      const std::string have = std::to_string(bytes->size()), most = std::to_string(most_data_bytes);
      fields_.fault("dxp.size", path, "Data 中的报文 " + have + " 字节，最多 " + most + " 字节",
                    "the message in Data has " + have + " bytes, at most " + most + " are read");
      return {};
    }
    return std::move(*bytes);
  }

  Additions additions(const pugi::xml_node& node) {
    Additions additions;
    additions.file_name = fields_.text_if_present(node, "FileName");
    additions.card = fields_.text_if_present(node, "IcCard");
    for (const auto& key : fields_.several(fields_.one(node, "BizKey"), "Key", most_keys)) {
      additions.keys.push_back({.name = key.attribute("name").value(), .value = text_of(key)});
    }
    if (const auto is_text = fields_.one(node, "IsText")) additions.text_encoding = is_text.attribute("Encode").value();
    additions.map_id = fields_.text_if_present(node, "RecMapId");
    return additions;
  }

  Envelope envelope(const pugi::xml_node& node) {
    Envelope envelope;
    envelope.id = node.attribute("Id").value();
    envelope.head = head(fields_.one(node, "TransInfo"));
    if (const auto holder = fields_.required(node, "Data")) envelope.data = data(holder);
    if (const auto added = fields_.one(node, "AddInfo")) envelope.additions = additions(added);
    envelope.is_signed = is_signed(node);
    return envelope;
  }

  Route route(const pugi::xml_node& node) {
    Route route;
    route.message_id = fields_.text(node, "MsgId");
    route.part = fields_.text_if_present(node, "SubMsgId");
    route.sent = time_of(fields_.text(node, "SendTime"));
    route.end_node = fields_.text(node, "EndNode");
    route.start_node = fields_.text(node, "StaNode");
    return route;
  }

  RoutedEnvelope routed_envelope(const pugi::xml_node& node) {
    RoutedEnvelope routed;
    routed.id = node.attribute("Id").value();
    routed.route = route(fields_.one(node, "SvNo"));
    if (const auto inside = fields_.required(node, "DxpMsg")) routed.envelope = envelope(inside);
    routed.is_signed = is_signed(node);
    return routed;
  }

  Response response(const pugi::xml_node& node) {
    Response response;
    response.node = fields_.text_if_present(node, "NodeId");
    response.code = fields_.text(node, "ResponseCode");
    response.info = fields_.text_if_present(node, "ResponseInfo");
    for (const auto& result : fields_.several(fields_.one(node, "Results"), "Result", most_results)) {
      response.results.push_back({.receiver = fields_.text(result, "RecId"),
                                  .code = fields_.text(result, "Code"),
                                  .info = fields_.text_if_present(result, "Info"),
                                  .note = fields_.text_if_present(result, "Note")});
    }
    response.notice_date = fields_.text(node, "NoticeTime");
    response.note = fields_.text_if_present(node, "Note");
    response.answered = head(fields_.one(node, "OriHead"));
    return response;
  }

  Reply reply(const pugi::xml_node& node) {
    Reply reply;
    reply.receiver = fields_.text(node, "RecevierId");
    reply.node = fields_.text_if_present(node, "AdNodeId");
    for (const auto& given : fields_.several(node, "Response", most_responses)) {
      reply.responses.push_back(response(given));
    }
    reply.is_signed = is_signed(node);
    return reply;
  }

  base::Faults faults_;
  XmlFields fields_{faults_};
};

}  // namespace

base::Result<Content> read(std::string_view xml) {
  pugi::xml_document document;
  const auto parsed = document.load_buffer(xml.data(), xml.size(), parse_options, pugi::encoding_utf8);
  if (!parsed) return syntax_fault(parsed.description());
  return Reader().read(document.document_element());
}

}  // namespace codecs::dxp
