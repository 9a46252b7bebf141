#include "gateway/intake/fact_reading.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

using codecs::ceb::JsonKind;
using codecs::ceb::JsonNode;
using views::fault;

constexpr std::array<std::string_view, 4> members{"type", "enterprise", "document", "status"};
constexpr std::size_t longest_status = 10;  // returnStatus (报文规范 202205 §3.2.4)

http::Response too_many_facts(std::size_t posted) {
  const std::string count = std::to_string(posted), limit = std::to_string(FactReader::most_facts);
  return http::Response::problem(
      413, "too many facts in one call",
      {fault("fact.too_many", "", "一次报告了 " + count + " 条，最多 " + limit + " 条，请分批。",
             count + " facts in one call; at most " + limit + " are taken, send them in parts.")});
}

void check_fact_members(Candidate& candidate, const JsonNode& posted) {
  std::set<std::string_view> seen;
  for (const auto& [name, value] : posted.members) {
    const std::string path = candidate.place + "/" + name;
    if (std::ranges::find(members, name) == members.end()) {
      candidate.refuse(Refusal::invalid,
                       fault("json.shape", path, "不认识 " + name + "，只能有 type、enterprise、document、status。",
                             name + " is not known here; allowed are type, enterprise, document and "
                                    "status."));
    } else if (!seen.insert(name).second) {
      candidate.refuse(Refusal::invalid,
                       fault("json.shape", path, name + " 出现了两次。", name + " stands here twice."));
    }
  }
}

std::string fact_member(Candidate& candidate, const JsonNode& posted, const std::string& name) {
  const JsonNode* member = posted.member(name);
  if (member != nullptr && member->kind == JsonKind::string && !member->text.empty()) return member->text;
  candidate.refuse(Refusal::invalid,
                   fault("json.shape", candidate.place + "/" + name, "缺少 " + name + "，应为非空字符串。",
                         name + " is missing: it has to be a string that is not empty."));
  return {};
}

}  // namespace

std::variant<std::vector<ReportedFact>, http::Response> FactReader::read(const http::Caller& caller,
                                                                         std::string_view body) const {
  const auto json = codecs::ceb::read_json(body);
  if (!json) return http::Response::problem(400, "the JSON cannot be read", json.faults());
  std::vector<ReportedFact> facts;
  if (json->kind != JsonKind::array) {
    facts.push_back(read_fact(caller, *json, ""));
    return facts;
  }
  if (json->items.empty()) {
    return http::Response::problem(422, "no facts",
                                   {fault("fact.empty", "", "提交的内容中没有事实。", "The post holds no fact.")});
  }
  if (json->items.size() > most_facts) return too_many_facts(json->items.size());
  Candidates candidates;
  for (std::size_t i = 0; i < json->items.size(); ++i) {
    facts.push_back(read_fact(caller, json->items[i], "/" + std::to_string(i)));
    facts.back().candidate.index = i;
    candidates.push_back(facts.back().candidate);
  }
  refuse_repeats(candidates);
  for (std::size_t i = 0; i < facts.size(); ++i) facts[i].candidate = std::move(candidates[i]);
  return facts;
}

ReportedFact FactReader::read_fact(const http::Caller& caller, const JsonNode& posted, std::string place) const {
  ReportedFact reported;
  Candidate& candidate = reported.candidate;
  candidate.place = std::move(place);
  if (posted.kind != JsonKind::object) {
    candidate.refuse(
        Refusal::invalid,
        fault("json.shape", candidate.place, "应为对象：{\"type\",\"enterprise\",\"document\",\"status\"}。",
              "This has to be an object {\"type\",\"enterprise\",\"document\",\"status\"}."));
    return reported;
  }
  check_fact_members(candidate, posted);
  read_names(candidate, caller, posted);
  if (candidate.type == nullptr) return reported;
  read_document(candidate, posted);
  read_status(reported, posted);
  return reported;
}

// Of which roles the enterprise is says nothing here: the document is another's.
void FactReader::read_names(Candidate& candidate, const http::Caller& caller, const JsonNode& posted) const {
  Candidate typed, owned;
  typed.type_name = candidate.type_name = fact_member(candidate, posted, "type");
  if (!typed.type_name.empty()) reader_.read_type(typed, candidate.place + "/type");
  const std::string code = fact_member(candidate, posted, "enterprise");
  if (!code.empty()) reader_.read_enterprise(owned, caller, code, candidate.place + "/enterprise");
  candidate.type = typed.type;
  candidate.enterprise = owned.enterprise;
  candidate.refuse_all(typed.refusal, typed.faults);
  candidate.refuse_all(owned.refusal, owned.faults);
}

void FactReader::read_document(Candidate& candidate, const JsonNode& posted) const {
  const schemas::MessageType& type = *candidate.type;
  const JsonNode* document = posted.member("document");
  if (document == nullptr) {
    candidate.refuse(Refusal::invalid,
                     fault("json.shape", candidate.document_path(), "缺少 document：已知的内容，至少是主键的各部分。",
                           "document is missing: what is known of it, at least the parts of its key."));
    return;
  }
  auto read = codecs::ceb::read_what_can_be(type, *document, candidate.document_path());
  candidate.refuse_all(Refusal::invalid, read.faults);
  candidate.body = std::move(read.body);
  if (candidate.enterprise != nullptr) judging_.check_what_is_there(candidate);
  for (const std::string& part : type.key_fields) {
    if (!codecs::ceb::head_field(type, candidate.body, part).empty()) continue;
    candidate.refuse(Refusal::invalid,
                     fault("fact.key", candidate.field_path(part), "缺少 " + part + "：它是单证主键的一部分。",
                           part + " is missing: it is part of the document's key."));
  }
  if (candidate.is_refused()) return;
  candidate.key = codecs::ceb::key_of(type, candidate.body);
  candidate.number = codecs::ceb::number_of(type, candidate.body);
}

void FactReader::read_status(ReportedFact& reported, const JsonNode& posted) const {
  Candidate& candidate = reported.candidate;
  const JsonNode* status = posted.member("status");
  if (status == nullptr || status->kind == JsonKind::null) return;
  const bool is_text = status->kind == JsonKind::string || status->kind == JsonKind::number;
  reported.status = is_text ? status->text : std::string();
  const bool is_code = reported.status.size() > 1 && reported.status.front() == '-' &&
                       reported.status.find_first_not_of("0123456789", 1) == std::string::npos;
  const bool is_known = catalog_.answer({candidate.type->name, "1", "2"}, reported.status).known() || is_code;
  if (is_text && is_known && reported.status.size() <= longest_status) return;
  candidate.refuse(
      Refusal::invalid,
      fault("fact.status", candidate.place + "/status",
            "应为海关对 " + candidate.type->name + " 的 returnStatus，例如 2、120，或负的错误码；不知道则省略。",
            "This has to be customs' returnStatus for " + candidate.type->name +
                ", like 2 or 120, or a negative code; leave it out where it is not known."));
}

}  // namespace gateway::intake
