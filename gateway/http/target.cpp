#include "gateway/http/target.h"

#include <boost/url/decode_view.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

namespace gateway::http {

namespace urls = boost::urls;

std::optional<Target> read_target(std::string_view text) {
  auto parsed = urls::parse_origin_form(text);
  if (!parsed) parsed = urls::parse_absolute_uri(text);  // what a proxy sends (RFC 9112 §3.2.2)
  if (!parsed) return std::nullopt;
  Target target{std::string(std::string_view(parsed->encoded_path())), {}};
  for (const auto& parameter : parsed->encoded_params()) {
    if (parameter.key.empty() && !parameter.has_value) continue;  // "?" alone, "&&": there is nothing to read
    target.query[percent_decoded(std::string_view(parameter.key))] =
        parameter.has_value ? percent_decoded(std::string_view(parameter.value)) : std::string{};
  }
  return target;
}

std::string percent_decoded(std::string_view text) {
  const auto encoded = urls::make_pct_string_view(text);
  if (!encoded) return std::string(text);
  std::string plain;
  plain.reserve(encoded->decoded_size());
  for (const char c : **encoded) plain.push_back(c);
  return plain;
}

std::string percent_encoded(std::string_view text) { return urls::encode(text, urls::unreserved_chars); }

}  // namespace gateway::http
