// What persons have ordered of ports, which every gateway on the ledger obeys, and the work that each port has.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

struct PortPause {
  std::string by, reason;
  base::Time at;
};

struct PortOrders {
  std::string port;
  std::optional<PortPause> pause;            // nothing is sealed for it or sent to it meanwhile
  std::optional<std::int64_t> most_at_once;  // instead of what the settings say
};

enum class PortOrder { pause, resume, set_concurrency };
std::string_view word(PortOrder order);
std::optional<PortOrder> read_port_order(std::string_view word);

struct PortCommand {
  std::string port;
  PortOrder order = PortOrder::pause;
  std::int64_t most_at_once = 0;  // of set_concurrency
  std::string by, reason;
  base::Time at;
};

struct PortError {
  base::Time at;
  DeliveryOutcome outcome = DeliveryOutcome::unknown;
  std::string answer;
};

struct PortWindow {
  std::string source, dxp_id;
  base::Time read_up_to;
};

struct PortWork {
  std::size_t waiting = 0;  // documents
  std::optional<base::Time> oldest_waiting;
  std::vector<PortWindow> windows;
  std::vector<PortError> last_errors;  // newest first
};

struct PortWorkQuery {
  std::string port;
  std::vector<std::string> enterprises;             // whose; empty: everybody's
  std::optional<std::vector<std::string>> dxp_ids;  // of them; absent: everybody's
};

class PortsBook {
 public:
  virtual ~PortsBook() = default;

  virtual std::vector<PortOrders> port_orders() = 0;  // of ports that were ever ordered anything
  // Written with its act. Gives what holds for the port now.
  virtual PortOrders order_port(const PortCommand& command) = 0;
  // Of the newest `most_errors_looked_at` deliveries that failed, over all ports, each shows its newest ten.
  static constexpr std::size_t most_errors_looked_at = 1'000, most_errors_shown = 10;
  virtual PortWork port_work(const PortWorkQuery& query) = 0;
};

}  // namespace gateway::ledger
