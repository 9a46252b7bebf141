#include "gateway/accounts/session_json.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "gateway/accounts/browsers.h"

namespace gateway::accounts {

namespace json = boost::json;

namespace {

json::array enterprises_of(const http::Caller& caller) {
  json::array codes;
  if (caller.all_enterprises) codes.emplace_back("*");
  for (const std::string& code : caller.enterprises) codes.emplace_back(code);
  return codes;
}

}  // namespace

json::object session_json(const KnownSession& known, std::string_view secret, const ledger::SessionTimes& times,
                          const std::string& language, std::size_t accounts) {
  const auto& session = known.session;
  const base::Time end = session.signed_in_at + times.whole;
  return {{"name", known.caller.name},
          {"role", config::word(known.caller.role)},
          {"enterprises", enterprises_of(known.caller)},
          {"language", language.empty() ? json::value(nullptr) : json::value(language)},
          {"csrf", csrf_token(secret)},
          {"signed_in_at", base::rfc3339(session.signed_in_at)},
          {"expires_at", base::rfc3339(end)},
          {"idle_expires_at", base::rfc3339(std::min(end, session.last_seen_at + times.idle))},
          {"by", ledger::word(session.by)},
          {"accounts", accounts}};
}

json::object listed(const ledger::KeptSession& session, const ledger::SessionTimes& times, std::string_view current) {
  return {{"id", session.digest},
          {"name", session.name},
          {"signed_in_at", base::rfc3339(session.signed_in_at)},
          {"last_seen_at", base::rfc3339(session.last_seen_at)},
          {"expires_at", base::rfc3339(session.signed_in_at + times.whole)},
          {"address", session.address},
          {"agent", session.agent},
          {"current", session.digest == current}};
}

}  // namespace gateway::accounts
