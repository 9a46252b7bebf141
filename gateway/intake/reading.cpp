#include "gateway/intake/reading.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/xml.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/shape_faults.h"
#include "codecs/ceb/xml_codec.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

using codecs::ceb::JsonKind;
using codecs::ceb::JsonNode;
using views::fault;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "-" : text;
}

bool is_xml(std::string_view content_type) {
  std::string kind(content_type.substr(0, content_type.find(';')));
  kind.erase(kind.find_last_not_of(" \t") + 1);
  std::transform(kind.begin(), kind.end(), kind.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return kind == "application/xml" || kind == "text/xml";
}

http::Response too_many(std::size_t posted, std::size_t most) {
  const std::string count = std::to_string(posted), limit = std::to_string(most);
  return http::Response::problem(
      413, "too many documents in one post",
      {fault("intake.too_many", "", "一次提交了 " + count + " 份单证，最多 " + limit + " 份，请分批提交。",
             count + " documents in one post; at most " + limit + " are taken, post them in parts.")});
}

http::Response nothing_posted() {
  return http::Response::problem(422, "nothing was posted",
                                 {fault("intake.empty", "", "提交的内容中没有单证。", "The post holds no document.")});
}

// A member of the posted object that has to be a string; "" and a fault where it is not.
std::string text_member(Candidate& candidate, const JsonNode& item, std::string_view name) {
  const JsonNode* member = item.member(name);
  if (member != nullptr && member->kind == JsonKind::string && !member->text.empty()) return member->text;
  const std::string path = candidate.place + "/" + std::string(name);
  candidate.refuse(Refusal::invalid,
                   fault("json.shape", path, "缺少 " + std::string(name) + "，应为非空字符串。",
                         std::string(name) + " is missing: it has to be a string that is not empty."));
  return {};
}

void check_members(Candidate& candidate, const JsonNode& item) {
  static constexpr std::array<std::string_view, 3> allowed{"type", "enterprise", "document"};
  std::set<std::string_view> seen;
  codecs::ceb::FaultList faults;
  for (const auto& [name, value] : item.members) {
    const std::string path = candidate.place + "/" + name;
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
      faults.add(fault("json.shape", path, "不认识 " + name + "，只能有 type、enterprise、document。",
                       name + " is not known here; allowed are type, enterprise and document."));
    } else if (!seen.insert(name).second) {
      faults.add(fault("json.shape", path, name + " 出现了两次。", name + " stands here twice."));
    }
  }
  for (base::Fault& one : faults.take()) candidate.refuse(Refusal::invalid, std::move(one));
}

std::string listed_enterprises(const config::Settings& settings, const http::Caller& caller) {
  std::vector<std::string> codes;
  for (const config::Enterprise& enterprise : settings.enterprises) {
    if (caller.may(enterprise.code)) codes.push_back(enterprise.code);
  }
  return joined(codes);
}

std::string listed_declarations(const schemas::Catalog& catalog) {
  std::vector<std::string> names;
  for (const schemas::MessageType& type : catalog.types()) {
    if (type.kind == schemas::MessageKind::declaration) names.push_back(type.name);
  }
  return joined(names);
}

// What of the message is taken apart and not kept, by its element names; the root guid always is.
base::Fault not_carried_on(const codecs::ceb::Message& message) {
  std::string parts = "guid";
  if (message.is_signed) parts += ", Signature";
  if (message.transfer) parts += ", BaseTransfer";
  if (!message.subscribe.empty()) parts += ", BaseSubscribe";
  return views::warning(
      "intake.not_carried_on", "", "报文已拆分为单证，将重新组批并签名；原报文的以下部分不再沿用：" + parts + "。",
      "The message was taken apart; its documents are batched and signed anew. Not carried on: " + parts + ".");
}

}  // namespace

std::variant<Candidates, http::Response> Reader::read(const http::Caller& caller, std::string_view content_type,
                                                      std::string_view body) const {
  auto post = is_xml(content_type) ? read_xml_post(caller, body) : read_json_post(caller, body);
  if (auto* candidates = std::get_if<Candidates>(&post)) {
    for (std::size_t i = 0; i < candidates->size(); ++i) (*candidates)[i].index = i;
    refuse_repeats(*candidates);
  }
  return post;
}

std::variant<Candidates, http::Response> Reader::read_json_post(const http::Caller& caller,
                                                                std::string_view body) const {
  const auto json = codecs::ceb::read_json(body);
  if (!json) return http::Response::problem(400, "the JSON cannot be read", json.faults());
  Candidates candidates;
  if (json->kind != JsonKind::array) {
    candidates.push_back(read_item(caller, *json, ""));
    return candidates;
  }
  if (json->items.empty()) return nothing_posted();
  if (json->items.size() > settings_.server.most_documents) {
    return too_many(json->items.size(), settings_.server.most_documents);
  }
  for (std::size_t i = 0; i < json->items.size(); ++i) {
    candidates.push_back(read_item(caller, json->items[i], "/" + std::to_string(i)));
  }
  return candidates;
}

std::variant<Candidates, http::Response> Reader::read_amendment(const http::Caller& caller,
                                                                const ledger::Summary& newest,
                                                                std::string_view body) const {
  auto json = codecs::ceb::read_json(body);
  if (!json) return http::Response::problem(400, "the JSON cannot be read", json.faults());
  JsonNode item;
  item.kind = JsonKind::object;
  const auto add = [&item](std::string name, JsonNode value) {
    item.members.push_back({std::move(name), std::move(value)});
  };
  const auto text = [](std::string content) { return JsonNode{JsonKind::string, std::move(content), {}, {}}; };
  add("type", text(newest.type));
  add("enterprise", text(newest.enterprise));
  for (auto& member : json->members) {
    if (member.first == "document") item.members.push_back(std::move(member));
  }
  Candidates candidates;
  candidates.push_back(read_item(caller, item, ""));
  Candidate& candidate = candidates.front();
  if (!candidate.key.empty() && candidate.key != newest.key) {
    candidate.refuse(Refusal::invalid,
                     fault("intake.amended_key", candidate.document_path(),
                           "更正后的单证是 " + candidate.key + "，不是 " + newest.key + "；主键不能更正。",
                           "The amended document is " + candidate.key + " and not " + newest.key +
                               "; what belongs to the key cannot be amended."));
  }
  return candidates;
}

Candidate Reader::read_item(const http::Caller& caller, const JsonNode& item, std::string place) const {
  Candidate candidate;
  candidate.place = std::move(place);
  if (item.kind != JsonKind::object) {
    candidate.refuse(Refusal::invalid,
                     fault("json.shape", candidate.place, "应为对象：{\"type\",\"enterprise\",\"document\"}。",
                           "This has to be an object {\"type\",\"enterprise\",\"document\"}."));
    return candidate;
  }
  check_members(candidate, item);
  candidate.type_name = text_member(candidate, item, "type");
  const std::string code = text_member(candidate, item, "enterprise");
  if (!code.empty()) read_enterprise(candidate, caller, code, candidate.place + "/enterprise");
  if (!candidate.type_name.empty()) read_type(candidate, candidate.place + "/type");
  const JsonNode* document = item.member("document");
  if (document == nullptr) {
    candidate.refuse(Refusal::invalid, fault("json.shape", candidate.document_path(), "缺少 document。",
                                             "document is missing: the content goes there."));
  }
  if (document == nullptr || candidate.type == nullptr) return candidate;
  auto read = codecs::ceb::read_what_can_be(*candidate.type, *document, candidate.document_path());
  candidate.refuse_all(Refusal::invalid, read.faults);
  candidate.body = std::move(read.body);
  name_document(candidate);
  return candidate;
}

std::variant<Candidates, http::Response> Reader::read_xml_post(const http::Caller& caller,
                                                               std::string_view body) const {
  base::XmlLimits limits;
  limits.bytes = settings_.server.body_limit_bytes;
  const auto hardened = base::XmlDocument::read(body, limits);
  if (!hardened) return http::Response::problem(400, "the XML cannot be read", hardened.faults());
  auto message = codecs::ceb::read_xml(catalog_, body);
  if (!message) return http::Response::problem(422, "this is no message of the catalog", message.faults());
  if (message->documents.empty()) return nothing_posted();
  if (message->documents.size() > settings_.server.most_documents) {
    return too_many(message->documents.size(), settings_.server.most_documents);
  }
  const std::string root = "/ceb:" + message->type;
  Candidate shared;
  shared.form = PostForm::xml;
  shared.type_name = message->type;
  read_type(shared, root);
  const codecs::ceb::Element* cop_code = message->transfer ? message->transfer->child("copCode") : nullptr;
  read_enterprise(shared, caller, cop_code == nullptr ? std::string() : cop_code->text,
                  root + "/ceb:BaseTransfer/ceb:copCode");
  if (message->extend) {
    shared.refuse(Refusal::invalid,
                  fault("intake.extend_message", root + "/ceb:ExtendMessage", "不支持 ExtendMessage，请去掉后再提交。",
                        "An ExtendMessage cannot be carried on; post the message without it."));
  }
  if (shared.is_refused()) {
    const bool forbidden = shared.refusal == Refusal::forbidden;
    return http::Response::problem(forbidden ? 403 : 422, forbidden ? "not allowed" : "the message has faults",
                                   shared.faults);
  }
  shared.faults.push_back(not_carried_on(*message));
  Candidates candidates(message->documents.size(), shared);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].place = root + "/ceb:" + shared.type->business_node + "[" + std::to_string(i + 1) + "]";
    candidates[i].body = std::move(message->documents[i]);
    name_document(candidates[i]);
  }
  return candidates;
}

void Reader::read_type(Candidate& candidate, const std::string& path) const {
  const schemas::MessageType* type = catalog_.find(candidate.type_name);
  if (type == nullptr) {
    const std::string allowed = listed_declarations(catalog_);
    candidate.refuse(Refusal::invalid,
                     fault("intake.type", path, "没有报文类型 " + candidate.type_name + "；可用：" + allowed + "。",
                           "There is no message type " + candidate.type_name + "; allowed: " + allowed + "."));
  } else if (type->kind != schemas::MessageKind::declaration) {
    const std::string zh = type->answers.empty() ? "" : "；对应的申报报文是 " + type->answers;
    const std::string en = type->answers.empty() ? "" : "; the declaration it answers is " + type->answers;
    candidate.refuse(Refusal::invalid,
                     fault("intake.not_a_declaration", path, type->name + " 由海关发出，不能申报" + zh + "。",
                           type->name + " is what customs sends and cannot be declared" + en + "."));
  } else {
    candidate.type = type;
    if (candidate.enterprise != nullptr) check_roles(candidate, path);
  }
}

void Reader::read_enterprise(Candidate& candidate, const http::Caller& caller, const std::string& code,
                             const std::string& path) const {
  const config::Enterprise* enterprise = settings_.enterprise(code);
  if (enterprise == nullptr) {
    const std::string allowed = listed_enterprises(settings_, caller);
    candidate.refuse(Refusal::invalid,
                     fault("intake.enterprise", path, "网关没有配置企业“" + code + "”；可用：" + allowed + "。",
                           "The enterprise \"" + code + "\" is not configured here; allowed: " + allowed + "."));
  } else if (!caller.may(code)) {
    candidate.refuse(Refusal::forbidden,
                     fault("intake.forbidden", path, "客户端 " + caller.name + " 无权代企业 " + code + " 提交。",
                           "The client " + caller.name + " may not post for the enterprise " + code + "."));
  } else {
    candidate.enterprise = enterprise;
    if (candidate.type != nullptr) check_roles(candidate, path);
  }
}

void Reader::check_roles(Candidate& candidate, const std::string& path) const {
  const auto& has = candidate.enterprise->roles;
  const auto& may = candidate.type->roles;
  if (std::find_first_of(has.begin(), has.end(), may.begin(), may.end()) != has.end()) return;
  const std::string& code = candidate.enterprise->code;
  candidate.refuse(Refusal::invalid,
                   fault("intake.role", path,
                         "企业 " + code + " 的角色是 " + joined(has) + "，不能发送 " + candidate.type->name +
                             "；可以发送的角色：" + joined(may) + "。",
                         "The enterprise " + code + " has the roles " + joined(has) + " and may not send " +
                             candidate.type->name + "; the roles that may: " + joined(may) + "."));
}

void Reader::name_document(Candidate& candidate) const {
  const schemas::MessageType& type = *candidate.type;
  if (!type.cop_no_prefix.empty() && codecs::ceb::head_field(type, candidate.body, "copNo").empty()) {
    codecs::ceb::Element filled = candidate.body;
    codecs::ceb::fill_in(type, filled, codecs::ceb::Filling{});
    codecs::ceb::set_head_field(type, candidate.body, "copNo", codecs::ceb::head_field(type, filled, "copNo"));
  }
  candidate.posted_guid = codecs::ceb::head_field(type, candidate.body, "guid");
  for (const std::string& part : type.key_fields) {
    if (codecs::ceb::head_field(type, candidate.body, part).empty()) return;
  }
  candidate.key = codecs::ceb::key_of(type, candidate.body);
  candidate.number = codecs::ceb::number_of(type, candidate.body);
}

void refuse_repeats(Candidates& candidates) {
  std::map<std::string, const Candidate*> keys, guids;
  for (Candidate& candidate : candidates) {
    if (!candidate.key.empty()) {
      const auto [first, is_first] = keys.try_emplace(candidate.key, &candidate);
      if (!is_first) {
        const std::string nth = std::to_string(first->second->index + 1);
        candidate.refuse(Refusal::invalid,
                         fault("intake.repeated_key", candidate.document_path(),
                               candidate.key + " 在同一次提交中已出现过（第 " + nth + " 份），一次只能提交一份。",
                               candidate.key + " stands in this post already (document " + nth + "); post it once."));
      }
    }
    if (candidate.posted_guid.empty()) continue;
    const auto [first, is_first] = guids.try_emplace(candidate.posted_guid, &candidate);
    if (is_first) continue;
    const std::string nth = std::to_string(first->second->index + 1);
    candidate.refuse(Refusal::invalid, fault("intake.repeated_guid", candidate.field_path("guid"),
                                             "guid 与本次提交的第 " + nth + " 份单证相同；可以省略 guid，由网关生成。",
                                             "The guid is that of document " + nth +
                                                 " of this post; leave it out and the gateway makes one."));
  }
}

}  // namespace gateway::intake
