// A session as its own pages see it, and in a list.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/accounts/sessions.h"
#include "gateway/http/message.h"

namespace gateway::accounts {

boost::json::object session_json(const KnownSession& known, std::string_view secret, const ledger::SessionTimes& times,
                                 const std::string& language, std::size_t accounts);
boost::json::object listed(const ledger::KeptSession& session, const ledger::SessionTimes& times,
                           std::string_view current);

}  // namespace gateway::accounts
