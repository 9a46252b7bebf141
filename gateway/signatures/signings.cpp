#include "gateway/signatures/signings.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "gateway/views/answers.h"
#include "gateway/views/paging.h"
#include "gateway/views/parameters.h"

namespace gateway::signatures {
namespace {

namespace json = boost::json;

json::object told(const ledger::Signing& signing) {
  const std::string_view manner = signing.kind == ledger::SigningKind::xml ? "dialect" : "algorithm";
  return {{"number", signing.number},         {"at", base::rfc3339(signing.at)},
          {"client", signing.client},         {"enterprise", signing.enterprise},
          {"kind", word(signing.kind)},       {"bytes", signing.bytes},
          {"sha256", signing.digest},         {"type", signing.type},
          {manner, signing.manner},           {"serial", signing.serial},
          {"outcome", word(signing.outcome)}, {"reason", signing.reason}};
}

ledger::SigningQuery read_query(views::Parameters& parameters, const http::Caller& caller) {
  ledger::SigningQuery query;
  query.enterprise = parameters.text("enterprise");
  query.client = parameters.text("client");
  query.since = parameters.time("since");
  query.until = parameters.time("until");
  query.limit = views::read_limit(parameters);
  query.cursor = views::read_cursor(parameters);
  query.enterprises = caller.enterprises;
  return query;
}

}  // namespace

boost::asio::awaitable<http::Response> Signings::list(http::Request request) const {
  views::Parameters parameters(request.query, {"enterprise", "client", "since", "until", "limit", "cursor"});
  const auto query = read_query(parameters, *request.caller);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  ledger::SigningPage page;
  if (!request.caller->sees_nothing()) {
    const auto read = [&] { return parts_.ledger.signings(query); };
    page = co_await parts_.store.run(read);
  }
  json::array signings;
  for (const auto& signing : page.signings) signings.push_back(told(signing));
  json::object answer{{"signings", std::move(signings)}, {"next", nullptr}};
  if (page.next) answer["next"] = views::outgoing_cursor(*page.next);
  co_return views::json_answer(200, answer);
}

}  // namespace gateway::signatures
