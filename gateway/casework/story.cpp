#include "gateway/casework/story.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "config/settings.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/parameters.h"

namespace gateway::casework {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::size_t most_documents = 50;
constexpr std::size_t most_events = 1'000;
constexpr std::size_t most_rows_of_a_kind = 100;  // of one document, of what is kept apart from it

struct Event {
  base::Time at;
  json::object told;
};

class Line {
 public:
  Line(const schemas::Knowledge& knowledge, const ledger::WholeDocument& whole, std::vector<Event>& events)
      : knowledge_(knowledge), whole_(whole), events_(events) {}

  // The event's members, to be filled in; each is there whether it has something to say or not.
  json::object& add(base::Time at, std::string_view kind, std::string_view text) {
    json::object told{{"at", base::rfc3339(at)},
                      {"document", whole_.summary.id},
                      {"type", whole_.summary.type},
                      {"kind", kind},
                      {"from", nullptr},
                      {"to", nullptr},
                      {"text", text},
                      {"by", nullptr},
                      {"code", nullptr},
                      {"explanation", nullptr}};
    return events_.emplace_back(Event{at, std::move(told)}).told;
  }

  void add_history() {
    for (const auto& move : whole_.timeline) {
      auto& told = add(move.at, "moved", move.reason);
      told["from"] = lifecycle::word(move.from);
      told["to"] = lifecycle::word(move.to);
      told["by"] = move.by;
    }
    for (const auto& delivery : whole_.deliveries) {
      add(delivery.at, "delivery", delivery.answer)["to"] = ledger::word(delivery.outcome);
    }
    for (const auto& receipt : whole_.receipts) {
      auto& told = add(receipt.at, "receipt", receipt.return_info);
      told["to"] = receipt.effect;
      told["code"] = receipt.status;
      told["explanation"] = views::receipt_explanation(knowledge_, whole_, receipt);
    }
    for (const auto& notice : whole_.notices) {
      auto& told = add(notice.at, "customs_notice", notice.return_info);
      told["code"] = notice.status;
      told["by"] = notice.type;
    }
  }

 private:
  const schemas::Knowledge& knowledge_;
  const ledger::WholeDocument& whole_;
  std::vector<Event>& events_;
};

bool is_operator(const http::Caller& caller) { return config::includes(caller.role, config::Role::operator_); }

// What persons wrote, and what clients were told.
void add_what_is_apart(ledger::Ledger& ledger, const http::Caller& caller, const std::string& id, Line& line) {
  for (const auto& note : ledger.notes_of(id)) line.add(note.at, "note", note.text)["by"] = note.by;
  ledger::NoticeQuery told;
  told.document = id;
  told.limit = most_rows_of_a_kind;
  if (!is_operator(caller)) told.client = caller.name;
  for (const auto& notice : ledger.notices(told).notices) {
    auto& event = line.add(notice.created_at, "erp_notice", notice.answer);
    event["to"] = lifecycle::word(notice.state);
    event["by"] = notice.client;
  }
  if (!is_operator(caller)) return;
  ledger::ActQuery acts;
  acts.subject = "documents/" + id;
  acts.kind = ledger::ActKind::disclosure;
  acts.limit = most_rows_of_a_kind;
  for (const auto& act : ledger.acts(acts).acts) line.add(act.at, "disclosure", act.reason)["by"] = act.by;
}

}  // namespace

awaitable<http::Response> Story::tell(http::Request request) const {
  views::Parameters parameters(request.query, {"personal"});
  const views::Personal personal = views::read_personal(parameters, *request.caller);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] { return answer(*request.caller, request.places["id"], personal); };
  co_return co_await parts_.store.run(read);
}

http::Response Story::answer(const http::Caller& caller, const std::string& id, views::Personal personal) const {
  std::vector<Event> events;
  json::array documents;
  std::string number;
  for (const std::string& one : parts_.ledger.sale_of(id, most_documents)) {
    auto whole = parts_.ledger.document(one, std::nullopt);
    const bool is_shown = whole && caller.may(whole->summary.enterprise);
    if (!is_shown && one == id) return views::absent_document(parts_.ledger, id, caller);
    if (!is_shown) continue;
    if (one == id) number = whole->summary.number;
    if (personal == views::Personal::masked) views::hide_personal(parts_.catalog, *whole);
    documents.push_back(views::summary(whole->summary));
    Line line(parts_.knowledge, *whole, events);
    line.add_history();
    add_what_is_apart(parts_.ledger, caller, one, line);
  }
  std::ranges::stable_sort(events, {}, &Event::at);
  json::array told;
  for (Event& event : events) {
    if (told.size() == most_events) break;
    told.push_back(std::move(event.told));
  }
  return views::json_answer(
      200, json::object{{"number", number}, {"documents", std::move(documents)}, {"events", std::move(told)}});
}

}  // namespace gateway::casework
