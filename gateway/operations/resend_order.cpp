#include "gateway/operations/resend_order.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "gateway/operations/notices.h"
#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using views::fault;

void refuse(base::Faults& faults, std::string_view member, std::string zh, std::string en) {
  faults.push_back(fault("json.shape", "/" + std::string(member), std::move(zh), std::move(en)));
}

void check_resend_members(const json::object& object, base::Faults& faults) {
  static constexpr std::array<std::string_view, 5> known{"client", "state", "since", "until", "limit"};
  for (const auto& member : object) {
    if (std::ranges::find(known, std::string_view(member.key())) != known.end()) continue;
    refuse(faults, member.key(), "不认识这个成员；可用：client、state、since、until、limit。",
           "This member is not known; allowed are client, state, since, until and limit.");
  }
}

std::optional<std::string> text(const json::object& object, std::string_view name, base::Faults& faults) {
  const json::value* member = object.if_contains(name);
  if (member == nullptr) return std::nullopt;
  if (member->is_string()) return std::string(member->get_string());
  refuse(faults, name, "应为字符串。", "This has to be a string.");
  return std::nullopt;
}

std::optional<base::Time> time(const json::object& object, std::string_view name, base::Faults& faults) {
  const auto written = text(object, name, faults);
  if (!written) return std::nullopt;
  const auto read = base::read_rfc3339(*written);
  if (!read) {
    refuse(faults, name, "应为 RFC 3339 时间，如 2026-01-31T09:30:00+08:00。",
           "This has to be a time of RFC 3339, like 2026-01-31T09:30:00+08:00.");
  }
  return read;
}

// What waits is told by itself.
lifecycle::NoticeState state(const json::object& object, base::Faults& faults) {
  const auto written = text(object, "state", faults).value_or("unheard");
  const auto read = lifecycle::read_notice_state(written);
  if (read && *read != lifecycle::NoticeState::waiting) return *read;
  refuse(faults, "state", "只能是 unheard 或 heard。", "This has to be unheard or heard.");
  return lifecycle::NoticeState::unheard;
}

std::size_t limit(const json::object& object, base::Faults& faults) {
  const json::value* member = object.if_contains("limit");
  if (member == nullptr) return most_resent;
  const auto* number = member->if_int64();
  if (number != nullptr && *number >= 1 && *number <= static_cast<std::int64_t>(most_resent)) {
    return static_cast<std::size_t>(*number);
  }
  const std::string most = std::to_string(most_resent);
  refuse(faults, "limit", "应为 1 到 " + most + " 的整数。", "This has to be a whole number from 1 to " + most + ".");
  return most_resent;
}

}  // namespace

base::Result<ledger::NoticeQuery> read_resend_order(std::string_view body) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error) {
    return fault("json.syntax", "", "不是完整的 JSON。", "This is no well-formed JSON: " + error.message() + ".");
  }
  const json::object* object = value.if_object();
  if (object == nullptr) {
    return fault("json.shape", "", "应为对象：{\"client\",\"state\",\"since\",\"until\",\"limit\"}。",
                 "This has to be an object {\"client\",\"state\",\"since\",\"until\",\"limit\"}.");
  }
  base::Faults faults;
  check_resend_members(*object, faults);
  ledger::NoticeQuery query;
  query.client = text(*object, "client", faults);
  if (!object->contains("client")) refuse(faults, "client", "必须写明客户端。", "The client must be named.");
  query.state = state(*object, faults);
  query.since = time(*object, "since", faults);
  query.until = time(*object, "until", faults);
  query.limit = limit(*object, faults);
  if (!faults.empty()) return faults;
  return query;
}

}  // namespace gateway::operations
