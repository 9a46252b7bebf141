// What a person asks for, and whether the document lets it. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/ledger/records.h"
#include "gateway/lifecycle/state.h"

namespace gateway::operations {

enum class Action { replay, amend, hold, release, withdraw };
enum class Mode { none, same_bytes, sealed_again };  // of a replay

inline constexpr std::size_t longest_reason_characters = 500;

struct Order {
  Action action = Action::hold;
  Mode mode = Mode::none;
  std::string reason;
};

std::string_view word(Action action);
std::string_view word(Mode mode);  // "" for none
std::optional<Action> read_action(std::string_view word);
std::optional<Mode> read_mode(std::string_view word);

// The members action, mode and reason; faults action.*, json.shape, every one at once. A replay with the mode "amended"
// is an amend.
Order read_order(const boost::json::object& members, base::Faults& faults);
// The member reason: json.shape, action.reason.
std::string read_reason(const boost::json::object& members, base::Faults& faults);
// The body of an order for one document. Faults: json.syntax (cannot be read at all), and those above.
base::Result<Order> read_order(std::string_view body);

// Whether the bytes of its message may be at customs.
enum class Arrival {
  none,
  possible,
  signature_refused  // they came, and were refused for their signature before anything of them was stored
};

// What the ledger knows that bears on an order.
struct Subject {
  ledger::Picture picture;
  bool has_bytes = false;  // it is in a message that is kept
  Arrival arrival = Arrival::none;
  bool is_confirmed = false;           // the port has taken the message
  bool is_refused_by_port = false;     // the message as such, the last time it went
  bool is_decided_by_customs = false;  // held by a customs decision: never sent again
  bool others_await_answer = false;    // others of the message may have its bytes sent again
  bool others_withdrawn = false;       // its bytes carry what a person has withdrawn
  bool sent_elsewhere = false;         // by another system: there are no bytes of it here, and none are ever made
};

// Where the order leads; nothing: the document does not let it.
std::optional<lifecycle::State> target(const Subject& subject, const Order& order);
// Every order that it lets, without a reason; an amend is intake's to say.
std::vector<Order> allowed_orders(const Subject& subject);
struct Words {
  std::string zh, en;
};
Words why_not(const Subject& subject, const Order& order);
// Why not, and what is allowed instead.
base::Fault not_allowed(const Subject& subject, const Order& order);

}  // namespace gateway::operations
