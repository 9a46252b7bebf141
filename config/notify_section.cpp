// What a client's section says of notices to it.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string_view>

#include "config/sections.h"
#include "config/values.h"

namespace config {

namespace {

constexpr std::string_view https = "https://", http = "http://";
constexpr std::size_t longest_url = 2048;

bool is_port(std::string_view digits) {
  unsigned port = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, port);
  return error == std::errc{} && stop == end && port > 0 && port <= 65535;
}

// HOST, HOST:PORT, [IPv6] or [IPv6]:PORT.
bool is_place(std::string_view place) {
  const auto bracket = place.starts_with('[') ? place.find(']') : 0;
  if (bracket == std::string_view::npos) return false;
  const auto colon = place.find(':', bracket);
  const auto host = place.substr(0, colon);
  return !host.empty() && host != "[]" && (colon == std::string_view::npos || is_port(place.substr(colon + 1)));
}

// An address as RFC 3986 writes it, without a fragment, which nobody is sent.
bool is_address(std::string_view url, std::size_t place_begins) {
  const bool is_plain = std::ranges::all_of(url, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
  const auto place_ends = std::min(url.find_first_of("/?", place_begins), url.size());
  return is_plain && url.size() <= longest_url && url.find('#') == std::string_view::npos &&
         is_place(url.substr(place_begins, place_ends - place_begins));
}

// Whatever stands in it may be a password, so that it is not repeated.
bool names_a_user(std::string_view url, std::size_t place_begins) {
  const auto place = url.substr(place_begins, url.find_first_of("/?#", place_begins) - place_begins);
  return place.find('@') != std::string_view::npos;
}

void check_url(TableReader& reader, const Notifying& notifying) {
  const std::string_view url = notifying.url;
  const bool is_http = url.starts_with(http);
  if (url.empty()) return;
  if (!is_http && !url.starts_with(https)) {
    complain_value(reader, "notify_url", notifying.url, "https:// 开头的地址", "an https:// address");
    return;
  }
  const std::size_t place_begins = is_http ? http.size() : https.size();
  if (names_a_user(url, place_begins)) {
    reader.complain("notify_url", "settings.value",
                    "notify_url 不得包含用户名或口令；接收方应验证签名（notify_secret）。",
                    "notify_url must not hold a user name or a password; the receiver verifies the signature "
                    "(notify_secret).");
  } else if (!is_address(url, place_begins)) {
    complain_value(reader, "notify_url", notifying.url, "https://主机[:端口]/路径，不超过 2048 个字符，不含 # 部分",
                   "https://HOST[:PORT]/PATH of at most 2,048 characters without a # part");
  }
  if (is_http && notifying.targets != Targets::private_too) {
    reader.complain("notify_url", "settings.value",
                    "通知只能发往 https:// 地址；仅当 notify_private = true 时可用 http:// 发往内网地址。",
                    "Notices go to https:// addresses alone; http:// is for private addresses, with notify_private = "
                    "true.");
  }
}

void check_secret(TableReader& reader, const std::string& secret) {
  static constexpr std::array<std::string_view, 3> schemes{"env:", "file:", "credential:"};
  if (std::ranges::any_of(schemes, [&](std::string_view scheme) { return secret.starts_with(scheme); })) return;
  reader.complain("notify_secret", "settings.secret",
                  "notify_secret 不能直接写在设置中；请写明从何处读取：file:路径、env:环境变量名 或 credential:名称"
                  "（systemd）。",
                  "notify_secret is not written into the settings; name where it stands: file:PATH, env:NAME or "
                  "credential:NAME (systemd).");
}

}  // namespace

std::optional<Notifying> read_notifying(TableReader& reader) {
  if (!reader.has("notify_url")) {
    for (const std::string_view key : {"notify_secret", "notify_private"}) {
      if (!reader.has(key)) continue;
      reader.complain(key, "settings.missing", std::string(key) + " 只与 notify_url 一起使用；请写明通知发往的地址。",
                      std::string(key) + " goes with notify_url alone; say where the notices are to go.");
    }
    return std::nullopt;
  }
  Notifying notifying;
  notifying.url = reader.required_text("notify_url");
  notifying.targets = reader.truth("notify_private", false) ? Targets::private_too : Targets::public_alone;
  check_url(reader, notifying);
  notifying.secret = reader.required_text("notify_secret");
  if (!notifying.secret.empty()) check_secret(reader, notifying.secret);
  return notifying;
}

}  // namespace config
