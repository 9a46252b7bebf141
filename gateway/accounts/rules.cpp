#include "gateway/accounts/rules.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "gateway/views/answers.h"

namespace gateway::accounts {

namespace {

// Letters of every script are several bytes in UTF-8, none of them below 0x80.
bool may_stand_in_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || std::string_view("._-@").find(c) != std::string_view::npos;
}

std::size_t characters_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

}  // namespace

bool is_user_name(std::string_view name) {
  return !name.empty() && name.size() <= most_name_bytes && name.find_first_not_of('.') != std::string_view::npos &&
         std::ranges::all_of(name, may_stand_in_name);
}

base::Faults judge_user_name(std::string_view name) {
  if (is_user_name(name)) return {};
  const std::string most = std::to_string(most_name_bytes);
  return {views::fault("api.user_name", "", "用户名应为 1 至 " + most + " 字节的字母、数字、汉字或 . _ - @。",
                       "A user's name has 1 to " + most + " bytes: letters of any script, digits, and . _ - @.")};
}

base::Faults judge_password(std::string_view name, std::string_view password, std::string_view path) {
  const std::size_t count = characters_of(password);
  const std::string least = std::to_string(least_password_characters), most = std::to_string(most_password_characters);
  if (count < least_password_characters || count > most_password_characters) {
    return {views::fault(
        "api.weak_password", std::string(path),
        "密码应为 " + least + " 至 " + most + " 个字符，现有 " + std::to_string(count) + " 个。",
        "A password has " + least + " to " + most + " characters; this one has " + std::to_string(count) + ".")};
  }
  if (in_lower_case(password) == in_lower_case(name)) {
    return {views::fault("api.weak_password", std::string(path), "密码不能与用户名相同。",
                         "The password must not be the name itself.")};
  }
  return {};
}

}  // namespace gateway::accounts
