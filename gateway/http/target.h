// What stands in the request line: path and query of RFC 3986. The path stays percent-encoded, so that a %2F inside a
// segment is not taken for a separator; the query is decoded, and its "+" is a plus. A target that breaks the grammar
// is nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gateway::http {

struct Target {
  std::string encoded_path;
  std::map<std::string, std::string> query;  // of a repeated name the last one
};

std::optional<Target> read_target(std::string_view text);

// Every %XX replaced by its byte; text without a valid escape stays as it is.
std::string percent_decoded(std::string_view text);

// Fit for one segment of a path or one value of a query.
std::string percent_encoded(std::string_view text);

}  // namespace gateway::http
