#include "gateway/operations/orders.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using lifecycle::Event;
using lifecycle::State;
using views::fault;

constexpr std::array all_actions{Action::replay, Action::hold, Action::release, Action::withdraw};
constexpr std::string_view only_mode = "same-bytes";

std::optional<Action> read_action(std::string_view text) {
  const auto* found =
      std::find_if(all_actions.begin(), all_actions.end(), [&](Action one) { return word(one) == text; });
  return found == all_actions.end() ? std::nullopt : std::optional(*found);
}

std::size_t characters(std::string_view text) {
  const auto begins = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
  return static_cast<std::size_t>(begins);
}

// "" where the member is absent; a fault where it is no string.
std::string text_member(const json::object& object, std::string_view name, base::Faults& faults) {
  const json::value* member = object.if_contains(name);
  if (member == nullptr) return {};
  if (member->is_string()) return std::string(member->get_string());
  faults.push_back(fault("json.shape", "/" + std::string(name), "应为字符串。", "This has to be a string."));
  return {};
}

void check_members(const json::object& object, base::Faults& faults) {
  static constexpr std::array<std::string_view, 4> allowed{"action", "mode", "document", "reason"};
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) continue;
    faults.push_back(fault("json.shape", "/" + std::string(name), "不认识这个成员；可用：action、mode、reason。",
                           "This member is not known; allowed are action, mode and reason."));
  }
}

void check_action(const std::string& action, const std::string& mode, base::Faults& faults) {
  if (action == "amend") {
    faults.push_back(fault("action.unsupported", "/action",
                           "更正请直接用 POST /v1/documents 提交新内容，网关会生成下一版本。",
                           "To amend, post the corrected content to POST /v1/documents; it becomes the next version."));
  } else if (!read_action(action)) {
    faults.push_back(fault("action.unknown", "/action", "action 只能是 replay、hold、release、withdraw。",
                           "action has to be replay, hold, release or withdraw."));
  } else if (action == "replay" && mode != only_mode) {
    faults.push_back(fault("action.mode", "/mode", "replay 的 mode 目前只支持 same-bytes（原样重发）。",
                           "The mode of a replay has to be same-bytes; no other is supported."));
  } else if (action != "replay" && !mode.empty()) {
    faults.push_back(fault("action.mode", "/mode", "只有 replay 才有 mode。", "Only a replay has a mode."));
  }
}

void check_reason(const std::string& reason, base::Faults& faults) {
  const bool is_blank = reason.find_first_not_of(" \t\r\n") == std::string::npos;
  if (!is_blank && characters(reason) <= longest_reason_characters) return;
  const std::string most = std::to_string(longest_reason_characters);
  faults.push_back(fault("action.reason", "/reason", "请说明原因（1 到 " + most + " 个字）。",
                         "Say why, in 1 to " + most + " characters."));
}

std::string allowed_actions(const Subject& subject) {
  std::string words;
  for (const Action action : all_actions) {
    if (target(subject, action)) words.append(words.empty() ? "" : ", ").append(word(action));
  }
  return words.empty() ? "-" : words;
}

struct Words {
  std::string zh, en;
};

Words why_not(const Subject& subject, Action action) {
  const bool sends_again = action == Action::replay || action == Action::release;
  if (sends_again && subject.is_decided_by_customs) {
    return {"海关已作出决定，不得重新发送", "customs has decided, so it is never sent again"};
  }
  if (action == Action::replay && !subject.has_bytes) {
    return {"还没有封装好的报文，无从原样重发", "it is in no message, so there are no bytes to send again"};
  }
  if (action == Action::release && subject.has_bytes && subject.picture.state == State::held) {
    return {"已有封装好的报文，请用 replay 原样重发", "it is in a message already: replay it with the same bytes"};
  }
  return {"该状态下不允许", "its state does not allow it"};
}

}  // namespace

std::string_view word(Action action) {
  switch (action) {
    case Action::replay:
      return "replay";
    case Action::hold:
      return "hold";
    case Action::release:
      return "release";
    case Action::withdraw:
      return "withdraw";
  }
  return "";
}

base::Result<Order> read_order(std::string_view body) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error) {
    return fault("json.syntax", "", "不是完整的 JSON。", "This is no well-formed JSON: " + error.message() + ".");
  }
  const json::object* object = value.if_object();
  if (object == nullptr) {
    return fault("json.shape", "", "应为对象：{\"action\",\"mode\",\"reason\"}。",
                 "This has to be an object {\"action\",\"mode\",\"reason\"}.");
  }
  base::Faults faults;
  check_members(*object, faults);
  const std::string action = text_member(*object, "action", faults);
  check_action(action, text_member(*object, "mode", faults), faults);
  std::string reason = text_member(*object, "reason", faults);
  check_reason(reason, faults);
  if (!faults.empty()) return faults;
  return Order{*read_action(action), std::move(reason)};
}

std::optional<State> target(const Subject& subject, Action action) {
  const State state = subject.picture.state;
  const bool sends_again = action == Action::replay || action == Action::release;
  if (sends_again && subject.is_decided_by_customs) return std::nullopt;
  switch (action) {
    case Action::replay:
      if (!subject.has_bytes) return std::nullopt;
      return lifecycle::next(state, subject.may_have_arrived ? Event::replay_doubtful : Event::replay);
    case Action::hold:
      return lifecycle::next(state, Event::hold);
    case Action::release:
      if (subject.has_bytes) return std::nullopt;
      return lifecycle::next(state, Event::release);
    case Action::withdraw:
      return lifecycle::next(state, Event::withdraw);
  }
  return std::nullopt;
}

base::Fault not_allowed(const Subject& subject, Action action) {
  const State state = subject.picture.state;
  const Words why = why_not(subject, action);
  const std::string allowed = allowed_actions(subject), asked(word(action));
  return fault("action.not_allowed", "/action",
               "单证的状态是" + std::string(lifecycle::word_zh(state)) + "（" + std::string(lifecycle::word(state)) +
                   "），不能 " + asked + "：" + why.zh + "。现在可以：" + allowed + "。",
               "The document is " + std::string(lifecycle::word(state)) + "; " + asked + " is not allowed: " + why.en +
                   ". Allowed now: " + allowed + ".");
}

}  // namespace gateway::operations
