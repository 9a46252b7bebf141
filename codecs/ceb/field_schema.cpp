#include "codecs/ceb/field_schema.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace codecs::ceb {

namespace {

namespace json = boost::json;
using schemas::BaseType;

// The patterns keep to what ECMA-262 and Python's re read alike. There $ also stands before a line break at the end,
// hence `end`.
const std::string white = R"( \t\n\r)";
const std::string no_xml_character = R"(\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF)";  // XML 1.0 [2] Char
const std::string end = R"($(?!\n))";

std::string times(std::size_t least, const std::optional<std::size_t>& most) {
  return "{" + std::to_string(least) + "," + (most ? std::to_string(*most) : "") + "}";
}
std::string up_to(std::size_t most) { return times(0, most); }

std::string any_text() { return "^[^" + no_xml_character + "]*$"; }

// A run of white space counts as one character, at the ends as none.
std::string collapsed_text(std::size_t least, const std::optional<std::size_t>& most) {
  const std::string run = "[" + white + "]", solid = "[^" + white + no_xml_character + "]";
  return "^" + run + "*(?!" + run + ")(?:" + solid + "|" + run + "+(?=" + solid + "))" + times(least, most) + run +
         "*$";
}

// Zeros in front and zeros at the end of the decimals are free, as long as libxml2 reads the number (24 digits).
std::string decimal(const schemas::Facets& facets) {
  const std::string digit = R"((?:\.?[0-9]))";
  std::string refused = digit + "{25}";
  if (facets.total_digits) refused += "|" + digit + "{" + std::to_string(*facets.total_digits) + R"(}\.?[0-9]*[1-9])";
  const std::string whole = "[0-9]" + (facets.total_digits ? up_to(*facets.total_digits) : "*");
  const std::string decimals = facets.fraction_digits ? "[0-9]" + up_to(*facets.fraction_digits) + "0*" : "[0-9]*";
  return "^[" + white + R"(]*[+-]?(?=\.?[0-9])0*(?!)" + refused + ")" + whole + R"((?:\.)" + decimals + ")?[" + white +
         "]*$";
}

// A number of as many digits as `most` or fewer that is not greater: the digits that may differ, one after the other.
std::string not_above(std::string_view most) {
  std::string pattern = "[0-9]" + times(1, most.size() - 1);
  for (std::size_t at = 0; at < most.size(); ++at) {
    const char lowest = at == 0 ? '1' : '0';
    if (most[at] == lowest) continue;
    const char below = static_cast<char>(most[at] - 1);
    pattern += "|" + std::string(most.substr(0, at)) + "[" + lowest + "-" + below + "][0-9]{" +
               std::to_string(most.size() - at - 1) + "}";
  }
  return pattern + "|" + std::string(most);
}

bool is_narrower_than_int(const schemas::Facets& facets) { return facets.total_digits.value_or(10) < 10; }

// libxml2 takes no white space round an xs:int.
std::string whole_number(const schemas::Facets& facets) {
  if (is_narrower_than_int(facets)) return "^[+-]?0*[0-9]" + times(1, *facets.total_digits) + end;
  return "^(?:[+-]?0*(?:" + not_above("2147483647") + ")|-0*2147483648)" + end;
}

std::int64_t ten_to(std::size_t power) {
  std::int64_t value = 1;
  for (std::size_t i = 0; i < std::min(power, most_number_digits); ++i) value *= 10;
  return value;
}

std::int64_t largest_of(std::size_t digits) { return ten_to(digits) - 1; }

void limit(json::object& schema, std::int64_t least, std::int64_t most) {
  schema["minimum"] = least;
  schema["maximum"] = most;
}

// Of numbers in a field of text: those whose shortest spelling has as many characters as the field.
void limit_spelling(json::object& schema, std::size_t least, const std::optional<std::size_t>& most) {
  constexpr std::size_t longest_spelling = most_number_digits + 3;  // -0.123456789012345
  const std::size_t longest = std::min(most.value_or(longest_spelling), longest_spelling);
  if (longest == 0 || least > most_number_digits) {
    schema["type"] = "string";
    return;
  }
  limit(schema, -largest_of(longest - 1), largest_of(longest));
  if (least > 1) {
    schema["not"] = {
        {"type", "integer"}, {"exclusiveMinimum", -ten_to(least - 2)}, {"exclusiveMaximum", ten_to(least - 1)}};
  }
  const bool may_have_a_point = longest >= 3;
  schema["type"] = {"string", may_have_a_point ? "number" : "integer"};
  if (!may_have_a_point || longest == longest_spelling) return;
  const std::int64_t most_negative = longest == 3 ? 0 : -ten_to(longest - 3);
  schema["anyOf"] = {{{"type", {"string", "integer"}}},
                     {{"exclusiveMinimum", most_negative}, {"exclusiveMaximum", ten_to(longest - 2)}}};
}

json::object text_schema(const schemas::Facets& facets) {
  const std::size_t least = facets.length.value_or(facets.min_length.value_or(0));
  const auto most = facets.length ? facets.length : facets.max_length;
  json::object schema{{"type", nullptr}};
  if (facets.collapses_white_space) {
    schema["pattern"] = collapsed_text(least, most);
  } else {
    if (least > 0) schema["minLength"] = least;
    if (most) schema["maxLength"] = *most;
    schema["pattern"] = any_text();
  }
  limit_spelling(schema, least, most);
  return schema;
}

json::object number_schema(const schemas::Facets& facets) {
  if (facets.base == BaseType::decimal) {
    json::object schema{{"type", {"string", "number"}}, {"pattern", decimal(facets)}};
    const std::int64_t largest = largest_of(facets.total_digits.value_or(most_number_digits));
    limit(schema, -largest, largest);
    return schema;
  }
  json::object schema{{"type", {"string", "integer"}}, {"pattern", whole_number(facets)}};
  if (is_narrower_than_int(facets)) {
    limit(schema, -largest_of(*facets.total_digits), largest_of(*facets.total_digits));
  } else {
    limit(schema, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max());
  }
  return schema;
}

// Also as a number, where that would be spelt so. An empty element takes the value.
json::object fixed_schema(const std::string& value) {
  json::array allowed{json::string(value), ""};
  std::int64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  if (read.ec == std::errc{} && std::to_string(number) == value) allowed.emplace_back(number);
  return {{"enum", std::move(allowed)}};
}

}  // namespace

std::string format_of(const schemas::Facets& facets) {
  if (facets.base != BaseType::string) {
    if (!facets.total_digits) return std::string(facets.base == BaseType::integer ? "int" : word(facets.base));
    const std::string digits = "N" + std::to_string(*facets.total_digits);
    if (facets.base == BaseType::integer) return digits;
    return digits + "," + std::to_string(facets.fraction_digits.value_or(*facets.total_digits));
  }
  if (facets.length) return "C" + std::to_string(*facets.length);
  const std::string least = facets.min_length ? std::to_string(*facets.min_length) : "";
  const std::string most = facets.max_length ? std::to_string(*facets.max_length) : "";
  return "C" + (least == most ? least + (least.empty() ? ".." : "") : least + ".." + most);
}

json::object field_schema(const schemas::Facets& facets) {
  if (facets.fixed_value) return fixed_schema(*facets.fixed_value);
  const bool is_number = facets.base == BaseType::decimal || facets.base == BaseType::integer;
  // Dates and their like stand in envelopes only, which have no JSON form.
  const bool is_text = facets.base == BaseType::string;
  json::object schema = is_number ? number_schema(facets) : is_text ? text_schema(facets) : json::object{};
  if (!facets.default_value) return schema;
  return {{"anyOf", {{{"const", ""}}, std::move(schema)}}, {"default", json::string(*facets.default_value)}};
}

}  // namespace codecs::ceb
