#include "gateway/views/masking.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <vector>

#include "gateway/views/personal_text.h"

namespace gateway::views {

namespace {

namespace json = boost::json;

constexpr std::size_t shortest_private_bytes = 2;  // one letter stands everywhere
constexpr std::size_t fewest_digits = 6;
constexpr std::size_t deepest_document = 80;

json::value read(std::string_view document_json) {
  json::parse_options options;
  options.max_depth = deepest_document;
  json::error_code error;
  json::value document = json::parse(document_json, error, {}, options);
  return error ? json::value() : document;
}

std::vector<std::string> private_values(const schemas::MessageType& type, std::string_view document_json) {
  const json::value document = read(document_json);
  const json::object* fields = document.if_object();
  if (fields != nullptr && !type.head.empty()) {
    const json::value* head = fields->if_contains(type.head);
    fields = head == nullptr ? nullptr : head->if_object();
  }
  std::vector<std::string> values;
  for (const std::string& name : type.private_fields) {
    const json::value* value = fields == nullptr ? nullptr : fields->if_contains(name);
    if (value == nullptr || !value->is_string() || value->get_string().size() < shortest_private_bytes) continue;
    values.emplace_back(value->get_string());
  }
  // A longer value may hold a shorter one.
  std::ranges::sort(values, std::ranges::greater(), &std::string::size);
  return values;
}

void mask_each(std::string& text, const std::string& value) {
  for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + mask.size())) {
    text.replace(at, value.size(), mask);
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string without_numbers(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - at >= fewest_digits) {
      kept += mask;
      if (end < text.size() && (text[end] == 'X' || text[end] == 'x')) ++end;  // the check digit
    } else {
      if (end == at) ++end;
      kept += text.substr(at, end - at);
    }
    at = end;
  }
  return kept;
}

std::size_t sequence_bytes(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

bool is_sequence(std::string_view bytes) {
  if (bytes.size() < 2) return true;
  const auto second = static_cast<unsigned char>(bytes[1]);
  // Too long a form, a surrogate, or beyond Unicode.
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
      (lead == 0xF4 && second > 0x8F)) {
    return false;
  }
  return std::ranges::all_of(bytes.substr(1), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
}

std::string as_utf8(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = sequence_bytes(static_cast<unsigned char>(text[at]));
    const bool is_whole = bytes > 0 && at + bytes <= text.size() && is_sequence(text.substr(at, bytes));
    kept += is_whole ? text.substr(at, bytes) : "?";
    at += is_whole ? bytes : 1;
  }
  return kept;
}

void cut(std::string& text) {
  if (text.size() <= longest_masked_bytes) return;
  std::size_t end = longest_masked_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
}

}  // namespace

std::string masked(const schemas::MessageType& type, std::string_view document_json, std::string_view text) {
  std::string shown(text);
  hide_private_values(type, document_json, shown);
  return masked(shown);
}

void hide_private_values(const schemas::MessageType& type, std::string_view document_json, std::string& text) {
  for (const std::string& value : private_values(type, document_json)) mask_each(text, value);
}

json::value masked_document(const schemas::MessageType& type, std::string_view document_json) {
  json::value document = read(document_json);
  json::object* fields = document.if_object();
  if (fields != nullptr && !type.head.empty()) {
    json::value* head = fields->if_contains(type.head);
    fields = head == nullptr ? nullptr : head->if_object();
  }
  for (const std::string& name : type.private_fields) {
    json::value* value = fields == nullptr ? nullptr : fields->if_contains(name);
    if (value != nullptr) *value = mask;
  }
  return document;
}

std::string masked(std::string_view text) {
  std::string shown = without_numbers(as_utf8(text));
  cut(shown);
  return shown;
}

}  // namespace gateway::views
