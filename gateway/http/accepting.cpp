#include "gateway/http/accepting.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>

namespace gateway::http {
namespace {

namespace beast = boost::beast;

// "q=0", "q=0.000": not at all.
bool is_refused(const beast::http::param_list& parameters) {
  for (const auto& [name, value] : parameters) {
    if (beast::iequals(name, "q")) return value.find_first_not_of("0.") == beast::string_view::npos;
  }
  return false;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  for (const auto& [coding, parameters] : beast::http::ext_list(accept_encoding)) {
    if (beast::iequals(coding, "gzip")) return !is_refused(parameters);
    if (coding == "*") any = !is_refused(parameters);
  }
  return any;
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

}  // namespace gateway::http
