// The data exchange platform over AS3 (RFC 4823): messages go as files into the partner's folder on an FTP server, its
// receipts (MDN) and messages come into ours. A message is confirmed by its receipt. On the I/O thread, FTP on threads
// of its own; the I/O outlives it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "codecs/as2/mdn.h"
#include "config/settings.h"
#include "gateway/channels/agreements/partnership.h"
#include "gateway/channels/as3/sessions.h"
#include "gateway/channels/channel.h"
#include "gateway/offload/offload.h"

namespace gateway::channels::as3 {

class As3Channel final : public Channel {
 public:
  explicit As3Channel(const config::Port& port);
  ~As3Channel() override;

  boost::asio::awaitable<Answer> send(Outgoing message) override;
  std::vector<Source> sources() const override;
  boost::asio::awaitable<base::Result<std::vector<Received>>> receive(Window window) override;
  boost::asio::awaitable<void> acknowledge(Window window) override;
  Health health() const override;

 private:
  struct Box;  // of one DXPID
  using Agreement = codecs::as2::Agreement;
  using Moment = std::chrono::steady_clock::time_point;

  base::Result<Agreement> agreement_of(const std::string& dxp_id);
  std::shared_ptr<Box> box_of(const std::string& dxp_id);
  boost::asio::awaitable<Answer> deliver(std::shared_ptr<Box> box, Agreement agreement, Outgoing message);
  boost::asio::awaitable<Answer> confirmation(std::shared_ptr<Box> box, Agreement agreement,
                                              codecs::as2::SentMessage sent, Moment end);
  boost::asio::awaitable<base::Done> look(std::shared_ptr<Box> box, Agreement agreement);
  std::chrono::milliseconds between_looks(const Box& box) const;

  config::Port port_;
  agreements::Partnership partnership_;
  std::map<std::string, std::shared_ptr<Box>> boxes_;
  std::map<std::string, std::string> sending_troubles_;    // of the last message, by DXPID; empty: none
  std::map<std::string, std::string> receiving_troubles_;  // of the last look, likewise
  std::map<std::string, std::string> remarks_;
  std::string ends_soon_;  // certificates of the agreement; empty: none of them
  Sessions sessions_;
  offload::Pool ftp_;  // the first to go: its calls use what stands above
};

}  // namespace gateway::channels::as3
