#include "codecs/as2/field_value.h"

#include <algorithm>

#include "codecs/as2/header_fields.h"

namespace codecs::as2 {

namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

bool is_token_character(char c) {
  constexpr std::string_view separators = "()<>@,;:\\\"/[]?=";
  return c > ' ' && c < 127 && separators.find(c) == std::string_view::npos;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 127; });
}

std::string quoted(std::string_view text) {
  std::string made = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    made += c;
  }
  return made + "\"";
}

std::string percent_encoded(std::string_view text) {
  std::string made;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_letter_or_digit || c == '.' || c == '-' || c == '_') {
      made += c;
    } else {
      made.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
  }
  return made;
}

int value_of_digit(char c) {
  const std::string lowered = lower_case(std::string_view(&c, 1));
  const auto at = lower_case(digits).find(lowered);
  return at == std::string::npos ? -1 : static_cast<int>(at);
}

// charset'language'text; only UTF-8 and what is a part of it is read, everything else stays as it came.
std::string percent_decoded(const std::string& written) {
  const auto language = written.find('\'');
  const auto text = language == std::string::npos ? language : written.find('\'', language + 1);
  if (text == std::string::npos) return written;
  const std::string charset = lower_case(written.substr(0, language));
  if (charset != "utf-8" && charset != "us-ascii") return written;
  std::string made;
  for (std::size_t at = text + 1; at < written.size(); ++at) {
    const int high = written[at] == '%' && at + 2 < written.size() ? value_of_digit(written[at + 1]) : -1;
    const int low = high >= 0 ? value_of_digit(written[at + 2]) : -1;
    if (low >= 0) at += 2;
    made += low >= 0 ? static_cast<char>(high * 16 + low) : written[at];
  }
  return made;
}

// Takes a token or a quoted string off the front; nothing where a quote stays open.
std::optional<std::string> take_value(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    const auto end = std::min(rest.find(';'), rest.size());
    std::string value(trimmed(rest.substr(0, end)));
    rest.remove_prefix(end);
    return value;
  }
  std::string value;
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (rest[at] == '"') {
      rest.remove_prefix(at + 1);
      return value;
    }
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    value += rest[at];
  }
  return std::nullopt;
}

// RFC 2231 goes before the plain form beside it.
void decode_parameters(std::map<std::string, std::string>& parameters) {
  std::map<std::string, std::string> decoded;
  for (const auto& [name, value] : parameters) {
    if (name.ends_with('*')) decoded[name.substr(0, name.size() - 1)] = percent_decoded(value);
  }
  std::erase_if(parameters, [](const auto& parameter) { return parameter.first.ends_with('*'); });
  for (auto& [name, value] : decoded) parameters[name] = std::move(value);
}

}  // namespace

std::string FieldValue::parameter(std::string_view name) const {
  const auto found = parameters.find(std::string(name));
  return found == parameters.end() ? std::string() : found->second;
}

std::optional<FieldValue> read_field_value(std::string_view text) {
  FieldValue made;
  const auto end = std::min(text.find(';'), text.size());
  made.value = lower_case(trimmed(text.substr(0, end)));
  std::string_view rest = text.substr(end);
  while (!rest.empty()) {
    if (!rest.starts_with(';')) return std::nullopt;
    rest = trimmed(rest.substr(1));
    if (rest.empty() || rest.starts_with(';')) continue;
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    std::string name = lower_case(trimmed(rest.substr(0, equals)));
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_character)) return std::nullopt;
    rest = trimmed(rest.substr(equals + 1));
    auto value = take_value(rest);
    if (!value || !made.parameters.emplace(std::move(name), *std::move(value)).second) return std::nullopt;
    rest = trimmed(rest);
  }
  decode_parameters(made.parameters);
  return made;
}

std::string written_parameter(std::string_view name, std::string_view value) {
  const std::string begin = "; " + std::string(name);
  if (!is_ascii(value)) return begin + "*=UTF-8''" + percent_encoded(value);
  const bool is_token = !value.empty() && std::all_of(value.begin(), value.end(), is_token_character);
  return begin + "=" + (is_token ? std::string(value) : quoted(value));
}

}  // namespace codecs::as2
