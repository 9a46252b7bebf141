#include "gateway/keys/report.h"

#include <algorithm>
#include <utility>

namespace gateway::keys {

std::string_view word(Standing standing) {
  switch (standing) {
    case Standing::in_use:
      return "in_use";
    case Standing::waiting:
      return "waiting";
    case Standing::resting:
      return "resting";
    case Standing::out_of_use:
      return "out_of_use";
    case Standing::relieved:
      return "relieved";
  }
  return "";
}

std::string_view word(Nearness nearness) {
  switch (nearness) {
    case Nearness::far:
      return "far";
    case Nearness::within_60_days:
      return "within_60_days";
    case Nearness::within_30_days:
      return "within_30_days";
    case Nearness::within_7_days:
      return "within_7_days";
    case Nearness::ended:
      return "ended";
  }
  return "";
}

Nearness nearness(base::Time not_after, base::Time now) {
  using std::chrono::days;
  const auto left = not_after - now;
  if (left < std::chrono::milliseconds(0)) return Nearness::ended;
  if (left <= days(7)) return Nearness::within_7_days;
  if (left <= days(30)) return Nearness::within_30_days;
  return left <= days(60) ? Nearness::within_60_days : Nearness::far;
}

namespace {

// pin-value, pin-source.
bool is_about_a_pin(std::string_view attribute) {
  constexpr std::string_view pin = "pin-";
  const auto same = [](char a, char b) { return a == static_cast<char>(b | 0x20) || a == b; };
  return attribute.size() >= pin.size() && std::equal(pin.begin(), pin.end(), attribute.begin(), same);
}

}  // namespace

std::string uri_without_pin(const std::string& uri) {
  const auto query = uri.find('?');
  std::string kept = uri.substr(0, query);
  char before = '?';
  for (auto at = query; at < uri.size();) {
    const auto end = std::min(uri.find('&', at + 1), uri.size());
    const std::string attribute = uri.substr(at + 1, end - at - 1);
    if (!is_about_a_pin(attribute)) kept += std::exchange(before, '&') + attribute;
    at = end;
  }
  return kept;
}

}  // namespace gateway::keys
