#include "gateway/views/posted_members.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <utility>

#include "gateway/views/answers.h"

namespace gateway::views {
namespace {

namespace json = boost::json;

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

PostedMembers::PostedMembers(std::string_view body, const std::vector<std::string_view>& known) {
  json::error_code error;
  json::value value = json::parse(body, error);
  if (error) {
    faults_.push_back(
        fault("json.syntax", "", "不是完整的 JSON。", "This is no well-formed JSON: " + error.message() + "."));
    return;
  }
  if (!value.is_object()) {
    faults_.push_back(fault("json.shape", "", "应为对象。", "This has to be an object."));
    return;
  }
  members_ = std::move(value.get_object());
  std::string allowed;
  for (const std::string_view name : known) allowed.append(allowed.empty() ? "" : ", ").append(name);
  for (const auto& member : members_) {
    if (std::ranges::find(known, std::string_view(member.key())) != known.end()) continue;
    faults_.push_back(fault("json.shape", "/" + std::string(member.key()), "不认识这个成员；可用：" + allowed + "。",
                            "This member is not known; allowed are " + allowed + "."));
  }
}

bool PostedMembers::has(std::string_view name) const {
  const json::value* member = members_.if_contains(name);
  return member != nullptr && !member->is_null();
}

void PostedMembers::refuse(std::string_view name, std::string zh, std::string en) {
  faults_.push_back(fault("api.member", "/" + std::string(name), std::move(zh), std::move(en)));
}

std::string PostedMembers::text(std::string_view name, Length length) {
  const json::value* member = members_.if_contains(name);
  const bool is_text = member != nullptr && member->is_string();
  const std::string text(is_text ? without_blanks(member->get_string()) : std::string_view());
  const std::size_t characters = characters_in(text);
  if (is_text && characters >= length.least && characters <= length.most) return text;
  const std::string least = std::to_string(length.least), most = std::to_string(length.most);
  refuse(name, "应为 " + least + " 到 " + most + " 个字符的字符串。",
         "This has to be a string of " + least + " to " + most + " characters.");
  return {};
}

std::optional<std::int64_t> PostedMembers::number(std::string_view name, std::int64_t least, std::int64_t most) {
  if (!has(name)) return std::nullopt;
  const json::value& member = members_.at(name);
  if (member.is_int64() && member.get_int64() >= least && member.get_int64() <= most) return member.get_int64();
  const std::string from = std::to_string(least), to = std::to_string(most);
  refuse(name, "应为 " + from + " 到 " + to + " 的整数。",
         "This has to be a whole number from " + from + " to " + to + ".");
  return std::nullopt;
}

http::Response PostedMembers::refusal() const {
  const bool is_unreadable = faults_.front().code == "json.syntax";
  return http::Response::problem(is_unreadable ? 400 : 422, "the order cannot be carried out", faults_);
}

}  // namespace gateway::views
