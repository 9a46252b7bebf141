#include "gateway/http/router.h"

#include <algorithm>

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

using Places = std::map<std::string, std::string>;

std::optional<Places> match(std::string_view pattern, const std::vector<std::string_view>& path) {
  const auto wanted = segments(pattern);
  if (wanted.size() != path.size()) return std::nullopt;
  Places places;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool place = wanted[i].starts_with('{') && wanted[i].ends_with('}');
    if (!place && percent_decoded(path[i]) != wanted[i]) return std::nullopt;
    if (!place) continue;
    if (path[i].empty()) return std::nullopt;
    places[std::string(wanted[i].substr(1, wanted[i].size() - 2))] = percent_decoded(path[i]);
  }
  return places;
}

}  // namespace

Router::Found Router::find(std::string_view method, std::string_view path) const {
  const auto parts = segments(path);
  Found found;
  for (const Route& route : routes_) {
    auto places = match(route.pattern, parts);
    if (!places) continue;
    if (route.method != method) {
      found.other_methods.push_back(route.method);
    } else if (found.route == nullptr || places->size() < found.places.size()) {
      found.route = &route;  // a literal segment goes before a place
      found.places = std::move(*places);
    }
  }
  auto& others = found.other_methods;
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  return found;
}

}  // namespace gateway::http
