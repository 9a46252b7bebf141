// One connection to an AMQP 1.0 peer, in a Proton container of its own, since a container is the one thing that can
// leave a silent peer at once. run() lives on one thread as long as the connection; what it calls is called there.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <proton/connection.hpp>
#include <proton/connection_options.hpp>
#include <proton/container.hpp>
#include <proton/messaging_handler.hpp>
#include <proton/work_queue.hpp>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/channels/amqp1/words.h"

namespace gateway::channels::amqp1 {

class Connection final : public proton::messaging_handler {
 public:
  struct Tasks {
    std::function<void(proton::connection&)> opened;
    std::function<void()> turn;                     // somebody woke, or a moment has passed
    std::function<void(const base::Fault&)> ended;  // once, as soon as it is known; also if it was never open
  };

  Connection(const config::Port& port, Tasks tasks);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void run();  // to its end

  // From any thread.
  void wake();
  void close();  // after one more turn
  void abort();

 private:
  base::Result<proton::connection_options> options() const;
  base::Result<proton::connection_options> with_login(proton::connection_options options) const;
  void tick();
  void take_turn();
  void end(base::Fault why);
  void tell_end();

  void on_container_start(proton::container& container) override;
  void on_connection_open(proton::connection& connection) override;
  void on_connection_error(proton::connection& connection) override;
  void on_transport_error(proton::transport& transport) override;
  void on_transport_close(proton::transport& transport) override;
  void on_error(const proton::error_condition& error) override;

  const config::Port& port_;
  const Peer peer_;
  const Tasks tasks_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();

  std::mutex mutex_;  // for the three below
  proton::work_queue* work_ = nullptr;
  bool is_woken_ = false, is_closing_ = false;

  proton::connection connection_;
  bool is_open_ = false, is_over_ = false, is_told_ = false;
  std::optional<base::Fault> trouble_;
  proton::container container_;  // goes first: its end calls what is above
};

}  // namespace gateway::channels::amqp1
