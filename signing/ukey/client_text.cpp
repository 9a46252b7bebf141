#include "signing/ukey/client_text.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <openssl/asn1.h>

#include "signing/openssl_handles.h"

namespace signing::ukey {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_escape = 6;

// Boost.JSON's own writer would leave copies of the PIN behind.
void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

std::optional<std::int64_t> id_in(const json::value* id) {
  if (id == nullptr) return std::nullopt;
  if (id->is_int64()) return id->get_int64();
  if (!id->is_string()) return std::nullopt;
  const auto& text = id->get_string();
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string as_text(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::vector<std::string> texts_in(const json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  if (found == nullptr || found->is_null()) return {};
  if (!found->is_array()) return {as_text(*found)};
  std::vector<std::string> texts;
  for (const auto& one : found->get_array()) texts.push_back(as_text(one));
  return texts;
}

}  // namespace

base::Secret request_text(std::int64_t id, std::string_view method, std::span<const Argument> arguments) {
  const std::string number = std::to_string(id);
  std::size_t most = 64 + number.size() + longest_escape * method.size();
  for (const auto& [name, value] : arguments) most += 8 + longest_escape * (name.size() + value.size());
  std::string text;
  text.reserve(most);  // growing would leave unwiped copies
  text += "{\"_method\":";
  append_string(text, method);
  text += ",\"_id\":";
  text += number;
  text += ",\"args\":{";
  for (const auto& [name, value] : arguments) {
    if (text.back() != '{') text += ',';
    append_string(text, name);
    text += ':';
    append_string(text, value);
  }
  text += "}}";
  return base::Secret(std::move(text));
}

std::optional<Answer> read_answer(std::string_view text) {
  boost::system::error_code error;
  const auto parsed = json::parse(text, error);
  const auto* object = error ? nullptr : parsed.if_object();
  const auto id = object == nullptr ? std::nullopt : id_in(object->if_contains("_id"));
  if (!id) return std::nullopt;
  Answer answer;
  answer.id = *id;
  if (const auto* method = object->if_contains("_method")) answer.method = as_text(*method);
  const auto* arguments = object->if_contains("_args");
  if (arguments != nullptr && arguments->is_object()) {
    const auto& found = arguments->get_object();
    const auto* result = found.if_contains("Result");
    if (result != nullptr && *result == true) answer.verdict = Answer::Verdict::done;
    answer.data = texts_in(found, "Data");
    answer.errors = texts_in(found, "Error");
  }
  const auto* status = object->if_contains("_status");
  if (answer.errors.empty() && status != nullptr) answer.errors = {"_status " + as_text(*status)};
  return answer;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    unsigned long character = 0;
    const int size = UTF8_getc(octets(text), static_cast<int>(std::min<std::size_t>(text.size(), 8)), &character);
    if (size <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

}  // namespace signing::ukey
