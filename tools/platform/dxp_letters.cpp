#include "tools/platform/dxp_letters.h"

#include "codecs/ceb/xml_codec.h"
#include "tools/platform/numbering.h"

namespace tools::platform {
namespace {

using codecs::dxp::Envelope;

constexpr const char* platform_id = "DXPEDCCEB0000001";
constexpr const char* format_refused = "-1";
constexpr std::size_t longest_refusal = 5000;  // characters of CEB900's returnInfo (报文规范 202205 §3.19.4)
constexpr std::size_t longest_response = 300;  // of ResponseInfo (终端节点报文定义 202205)
constexpr std::size_t longest_type = 15;       // of oriMessageType
constexpr std::size_t date_characters = sizeof("2026-01-31") - 1;

std::string wrapped(const std::string& id, const std::string& receiver, const std::string& type, std::string data,
                    base::Time at) {
  Envelope envelope;
  envelope.head = {id, platform_id, {receiver}, at, type};
  envelope.data = std::move(data);
  return codecs::dxp::write(envelope);
}

std::string text_of(const Receipt& receipt, std::string_view name) {
  const codecs::ceb::Element* field = receipt.body.child(name);
  return field == nullptr ? "" : field->text;
}

codecs::ceb::Message message_with(const schemas::MessageType& type, std::string guid, codecs::ceb::Element body) {
  codecs::ceb::Message message;
  message.type = type.name;
  message.guid = std::move(guid);
  message.documents.push_back(std::move(body));
  return message;
}

std::string all_words(const base::Faults& faults) {
  std::string words;
  for (const base::Fault& fault : faults) {
    words += (words.empty() ? "" : "；") + (fault.path.empty() ? "" : fault.path + " ") + fault.zh;
  }
  return words;
}

// What is no XML text can stand in no element.
std::string repeated(const Envelope& envelope, const Arrival& arrival) {
  return arrival.faults.front().code.starts_with("xml.") ? "" : envelope.data;
}

}  // namespace

Letter receipt_letter(const Receipt& receipt, Way way, const std::string& dxp_id, base::Time due) {
  const std::string& type = receipt.type->name;
  // The same receipt told twice is one message in two envelopes.
  const std::string said = text_of(receipt, "guid") + text_of(receipt, "returnStatus") + text_of(receipt, "returnTime");
  const std::string guid = guid_from(type + said);
  const std::string id = guid_from(guid + base::china_digits17(due));
  const std::string xml = codecs::ceb::write_xml(*receipt.type, message_with(*receipt.type, guid, receipt.body));
  return {
      .due = due, .way = way, .dxp_id = dxp_id, .type = type, .id = id, .bytes = wrapped(id, dxp_id, type, xml, due)};
}

Letter notice_letter(const Notice& notice, Way way, const std::string& dxp_id, base::Time due) {
  const std::string& type = notice.type->name;
  const std::string guid = guid_from(type + notice.guid), id = guid_from(guid + base::china_digits17(due));
  const std::string xml = codecs::ceb::write_xml(*notice.type, message_with(*notice.type, guid, notice.body));
  return {
      .due = due, .way = way, .dxp_id = dxp_id, .type = type, .id = id, .bytes = wrapped(id, dxp_id, type, xml, due)};
}

Letter message_refusal(const Envelope& envelope, const Arrival& arrival, const schemas::Catalog& catalog) {
  const schemas::MessageType& type = *catalog.find("CEB900Message");
  const std::string& about = arrival.type;
  const std::string id = guid_from("CEB900" + envelope.head.message_id + base::china_digits17(arrival.at));
  const bool is_known = !about.empty() && about.size() <= longest_type;
  codecs::ceb::Element body{type.business().name, "", {}};
  for (const auto& [name, value] : std::initializer_list<std::pair<std::string, std::string>>{
           {"guid", id},
           {"returnStatus", format_refused},
           {"returnInfo", shortened(all_words(arrival.faults), longest_refusal)},
           {"returnTime", base::china_digits17(arrival.at)},
           {"oriCopMsgId", envelope.head.message_id},
           {"oriMessageType", is_known ? about : "Unknown"},
           {"oriBizMessage", repeated(envelope, arrival)}}) {
    body.children.push_back({name, value, {}});
  }
  const std::string xml = codecs::ceb::write_xml(type, message_with(type, id, std::move(body)));
  const std::string& to = envelope.head.sender;
  return {.due = arrival.at,
          .way = arrival.way,
          .dxp_id = to,
          .type = type.name,
          .id = id,
          .bytes = wrapped(id, to, type.name, xml, arrival.at)};
}

Letter reply_letter(const Answered& answered, const ReplyCode& code, const std::string& reason, base::Time due) {
  codecs::dxp::Response response;
  response.code = code.code;
  response.info = shortened(code.text + (reason.empty() ? "" : "：" + reason), longest_response);
  response.notice_date = base::china_text(due).substr(0, date_characters);
  response.answered = answered.head;
  const codecs::dxp::Reply reply{answered.head.sender, {}, {response}, false};
  return {.due = due,
          .way = answered.way,
          .dxp_id = answered.head.sender,
          .type = "DxpRep",
          .id = guid_from("DxpRep" + answered.head.message_id + base::china_digits17(due)),
          .bytes = codecs::dxp::write(reply)};
}

codecs::dxp::Head head_of_unreadable(const std::string& sender, base::Time at) {
  return {"UNKNOWN", sender, {platform_id}, at, ""};
}

Letter garbled(Letter letter) {
  letter.id = guid_from("garbled " + letter.id);
  letter.bytes.resize(letter.bytes.size() / 2);
  return letter;
}

}  // namespace tools::platform
