#include "gateway/operations/audit_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "base/digest.h"
#include "gateway/views/answers.h"
#include "gateway/views/paging.h"
#include "gateway/views/parameters.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

json::object shown_act(const ledger::Act& act) {
  return {{"id", std::to_string(act.number)},
          {"at", base::rfc3339(act.at)},
          {"by", act.by},
          {"kind", ledger::word(act.kind)},
          {"subject", act.subject},
          {"enterprise", act.enterprise},
          {"reason", act.reason},
          {"digest", base::hex(act.digest)}};
}

ledger::ActQuery read_act_query(views::Parameters& parameters, const http::Caller& caller) {
  ledger::ActQuery query;
  query.since = parameters.time("since");
  query.until = parameters.time("until");
  query.by = parameters.text("by");
  if (const auto kind = parameters.text("kind")) {
    query.kind = ledger::read_act_kind(*kind);
    if (!query.kind) {
      parameters.refuse("kind", "没有这种操作；可用的种类见接口说明。",
                        "There is no such kind of act; the description of the API names them.");
    }
  }
  if (const auto document = parameters.text("document")) query.subject = "documents/" + *document;
  query.limit = views::read_limit(parameters);
  query.cursor = views::read_cursor(parameters);
  if (!caller.all_enterprises) {
    query.enterprises = caller.enterprises;
    query.own = caller.name;
  }
  return query;
}

}  // namespace

awaitable<http::Response> AuditPages::list(http::Request request) const {
  views::Parameters parameters(request.query, {"since", "until", "by", "kind", "document", "limit", "cursor"});
  const ledger::ActQuery query = read_act_query(parameters, *request.caller);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  ledger::ActPage page;
  if (!request.caller->sees_nothing()) {
    const auto read = [&] { return parts_.ledger.acts(query); };
    page = co_await parts_.store.run(read);
  }
  json::array acts;
  for (const ledger::Act& act : page.acts) acts.push_back(shown_act(act));
  json::object answer{{"acts", std::move(acts)}, {"next", nullptr}};
  if (page.next) answer["next"] = views::outgoing_cursor(*page.next);
  co_return views::json_answer(200, answer);
}

awaitable<http::Response> AuditPages::verification(http::Request) const {
  const auto verify = [this] { return parts_.ledger.verify_acts(); };
  const ledger::ActFindings findings = co_await parts_.store.run(verify);
  json::array breaks;
  for (const ledger::ActBreak& found : findings.breaks) {
    breaks.push_back({{"id", std::to_string(found.number)}, {"at", base::rfc3339(found.at)}});
  }
  const json::object answer{{"acts", findings.acts}, {"whole", findings.whole()}, {"breaks", std::move(breaks)}};
  co_return views::json_answer(200, answer);
}

}  // namespace gateway::operations
