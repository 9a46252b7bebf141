#include "tests/support/amqp_front.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <string>

namespace tests {

namespace {

tools::platform::LineHarm none(const std::string&) { return tools::platform::LineHarm::none; }

}  // namespace

AmqpFront::AmqpFront(int broker_port)
    : front_(io_.get_executor(), {boost::asio::ip::make_address("127.0.0.1"), 0}, "127.0.0.1",
             std::to_string(broker_port), none),
      port_(front_.port()) {
  boost::asio::co_spawn(io_, front_.run(), boost::asio::detached);
  thread_ = std::thread([this] { io_.run(); });
}

AmqpFront::~AmqpFront() {
  io_.stop();
  thread_.join();
}

void AmqpFront::do_harm(Harm harm) {
  boost::asio::post(io_, boost::asio::use_future([this, harm] { front_.do_harm(harm); })).get();
}

}  // namespace tests
