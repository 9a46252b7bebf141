// The platform's end of a broker: takes messages from the queue of each enterprise, and puts answers into the queue
// where it waits for them (docs/formats/amqp.md, amqp1.md). What fails is logged and tried again. On the I/O thread;
// what is referred to outlives it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "base/clock.h"
#include "config/settings.h"
#include "tools/platform/broker_end.h"
#include "tools/platform/inbox.h"
#include "tools/platform/receipt_book.h"

namespace tools::platform {

// Names in which {dxp_id} stands for the enterprise's DXPID.
struct QueueNames {
  std::string messages = "in.{dxp_id}", answers = "out.{dxp_id}";
};

class QueueDesk {
 public:
  QueueDesk(const config::Port& broker, QueueNames names, Inbox& inbox, ReceiptBook& receipts,
            const base::Clock& clock);

  boost::asio::awaitable<void> take_from(std::string dxp_id);  // until the I/O stops
  boost::asio::awaitable<void> hand_over();                    // likewise

 private:
  bool take(const std::string& bytes, const std::string& dxp_id);
  boost::asio::awaitable<bool> hand_over(Letter letter);
  void complain(const std::string& queue, const std::string& what);

  const QueueNames names_;
  Inbox& inbox_;
  ReceiptBook& receipts_;
  const base::Clock& clock_;
  std::string complaint_;  // the last one; it is not repeated
  const std::unique_ptr<BrokerEnd> broker_;
};

}  // namespace tools::platform
