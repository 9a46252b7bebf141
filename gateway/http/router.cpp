#include "gateway/http/router.h"

#include <algorithm>
#include <span>

#include "gateway/http/target.h"

namespace gateway::http {

namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    path.remove_prefix(slash + 1);
    parts.push_back(path.substr(0, path.find('/')));
  }
  return parts;
}

constexpr std::string_view rest_mark = "...}";

struct Match {
  std::map<std::string, std::string> places;
  std::size_t literals = 0;
};

std::string joined(std::span<const std::string_view> parts) {
  std::string whole;
  for (const std::string_view part : parts) {
    if (part.data() != parts.front().data()) whole += '/';
    whole += percent_decoded(part);
  }
  return whole;
}

std::optional<Match> match(std::string_view pattern, const std::vector<std::string_view>& path) {
  auto wanted = segments(pattern);
  Match match;
  if (wanted.back().ends_with(rest_mark)) {
    const std::string name(wanted.back().substr(1, wanted.back().size() - 1 - rest_mark.size()));
    wanted.pop_back();
    if (path.size() <= wanted.size()) return std::nullopt;
    match.places[name] = joined(std::span(path).subspan(wanted.size()));
  } else if (wanted.size() != path.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool place = wanted[i].starts_with('{') && wanted[i].ends_with('}');
    if (!place && percent_decoded(path[i]) != wanted[i]) return std::nullopt;
    if (place && path[i].empty()) return std::nullopt;
    if (place) match.places[std::string(wanted[i].substr(1, wanted[i].size() - 2))] = percent_decoded(path[i]);
    if (!place) ++match.literals;
  }
  return match;
}

}  // namespace

Router::Found Router::find(std::string_view method, std::string_view path) const {
  const auto parts = segments(path);
  Found found;
  std::size_t literals = 0;
  for (const Route& route : routes_) {
    auto matched = match(route.pattern, parts);
    if (!matched) continue;
    if (route.method != method) {
      found.other_methods.push_back(route.method);
    } else if (found.route == nullptr || matched->literals > literals) {
      found.route = &route;  // a literal segment goes before a place
      found.places = std::move(matched->places);
      literals = matched->literals;
    }
  }
  auto& others = found.other_methods;
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  return found;
}

}  // namespace gateway::http
