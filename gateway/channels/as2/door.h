// What becomes of a POST of the partner's: a receipt is handed to the message that awaits it; a message is opened and
// stands at the door until it is kept, and only then its receipt is given. On the I/O thread; requests hold it, and
// what it refers to outlives their running.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "codecs/as2/message.h"
#include "config/settings.h"
#include "gateway/channels/agreements/partnership.h"
#include "gateway/channels/as2/arrivals.h"
#include "gateway/channels/as2/awaited_receipts.h"
#include "gateway/channels/as2/earlier_receipts.h"
#include "gateway/channels/as2/failure_limit.h"
#include "gateway/http/router.h"
#include "gateway/offload/offload.h"

namespace gateway::channels::as2 {

inline constexpr std::size_t most_waiting = 1000, most_waiting_bytes = std::size_t{64} << 20;
inline constexpr std::size_t most_remembered = 10'000, most_remembered_bytes = std::size_t{32} << 20;
inline constexpr std::size_t most_failures = 20;  // answered with their disposition within failures_within
inline constexpr std::chrono::seconds failures_within{600};

struct DoorParts {
  const config::Port& port;
  std::vector<std::string> dxp_ids;  // whose messages are taken
  agreements::Partnership& partnership;
  AwaitedReceipts& awaited;
  offload::Pool& pool;
};

class Door : public std::enable_shared_from_this<Door> {
 public:
  explicit Door(DoorParts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> answer(http::Request request);
  Arrivals& arrivals() { return arrivals_; }
  void close() { is_closed_ = true; }                    // what comes now is told to come again
  const std::string& remark() const { return remark_; }  // about the last that could not be taken; empty: none yet

 private:
  struct Asked {
    codecs::as2::MessageHead head;
    codecs::as2::ReceiptRequest receipt;
    codecs::as2::Agreement agreement;
    std::string dxp_id;
  };

  boost::asio::awaitable<http::Response> take_receipt(codecs::as2::Headers fields, std::string body);
  boost::asio::awaitable<http::Response> take_message(codecs::as2::Headers fields, std::string body);
  boost::asio::awaitable<http::Response> take_opened(Asked asked, codecs::as2::ReceivedMessage message);
  boost::asio::awaitable<http::Response> wait_for_ledger(Asked asked, std::shared_ptr<Arrival> arrival);
  boost::asio::awaitable<http::Response> refuse(Asked asked, base::Faults faults);
  boost::asio::awaitable<base::Result<codecs::as2::OutgoingMdn>> receipt_for(const Asked& asked,
                                                                             codecs::as2::MdnContent content);
  boost::asio::awaitable<http::Response> given(codecs::as2::ReceiptRequest request, codecs::as2::OutgoingMdn receipt);
  boost::asio::awaitable<void> send_receipt(std::string url, codecs::as2::OutgoingMdn receipt);
  bool is_ours(const std::string& dxp_id) const;
  base::Result<Asked> asked_in(const codecs::as2::Headers& fields) const;
  void note(const base::Faults& faults);

  DoorParts parts_;
  Arrivals arrivals_{most_waiting, most_waiting_bytes};
  EarlierReceipts earlier_{most_remembered, most_remembered_bytes};
  FailureLimit failures_{most_failures, failures_within};
  bool is_closed_ = false;
  std::string remark_;
};

}  // namespace gateway::channels::as2
