// Posts messages to the partner and hears what its receipt says of each, in the response or later at the door. On the
// I/O thread, whose context outlives it; lives as long as the calls on it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "codecs/as2/message.h"
#include "config/settings.h"
#include "gateway/channels/agreements/partnership.h"
#include "gateway/channels/as2/awaited_receipts.h"
#include "gateway/channels/channel.h"
#include "gateway/channels/resting_sessions.h"
#include "gateway/offload/offload.h"

namespace gateway::channels::as2 {

// The same for the same message, so that one that is sent again is a duplicate to the partner.
std::string message_id_of(const Outgoing& message);

class Sender {
 public:
  Sender(const config::Port& port, agreements::Partnership& partnership, AwaitedReceipts& awaited, offload::Pool& pool);

  boost::asio::awaitable<Answer> send(Outgoing message);
  const std::string& trouble() const { return trouble_; }  // of the last exchange; empty: there was none

 private:
  struct Sent {
    codecs::as2::SentMessage message;
    codecs::as2::Agreement agreement;
  };

  boost::asio::awaitable<Answer> make_and_post(Outgoing message, codecs::as2::Agreement agreement);
  boost::asio::awaitable<Answer> post(codecs::as2::OutgoingMessage made, Sent sent);
  boost::asio::awaitable<Answer> answer_to(Sent sent, http::Response response,
                                           std::chrono::steady_clock::time_point deadline);
  boost::asio::awaitable<Answer> judged(const Sent& sent, const http::Response& response);
  Answer judged(const Sent& sent, Receipt receipt);

  const config::Port& port_;
  agreements::Partnership& partnership_;
  AwaitedReceipts& awaited_;
  offload::Pool& pool_;
  RestingSessions sessions_;
  std::string trouble_;
};

}  // namespace gateway::channels::as2
