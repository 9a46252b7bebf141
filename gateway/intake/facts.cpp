#include "gateway/intake/facts.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "gateway/intake/post_answers.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/document_query.h"
#include "gateway/views/masking.h"
#include "gateway/views/paging.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

using Kept = ledger::Ledger::KeptFact;
using Reported = std::vector<ReportedFact>;

constexpr std::array<std::string_view, 3> result_words{"added", "replaced", "known"};

ledger::Fact fact_of(const ReportedFact& reported, const std::string& client) {
  const Candidate& candidate = reported.candidate;
  const schemas::MessageType& type = *candidate.type;
  ledger::Fact fact;
  fact.enterprise = candidate.enterprise->code;
  fact.type = type.name;
  fact.key = candidate.key;
  fact.number = candidate.number;
  fact.document = json::serialize(codecs::ceb::write_document(type, candidate.body));
  fact.status = reported.status;
  for (codecs::ceb::Number& number : codecs::ceb::related_numbers(type, candidate.body)) {
    fact.numbers.push_back({std::move(number.kind), std::move(number.value)});
  }
  fact.client = client;
  return fact;
}

Candidates candidates_of(const Reported& facts) {
  Candidates candidates;
  for (const ReportedFact& fact : facts) candidates.push_back(fact.candidate);
  return candidates;
}

http::Response answer(const Reported& facts, const std::vector<Kept>& kept) {
  json::array items;
  auto next = kept.begin();
  for (const ReportedFact& fact : facts) {
    const Candidate& candidate = fact.candidate;
    if (candidate.is_refused()) {
      items.push_back({{"index", candidate.index}, {"faults", views::faults(candidate.faults)}});
      continue;
    }
    items.push_back({{"result", result_words.at(static_cast<std::size_t>(*next++))},
                     {"type", candidate.type->name},
                     {"key", candidate.key},
                     {"number", candidate.number},
                     {"enterprise", candidate.enterprise->code}});
  }
  return views::json_answer(200, items);
}

json::object shown(const schemas::Catalog& catalog, const ledger::Fact& fact) {
  const schemas::MessageType* type = catalog.find(fact.type);
  return {{"type", fact.type},
          {"key", fact.key},
          {"number", fact.number},
          {"enterprise", fact.enterprise},
          {"status", fact.status},
          {"document", type == nullptr ? json::value(nullptr) : views::masked_document(*type, fact.document)},
          {"client", fact.client},
          {"reported_at", base::rfc3339(fact.reported_at)}};
}

}  // namespace

boost::asio::awaitable<http::Response> Facts::report(http::Request request) const {
  views::Parameters parameters(request.query, {"partial"});
  const std::string partial = parameters.text("partial").value_or("false");
  if (partial != "true" && partial != "false") parameters.refuse("partial", "只能是 true 或 false。", "true or false.");
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] { return reader_.read(*request.caller, request.body); };
  auto post = co_await parts_.work.run(read);
  if (auto* response = std::get_if<http::Response>(&post)) co_return std::move(*response);
  const auto& reported = std::get<Reported>(post);
  std::vector<ledger::Fact> facts;
  for (const ReportedFact& one : reported) {
    if (!one.candidate.is_refused()) facts.push_back(fact_of(one, request.caller->name));
  }
  if (facts.size() < reported.size() && partial == "false") co_return refused(candidates_of(reported));
  const auto keep = [&] { return parts_.ledger.keep_facts(facts, parts_.clock.now()); };
  const std::vector<Kept> kept = co_await parts_.store.run(keep);
  if (parts_.on_accepted) parts_.on_accepted();
  co_return answer(reported, kept);
}

boost::asio::awaitable<http::Response> Facts::list(http::Request request) const {
  views::Parameters parameters(request.query, {"type", "key", "enterprise", "since", "until", "limit", "cursor"});
  const ledger::Query wanted = views::read_document_query(parameters, parts_.catalog);
  ledger::FactQuery query;
  query.type = wanted.type;
  query.key = wanted.key;
  query.enterprise = wanted.enterprise;
  query.since = wanted.since;
  query.until = wanted.until;
  query.limit = views::read_limit(parameters);
  query.cursor = views::read_cursor(parameters);
  query.enterprises = request.caller->enterprises;
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  ledger::FactPage page;
  if (!request.caller->sees_nothing()) {
    const auto read = [&] { return parts_.ledger.facts(query); };
    page = co_await parts_.store.run(read);
  }
  json::array facts;
  for (const ledger::Fact& fact : page.facts) facts.push_back(shown(parts_.catalog, fact));
  json::object answer{{"facts", std::move(facts)}, {"next", nullptr}};
  if (page.next) answer["next"] = views::outgoing_cursor(*page.next);
  co_return views::json_answer(200, answer);
}

}  // namespace gateway::intake
