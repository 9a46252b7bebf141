#include "gateway/accounts/browsers.h"

#include <algorithm>
#include <cctype>

#include "base/digest.h"

namespace gateway::accounts {

namespace {

constexpr std::string_view cookie_name = "cebgate_session";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

// The parts between the separators, the first for which `wanted` is true; empty: none.
template <class Wanted>
std::string_view first_part(std::string_view text, char separator, Wanted wanted) {
  for (;;) {
    const auto end = text.find(separator);
    const std::string_view part = trimmed(text.substr(0, end));
    if (wanted(part)) return part;
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
}

bool is_same_text(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

std::string session_cookie_of(const http::Headers& headers) {
  const std::string start = std::string(cookie_name) + "=";
  const auto cookie =
      first_part(headers.get("Cookie"), ';', [&](std::string_view part) { return part.starts_with(start); });
  return std::string(cookie.empty() ? cookie : cookie.substr(start.size()));
}

std::string setting_cookie(std::string_view secret) {
  std::string cookie = std::string(cookie_name) + "=" + std::string(secret);
  if (secret.empty()) cookie += "; Max-Age=0";
  return cookie + "; HttpOnly; Secure; SameSite=Strict; Path=/";
}

std::string csrf_token(std::string_view secret) { return base::hex(base::hmac_sha256(secret, "csrf")); }

bool changes_something(std::string_view method) { return method != "GET" && method != "HEAD"; }

bool comes_from_another_site(const http::Headers& headers) {
  const auto site = headers.get("Sec-Fetch-Site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  std::string_view origin = headers.get("Origin");
  if (origin.empty()) return false;
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return true;  // "null" among them
  origin.remove_prefix(scheme + 3);
  return !is_same_text(origin, headers.get("Host"));
}

std::string preferred_language(const http::Headers& headers) {
  const auto found = first_part(headers.get("Accept-Language"), ',',
                                [](std::string_view part) { return part.starts_with("zh") || part.starts_with("en"); });
  return std::string(found.substr(0, 2));
}

}  // namespace gateway::accounts
