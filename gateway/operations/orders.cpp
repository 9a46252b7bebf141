#include "gateway/operations/orders.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>

#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using lifecycle::Event;
using lifecycle::State;
using views::fault;

constexpr std::array<std::string_view, 5> action_words{"replay", "amend", "hold", "release", "withdraw"};
constexpr std::array<std::string_view, 3> mode_words{"", "same-bytes", "sealed-again"};
constexpr std::string_view amended = "amended";
constexpr std::size_t deepest_document = 80;

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
    faults.push_back(fault("json.shape", "/" + std::string(name),
                           "不认识这个成员；可用：action、mode、document、reason。",
                           "This member is not known; allowed are action, mode, document and reason."));
  }
}

void check_document(const json::object& object, const Order& order, base::Faults& faults) {
  const bool has_document = object.contains("document");
  if (order.action == Action::amend && !has_document) {
    faults.push_back(fault("action.document", "/document", "更正须给出 document：更正后的完整单证。",
                           "An amendment needs document: the whole document as it shall be."));
  } else if (order.action != Action::amend && has_document) {
    faults.push_back(
        fault("action.document", "/document", "只有更正（amend）才有 document。", "Only an amendment has a document."));
  }
}

std::string words_of(const std::vector<Order>& orders) {
  std::string words;
  for (const Order& order : orders) {
    words.append(words.empty() ? "" : ", ").append(word(order.action));
    if (order.mode != Mode::none) words.append(" ").append(word(order.mode));
  }
  return words.empty() ? "-" : words;
}

bool sends_again(Action action) { return action == Action::replay || action == Action::release; }

Words no_bytes_here() {
  return {"由其他系统发送，本系统没有其报文字节，请在原系统中重发，或更正（amend）为下一版",
          "another system sent it, so there are no bytes of it here: send it again there, or amend it"};
}

Words why_not_same_bytes(const Subject& subject) {
  if (subject.sent_elsewhere) return no_bytes_here();
  if (!subject.has_bytes) {
    return {"还没有封装好的报文，无从原样重发", "it is in no message, so there are no bytes to send again"};
  }
  if (subject.others_withdrawn && subject.arrival == Arrival::none) {
    return {"同一报文中有单证已撤回，原样重发会把它一并发出，请用 sealed-again",
            "its message carries a document that was withdrawn and would go with it: use sealed-again"};
  }
  return {"该状态下不允许", "its state does not allow it"};
}

Words why_not_sealed_again(const Subject& subject) {
  if (subject.sent_elsewhere) return no_bytes_here();
  if (!subject.has_bytes)
    return {"不在任何报文中，无须重新封装；挂起的请用 release",
            "it is in no message, so there is nothing to seal again; if it is held, release it"};
  if (subject.others_await_answer && subject.arrival == Arrival::signature_refused) {
    return {"同一报文中还有单证在等待回执，请等它们有结果后再试",
            "others of its message still wait for their receipts: wait until they have them"};
  }
  if (subject.picture.state == State::refused) {
    return {"海关退单的原因不是签名，内容须更正（amend）", "it was refused for its content: amend it"};
  }
  if (subject.arrival == Arrival::possible) {
    return {
        "原报文可能已到达海关，重新封装会以另一报文编号再报一次，海关将答“已存在”或“旧报文”；请等待回执，或用 "
        "same-bytes",
        "its bytes may have reached customs; sealed again they would be there under a second message guid, and "
        "customs would answer that it is there already or is old: wait for a receipt, or use same-bytes"};
  }
  return {"该状态下不允许", "its state does not allow it"};
}

std::optional<State> replayed(const Subject& subject, Mode mode) {
  const State state = subject.picture.state;
  if (!subject.has_bytes) return std::nullopt;
  if (mode == Mode::same_bytes) {
    if (subject.arrival == Arrival::none && subject.others_withdrawn) return std::nullopt;
    return lifecycle::next(state, subject.arrival == Arrival::none ? Event::replay : Event::replay_doubtful);
  }
  if (subject.arrival == Arrival::possible) return std::nullopt;
  const bool signature_refused = subject.arrival == Arrival::signature_refused;
  if (signature_refused ? subject.others_await_answer : state == State::refused) return std::nullopt;
  return lifecycle::next(state, Event::seal_again);
}

// It goes on where it stood.
std::optional<State> released(const Subject& subject) {
  const State state = subject.picture.state;
  if (state != State::held) return std::nullopt;
  if (subject.sent_elsewhere) return lifecycle::next(state, Event::release_sent);
  if (!subject.has_bytes) return lifecycle::next(state, Event::release);
  if (subject.is_refused_by_port) return std::nullopt;
  if (subject.is_confirmed) return lifecycle::next(state, Event::release_sent);
  return replayed(subject, Mode::same_bytes);
}

}  // namespace

std::string_view word(Action action) { return action_words.at(static_cast<std::size_t>(action)); }
std::string_view word(Mode mode) { return mode_words.at(static_cast<std::size_t>(mode)); }

std::optional<Action> read_action(std::string_view word) {
  const auto* found = std::ranges::find(action_words, word);
  if (found == action_words.end()) return std::nullopt;
  return static_cast<Action>(found - action_words.begin());
}

std::optional<Mode> read_mode(std::string_view word) {
  const auto* found = std::ranges::find(mode_words, word);
  if (found == mode_words.end()) return std::nullopt;
  return static_cast<Mode>(found - mode_words.begin());
}

std::string read_reason(const json::object& members, base::Faults& faults) {
  std::string reason = text_member(members, "reason", faults);
  const bool is_blank = reason.find_first_not_of(" \t\r\n") == std::string::npos;
  if (is_blank || characters(reason) > longest_reason_characters) {
    const std::string most = std::to_string(longest_reason_characters);
    faults.push_back(fault("action.reason", "/reason", "请说明原因（1 到 " + most + " 个字）。",
                           "Say why, in 1 to " + most + " characters."));
  }
  return reason;
}

Order read_order(const json::object& members, base::Faults& faults) {
  Order order;
  const std::string action = text_member(members, "action", faults), mode = text_member(members, "mode", faults);
  const auto read = read_action(action);
  if (read) order.action = *read;
  if (order.action == Action::replay && mode == amended) order.action = Action::amend;
  const auto read_as = mode == amended && order.action == Action::amend ? Mode::none : read_mode(mode);
  if (read_as) order.mode = *read_as;
  if (!read) {
    faults.push_back(fault("action.unknown", "/action", "action 只能是 replay、amend、hold、release、withdraw。",
                           "action has to be replay, amend, hold, release or withdraw."));
  } else if (order.action == Action::replay && order.mode == Mode::none) {
    faults.push_back(
        fault("action.mode", "/mode",
              "replay 的 mode 只能是 same-bytes（原样重发）、sealed-again（重新封装签名）、amended（更正）。",
              "The mode of a replay has to be same-bytes, sealed-again or amended."));
  } else if (order.action != Action::replay && (!read_as || order.mode != Mode::none)) {
    faults.push_back(fault("action.mode", "/mode", "只有 replay 才有 mode。", "Only a replay has a mode."));
  }
  order.reason = read_reason(members, faults);
  return order;
}

base::Result<Order> read_order(std::string_view body) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = deepest_document;
  const json::value value = json::parse(body, error, {}, options);
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
  Order order = read_order(*object, faults);
  check_document(*object, order, faults);
  if (!faults.empty()) return faults;
  return order;
}

std::optional<State> target(const Subject& subject, const Order& order) {
  const State state = subject.picture.state;
  if (sends_again(order.action) && subject.is_decided_by_customs) return std::nullopt;
  switch (order.action) {
    case Action::replay:
      return replayed(subject, order.mode);
    case Action::hold:
      return lifecycle::next(state, Event::hold);
    case Action::release:
      return released(subject);
    case Action::withdraw:
      return lifecycle::next(state, Event::withdraw);
    case Action::amend:  // the tables of corrections say
      return std::nullopt;
  }
  return std::nullopt;
}

std::vector<Order> allowed_orders(const Subject& subject) {
  std::vector<Order> orders{{Action::replay, Mode::same_bytes, {}},
                            {Action::replay, Mode::sealed_again, {}},
                            {Action::hold, Mode::none, {}},
                            {Action::release, Mode::none, {}},
                            {Action::withdraw, Mode::none, {}}};
  std::erase_if(orders, [&](const Order& order) { return !target(subject, order); });
  return orders;
}

Words why_not(const Subject& subject, const Order& order) {
  if (sends_again(order.action) && subject.is_decided_by_customs) {
    return {"海关已作出决定，不得重新发送", "customs has decided, so it is never sent again"};
  }
  if (order.action == Action::replay) {
    return order.mode == Mode::same_bytes ? why_not_same_bytes(subject) : why_not_sealed_again(subject);
  }
  if (order.action == Action::release && subject.picture.state == State::held && subject.has_bytes) {
    return {"口岸拒收了它的报文，请选择 replay same-bytes（原样重发）或 sealed-again（重新封装）",
            "the port refused its message: choose replay with same-bytes or sealed-again"};
  }
  return {"该状态下不允许", "its state does not allow it"};
}

base::Fault not_allowed(const Subject& subject, const Order& order) {
  const State state = subject.picture.state;
  const Words why = why_not(subject, order);
  const std::string allowed = words_of(allowed_orders(subject)), asked(word(order.action));
  return fault("action.not_allowed", "/action",
               "单证的状态是" + std::string(lifecycle::word_zh(state)) + "（" + std::string(lifecycle::word(state)) +
                   "），不能 " + asked + "：" + why.zh + "。现在可以：" + allowed + "。",
               "The document is " + std::string(lifecycle::word(state)) + "; " + asked + " is not allowed: " + why.en +
                   ". Allowed now: " + allowed + ".");
}

}  // namespace gateway::operations
