#include "codecs/as2/header_fields.h"

#include <algorithm>

#include "codecs/as2/faults.h"

namespace codecs::as2 {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_field_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127 && c != ':'; });
}

// Line ends with the white space round them become one space.
std::string unfolded(std::string_view value) {
  std::string text;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] != '\r' && value[at] != '\n') {
      text += value[at];
      continue;
    }
    while (at + 1 < value.size() && is_space(value[at + 1])) ++at;
    while (!text.empty() && is_space(text.back())) text.pop_back();
    text += ' ';
  }
  return std::string(trimmed(text));
}

base::Fault not_a_field(std::string_view line) {
  const std::string shown(line.substr(0, 40));
  const bool printable = std::all_of(shown.begin(), shown.end(), [](char c) { return c >= ' ' && c < 127; });
  const std::string what = printable ? " \"" + shown + "\"" : "";
  return broken_mime("标头中的一行" + what + "不是“名称: 值”的形式",
                     "a header line" + what + " is not of the form \"name: value\"");
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  return lowered;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::string> find_field(const Headers& headers, std::string_view name) {
  for (const HeaderField& field : headers) {
    if (equal_ignoring_case(field.name, name)) return unfolded(field.value);
  }
  return std::nullopt;
}

base::Result<std::optional<std::string>> single_field(const Headers& headers, std::string_view name) {
  const auto count = std::count_if(headers.begin(), headers.end(),
                                   [&](const HeaderField& field) { return equal_ignoring_case(field.name, name); });
  if (count < 2) return find_field(headers, name);
  const std::string named(name);
  return fault("as2.header", "标头 " + named + " 出现了不止一次；只允许一次",
               "the header " + named + " is there more than once; one is allowed", "RFC 4130 §6");
}

std::string write_fields(const Headers& headers) {
  std::string text;
  for (const auto& [name, value] : headers) text.append(name).append(": ").append(value).append("\r\n");
  return text;
}

base::Result<Headers> read_fields(std::string_view text, std::size_t& used) {
  Headers headers;
  for (used = 0; used < text.size();) {
    const std::size_t end = std::min(text.find('\n', used), text.size());
    std::string_view line = text.substr(used, end - used);
    used = std::min(end + 1, text.size());
    if (used > most_field_bytes) return too_large("标头", "the header", most_field_bytes);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if (is_space(line.front())) {
      if (headers.empty()) return not_a_field(line);
      headers.back().value.append("\r\n").append(line);
      continue;
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = trimmed(line.substr(0, colon));
    if (colon == std::string_view::npos || !is_field_name(name)) return not_a_field(line);
    headers.push_back({std::string(name), std::string(trimmed(line.substr(colon + 1)))});
  }
  return headers;
}

}  // namespace codecs::as2
