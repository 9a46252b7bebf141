#include "gateway/operations/overview_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <utility>

#include "gateway/operations/visibility.h"
#include "gateway/views/answers.h"
#include "gateway/views/paging.h"
#include "gateway/views/parameters.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using lifecycle::State;

constexpr std::chrono::seconds made_lasts{1};
constexpr std::size_t most_made = 100;  // callers who see different enterprises

json::object shown_alert(const ledger::Alert& alert) {
  return {{"id", std::to_string(alert.id)},
          {"kind", ledger::word(alert.kind)},
          {"subject", alert.subject},
          {"text", {{"zh", alert.zh}, {"en", alert.en}}},
          {"began_at", base::rfc3339(alert.began_at)},
          {"ended_at", alert.ended_at ? json::value(base::rfc3339(*alert.ended_at)) : json::value(nullptr)}};
}

json::array shown_alerts(const std::vector<ledger::Alert>& alerts) {
  json::array rows;
  for (const ledger::Alert& alert : alerts) rows.push_back(shown_alert(alert));
  return rows;
}

std::size_t count_of(const ledger::Overview& overview, State state) {
  const auto found = overview.states.find(state);
  return found == overview.states.end() ? 0 : found->second;
}

json::object shown_states(const ledger::Overview& overview) {
  json::object states;
  for (std::size_t i = 0; i < lifecycle::state_count; ++i) {
    const auto state = static_cast<State>(i);
    states[lifecycle::word(state)] = count_of(overview, state);
  }
  return states;
}

json::array shown_flow(const ledger::Overview& overview) {
  json::array rows;
  for (const ledger::FlowMinute& minute : overview.minutes) {
    rows.push_back({{"minute", base::rfc3339(minute.minute)},
                    {"accepted", minute.flow.accepted},
                    {"sent", minute.flow.sent},
                    {"settled", minute.flow.settled},
                    {"refused", minute.flow.refused}});
  }
  return rows;
}

json::value number_or_null(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::array shown_settling(const ledger::Overview& overview) {
  json::array rows;
  for (const ledger::FlowMinute& minute : overview.minutes) {
    rows.push_back({{"minute", base::rfc3339(minute.minute)},
                    {"p50", number_or_null(minute.p50_seconds)},
                    {"p90", number_or_null(minute.p90_seconds)},
                    {"count", minute.flow.settled}});
  }
  return rows;
}

json::array shown_oldest(const ledger::Overview& overview) {
  json::array rows;
  for (const ledger::OldestWaiting& oldest : overview.oldest_waiting) {
    rows.push_back({{"port", oldest.port},
                    {"id", oldest.id},
                    {"key", oldest.key},
                    {"state", lifecycle::word(oldest.state)},
                    {"since", base::rfc3339(oldest.since)}});
  }
  return rows;
}

json::array shown_codes(const schemas::Knowledge& knowledge, const ledger::Overview& overview) {
  json::array rows;
  for (const ledger::RefusalCount& code : overview.codes_today) {
    const schemas::Explanation meaning = knowledge.meanings(code.code, code.type).front().explanation;
    rows.push_back({{"code", code.code},
                    {"type", code.type},
                    {"count", code.count},
                    {"meaning", {{"zh", meaning.zh}, {"en", meaning.en}}},
                    {"advice", {{"zh", meaning.advice_zh}, {"en", meaning.advice_en}}}});
  }
  return rows;
}

json::object shown_overview(const schemas::Knowledge& knowledge, const ledger::Overview& overview,
                            const std::vector<ledger::Alert>& alerts, base::Time now) {
  const ledger::Flow& today = overview.today;
  return {{"at", base::rfc3339(now)},
          {"states", shown_states(overview)},
          {"today",
           {{"posted", today.accepted}, {"sent", today.sent}, {"settled", today.settled}, {"refused", today.refused}}},
          {"flow", shown_flow(overview)},
          {"settle_seconds", shown_settling(overview)},
          {"oldest_waiting", shown_oldest(overview)},
          {"waiting_for_person",
           {{"held", count_of(overview, State::held)},
            {"refused", count_of(overview, State::refused)},
            {"unmatched", overview.unmatched},
            {"unreadable", overview.unreadable},
            {"unheard_notices", overview.unheard_notices}}},
          {"codes_today", shown_codes(knowledge, overview)},
          {"alerts", shown_alerts(alerts)}};
}

std::int64_t read_alert_id(const std::string& text) {
  std::int64_t id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id);
  return id;
}

ledger::AlertQuery read_alert_query(views::Parameters& parameters, const http::Caller& caller) {
  ledger::AlertQuery query;
  if (const auto state = parameters.text("state")) {
    query.state = ledger::read_alert_state(*state);
    if (!query.state) parameters.refuse("state", "只能是 open 或 ended。", "This has to be open or ended.");
  }
  query.limit = views::read_limit(parameters);
  query.before = read_alert_id(views::read_cursor(parameters));
  query.enterprises = caller.enterprises;
  return query;
}

}  // namespace

awaitable<http::Response> OverviewPages::overview(http::Request request) {
  const http::Caller& caller = *request.caller;
  if (caller.sees_nothing()) {
    ledger::Overview nothing;
    co_return views::json_answer(200, shown_overview(parts_.knowledge, nothing, {}, parts_.clock.now()));
  }
  const auto found = made_.find(caller.enterprises);
  if (found != made_.end() && Steady::now() - found->second.at < made_lasts) co_return found->second.answer;
  http::Response answer = co_await make(caller);
  if (made_.size() >= most_made) made_.clear();
  made_.insert_or_assign(caller.enterprises, Made{Steady::now(), answer});
  co_return answer;
}

awaitable<http::Response> OverviewPages::make(const http::Caller& caller) const {
  ledger::OverviewQuery query;
  query.now = parts_.clock.now();
  query.enterprises = caller.enterprises;
  query.dxp_ids = visible_dxp_ids(parts_.settings, caller);
  for (const config::Port& port : parts_.settings.ports) query.ports.push_back(port.name);
  ledger::AlertQuery open;
  open.state = ledger::AlertState::open;
  open.enterprises = caller.enterprises;
  const auto read = [&] { return std::pair(parts_.ledger.overview(query), parts_.ledger.alerts(open)); };
  const auto [overview, alerts] = co_await parts_.store.run(read);
  co_return views::json_answer(200, shown_overview(parts_.knowledge, overview, alerts, query.now));
}

awaitable<http::Response> OverviewPages::alerts(http::Request request) {
  views::Parameters parameters(request.query, {"state", "limit", "cursor"});
  const ledger::AlertQuery query = read_alert_query(parameters, *request.caller);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  std::vector<ledger::Alert> found;
  if (!request.caller->sees_nothing()) {
    const auto read = [&] { return parts_.ledger.alerts(query); };
    found = co_await parts_.store.run(read);
  }
  json::object answer{{"alerts", shown_alerts(found)}, {"next", nullptr}};
  if (found.size() == query.limit) answer["next"] = views::outgoing_cursor(std::to_string(found.back().id));
  co_return views::json_answer(200, answer);
}

}  // namespace gateway::operations
