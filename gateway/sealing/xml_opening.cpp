#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "base/xml.h"
#include "codecs/ceb/xml_codec.h"
#include "codecs/dxp/envelope.h"
#include "gateway/lifecycle/whole_message.h"
#include "gateway/sealing/opening.h"

namespace gateway::sealing {

namespace {

using codecs::ceb::Element;
using All = std::vector<Opened>;

base::Fault xml_fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

std::string text_of(const Element& node, std::string_view name) {
  const Element* child = node.child(name);
  return child == nullptr ? std::string() : child->text;
}

// The specification prints formats with fewer than 17 digits.
std::optional<base::Time> read_time(std::string digits) {
  constexpr std::size_t to_the_second = 14, to_the_millisecond = 17;
  if (digits.size() > to_the_second && digits.size() < to_the_millisecond) digits.resize(to_the_millisecond, '0');
  return base::read_china_digits(digits);
}

void set_time(Opened& opened, const std::string& digits) {
  opened.returned_at = read_time(digits);
  if (opened.returned_at) {
    opened.return_time = base::china_digits17(*opened.returned_at);
  } else {
    opened.faults.push_back(
        xml_fault("opening.time", "回执没有可读的回执时间", "the receipt has no readable returnTime"));
  }
}

void set_status(Opened& opened, std::string status) {
  opened.status = std::move(status);
  if (!opened.status.empty()) return;
  opened.faults.push_back(xml_fault("opening.status", "回执没有回执状态", "the receipt has no returnStatus"));
}

Opened receipt_of(const schemas::MessageType& type, const Element& head) {
  Opened opened;
  opened.receipt_type = type.name;
  opened.about = type.answers;
  opened.return_info = text_of(head, "returnInfo");
  opened.guids = guids_of(text_of(head, "guid"), opened.return_info);
  set_status(opened, text_of(head, "returnStatus"));
  set_time(opened, text_of(head, "returnTime"));
  for (const Element& field : head.children) {
    if (field.children.empty() && !field.text.empty()) opened.parts.emplace(field.name, field.text);
  }
  return opened;
}

// The guid of a message's root, in a text that may be no XML at all.
std::string root_guid_in(std::string_view message) {
  constexpr std::string_view attribute = "guid=";
  constexpr std::size_t guid_size = 36;
  const auto at = message.find(attribute);
  if (at == std::string_view::npos || at + attribute.size() + 1 + guid_size > message.size()) return {};
  return std::string(message.substr(at + attribute.size() + 1, guid_size));
}

Opened refusal_of(const schemas::MessageType& type, const Element& head) {
  Opened opened;
  opened.said = Said::refusal;
  opened.receipt_type = type.name;
  opened.about = text_of(head, "oriMessageType");
  opened.status = lifecycle::refused_by_eport;
  opened.return_info = text_of(head, "returnStatus") + " " + text_of(head, "returnInfo");
  for (std::string guid :
       {text_of(head, "oriCopMsgId"), root_guid_in(text_of(head, "oriBizMessage")), text_of(head, "guid")}) {
    if (!guid.empty()) opened.guids.push_back(std::move(guid));
  }
  set_time(opened, text_of(head, "returnTime"));
  return opened;
}

std::string figures_of(const schemas::NoticeRule& rule, const Element& head) {
  std::string figures;
  for (const std::string& name : rule.figures) {
    const std::string value = text_of(head, name);
    if (!value.empty()) figures += (figures.empty() ? "" : ", ") + name + "=" + value;
  }
  return figures;
}

Opened notice_of(const schemas::NoticeRule& rule, const Element& head, const Element& named) {
  Opened opened;
  opened.said = Said::notice;
  opened.receipt_type = rule.type;
  opened.about = rule.about;
  opened.return_info = figures_of(rule, head);
  set_status(opened, text_of(head, rule.status_field));
  set_time(opened, text_of(head, rule.time_field));
  for (const auto& [kind, field] : rule.by) {
    if (std::string value = text_of(named, field); !value.empty()) opened.named_by.emplace_back(kind, std::move(value));
  }
  return opened;
}

// Rows of one inventory, a row for each of its goods, name it once.
void add_rows(const schemas::NoticeRule& rule, const Element& business, const Element& head, All& all) {
  const auto first = static_cast<std::ptrdiff_t>(all.size());
  for (const Element& row : business.children) {
    if (row.name != rule.place) continue;
    Opened notice = notice_of(rule, head, row);
    const bool is_there =
        std::any_of(all.begin() + first, all.end(), [&](const Opened& one) { return one.named_by == notice.named_by; });
    if (!is_there) all.push_back(std::move(notice));
  }
}

void add_notices(const schemas::Catalog& catalog, const schemas::MessageType& type, const Element& business,
                 const Element& head, All& all) {
  if (catalog.notices().of(type.name).empty()) {
    all.push_back(notice_of(
        {.type = type.name, .about = {}, .place = {}, .by = {}, .time_field = {}, .status_field = {}, .figures = {}},
        head, head));
  }
  for (const schemas::NoticeRule* rule : catalog.notices().of(type.name)) {
    if (rule->place.empty()) {
      all.push_back(notice_of(*rule, head, head));
    } else {
      add_rows(*rule, business, head, all);
    }
  }
}

base::Result<All> open_ceb(const schemas::Catalog& catalog, const std::string& xml) {
  const auto message = codecs::ceb::read_xml(catalog, xml);
  if (!message) return message.faults();
  const schemas::MessageType& type = *catalog.find(message->type);
  if (type.kind == schemas::MessageKind::declaration) {
    return xml_fault("opening.type", type.name + " 是申报报文，不是回执",
                     type.name + " is a declaration and no receipt");
  }
  All all;
  for (const Element& business : message->documents) {
    const Element* inner = type.head.empty() ? nullptr : business.child(type.head);
    const Element& head = inner == nullptr ? business : *inner;
    if (type.kind == schemas::MessageKind::notice) {
      add_notices(catalog, type, business, head, all);
    } else if (lifecycle::refuses_message(schemas::short_name(type.name))) {
      all.push_back(refusal_of(type, head));
    } else {
      all.push_back(receipt_of(type, head));
    }
  }
  return all;
}

base::Result<All> open_inner(const schemas::Catalog& catalog, const codecs::dxp::Envelope& envelope) {
  if (const auto document = base::XmlDocument::read(envelope.data); !document) return document.faults();
  auto all = open_ceb(catalog, envelope.data);
  if (!all) return all.faults();
  for (Opened& one : *all) {
    if (envelope.head.receivers.size() == 1) one.dxp_id = envelope.head.receivers.front();
  }
  return all;
}

// A code of noughts alone says that the message was taken.
All open_reply(const codecs::dxp::Reply& reply) {
  All all;
  for (const codecs::dxp::Response& response : reply.responses) {
    if (response.code.find_first_not_of('0') == std::string::npos) continue;
    Opened& opened = all.emplace_back();
    opened.said = Said::refusal;
    opened.receipt_type = lifecycle::refused_by_exchange;
    opened.about = response.answered.message_type;
    opened.dxp_id = response.answered.sender;
    opened.guids = {response.answered.message_id};
    opened.status = lifecycle::refused_by_exchange;
    opened.parts = {{"ResponseCode", response.code}};
    opened.return_info = response.code + " " + response.info.value_or("");
    for (const auto& result : response.results) {
      opened.return_info += "; " + result.receiver + " " + result.code + " " + result.info.value_or("");
    }
  }
  return all;
}

}  // namespace

base::Result<All> open_xml(const schemas::Catalog& catalog, const std::string& bytes) {
  if (const auto document = base::XmlDocument::read(bytes); !document) return document.faults();
  const auto content = codecs::dxp::read(bytes);
  if (!content) {
    const bool is_no_envelope = content.faults().front().code == "dxp.root";
    return is_no_envelope ? open_ceb(catalog, bytes) : base::Result<All>(content.faults());
  }
  if (const auto* envelope = std::get_if<codecs::dxp::Envelope>(&*content)) return open_inner(catalog, *envelope);
  if (const auto* routed = std::get_if<codecs::dxp::RoutedEnvelope>(&*content)) {
    return open_inner(catalog, routed->envelope);
  }
  return open_reply(std::get<codecs::dxp::Reply>(*content));
}

}  // namespace gateway::sealing
