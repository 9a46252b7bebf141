#include "gateway/accounts/sign_in_order.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <initializer_list>
#include <map>

#include "gateway/views/answers.h"

namespace gateway::accounts {

namespace {

namespace json = boost::json;
using ledger::SignedInBy;
using Words = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t most_order_bytes = 4096;  // of the JSON text

base::Fault order_fault(const std::string& path, std::string zh, std::string en) {
  return views::fault("api.sign_in_order", path, std::move(zh), std::move(en));
}

// An object whose members are texts, none but the known ones.
base::Result<Words> read_words(std::string_view body, std::initializer_list<std::string_view> known) {
  if (body.size() > most_order_bytes) {
    const std::string most = std::to_string(most_order_bytes);
    return base::Faults{order_fault("", "请求体最多 " + most + " 字节。", "The body has at most " + most + " bytes.")};
  }
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error || !value.is_object()) {
    return base::Faults{
        views::fault("json.syntax", "", "请求体应为一个 JSON 对象。", "The body has to be a JSON object.")};
  }
  Words words;
  base::Faults faults;
  for (const auto& member : value.get_object()) {
    const std::string name(member.key());
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      faults.push_back(order_fault("/" + name, "没有这个成员。", "There is no such member."));
    } else if (!member.value().is_string()) {
      faults.push_back(order_fault("/" + name, "应为字符串。", "This has to be a string."));
    } else {
      words[name] = std::string(member.value().get_string());
    }
  }
  if (!faults.empty()) return faults;
  return words;
}

}  // namespace

base::Result<SignInOrder> read_sign_in(std::string_view body) {
  const auto read = read_words(body, {"name", "password", "token", "code"});
  if (!read) return read.faults();
  const Words& words = *read;
  const auto is_exactly = [&](std::initializer_list<std::string_view> names) {
    return words.size() == names.size() &&
           std::ranges::all_of(names, [&](std::string_view name) { return words.contains(name); });
  };
  if (is_exactly({"name", "password"})) {
    return SignInOrder{SignedInBy::password, words.at("name"), words.at("password")};
  }
  if (is_exactly({"token"})) return SignInOrder{SignedInBy::token, {}, words.at("token")};
  if (is_exactly({"code"})) return SignInOrder{SignedInBy::code, {}, words.at("code")};
  return base::Faults{order_fault("", "请给出 name 和 password，或只给 token，或只给 code。",
                                  "Give name and password, or token alone, or code alone.")};
}

base::Result<PasswordOrder> read_password_order(std::string_view body) {
  const auto read = read_words(body, {"old", "new"});
  if (!read) return read.faults();
  const Words& words = *read;
  const auto chosen = words.find("new"), present = words.find("old");
  if (chosen == words.end()) {
    return base::Faults{order_fault("/new", "请给出新密码 new。", "Give the new password as `new`.")};
  }
  PasswordOrder order{std::nullopt, chosen->second};
  if (present != words.end()) order.old_password = present->second;
  return order;
}

}  // namespace gateway::accounts
