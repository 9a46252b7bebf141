#include "tools/platform/customs.h"

#include <algorithm>

#include "base/log.h"
#include "codecs/ceb/identity.h"
#include "tools/platform/dxp_letters.h"
#include "tools/platform/schedule.h"

namespace tools::platform {
namespace {

std::vector<std::string> keys_of(const std::vector<Submission>& documents) {
  std::vector<std::string> keys;
  for (const Submission& document : documents) keys.push_back(document.key);
  return keys;
}

// One document's trigger strikes its whole message where it is about the delivery.
unsigned refusals_of(const std::vector<Submission>& documents) {
  unsigned refusals = 0;
  for (const Submission& document : documents) refusals = std::max(refusals, document.triggers.refusals);
  return refusals;
}

// How the first delivery of the message that is taken fares.
Reception first_reception(const std::vector<Submission>& documents) {
  const auto is_told = [&](bool Triggers::*word) {
    return std::any_of(documents.begin(), documents.end(), [&](const Submission& one) { return one.triggers.*word; });
  };
  if (is_told(&Triggers::lost_ack)) return Reception::answer_lost;
  if (is_told(&Triggers::mdn_wrong)) return Reception::answer_wrong;
  return is_told(&Triggers::mdn_late) ? Reception::answer_late : Reception::taken;
}

void log_unknown_triggers(const Submission& document) {
  for (const std::string& word : document.triggers.unknown) {
    base::log(base::LogLevel::warning, "platform",
              document.type->name + " " + document.guid + ": no such trigger: \"" + word + "\"");
  }
}

// A document that nobody of ours sent, of the same shape.
Submission stranger_beside(const Submission& document) {
  Submission stranger = document;
  const std::string guid = guid_from("foreign " + document.guid);
  stranger.guid = guid;
  stranger.key = document.key + "-foreign";
  const std::string number = "FOREIGN-" + guid.substr(guid.size() - std::min<std::size_t>(guid.size(), 8));
  codecs::ceb::set_head_field(*stranger.type, stranger.body, stranger.type->key_fields.back(), number);
  return stranger;
}

// What is said to the stranger names its guid where it would name the document's.
Step said_to(const Submission& stranger, Step step, const Submission& document) {
  const auto named = step.info.find(document.guid);
  if (named != std::string::npos) step.info.replace(named, document.guid.size(), stranger.guid);
  return step;
}

// The first that stands against all of the message, or against all of one document of it.
std::optional<Finding> against_message(const Arrival& arrival, std::size_t document) {
  if (!arrival.enterprise.empty()) return Finding{Occasion::unknown_enterprise, arrival.enterprise};
  if (!arrival.kind.empty()) return Finding{Occasion::wrong_kind, arrival.kind};
  if (arrival.lack == Occasion::unsigned_message) return Finding{Occasion::unsigned_message};
  if (!arrival.signature.valid) return Finding{Occasion::signature, arrival.signature.reason};
  if (!arrival.card.empty()) return Finding{Occasion::card, arrival.card};
  if (arrival.lack) return Finding{*arrival.lack};
  if (arrival.without_rows.contains(document)) return Finding{Occasion::rows_missing};
  return {};
}

// The data exchange platform lets nothing pass whose signature does not hold.
bool reaches_customs(const Arrival& arrival) { return arrival.way == Way::hainan || arrival.signature.valid; }

}  // namespace

Customs::Customs(const schemas::Catalog& catalog, const schemas::Judge& judge, const Rulebook& rules, Scenario scenario,
                 Habits habits)
    : catalog_(catalog),
      judge_(judge),
      rules_(rules),
      scenario_(std::move(scenario)),
      habits_(std::move(habits)),
      numbering_(habits_.seed) {}

Reception Customs::take(const Arrival& arrival) {
  std::vector<Submission> documents = submissions_of(arrival);
  ReceivedMessage& message = received_.note(arrival, keys_of(documents));
  if (!arrival.faults.empty()) return Reception::taken;
  if (message.deliveries <= refusals_of(documents)) return Reception::refused;
  const Reception reception = ++message.taken == 1 ? first_reception(documents) : Reception::taken;
  for (std::size_t i = 0; i < documents.size() && reaches_customs(arrival); ++i) {
    answer(std::move(documents[i]), {against_message(arrival, i), arrival.contents[i]});
  }
  return reception;
}

LineHarm Customs::harm_of(const Arrival& arrival) const {
  LineHarm worst = LineHarm::none;
  for (const Submission& one : submissions_of(arrival)) worst = std::max(worst, one.triggers.line);
  return worst;
}

std::optional<std::string> Customs::reply_asked_for(const Arrival& arrival) const {
  for (const Submission& one : submissions_of(arrival)) {
    if (!one.triggers.reply.empty()) return one.triggers.reply;
  }
  return {};
}

std::vector<Submission> Customs::submissions_of(const Arrival& arrival) const {
  std::vector<Submission> documents;
  const schemas::MessageType* type = catalog_.find(arrival.type);
  if (type == nullptr || type->kind != schemas::MessageKind::declaration) return documents;
  for (const codecs::ceb::Element& body : arrival.documents) {
    Submission one;
    one.type = type;
    one.body = body;
    one.key = codecs::ceb::key_of(*type, body);
    one.guid = field(one, "guid");
    one.dxp_id = arrival.dxp_id;
    one.app_type = field(one, "appType");
    one.app_time = field(one, "appTime");
    one.app_status = field(one, "appStatus");
    one.triggers = scenario_.triggers(one.key, codecs::ceb::number_of(*type, body));
    one.way = arrival.way;
    one.at = arrival.at;
    documents.push_back(std::move(one));
  }
  return documents;
}

void Customs::answer(Submission document, const Findings& findings) {
  log_unknown_triggers(document);
  const bool is_first = first_guids_.try_emplace(document.key, document.guid).first->second == document.guid;
  const Decision decision =
      decide(document, findings, is_first ? document.triggers.code : std::nullopt, numbers_of(document), knowledge());
  std::vector<Reached> history = send(document, decision.steps, document.at);
  keep(document, decision, std::move(history));
  if (decision.storing == Storing::store) go_on_with_waiting(document);
}

void Customs::keep(const Submission& document, const Decision& decision, std::vector<Reached> history) {
  if (decision.storing == Storing::erase) {
    take_back(document);
    store_.erase(document.key);
    purchases_.forget(document.key);
  }
  if (decision.storing != Storing::store) return;
  StoredDocument stored{document, {document.guid}, std::move(history), decision.waiting};
  if (const StoredDocument* before = store_.find(document.key))
    stored.guids.insert(before->guids.begin(), before->guids.end());
  const StoredDocument& kept = store_.put(std::move(stored));
  note_purchase(kept);
  conclude(kept);
}

// What waited for the document that has just arrived is answered again: 2, and then as far as it goes.
void Customs::go_on_with_waiting(const Submission& arrived) {
  for (const std::string& key : store_.users(arrived)) {
    StoredDocument& user = *store_.find(key);
    if (!user.waiting) continue;
    const Submission& document = user.newest;
    const Decision decision = declare(document, knowledge());
    const base::Time start = std::max(arrived.at, user.history.back().at);
    const std::vector<Reached> more = send(document, decision.steps, start);
    user.history.insert(user.history.end(), more.begin(), more.end());
    user.waiting = decision.waiting;
    note_purchase(user);
  }
}

std::vector<Reached> Customs::send(const Submission& document, const std::vector<Step>& steps, base::Time start) {
  std::vector<Reached> history;
  const auto pauses = pauses_of(document, steps);
  base::Time at = start;
  for (std::size_t i = 0; i < steps.size(); ++i) history.push_back({at += pauses[i], steps[i].status});
  if (document.triggers.silent) return history;
  const std::vector<Due> dues = schedule(pauses, start, document.triggers);
  for (const Due& due : dues) write(document, steps[due.step], due.returned_at, due.received_at);
  if (!dues.empty()) write_beside(document, steps.front(), dues.front().received_at);
  for (const Reached& step : history) write_notices(document, step.status, step.at);
  return history;
}

void Customs::write(const Submission& document, const Step& step, base::Time returned_at, base::Time received_at) {
  const Receipt receipt =
      make_receipt(*catalog_.find(document.type->receipt), document, step, numbers_of(document), returned_at);
  for (const base::Fault& fault : faults_of(receipt, judge_)) {
    base::log(base::LogLevel::warning, "platform",
              document.type->receipt + " for " + document.guid + " is not valid: " + fault.code + " " + fault.path);
  }
  add(document, receipt, received_at, Legibility::readable);
}

void Customs::add(const Submission& document, const Receipt& receipt, base::Time received_at, Legibility legibility) {
  const bool is_garbled = legibility == Legibility::garbled;
  if (document.way != Way::hainan) {
    Letter letter = receipt_letter(receipt, document.way, document.dxp_id, received_at);
    if (is_garbled) letter = garbled(std::move(letter));
    if (document.triggers.half_written) letter.handing = Handing::in_halves;
    receipts_.add(std::move(letter));
    return;
  }
  const std::string record = listing_record(*listing_of(receipt.type->name), receipt, document.dxp_id, received_at);
  receipts_.add(document.dxp_id, receipt.type->name, received_at, is_garbled ? garbled(record) : record);
}

void Customs::write_beside(const Submission& document, const Step& step, base::Time at) {
  if (document.triggers.foreign) {
    const Submission stranger = stranger_beside(document);
    write(stranger, said_to(stranger, step, document), at, at);
  }
  if (!document.triggers.garbled) return;
  const schemas::MessageType& type = *catalog_.find(document.type->receipt);
  add(document, make_receipt(type, document, step, numbers_of(document), at), at, Legibility::garbled);
}

const PortNumbers& Customs::numbers_of(const Submission& document) {
  const Treatment& treatment = rules_.treatment(document.type->name);
  return numbering_.numbers({.key = document.key,
                             .pre_no = treatment.pre_no,
                             .given = treatment.given,
                             .mark = document.type->direction == "import" ? 'I' : 'E',
                             .customs_code = field(document, "customsCode"),
                             .at = document.at});
}

}  // namespace tools::platform
