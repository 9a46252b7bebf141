// The ends of the data exchange platform that the simulator serves, those that its options name, each with the same
// inbox and the same customs behind it. On the I/O thread; what is referred to outlives the I/O.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "gateway/http/server.h"
#include "tools/platform/broker_front.h"
#include "tools/platform/client_folders.h"
#include "tools/platform/line_troubles.h"
#include "tools/platform/options.h"

namespace tools::platform {

class FarEnds {
 public:
  FarEnds(boost::asio::io_context& io, const Options& options, const Inspection& inspection, Inbox& inbox,
          Customs& customs, const base::Clock& clock);

  void start();                                      // throws Refusal
  std::optional<unsigned short> front_port() const;  // nothing: none was asked for

 private:
  void serve_folders();
  void stand_before(const config::Port& broker);
  void serve_queues(const config::Port& broker);
  void serve_as2();
  void serve_as3();

  boost::asio::io_context& io_;
  const Options& options_;
  Inbox& inbox_;
  ReceiptBook& receipts_;
  const base::Clock& clock_;
  LineTroubles troubles_;
  std::optional<ClientFolders> folders_;
  std::unique_ptr<BrokerFront> front_;
  std::optional<QueueDesk> queues_;
  std::optional<As2Desk> as2_;
  std::optional<gateway::http::Server> as2_server_;
  std::optional<As3Desk> as3_;
};

}  // namespace tools::platform
