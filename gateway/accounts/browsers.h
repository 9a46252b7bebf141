// What a browser sends with a call and keeps for the next one: the session's cookie, the token against forged calls,
// the site that the call came from. Pure.
#pragma once

#include <string>
#include <string_view>

#include "gateway/http/message.h"

namespace gateway::accounts {

std::string session_cookie_of(const http::Headers& headers);  // the secret word; empty: none
// Set-Cookie; without a secret word the cookie goes.
std::string setting_cookie(std::string_view secret);

// Of the session with this secret word: only its own pages can know it.
std::string csrf_token(std::string_view secret);
bool changes_something(std::string_view method);
// By Sec-Fetch-Site, where the browser sends it, else by Origin and Host. False for what is no browser.
bool comes_from_another_site(const http::Headers& headers);
// "zh" or "en", by Accept-Language; empty: neither.
std::string preferred_language(const http::Headers& headers);

}  // namespace gateway::accounts
