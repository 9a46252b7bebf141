// The platform's end of AS2 (docs/formats/as2.md): opens what enterprises post and answers it with a receipt, and posts
// answers to them until a good receipt comes. What fails is logged and tried again. On the I/O thread, which it blocks
// while it signs; what is referred to outlives it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "codecs/as2/mdn.h"
#include "config/settings.h"
#include "gateway/channels/agreements/partnership.h"
#include "gateway/channels/as2/earlier_receipts.h"
#include "gateway/channels/resting_sessions.h"
#include "gateway/http/router.h"
#include "tools/platform/inbox.h"
#include "tools/platform/receipt_book.h"

namespace tools::platform {

struct As2Terms {
  std::string listen;
  std::string id = "CUSTOMS", partner_id = "{dxp_id}";  // in these two {dxp_id} stands for the enterprise's DXPID
  std::string partner_url;
  std::filesystem::path key, certificate, partner_certificate;
  double lateness_seconds = 60;
};

class As2Desk {
 public:
  As2Desk(As2Terms terms, Inbox& inbox, ReceiptBook& receipts, const base::Clock& clock);

  base::Done check();  // whether its keys and certificates can be used: faults key.*, agreement.expired
  gateway::http::Router router();
  boost::asio::awaitable<void> hand_over();  // until the I/O stops

 private:
  struct Caller {
    codecs::as2::MessageHead head;
    std::string dxp_id;
    codecs::as2::Agreement agreement;
  };

  boost::asio::awaitable<gateway::http::Response> take(gateway::http::Request request);
  boost::asio::awaitable<gateway::http::Response> receive(Caller caller, codecs::as2::ReceivedMessage message);
  boost::asio::awaitable<gateway::http::Response> given(codecs::as2::ReceiptRequest asked,
                                                        codecs::as2::OutgoingMdn receipt,
                                                        std::chrono::milliseconds lateness);
  boost::asio::awaitable<void> post_receipt(std::string url, codecs::as2::OutgoingMdn receipt,
                                            std::chrono::milliseconds lateness);
  boost::asio::awaitable<bool> hand_over(Letter letter);
  base::Result<Caller> caller_in(const codecs::as2::Headers& fields);
  base::Result<codecs::as2::Agreement> agreement_with(const std::string& partner);
  void complain(const std::string& about, const std::string& what);

  const As2Terms terms_;
  config::Port port_;  // as the gateway's channel has it, seen from here
  Inbox& inbox_;
  ReceiptBook& receipts_;
  const base::Clock& clock_;
  gateway::channels::agreements::Partnership partnership_;
  gateway::channels::as2::EarlierReceipts earlier_;
  gateway::channels::RestingSessions sessions_;
  std::string complaint_;  // the last one; it is not repeated
};

}  // namespace tools::platform
