// What every channel promises, as one suite. A kind of channel takes part by a FarEnd and
// INSTANTIATE_TEST_SUITE_P(Kind, ChannelSuite, testing::Values(make_far_end)), and likewise for those of the suites
// below whose promise its transport can give: QueueSuite, RefusingSuite, LosingSuite.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/channel.h"

namespace tests {

inline const std::string channel_dxp_id = "DXPENT0000000001", other_dxp_id = "DXPENT0000000002";

// The other side of a port, which outlives the channel to it.
class FarEnd {
 public:
  virtual ~FarEnd() = default;
  virtual config::Port port() const = 0;
  virtual std::string source() const = 0;                                       // where its records can be fetched
  virtual std::string record(const std::string& words) const { return words; }  // what has to stand round them

  virtual std::vector<std::string> arrived(
      std::size_t count) = 0;  // and is taken; waits; throws where it does not come
  virtual void put(const std::string& record, const std::string& dxp_id = channel_dxp_id) = 0;

  virtual void go_away() = 0;
  virtual void come_back() = 0;
  virtual void refuse(const std::string& words) { throw std::logic_error("it cannot refuse: " + words); }
  virtual void lose_answers() { throw std::logic_error("it cannot lose an answer"); }
  virtual void fall_silent() { throw std::logic_error("it cannot fall silent"); }
};

using MakeFarEnd = std::unique_ptr<FarEnd> (*)();

class ChannelSuite : public testing::TestWithParam<MakeFarEnd> {
 protected:
  using Records = base::Result<std::vector<gateway::channels::Received>>;

  ChannelSuite() : far_end_(GetParam()()) { restart(); }

  FarEnd& far_end() { return *far_end_; }
  gateway::channels::Channel& channel() { return *channel_; }
  boost::asio::io_context& io() { return *io_; }
  void restart();  // of the gateway: the channel is made anew
  void stop();     // in the midst of whatever it does

  template <class Value>
  std::future<std::optional<Value>> start(boost::asio::awaitable<Value> flow) {
    return boost::asio::co_spawn(*io_, held(std::move(flow)), boost::asio::use_future);
  }
  // What a channel goes on with of its own, for example a listener, is no reason to wait.
  template <class Value>
  Value finish(std::future<Value> value) {
    do {
      io_->restart();
      io_->run_one_for(std::chrono::milliseconds(10));
      io_->poll();
    } while (value.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
    return value.get();
  }
  template <class Value>
  Value run(boost::asio::awaitable<Value> flow) {
    return *finish(start(std::move(flow)));
  }

  gateway::channels::Answer send(const std::string& envelope, const std::string& guid = "GUID-1");
  Records receive(const std::string& dxp_id = channel_dxp_id);
  // Asks until so many have come, or nothing comes any more; acknowledges each time.
  std::vector<std::string> receive_all(std::size_t count);
  void acknowledge();
  gateway::channels::Window window(const std::string& dxp_id = channel_dxp_id) const;

 private:
  template <class Value>
  static boost::asio::awaitable<std::optional<Value>> held(boost::asio::awaitable<Value> flow) {
    co_return co_await std::move(flow);
  }

  std::unique_ptr<FarEnd> far_end_;
  std::unique_ptr<boost::asio::io_context> io_;
  std::unique_ptr<gateway::channels::Channel> channel_;
};

class QueueSuite : public ChannelSuite {};
class RefusingSuite : public ChannelSuite {};
class LosingSuite : public ChannelSuite {};

}  // namespace tests
