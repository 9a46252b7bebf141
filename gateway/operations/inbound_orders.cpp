#include "gateway/operations/inbound_orders.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "gateway/operations/orders.h"
#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using views::fault;

void read_state(const json::value& member, InboundOrder& order, base::Faults& faults) {
  using ledger::InboundState;
  const auto state = member.is_string() ? ledger::read_inbound_state(member.get_string()) : std::nullopt;
  if (state == InboundState::unmatched || state == InboundState::unreadable || state == InboundState::foreign) {
    order.state = *state;
    return;
  }
  faults.push_back(fault("inbound.state", "/state", "只能是 unmatched、unreadable 或 foreign。",
                         "This has to be unmatched, unreadable or foreign."));
}

void read_limit(const json::value& member, InboundOrder& order, base::Faults& faults) {
  if (member.is_int64() && member.get_int64() >= 1 &&
      member.get_int64() <= static_cast<std::int64_t>(most_matched_again)) {
    order.limit = static_cast<std::size_t>(member.get_int64());
    return;
  }
  const std::string most = std::to_string(most_matched_again);
  faults.push_back(fault("json.shape", "/limit", "应为 1 到 " + most + " 的整数。",
                         "This has to be a whole number from 1 to " + most + "."));
}

}  // namespace

base::Result<InboundOrder> read_inbound_order(std::string_view body, OrderOf of) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error) {
    return fault("json.syntax", "", "不是完整的 JSON。", "This is no well-formed JSON: " + error.message() + ".");
  }
  const json::object* object = value.if_object();
  if (object == nullptr) return fault("json.shape", "", "应为对象。", "This has to be an object.");
  InboundOrder order;
  base::Faults faults;
  for (const auto& member : *object) {
    const std::string_view name = member.key();
    if (name == "reason") continue;
    if (of == OrderOf::many && name == "state") {
      read_state(member.value(), order, faults);
    } else if (of == OrderOf::many && name == "limit") {
      read_limit(member.value(), order, faults);
    } else {
      faults.push_back(fault("json.shape", "/" + std::string(name), "不认识这个成员。", "This member is not known."));
    }
  }
  order.reason = read_reason(*object, faults);
  if (!faults.empty()) return faults;
  return order;
}

}  // namespace gateway::operations
