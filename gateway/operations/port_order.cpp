#include "gateway/operations/port_order.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "gateway/operations/orders.h"
#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using views::fault;

void read_port_action(const json::object& members, ledger::PortCommand& command, base::Faults& faults) {
  const json::value* member = members.if_contains("action");
  const auto order = member != nullptr && member->is_string()
                         ? ledger::read_port_order(std::string_view(member->get_string()))
                         : std::nullopt;
  if (!order) {
    faults.push_back(fault("port.action", "/action", "只能是 pause、resume 或 set_concurrency。",
                           "This has to be pause, resume or set_concurrency."));
    return;
  }
  command.order = *order;
}

void read_most_at_once(const json::object& members, ledger::PortCommand& command, base::Faults& faults) {
  const json::value* member = members.if_contains("most_at_once");
  if (command.order != ledger::PortOrder::set_concurrency) {
    if (member == nullptr) return;
    faults.push_back(fault("port.most_at_once", "/most_at_once", "只有 set_concurrency 才带 most_at_once。",
                           "Only set_concurrency takes most_at_once."));
    return;
  }
  const auto* number = member == nullptr ? nullptr : member->if_int64();
  if (number != nullptr && *number >= 1 && *number <= most_ever_at_once) {
    command.most_at_once = *number;
    return;
  }
  const std::string most = std::to_string(most_ever_at_once);
  faults.push_back(fault("port.most_at_once", "/most_at_once", "应为 1 到 " + most + " 的整数。",
                         "This has to be a whole number from 1 to " + most + "."));
}

}  // namespace

base::Result<ledger::PortCommand> read_port_command(std::string_view body) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error) {
    return fault("json.syntax", "", "不是完整的 JSON。", "This is no well-formed JSON: " + error.message() + ".");
  }
  const json::object* members = value.if_object();
  if (members == nullptr) {
    return fault("json.shape", "", "应为对象：{\"action\",\"most_at_once\",\"reason\"}。",
                 "This has to be an object {\"action\",\"most_at_once\",\"reason\"}.");
  }
  base::Faults faults;
  ledger::PortCommand command;
  for (const auto& member : *members) {
    const std::string_view name = member.key();
    if (name == "action" || name == "most_at_once" || name == "reason") continue;
    faults.push_back(fault("json.shape", "/" + std::string(name),
                           "不认识这个成员；可用：action、most_at_once、reason。",
                           "This member is not known; allowed are action, most_at_once and reason."));
  }
  read_port_action(*members, command, faults);
  read_most_at_once(*members, command, faults);
  command.reason = read_reason(*members, faults);
  if (!faults.empty()) return faults;
  return command;
}

}  // namespace gateway::operations
