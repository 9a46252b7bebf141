#include "gateway/intake/versions.h"

#include <algorithm>

#include "base/digest.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "gateway/intake/standing.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

using codecs::ceb::Element;
using codecs::ceb::head_field;
using codecs::ceb::set_head_field;

constexpr std::string_view anew = "1";  // an appType (报文规范 202205 §3.1.4)

std::string digest_of(const schemas::MessageType& type, const Element& body) {
  return base::sha256_hex(codecs::ceb::canonical_content(type, body));
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

base::Fault under_way(const Candidate& candidate, const ledger::Standing& newest) {
  const Words words = standing_words(newest);
  return views::fault(
      "intake.conflict", candidate.document_path(),
      words.zh + "，内容不同的单证现在不能受理。可以：原样重复提交，等待回执，或先撤回（withdraw）再提交。",
      words.en +
          "; other content cannot be taken now. Allowed: the same content again, waiting for its "
          "receipt, or withdrawing it first.");
}

base::Fault posted_by_another(const Candidate& candidate) {
  return views::fault("intake.conflict", candidate.document_path(),
                      candidate.key + " 已由另一家企业提交，本客户端无权更改。",
                      candidate.key + " was posted for another enterprise already; this client may not change it.");
}

base::Fault no_correction(const Candidate& candidate, const ledger::Standing& newest,
                          const schemas::Correction& correction) {
  const Words words = standing_words(newest);
  return views::fault("intake.conflict", candidate.document_path(), words.zh + "，不能再提交新版本。" + correction.zh,
                      words.en + " and takes no further version. " + correction.en);
}

base::Fault wrong_app_type(const Candidate& candidate, const std::string& posted, const ledger::Standing& newest,
                           const schemas::Correction& correction) {
  const Words words = standing_words(newest);
  const std::string allowed = listed(correction.app_types);
  return views::fault("intake.app_type", candidate.field_path("appType"),
                      words.zh + "，appType 不能是 " + posted + "；可以是：" + allowed + "，或省略。" + correction.zh,
                      words.en + "; appType " + posted + " is not allowed then. Allowed: " + allowed +
                          ", or leave it out. " + correction.en);
}

base::Fault guid_taken(const Candidate& candidate) {
  return views::fault(
      "intake.guid_taken", candidate.field_path("guid"),
      "guid 已用于其他单证或其他版本；每个版本须有自己的 guid，可以省略，由网关生成。",
      "This guid belongs to another document or version already; every version has its own. Leave it out "
      "and the gateway makes one.");
}

void warn_of_early_app_time(Candidate& candidate, const ledger::Standing& newest) {
  const std::string app_time = head_field(*candidate.type, candidate.body, "appTime");
  if (app_time.empty() || app_time > newest.app_time) return;
  candidate.faults.push_back(
      views::warning("intake.app_time", candidate.field_path("appTime"),
                     "appTime 不晚于上一版的 " + newest.app_time + "，海关会当作旧报文退回；可以省略，由网关填写。",
                     "appTime is not later than " + newest.app_time +
                         " of the version before, so customs answers that the message is old; "
                         "leave it out and the gateway fills it in."));
}

void fill(Candidate& candidate, const std::string& app_type, base::Time now, std::optional<base::Time> later_than) {
  const codecs::ceb::Filling filling{.app_type = app_type, .now = now, .later_than = later_than};
  codecs::ceb::fill_in(*candidate.type, candidate.body, filling);
  candidate.content_digest = digest_of(*candidate.type, candidate.body);
}

}  // namespace

void Versions::place(Candidate& candidate, const Known& known, base::Time now) const {
  if (known.is_hidden) {
    candidate.refuse(Refusal::conflict, posted_by_another(candidate));
    return;
  }
  if (known.archived) {
    candidate.refuse(Refusal::conflict,
                     views::archived_document("intake.archived", candidate.document_path(), *known.archived));
    return;
  }
  if (known.newest && has_content_of(candidate, *known.newest)) {
    candidate.known = known.newest->summary;
    return;
  }
  if (known.newest && is_under_way(*known.newest)) {
    candidate.refuse(Refusal::conflict, under_way(candidate, *known.newest));
    return;
  }
  if (known.guid_taken) candidate.refuse(Refusal::invalid, guid_taken(candidate));
  if (known.newest) {
    correct(candidate, *known.newest, now);
    return;
  }
  // What another system declared earlier is not known here, so any appType named for a new key is customs' to judge.
  const auto& first = catalog_.corrections().of(candidate.type->name, schemas::Standing::nothing_stored);
  fill(candidate, first.app_types.empty() ? "1" : first.app_types.front(), now, std::nullopt);
}

// What the gateway filled in for the newest version counts for a repeated post that leaves it out again.
bool Versions::has_content_of(const Candidate& candidate, const ledger::Standing& newest) const {
  if (candidate.enterprise->code != newest.summary.enterprise) return false;
  const schemas::MessageType& type = *candidate.type;
  Element body = candidate.body;
  const auto take = [&](std::string_view name, const std::string& value) {
    if (!value.empty() && head_field(type, body, name).empty()) set_head_field(type, body, name, value);
  };
  take("appType", newest.app_type);
  take("appStatus", newest.app_status);
  const Element kept = kept_body(type, newest);
  for (const auto& [name, number] : newest.learnt) {
    if (type.head_node().child(name) != nullptr) take(name, head_field(type, kept, name));
  }
  return digest_of(type, body) == newest.content_digest;
}

void Versions::correct(Candidate& candidate, const ledger::Standing& newest, base::Time now) const {
  const auto& correction = catalog_.corrections().of(candidate.type->name, standing_at_customs(catalog_, newest));
  if (correction.app_types.empty()) {
    candidate.refuse(Refusal::conflict, no_correction(candidate, newest, correction));
    return;
  }
  const std::string posted = head_field(*candidate.type, candidate.body, "appType");
  const auto& allowed = correction.app_types;
  if (!posted.empty() && std::find(allowed.begin(), allowed.end(), posted) == allowed.end()) {
    candidate.refuse(Refusal::conflict, wrong_app_type(candidate, posted, newest, correction));
    return;
  }
  candidate.version = newest.summary.version + 1;
  warn_of_early_app_time(candidate, newest);
  const std::string& app_type = posted.empty() ? allowed.front() : posted;
  if (app_type != anew) carry(candidate, newest, correction);
  fill(candidate, app_type, now, base::read_china_digits(newest.app_time));
}

void Versions::carry(Candidate& candidate, const ledger::Standing& newest,
                     const schemas::Correction& correction) const {
  const auto take = [&](const std::string& name) {
    if (!head_field(*candidate.type, candidate.body, name).empty()) return true;
    const auto learnt = newest.learnt.find(name);
    if (learnt == newest.learnt.end()) return false;
    set_head_field(*candidate.type, candidate.body, name, learnt->second);
    return true;
  };
  for (const std::string& name : correction.carry_if_known) take(name);
  for (const std::string& name : correction.carry) {
    if (take(name)) continue;
    candidate.refuse(Refusal::invalid, views::fault("intake.carry", candidate.field_path(name),
                                                    "更正须带上 " + name + "，网关尚未从回执中得到，请填写。",
                                                    "A correction has to carry " + name +
                                                        "; no receipt has told it yet, so fill it in."));
  }
}

}  // namespace gateway::intake
