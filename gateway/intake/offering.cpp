#include "gateway/intake/offering.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <utility>

#include "codecs/ceb/json_codec.h"
#include "gateway/intake/prefilling.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/masking.h"
#include "gateway/views/parameters.h"
#include "gateway/views/personal.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

json::object refused(std::string_view action, std::string_view type, const Words& why) {
  return {{"action", action}, {"type", type}, {"allowed", false}, {"zh", why.zh}, {"en", why.en}};
}

json::object allowed(const schemas::Catalog& catalog, const schemas::Offer& offer, const ledger::Standing& newest) {
  const Prefilled prepared = prefill(catalog, offer, newest);
  json::object document = codecs::ceb::write_document(*catalog.find(offer.target), prepared.body);
  return {{"action", offer.action},
          {"type", offer.target},
          {"allowed", true},
          {"zh", offer.zh},
          {"en", offer.en},
          {"document",
           {{"type", offer.target}, {"enterprise", newest.summary.enterprise}, {"document", std::move(document)}}},
          {"fill_in", json::array(prepared.fill_in.begin(), prepared.fill_in.end())}};
}

void mask_documents(const schemas::Catalog& catalog, json::array& offers) {
  for (json::value& offer : offers) {
    json::value* posted = offer.as_object().if_contains("document");
    if (posted == nullptr) continue;
    json::value& document = posted->as_object()["document"];
    document = views::masked_document(*catalog.find(offer.at("type").as_string()), json::serialize(document));
  }
}

Words wait_for_answer(const ledger::Standing& newest) {
  Words words = standing_words(newest);
  words.zh += "，须先等待回执，或撤回（withdraw）。";
  words.en += ": wait for its receipt, or withdraw it first.";
  return words;
}

Words not_given_yet(const std::string& name) {
  return {"海关尚未给出 " + name + "，请等待下一个回执。",
          "customs has not given " + name + " yet: wait for its next receipt."};
}

Words asked_for_already(const ledger::Standing& other) {
  Words words = standing_words(other);
  words.zh = "已申报过：" + words.zh + "。";
  words.en = "asked for already: " + words.en + ".";
  return words;
}

// Refused, withdrawn and deleted ones stand against nothing.
bool is_alive(const schemas::Catalog& catalog, const ledger::Standing& other) {
  const lifecycle::State state = other.summary.picture.state;
  return state != lifecycle::State::refused && state != lifecycle::State::withdrawn &&
         standing_at_customs(catalog, other) != schemas::Standing::cancelled;
}

}  // namespace

boost::asio::awaitable<http::Response> Offering::offers(http::Request request) const {
  const views::Parameters parameters(request.query, {});
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] { return answer(*request.caller, request.places["id"]); };
  co_return co_await parts_.store.run(read);
}

http::Response Offering::answer(const http::Caller& caller, const std::string& id) const {
  const auto newest = parts_.ledger.newest_by_id(id);
  if (!newest || !caller.may(newest->summary.enterprise)) return views::absent_document(parts_.ledger, id, caller);
  json::array offers = offers_of(*newest);
  if (views::personal_for(caller) == views::Personal::masked) mask_documents(parts_.catalog, offers);
  return views::json_answer(200, json::object{{"offers", std::move(offers)}});
}

json::array Offering::offers_of(const ledger::Standing& newest) const {
  const std::string& type = newest.summary.type;
  if (is_under_way(newest)) return {refused("change", type, wait_for_answer(newest))};
  const schemas::Standing standing = standing_at_customs(parts_.catalog, newest);
  const schemas::Correction& correction = parts_.catalog.corrections().of(type, standing);
  json::array offers;
  for (const schemas::Offer* offer : parts_.catalog.offers().of(type, standing)) {
    if (!may_declare(newest, offer->target)) continue;
    const auto why_not = obstacle(*offer, newest, correction);
    offers.push_back(why_not ? refused(offer->action, offer->target, *why_not)
                             : allowed(parts_.catalog, *offer, newest));
  }
  if (correction.app_types.empty()) offers.push_back(refused("change", type, {correction.zh, correction.en}));
  return offers;
}

bool Offering::may_declare(const ledger::Standing& newest, const std::string& type) const {
  const config::Enterprise* enterprise = parts_.settings.enterprise(newest.summary.enterprise);
  if (enterprise == nullptr) return false;
  const auto& may = parts_.catalog.find(type)->roles;
  return std::find_first_of(may.begin(), may.end(), enterprise->roles.begin(), enterprise->roles.end()) != may.end();
}

// Why the offer cannot be taken up now.
std::optional<Words> Offering::obstacle(const schemas::Offer& offer, const ledger::Standing& newest,
                                        const schemas::Correction& correction) const {
  const schemas::MessageType& type = *parts_.catalog.find(newest.summary.type);
  if (!offer.is_next) {
    const std::string number = known_number(type, newest, offer.link);
    return number.empty() ? not_given_yet(offer.link) : rival(offer, newest, number);
  }
  if (offer.app_type == "1") return std::nullopt;
  for (const std::string& name : correction.carry) {
    if (known_number(type, newest, name).empty()) return not_given_yet(name);
  }
  return std::nullopt;
}

// Another document of the same enterprise that names this one and stands against the offer.
std::optional<Words> Offering::rival(const schemas::Offer& offer, const ledger::Standing& newest,
                                     const std::string& number) const {
  std::set<std::string> seen;
  for (const ledger::DocumentRef& ref : parts_.ledger.by_number(offer.link, number, newest.dxp_id)) {
    if (!seen.insert(ref.id).second) continue;
    const auto other = parts_.ledger.newest_by_id(ref.id);
    if (!other || other->summary.enterprise != newest.summary.enterprise) continue;
    const auto& against = offer.unless;
    if (std::find(against.begin(), against.end(), other->summary.type) == against.end()) continue;
    if (is_alive(parts_.catalog, *other)) return asked_for_already(*other);
  }
  return std::nullopt;
}

}  // namespace gateway::intake
