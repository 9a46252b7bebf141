#include "gateway/operations/actions.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "base/failpoint.h"
#include "gateway/operations/decisions.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/parameters.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;

constexpr int most_attempts = 5;

json::object allowed_json(const Subject& subject, const Order& order) {
  return {{"action", word(order.action)}, {"mode", word(order.mode)}, {"to", lifecycle::word(*target(subject, order))}};
}

http::Response conflict(const Subject& subject, const Order& order) {
  return http::Response::problem(409, "not allowed in this state", {not_allowed(subject, order)});
}

http::Response moved_on() {
  return http::Response::problem(
      409, "changed meanwhile",
      {views::fault(
          "action.moved_on", "/action", "单证同时发生了变化（例如正在发送），请查看后重试。",
          "The document changes at the same time (it may be on its way right now); look at it and try again.")});
}

ledger::Act act_of(const ledger::Summary& document, const Order& order, const std::string& by, base::Time now) {
  ledger::Act act{.at = now, .by = by};
  act.kind = ledger::read_act_kind(word(order.action)).value_or(ledger::ActKind::replay);
  act.subject = "documents/" + document.id;
  act.enterprise = document.enterprise;
  act.reason = order.mode == Mode::none ? order.reason : std::string(word(order.mode)) + ": " + order.reason;
  return act;
}

}  // namespace

boost::asio::awaitable<http::Response> Actions::act(http::Request request) const {
  const auto order = read_order(request.body);
  if (!order) {
    const bool is_unreadable = order.faults().front().code == "json.syntax";
    co_return http::Response::problem(is_unreadable ? 400 : 422, "the action cannot be carried out", order.faults());
  }
  if (order->action == Action::amend) {
    const std::string reason = order->reason;
    co_return co_await parts_.amend(std::move(request), reason);
  }
  const auto carry = [&] { return carry_out(*request.caller, request.places["id"], *order); };
  http::Response response = co_await parts_.store.run(carry);
  if (response.status == 200 && parts_.on_moved) parts_.on_moved();
  co_return response;
}

boost::asio::awaitable<http::Response> Actions::allowed(http::Request request) const {
  const views::Parameters parameters(request.query, {});
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto tell = [&] { return tell_allowed(*request.caller, request.places["id"]); };
  co_return co_await parts_.store.run(tell);
}

http::Response Actions::tell_allowed(const http::Caller& caller, const std::string& id) const {
  const auto bearings = parts_.ledger.bearings(id);
  if (!bearings || !caller.may(bearings->standing.summary.enterprise)) {
    return views::absent_document(parts_.ledger, id, caller);
  }
  const Subject subject = subject_of(parts_.knowledge, *bearings);
  json::array actions;
  for (const Order& order : allowed_orders(subject)) actions.push_back(allowed_json(subject, order));
  return views::json_answer(200, json::object{{"actions", std::move(actions)}});
}

http::Response Actions::carry_out(const http::Caller& caller, const std::string& id, const Order& order) const {
  for (int tries = 0; tries < most_attempts; ++tries) {
    const auto bearings = parts_.ledger.bearings(id);
    if (!bearings || !caller.may(bearings->standing.summary.enterprise)) {
      return views::absent_document(parts_.ledger, id, caller);
    }
    const Subject subject = subject_of(parts_.knowledge, *bearings);
    const base::Time now = parts_.clock.now();
    auto departure = departure_of(subject, *bearings, order, {parts_.settings, caller.name, now});
    if (!departure) return conflict(subject, order);
    departure->act = act_of(bearings->standing.summary, order, caller.name, now);
    base::failpoint("actions.decided");
    if (!parts_.ledger.depart(*departure, now)) continue;
    base::failpoint("actions.moved");
    const auto moved = parts_.ledger.document(id, bearings->standing.summary.version);
    if (!moved) return views::unknown_document();
    return views::json_answer(200, views::whole_document(parts_.knowledge, *moved, views::personal_for(caller)));
  }
  return moved_on();
}

}  // namespace gateway::operations
