#include "gateway/intake/looking.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <limits>
#include <utility>

#include "gateway/lifecycle/state.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/document_query.h"
#include "gateway/views/paging.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

using views::Parameters;

constexpr std::size_t most_counted = 100'000;

std::optional<int> read_version(Parameters& parameters) {
  const auto version = parameters.number("version", 1, std::numeric_limits<int>::max());
  return version ? std::optional(static_cast<int>(*version)) : std::nullopt;
}

http::Response not_sealed_yet() {
  return http::Response::problem(
      404, "not sealed yet",
      {views::fault("api.not_sealed", "", "该单证尚未封装成报文（或报文已拆开），还没有签名的字节。",
                    "This document is in no message: it is not sealed yet, or was taken out "
                    "of its message again.")});
}

http::Response no_bytes_here() {
  return http::Response::problem(
      404, "sent by another system",
      {views::fault("api.sent_elsewhere", "", "该单证由其他系统发送后导入，本系统没有其报文字节，请到原系统查找。",
                    "Another system sent this document before it was imported; there are no bytes of its message "
                    "here: look for them there.")});
}

// Which of its fields are private is not known.
http::Response not_of_the_catalog() {
  return http::Response::problem(
      409, "no such message type",
      {views::fault("api.type_unknown", "", "当前报文版本（edition）没有这种报文，无法遮盖其中的个人信息。",
                    "The edition in use has no such message, so that its personal data cannot be masked.")});
}

}  // namespace

boost::asio::awaitable<http::Response> Looking::list(http::Request request) const {
  Parameters parameters(request.query, views::document_filters({"limit", "cursor", "personal"}));
  ledger::Query query = views::read_document_query(parameters, parts_.catalog);
  query.limit = views::read_limit(parameters);
  query.cursor = views::read_cursor(parameters);
  query.enterprises = request.caller->enterprises;
  const views::Personal personal = views::read_personal(parameters, *request.caller);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  ledger::Page page;
  if (!request.caller->sees_nothing()) {
    const auto read = [&] {
      ledger::Page found = parts_.ledger.list(query);
      if (personal == views::Personal::masked) views::hide_personal(parts_.catalog, parts_.ledger, found.documents);
      return found;
    };
    page = co_await parts_.store.run(read);
  }
  json::array documents;
  for (const ledger::Summary& summary : page.documents) documents.push_back(views::summary(summary));
  json::object answer{{"documents", std::move(documents)}, {"next", nullptr}};
  if (page.next) answer["next"] = views::outgoing_cursor(*page.next);
  co_return views::json_answer(200, answer);
}

boost::asio::awaitable<http::Response> Looking::count(http::Request request) const {
  Parameters parameters(request.query, views::document_filters({}));
  ledger::Query query = views::read_document_query(parameters, parts_.catalog);
  query.enterprises = request.caller->enterprises;
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  std::size_t found = 0;
  if (!request.caller->sees_nothing()) {
    const auto read = [&] { return parts_.ledger.count(query, most_counted + 1); };
    found = co_await parts_.store.run(read);
  }
  co_return views::json_answer(200,
                               json::object{{"count", std::min(found, most_counted)}, {"more", found > most_counted}});
}

boost::asio::awaitable<http::Response> Looking::document(http::Request request) const {
  Parameters parameters(request.query, {"version", "personal"});
  const Wanted wanted{request.places["id"], read_version(parameters),
                      views::read_personal(parameters, *request.caller)};
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] { return document_answer(*request.caller, wanted); };
  co_return co_await parts_.store.run(read);
}

http::Response Looking::document_answer(const http::Caller& caller, const Wanted& wanted) const {
  auto whole = parts_.ledger.document(wanted.id, wanted.version);
  if (!whole || !caller.may(whole->summary.enterprise)) return views::absent_document(parts_.ledger, wanted.id, caller);
  return views::json_answer(200, views::whole_document(parts_.knowledge, *std::move(whole), wanted.personal));
}

boost::asio::awaitable<http::Response> Looking::message(http::Request request) const {
  Parameters parameters(request.query, {"version", "part", "personal"});
  const Wanted wanted{request.places["id"], read_version(parameters), views::read_personal(parameters, *request.caller),
                      parameters.text("part").value_or("message")};
  if (wanted.part != "message" && wanted.part != "envelope") {
    parameters.refuse("part", "只能是 message 或 envelope。", "This has to be message or envelope.");
  }
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] { return message_answer(*request.caller, wanted); };
  co_return co_await parts_.store.run(read);
}

http::Response Looking::message_answer(const http::Caller& caller, const Wanted& wanted) const {
  const auto whole = parts_.ledger.document(wanted.id, wanted.version);
  if (!whole || !caller.may(whole->summary.enterprise)) return views::absent_document(parts_.ledger, wanted.id, caller);
  auto message = parts_.ledger.message_of(wanted.id, wanted.version);
  if (!message) return whole->sent_elsewhere ? no_bytes_here() : not_sealed_yet();
  const schemas::MessageType* type = parts_.catalog.find(message->type);
  if (wanted.personal == views::Personal::masked && type == nullptr) return not_of_the_catalog();
  if (wanted.personal == views::Personal::masked) {
    message->signed_xml = views::masked_message(*type, message->signed_xml);
    message->envelope = views::masked_envelope(*type, message->envelope);
  }
  if (wanted.part == "message") return http::Response::text(200, std::move(message->signed_xml), "application/xml");
  const bool is_json = message->envelope.starts_with('{');
  return http::Response::text(200, std::move(message->envelope), is_json ? "application/json" : "application/xml");
}

boost::asio::awaitable<http::Response> Looking::changes(http::Request request) const {
  Parameters parameters(request.query, {"after", "limit", "personal"});
  const views::Personal personal = views::read_personal(parameters, *request.caller);
  const auto after = parameters.number("after", 0, std::numeric_limits<std::int64_t>::max()).value_or(0);
  const std::size_t most = views::read_limit(parameters);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  std::vector<ledger::MoveRow> rows;
  if (!request.caller->sees_nothing()) {
    const auto read = [&] {
      auto found = parts_.ledger.changes(after, request.caller->enterprises, most);
      if (personal == views::Personal::masked) views::hide_personal(parts_.catalog, parts_.ledger, found);
      return found;
    };
    rows = co_await parts_.store.run(read);
  }
  json::array changes;
  for (const ledger::MoveRow& row : rows) changes.push_back(views::change(row));
  const std::int64_t next = rows.empty() ? after : rows.back().cursor;
  co_return views::json_answer(200, json::object{{"changes", std::move(changes)}, {"next", std::to_string(next)}});
}

}  // namespace gateway::intake
