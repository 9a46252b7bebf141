// The data exchange platform over AS2 (RFC 4130): messages are posted to the partner, who proves by a receipt that it
// has them, and hands its own to our listener. On the I/O thread, whose context outlives it; lives as long as the calls
// on it. The listener opens with the first call, and again after trouble.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/channels/as2/door.h"
#include "gateway/channels/as2/sender.h"
#include "gateway/channels/channel.h"
#include "gateway/http/server.h"

namespace gateway::channels::as2 {

inline constexpr const char* door_path = "/as2";

class DxpAs2Channel final : public Channel {
 public:
  // `dxp_ids`: of the enterprises whose messages go this way.
  DxpAs2Channel(const config::Port& port, std::vector<std::string> dxp_ids);
  ~DxpAs2Channel() override;

  boost::asio::awaitable<Answer> send(Outgoing message) override;
  std::vector<Source> sources() const override;
  boost::asio::awaitable<base::Result<std::vector<Received>>> receive(Window window) override;
  boost::asio::awaitable<void> acknowledge(Window window) override;
  Health health() const override;
  boost::asio::awaitable<void> close_door(std::chrono::milliseconds deadline) override;

 private:
  bool can_work(const boost::asio::any_io_executor& executor);  // no: for what it waits
  base::Done listen(const boost::asio::any_io_executor& executor);

  config::Port port_;
  agreements::Partnership partnership_;
  AwaitedReceipts awaited_;
  offload::Pool pool_;
  Sender sender_;
  std::shared_ptr<Door> door_;
  std::optional<http::Server> server_;
  bool is_closed_ = false;
  base::Faults waiting_for_;  // what keeps the port from working; none: nothing does
  std::string ends_soon_;     // certificates of the agreement; empty: none of them
};

}  // namespace gateway::channels::as2
