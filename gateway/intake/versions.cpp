#include "gateway/intake/versions.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/digest.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "gateway/lifecycle/receipts.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

using codecs::ceb::Element;
using codecs::ceb::head_field;
using codecs::ceb::set_head_field;
using lifecycle::State;

std::string digest_of(const schemas::MessageType& type, const Element& body) {
  return base::sha256_hex(codecs::ceb::canonical_content(type, body));
}

// The body as the ledger keeps it, which this program wrote from a document of the type.
Element kept_body(const schemas::MessageType& type, const ledger::Standing& newest) {
  const auto json = codecs::ceb::read_json(newest.body);
  if (!json) return {};
  auto document = codecs::ceb::read_document(type, *json, "");
  return document ? std::move(document->body) : Element{};
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// Whether other content has to wait until we know what became of the newest version.
bool is_under_way(const ledger::Standing& newest) {
  const State state = newest.summary.picture.state;
  return lifecycle::is_waiting(state) || state == State::held || (state == State::sent && newest.receipts.empty());
}

struct Words {
  std::string zh, en;
};

Words standing_words(const ledger::Standing& newest) {
  const ledger::Picture& picture = newest.summary.picture;
  const std::string version = std::to_string(newest.summary.version);
  const std::string state(lifecycle::word(picture.state));
  Words words;
  words.zh = newest.summary.key + " 第 " + version + " 版的状态是" + std::string(lifecycle::word_zh(picture.state)) +
             "（" + state + "）";
  words.en = "Version " + version + " of " + newest.summary.key + " is " + state;
  if (!picture.stage.empty()) {
    words.zh += "，海关回执 " + picture.stage;
    words.en += ", customs status " + picture.stage;
  }
  return words;
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
  const auto first = catalog_.correction(candidate.type->name, schemas::Standing::nothing_stored);
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
  for (const std::string& name : carried_fields(type.name)) take(name, head_field(type, kept, name));
  return digest_of(type, body) == newest.content_digest;
}

void Versions::correct(Candidate& candidate, const ledger::Standing& newest, base::Time now) const {
  const auto correction = catalog_.correction(candidate.type->name, standing_of(newest));
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
  carry(candidate, newest, correction.carry);
  fill(candidate, allowed.front(), now, base::read_china_digits(newest.app_time));
}

void Versions::carry(Candidate& candidate, const ledger::Standing& newest,
                     const std::vector<std::string>& fields) const {
  for (const std::string& name : fields) {
    if (!head_field(*candidate.type, candidate.body, name).empty()) continue;
    const auto learnt = newest.learnt.find(name);
    if (learnt != newest.learnt.end()) {
      set_head_field(*candidate.type, candidate.body, name, learnt->second);
      continue;
    }
    candidate.refuse(Refusal::invalid, views::fault("intake.carry", candidate.field_path(name),
                                                    "更正须带上 " + name + "，网关尚未从回执中得到，请填写。",
                                                    "A correction has to carry " + name +
                                                        "; no receipt has told it yet, so fill it in."));
  }
}

schemas::Standing Versions::standing_of(const ledger::Standing& newest) const {
  const schemas::Declared declared{newest.summary.type, newest.app_type, newest.app_status};
  std::vector<lifecycle::ReceiptFact> facts = newest.receipts;
  for (lifecycle::ReceiptFact& fact : facts) fact.answer = catalog_.answer(declared, fact.status);
  return lifecycle::standing_of(newest.summary.picture, facts, newest.app_type);
}

std::vector<std::string> Versions::carried_fields(const std::string& type) const {
  using schemas::Standing;
  static constexpr std::array all{Standing::nothing_stored, Standing::stored,   Standing::rejected_stored,
                                  Standing::declared,       Standing::released, Standing::closed,
                                  Standing::cancelled,      Standing::decided};
  std::set<std::string> names;
  for (const Standing standing : all) {
    const auto correction = catalog_.correction(type, standing);
    names.insert(correction.carry.begin(), correction.carry.end());
  }
  return {names.begin(), names.end()};
}

}  // namespace gateway::intake
