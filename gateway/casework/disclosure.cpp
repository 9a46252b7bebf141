#include "gateway/casework/disclosure.h"

#include <boost/json/object.hpp>
#include <limits>

#include "gateway/casework/visible.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/posted_members.h"

namespace gateway::casework {

namespace json = boost::json;
using boost::asio::awaitable;

awaitable<http::Response> Disclosure::disclose(http::Request request) const {
  views::PostedMembers posted(request.body, {"reason", "version"});
  const std::string reason = posted.text("reason", views::reason_length);
  const auto number = posted.number("version", 1, std::numeric_limits<int>::max());
  if (!posted.faults().empty()) co_return posted.refusal();
  const auto version = number ? std::optional(static_cast<int>(*number)) : std::nullopt;
  const auto show = [&] { return answer(*request.caller, request.places["id"], version, reason); };
  co_return co_await parts_.store.run(show);
}

// If the act cannot be kept nothing is shown.
http::Response Disclosure::answer(const http::Caller& caller, const std::string& id, std::optional<int> version,
                                  const std::string& reason) const {
  auto whole = parts_.ledger.document(id, version);
  if (!whole || !caller.may(whole->summary.enterprise)) return views::absent_document(parts_.ledger, id, caller);
  const auto message = parts_.ledger.message_of(id, version);
  const base::Time now = parts_.clock.now();
  parts_.ledger.write_act(act_of(caller, ledger::ActKind::disclosure, whole->summary, reason, now));
  json::object shown = views::whole_document(parts_.knowledge, *std::move(whole), views::Personal::clear);
  return views::json_answer(200,
                            json::object{{"document", shown.at("document")},
                                         {"receipts", shown.at("receipts")},
                                         {"message", message ? json::value(message->signed_xml) : json::value(nullptr)},
                                         {"envelope", message ? json::value(message->envelope) : json::value(nullptr)},
                                         {"at", base::rfc3339(now)}});
}

}  // namespace gateway::casework
