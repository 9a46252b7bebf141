// The Hainan public service platform over HTTP: POST of the envelope, GET of the receipt listings. `OK` means taken,
// nothing more. On the I/O thread, whose context outlives it; lives as long as the calls on it. Connections
// serve one call after another.
#pragma once

#include <vector>

#include "codecs/hainan/listing.h"
#include "config/settings.h"
#include "gateway/channels/channel.h"
#include "gateway/channels/resting_sessions.h"

namespace gateway::channels {

class HainanHttpChannel final : public Channel {
 public:
  explicit HainanHttpChannel(const config::Port& port);

  boost::asio::awaitable<Answer> send(Outgoing message) override;
  std::vector<Source> sources() const override;
  boost::asio::awaitable<base::Result<std::vector<Received>>> receive(Window window) override;
  boost::asio::awaitable<void> acknowledge(Window window) override;
  Health health() const override { return health_; }

 private:
  boost::asio::awaitable<http::Exchange> ask(http::Call call);
  const codecs::hainan::ListingForm* form_at(const std::string& path) const;

  config::Port port_;
  std::string address_;  // without a slash at its end
  std::vector<codecs::hainan::ListingForm> listings_;
  RestingSessions sessions_;
  Health health_{false, "not asked yet"};
};

}  // namespace gateway::channels
