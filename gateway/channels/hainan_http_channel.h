// The Hainan public service platform over HTTP: POST of the envelope, GET of the receipt listings. `OK` means taken,
// nothing more. On the I/O thread, whose context outlives it; lives as long as the calls on it. Connections
// serve one call after another.
#pragma once

#include <chrono>
#include <vector>

#include "codecs/hainan/listing.h"
#include "config/settings.h"
#include "gateway/channels/channel.h"
#include "gateway/http/session.h"

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
  // A connection that is open and serves no call.
  struct Resting {
    http::Session session;
    std::chrono::steady_clock::time_point since;
  };

  boost::asio::awaitable<http::Exchange> ask(http::Call call);
  http::Session rested();
  const codecs::hainan::ListingForm* form_at(const std::string& path) const;

  config::Port port_;
  std::string address_;  // without a slash at its end
  std::vector<codecs::hainan::ListingForm> listings_;
  std::vector<Resting> resting_;  // as many at most as calls were ever under way at once; the last used is the last
  Health health_{false, "not asked yet"};
};

}  // namespace gateway::channels
