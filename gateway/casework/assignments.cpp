#include "gateway/casework/assignments.h"

#include <boost/json/object.hpp>

#include "gateway/casework/visible.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/parameters.h"
#include "gateway/views/posted_members.h"

namespace gateway::casework {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::size_t longest_name = 100;  // characters

json::object assignment_json(const ledger::Assignment& assignment) {
  return {{"to", assignment.to.empty() ? json::value(nullptr) : json::value(assignment.to)},
          {"by", assignment.by},
          {"reason", assignment.reason},
          {"at", base::rfc3339(assignment.at)}};
}

}  // namespace

awaitable<http::Response> Assignments::show(http::Request request) const {
  const views::Parameters parameters(request.query, {});
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const std::string id = request.places["id"];
  const auto read = [&]() -> http::Response {
    if (!visible(parts_.ledger, *request.caller, id)) return views::absent_document(parts_.ledger, id, *request.caller);
    return views::json_answer(200, assignment_json(parts_.ledger.assignment_of(id).value_or(ledger::Assignment{})));
  };
  co_return co_await parts_.store.run(read);
}

awaitable<http::Response> Assignments::assign(http::Request request) const {
  views::PostedMembers posted(request.body, {"to", "reason"});
  ledger::Assignment assignment;
  if (posted.has("to")) assignment.to = posted.text("to", {1, longest_name});
  if (!posted.members().contains("to")) {
    posted.refuse("to", "请写明交给谁：姓名、erp，或 null（不再由人负责）。",
                  "Say to whom: a name, erp, or null for nobody any more.");
  }
  assignment.reason = posted.text("reason", views::reason_length);
  assignment.by = request.caller->name;
  assignment.at = parts_.clock.now();
  if (!posted.faults().empty()) co_return posted.refusal();
  const std::string id = request.places["id"];
  const auto write = [&]() -> http::Response {
    const auto document = visible(parts_.ledger, *request.caller, id);
    if (!document) return views::absent_document(parts_.ledger, id, *request.caller);
    const std::string told = "交还 ERP 处理 | given back to the ERP: " + assignment.reason;
    const std::string why = (assignment.to.empty() ? "-" : assignment.to) + ": " + assignment.reason;
    parts_.ledger.assign(id, assignment, told,
                         act_of(*request.caller, ledger::ActKind::assignment, *document, why, assignment.at));
    return views::json_answer(200, assignment_json(assignment));
  };
  http::Response response = co_await parts_.store.run(write);
  if (response.status == 200 && assignment.to == ledger::to_erp && parts_.on_told) parts_.on_told();
  co_return response;
}

}  // namespace gateway::casework
