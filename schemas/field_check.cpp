#include "schemas/field_check.h"

#include <algorithm>
#include <cstdint>
#include <libxml/xmlschemastypes.h>

#include "schemas/libxml.h"

namespace schemas {

namespace {

using Found = std::optional<FieldFault>;

constexpr std::size_t most_digits_read = 24;  // libxml2 reads no longer numbers, zeros at the end included

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string collapsed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!is_white(c)) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

// A decimal number without needless zeros.
struct Decimal {
  bool negative = false;
  std::string_view whole, fraction;
  std::size_t digits_read = 0;

  std::size_t total_digits() const { return std::max<std::size_t>(whole.size() + fraction.size(), 1); }
  bool operator==(const Decimal& other) const {
    const bool zero = whole.empty() && fraction.empty();
    return whole == other.whole && fraction == other.fraction && (zero || negative == other.negative);
  }
};

std::string_view take_digits(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_digit);
  const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal number;
  if (text.starts_with('-') || text.starts_with('+')) {
    number.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  number.whole = take_digits(text);
  bool any_digit = !number.whole.empty();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    number.fraction = take_digits(text);
    any_digit = any_digit || !number.fraction.empty();
  }
  if (!text.empty() || !any_digit) return std::nullopt;
  number.whole.remove_prefix(std::min(number.whole.find_first_not_of('0'), number.whole.size()));
  number.digits_read = number.whole.size() + number.fraction.size();
  number.fraction = number.fraction.substr(0, number.fraction.find_last_not_of('0') + 1);
  return number;
}

Found too_many_digits(std::size_t digits, std::size_t allowed) {
  const std::string have = std::to_string(digits), most = std::to_string(allowed);
  return FieldFault{"schema.digits", have + " 位数字，最多 " + most + " 位", have + " digits, at most " + most};
}

Found check_digits(const Facets& facets, const Decimal& number) {
  if (facets.total_digits && number.total_digits() > *facets.total_digits) {
    return too_many_digits(number.total_digits(), *facets.total_digits);
  }
  if (number.digits_read > most_digits_read) return too_many_digits(number.digits_read, most_digits_read);
  if (facets.fraction_digits && number.fraction.size() > *facets.fraction_digits) {
    const std::string have = std::to_string(number.fraction.size()), most = std::to_string(*facets.fraction_digits);
    return FieldFault{"schema.digits", have + " 位小数，最多 " + most + " 位", have + " decimals, at most " + most};
  }
  return std::nullopt;
}

Found check_decimal(const Facets& facets, std::string_view text) {
  const auto number = read_decimal(text);
  if (number) return check_digits(facets, *number);
  return FieldFault{"schema.number", "不是数字，应写作 1234.5 的形式", "not a number; write it like 1234.5"};
}

bool is_in_int_range(const Decimal& number) {
  constexpr std::string_view most_positive = "2147483647", most_negative = "2147483648";
  const auto most = number.negative ? most_negative : most_positive;
  return number.whole.size() < most.size() || (number.whole.size() == most.size() && number.whole <= most);
}

Found check_integer(const Facets& facets, std::string_view text) {
  const auto number = text.find('.') == std::string_view::npos ? read_decimal(text) : std::nullopt;
  if (!number) return FieldFault{"schema.number", "不是整数，只能用数字", "not a whole number; use digits only"};
  if (!is_in_int_range(*number)) {
    return FieldFault{"schema.number", "超出范围，应在 -2147483648 至 2147483647 之间",
                      "out of range, from -2147483648 to 2147483647"};
  }
  return check_digits(facets, *number);
}

bool is_of(xmlSchemaValType type, const std::string& text) {
  return xmlSchemaValidatePredefinedType(xmlSchemaGetBuiltInType(type), chars(text.c_str()), nullptr) == 0;
}

Found check_date(const std::string& text) {
  if (is_of(XML_SCHEMAS_DATE, text)) return std::nullopt;
  return FieldFault{"schema.date", "不是日期，应写作 2026-01-31 的形式", "not a date; write it like 2026-01-31"};
}

Found check_date_time(const std::string& text) {
  if (is_of(XML_SCHEMAS_DATETIME, text)) return std::nullopt;
  return FieldFault{"schema.date", "不是日期和时间，应写作 2026-01-31T09:30:00 的形式",
                    "not a date and time; write it like 2026-01-31T09:30:00"};
}

Found check_base64(const std::string& text) {
  if (is_of(XML_SCHEMAS_BASE64BINARY, text)) return std::nullopt;
  return FieldFault{"schema.base64", "不是 Base64 编码", "not Base64"};
}

// That no other element has the same one is left to libxml2's verdict.
Found check_id(const std::string& text) {
  if (is_of(XML_SCHEMAS_NCNAME, text)) return std::nullopt;
  return FieldFault{"schema.id", "应以字母或下划线开头，不含空格和冒号",
                    "must begin with a letter or an underline, without blanks and colons"};
}

Found check_length(const Facets& facets, std::string_view text) {
  const std::size_t count = characters(text);
  const auto fault = [count](const char* zh, const char* en, std::size_t allowed) {
    const std::string have = std::to_string(count), limit = std::to_string(allowed);
    return FieldFault{"schema.length", have + " 个字符，" + zh + " " + limit + " 个",
                      have + " characters, " + en + " " + limit};
  };
  if (facets.length && count != *facets.length) return fault("应为", "must be", *facets.length);
  if (facets.max_length && count > *facets.max_length) return fault("最多", "at most", *facets.max_length);
  if (facets.min_length && count < *facets.min_length) return fault("最少", "at least", *facets.min_length);
  return std::nullopt;
}

Found check_fixed(const Facets& facets, std::string_view text) {
  const std::string& fixed = *facets.fixed_value;
  bool equal = text == fixed;
  if (facets.base == BaseType::decimal || facets.base == BaseType::integer) {
    const auto number = read_decimal(text), wanted = read_decimal(fixed);
    equal = number && wanted && *number == *wanted;
  }
  if (equal) return std::nullopt;
  return FieldFault{"schema.fixed", "只能是 " + fixed, "must be " + fixed};
}

bool may_be_empty(const Facets& facets) {
  if (facets.base == BaseType::base64) return true;
  return facets.base == BaseType::string && facets.length.value_or(0) == 0 && facets.min_length.value_or(0) == 0;
}

Found check_value(const Facets& facets, const std::string& text) {
  if (facets.fixed_value) {
    if (auto found = check_fixed(facets, text)) return found;
  }
  switch (facets.base) {
    case BaseType::string:
      return check_length(facets, text);
    case BaseType::decimal:
      return check_decimal(facets, text);
    case BaseType::integer:
      return check_integer(facets, text);
    case BaseType::date:
      return check_date(text);
    case BaseType::date_time:
      return check_date_time(text);
    case BaseType::base64:
      return check_base64(text);
    case BaseType::id:
      break;
  }
  return check_id(text);
}

}  // namespace

Found check_field(const Facets& facets, std::string_view text) {
  if (text.empty() && (facets.fixed_value || facets.default_value)) return std::nullopt;
  const std::string value = facets.collapses_white_space ? collapsed(text) : std::string(text);
  // libxml2 takes no white space round an xs:int, though the standard would collapse it.
  if (!value.empty()) return check_value(facets, facets.base == BaseType::integer ? std::string(text) : value);
  if (may_be_empty(facets)) return std::nullopt;
  return FieldFault{"schema.empty", "不能为空", "must not be empty"};
}

}  // namespace schemas
