#include "gateway/evidence/fields.h"

#include <boost/json/parse.hpp>

namespace gateway::evidence {

namespace json = boost::json;

namespace {

base::Fault fault(std::string code, const std::string& file, int line, std::string zh, std::string en) {
  base::Fault made;
  made.code = std::move(code);
  made.path = file;
  made.line = line;
  made.zh = std::move(zh);
  made.en = std::move(en);
  return made;
}

}  // namespace

void Fields::complain(const std::string& place, std::string zh, std::string en) const {
  faults_.push_back(fault("evidence.form", file_, line_, place + "：" + zh, place + ": " + en));
}

void Fields::refuse(std::string_view name, std::string zh, std::string en) const {
  complain(place_ + "/" + std::string(name), std::move(zh), std::move(en));
}

const json::value* Fields::value(std::string_view name) const {
  const json::value* found = object_.if_contains({name.data(), name.size()});
  if (found == nullptr) refuse(name, "缺少此项", "this is missing");
  return found;
}

std::string Fields::text(std::string_view name) const {
  const json::value* found = value(name);
  if (found == nullptr) return {};
  if (const auto* text = found->if_string()) return {text->data(), text->size()};
  refuse(name, "应为字符串", "a string has to stand here");
  return {};
}

std::optional<std::string> Fields::text_if_there(std::string_view name) const {
  const json::value* found = object_.if_contains({name.data(), name.size()});
  if (found == nullptr || found->is_null()) return std::nullopt;
  return text(name);
}

std::int64_t Fields::number(std::string_view name) const {
  const json::value* found = value(name);
  if (found == nullptr) return 0;
  if (const auto* number = found->if_int64()) return *number;
  refuse(name, "应为整数", "a whole number has to stand here");
  return 0;
}

base::Time Fields::time(std::string_view name) const {
  const std::string written = text(name);
  const auto read = base::read_rfc3339(written);
  if (!read && !written.empty()) refuse(name, "应为 RFC 3339 时间", "a time by RFC 3339 has to stand here");
  return read.value_or(base::Time{});
}

std::optional<base::Time> Fields::time_or_null(std::string_view name) const {
  const json::value* found = object_.if_contains({name.data(), name.size()});
  if (found != nullptr && found->is_null()) return std::nullopt;
  return time(name);
}

const json::array& Fields::array(std::string_view name) const {
  static const json::array none;
  const json::value* found = value(name);
  if (found == nullptr) return none;
  if (const auto* array = found->if_array()) return *array;
  refuse(name, "应为数组", "an array has to stand here");
  return none;
}

std::optional<json::value> parsed(std::string_view text, const std::string& file, int line, base::Faults& faults) {
  if (text.size() > most_json_bytes) {
    const std::string most = std::to_string(most_json_bytes >> 20) + " MiB";
    faults.push_back(
        fault("evidence.limits", file, line, "JSON 过大，最多 " + most, "the JSON is too large, at most " + most));
    return std::nullopt;
  }
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // what a port answered is kept as it came
  json::error_code error;
  json::value value = json::parse({text.data(), text.size()}, error, {}, options);
  if (!error) return value;
  faults.push_back(
      fault("evidence.form", file, line, "不是正确的 JSON：" + error.message(), "this is no JSON: " + error.message()));
  return std::nullopt;
}

}  // namespace gateway::evidence
