// A partner over AS2 for the suite of channels.
#pragma once

#include "tests/contracts/channel_suite.h"
#include "tests/gateway/channels/as2/partner.h"

namespace tests {

class As2FarEnd final : public FarEnd {
 public:
  config::Port port() const override {
    config::Port port = partner_.port();
    port.timeout = timeout_;
    return port;
  }
  std::string source() const override { return "as2"; }

  std::vector<std::string> arrived(std::size_t count) override {
    std::vector<std::string> payloads;
    for (Arrived& one : partner_.arrived(count)) payloads.push_back(std::move(one.payload));
    return payloads;
  }
  void put(const std::string& record, const std::string& dxp_id) override { partner_.put(record, dxp_id); }
  void go_away() override { partner_.go_away(); }
  void come_back() override { partner_.come_back(); }
  void refuse(const std::string& words) override { partner_.behave({.manner = Manner::refusing, .words = words}); }
  void lose_answers() override { partner_.behave({.manner = Manner::dropped}); }
  void fall_silent() override {
    partner_.behave({.manner = Manner::silent});
    timeout_ = std::chrono::milliseconds(100);
  }

 private:
  As2Partner partner_;
  std::chrono::milliseconds timeout_ = std::chrono::seconds(20);
};

}  // namespace tests
