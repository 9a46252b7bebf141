// A header value with parameters, as in Content-Type and Content-Disposition: `text/xml; charset="utf-8"` (RFC 2045
// §5.1), other alphabets by RFC 2231 §4. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace codecs::as2 {

struct FieldValue {
  std::string value;                              // lower case
  std::map<std::string, std::string> parameters;  // names in lower case, values without quotes

  std::string parameter(std::string_view name) const;  // empty where it is not there
};

// Nothing where a quote is not closed, a parameter has no name or no value, or one is there twice.
std::optional<FieldValue> read_field_value(std::string_view text);

// `; name=value`, quoted where it has to be, percent-encoded as UTF-8 where it is not ASCII.
std::string written_parameter(std::string_view name, std::string_view value);

}  // namespace codecs::as2
