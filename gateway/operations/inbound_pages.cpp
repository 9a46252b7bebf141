#include "gateway/operations/inbound_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <utility>

#include "base/base64.h"
#include "gateway/operations/inbound_orders.h"
#include "gateway/operations/visibility.h"
#include "gateway/views/answers.h"
#include "gateway/views/masking.h"
#include "gateway/views/paging.h"
#include "gateway/views/parameters.h"
#include "gateway/views/personal.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

json::object shown(const ledger::InboundRow& row) {
  const ledger::InboundRecord& record = row.record;
  return {{"digest", record.digest},
          {"state", ledger::word(row.state)},
          {"reason", row.reason},
          {"port", record.port},
          {"source", record.source},
          {"dxp_id", record.dxp_id},
          {"received_at", base::rfc3339(record.received_at)},
          {"text", views::masked(record.bytes)}};
}

json::object shown_whole(const ledger::InboundRow& row, views::Personal personal) {
  json::object whole = shown(row);
  json::array acts;
  for (const ledger::InboundAct& act : row.acts) {
    acts.push_back({{"at", base::rfc3339(act.at)}, {"by", act.by}, {"reason", act.reason}});
  }
  whole["bytes"] =
      personal == views::Personal::masked ? json::value(nullptr) : json::value(base::base64(row.record.bytes));
  whole["matched_again"] = std::move(acts);
  return whole;
}

http::Response unknown() {
  return http::Response::problem(404, "no such record",
                                 {views::fault("inbound.unknown", "", "没有这条收到的记录，或者无权查看。",
                                               "There is no such record, or this client may not see it.")});
}

http::Response not_left_over() {
  return http::Response::problem(
      409, "not in this state",
      {views::fault("inbound.not_left_over", "", "这条记录已匹配或正在等待匹配，无须再次匹配。",
                    "This record is matched, or waits to be matched: there is nothing to try anew.")});
}

std::int64_t read_row(const std::string& cursor) {
  std::int64_t row = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), row);
  return row;
}

http::Response refused(const base::Faults& faults) {
  const bool is_unreadable = faults.front().code == "json.syntax";
  return http::Response::problem(is_unreadable ? 400 : 422, "the order cannot be carried out", faults);
}

}  // namespace

bool InboundPages::may_see(const http::Caller& caller, const ledger::InboundRow& row) const {
  const auto ids = visible_dxp_ids(parts_.settings, caller);
  return !ids || std::ranges::find(*ids, row.record.dxp_id) != ids->end();
}

awaitable<http::Response> InboundPages::list(http::Request request) const {
  views::Parameters parameters(request.query, {"state", "port", "source", "since", "until", "limit", "cursor"});
  ledger::InboundQuery query;
  if (const auto word = parameters.text("state")) {
    query.state = ledger::read_inbound_state(*word);
    if (!query.state) {
      parameters.refuse("state", "应为 fresh、applied、unmatched、foreign、unreadable 之一。",
                        "This has to be fresh, applied, unmatched, foreign or unreadable.");
    }
  }
  query.port = parameters.text("port");
  query.source = parameters.text("source");
  query.since = parameters.time("since");
  query.until = parameters.time("until");
  query.limit = views::read_limit(parameters);
  query.before = read_row(views::read_cursor(parameters));
  query.dxp_ids = visible_dxp_ids(parts_.settings, *request.caller);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] { return parts_.ledger.inbound(query); };
  const std::vector<ledger::InboundRow> rows = co_await parts_.store.run(read);
  json::array records;
  for (const ledger::InboundRow& row : rows) records.push_back(shown(row));
  json::object answer{{"records", std::move(records)}, {"next", nullptr}};
  if (rows.size() == query.limit) answer["next"] = views::outgoing_cursor(std::to_string(rows.back().row));
  co_return views::json_answer(200, answer);
}

awaitable<http::Response> InboundPages::one(http::Request request) const {
  const auto read = [&] { return parts_.ledger.inbound_record(request.places["digest"]); };
  const auto row = co_await parts_.store.run(read);
  if (!row || !may_see(*request.caller, *row)) co_return unknown();
  co_return views::json_answer(200, shown_whole(*row, views::personal_for(*request.caller)));
}

awaitable<http::Response> InboundPages::match(http::Request request) const {
  const auto order = read_inbound_order(request.body, OrderOf::many);
  if (!order) co_return refused(order.faults());
  ledger::InboundQuery query;
  query.state = order->state;
  query.limit = order->limit;
  query.dxp_ids = visible_dxp_ids(parts_.settings, *request.caller);
  const ledger::InboundAct act{parts_.clock.now(), request.caller->name, order->reason};
  const auto make_fresh = [&] { return parts_.ledger.match_again(query, act); };
  const std::size_t matched = co_await parts_.store.run(make_fresh);
  co_return views::json_answer(200, json::object{{"to_be_matched", matched}});
}

awaitable<http::Response> InboundPages::match_one(http::Request request) const {
  const auto order = read_inbound_order(request.body, OrderOf::one);
  if (!order) co_return refused(order.faults());
  const std::string digest = request.places["digest"];
  const auto read = [&] { return parts_.ledger.inbound_record(digest); };
  const auto row = co_await parts_.store.run(read);
  if (!row || !may_see(*request.caller, *row)) co_return unknown();
  const ledger::InboundAct act{parts_.clock.now(), request.caller->name, order->reason};
  const auto make_fresh = [&] { return parts_.ledger.match_again(digest, act); };
  if (!co_await parts_.store.run(make_fresh)) co_return not_left_over();
  const auto moved = co_await parts_.store.run(read);
  if (!moved) co_return unknown();
  co_return views::json_answer(200, shown_whole(*moved, views::personal_for(*request.caller)));
}

}  // namespace gateway::operations
