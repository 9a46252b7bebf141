#include "gateway/operations/notices.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <optional>

#include "gateway/operations/resend_order.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/paging.h"
#include "gateway/views/parameters.h"
#include "gateway/views/personal.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;

json::value told(const std::optional<base::Time>& time) {
  return time ? json::value(base::rfc3339(*time)) : json::value(nullptr);
}

json::object told(const ledger::Notice& notice) {
  return {{"number", notice.number},
          {"webhook_id", notice.webhook_id},
          {"client", notice.client},
          {"enterprise", notice.enterprise},
          {"state", lifecycle::word(notice.state)},
          {"tries", notice.tries},
          {"answer", notice.answer},
          {"created_at", base::rfc3339(notice.created_at)},
          {"due", told(notice.due)},
          {"ended_at", told(notice.ended_at)},
          {"change", views::change(notice.change)}};
}

bool sees_all_clients(const http::Caller& caller) { return config::includes(caller.role, config::Role::operator_); }

bool may_see(const http::Caller& caller, const ledger::Notice& notice) {
  return caller.may(notice.enterprise) && (sees_all_clients(caller) || notice.client == caller.name);
}

std::optional<ledger::NoticeState> read_state(views::Parameters& parameters) {
  const auto written = parameters.text("state");
  if (!written) return std::nullopt;
  const auto state = lifecycle::read_notice_state(*written);
  if (!state) {
    parameters.refuse("state", "只能是 waiting、heard 或 unheard。", "This has to be waiting, heard or unheard.");
  }
  return state;
}

ledger::NoticeQuery read_query(views::Parameters& parameters, const http::Caller& caller) {
  ledger::NoticeQuery query;
  query.client = parameters.text("client");
  query.document = parameters.text("document");
  query.state = read_state(parameters);
  query.since = parameters.time("since");
  query.until = parameters.time("until");
  query.limit = views::read_limit(parameters);
  query.cursor = views::read_cursor(parameters);
  query.enterprises = caller.enterprises;
  return query;
}

// Another client's list is empty to who may not see it, as if there were none.
bool can_be_shown(ledger::NoticeQuery& query, const http::Caller& caller) {
  if (caller.sees_nothing()) return false;
  if (sees_all_clients(caller)) return true;
  if (query.client && *query.client != caller.name) return false;
  query.client = caller.name;
  return true;
}

http::Response unknown_notice() {
  return http::Response::problem(404, "unknown notice",
                                 {views::fault("api.unknown_notice", "", "没有这条通知，或令牌无权查看。",
                                               "There is no such notice, or the token may not see it.")});
}

std::optional<std::int64_t> read_number(const std::string& text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace

boost::asio::awaitable<http::Response> Notices::list(http::Request request) const {
  views::Parameters parameters(request.query, {"client", "document", "state", "since", "until", "limit", "cursor"});
  auto query = read_query(parameters, *request.caller);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  ledger::NoticePage page;
  if (can_be_shown(query, *request.caller)) {
    const views::Personal personal = views::personal_for(*request.caller);
    const auto read = [&] {
      auto found = parts_.ledger.notices(query);
      if (personal == views::Personal::clear) return found;
      for (auto& notice : found.notices) views::hide_personal(parts_.catalog, parts_.ledger, {&notice.change, 1});
      return found;
    };
    page = co_await parts_.store.run(read);
  }
  json::array notices;
  for (const auto& notice : page.notices) notices.push_back(told(notice));
  json::object answer{{"notices", std::move(notices)}, {"next", nullptr}};
  if (page.next) answer["next"] = views::outgoing_cursor(*page.next);
  co_return views::json_answer(200, answer);
}

boost::asio::awaitable<http::Response> Notices::resend(http::Request request) const {
  const auto number = read_number(request.places["number"]);
  if (!number) co_return unknown_notice();
  const ledger::NoticesBook::Ordered ordered{request.caller->name, parts_.clock.now()};
  const auto send = [&] {
    const auto notice = parts_.ledger.notice(*number);
    return notice && may_see(*request.caller, *notice) && parts_.ledger.resend_notice(*number, ordered);
  };
  const bool is_resent = co_await parts_.store.run(send);
  if (!is_resent) co_return unknown_notice();
  co_return count_resent(1);
}

boost::asio::awaitable<http::Response> Notices::resend_all(http::Request request) const {
  auto order = read_resend_order(request.body);
  if (!order) {
    const bool is_unreadable = order.faults().front().code == "json.syntax";
    co_return http::Response::problem(is_unreadable ? 400 : 422, "the order cannot be carried out", order.faults());
  }
  if (request.caller->sees_nothing()) co_return count_resent(0);
  order->enterprises = request.caller->enterprises;
  const ledger::NoticesBook::Ordered ordered{request.caller->name, parts_.clock.now()};
  const auto send = [&] { return parts_.ledger.resend_notices(*order, ordered); };
  const std::size_t count = co_await parts_.store.run(send);
  co_return count_resent(count);
}

http::Response Notices::count_resent(std::size_t count) const {
  if (count > 0 && parts_.on_moved) parts_.on_moved();
  const json::object answer{{"resent", count}};
  return views::json_answer(200, answer);
}

}  // namespace gateway::operations
