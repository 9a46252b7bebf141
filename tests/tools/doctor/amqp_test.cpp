// What the doctor sees of a real RabbitMQ, and that no receipt on it is taken, moved or counted.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "gateway/channels/kinds/make_channel.h"
#include "tests/support/bare_amqp.h"
#include "tests/support/eventually.h"
#include "tests/support/rabbit_server.h"
#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class DoctorAmqp : public Site {
 protected:
  void SetUp() override {
    rabbit_ = RabbitServer::of_this_program();
    if (rabbit_ == nullptr) GTEST_SKIP() << "rabbitmq-server is not installed";
    desk_.emplace(rabbit_->login());
    desk_->declare_exchange("dxp.in");
    desk_->declare_queue(queue_);
    port_ = over_amqp(rabbit_->login().password);
  }
  void TearDown() override {
    if (desk_) desk_->remove_queue(queue_);
  }

  std::string over_amqp(const std::string& password, const std::string& exchange = "dxp.in",
                        const std::string& queue = "out.{dxp_id}") {
    const std::string secret = run_.write("password-" + password, password);
    std::filesystem::permissions(secret, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return "[[port]]\nname = \"hainan\"\nprofile = \"dxp-amqp\"\nurl = \"" + rabbit_->url() + "\"\nuser = \"" +
           rabbit_->login().user + "\"\npassword = \"file:" + secret + "\"\nexchange = \"" + exchange +
           "\"\nqueue = \"" + queue + "\"\n";
  }

  static boost::asio::awaitable<void> receive_once(gateway::channels::Channel& channel) {
    gateway::channels::Window window{"", "DXPENT0000000001", {}};
    const auto received = co_await channel.receive(std::move(window));
    EXPECT_TRUE(received);
  }
  // As a channel does it.
  void receive_without_acknowledging() {
    const auto settings = config::read_settings(write_settings());
    const auto channel = gateway::channels::kinds::make_channel(settings->ports.front(), {dxp_id_});
    boost::asio::io_context io;
    auto done = boost::asio::co_spawn(io, receive_once(*channel), boost::asio::use_future);
    io.run();
    done.get();
  }

  const std::string queue_ = "out.DXPENT0000000001";
  RabbitServer* rabbit_ = nullptr;
  std::optional<BareAmqp> desk_;
};

TEST_F(DoctorAmqp, PassesWhereLoginExchangeAndQueueAreGood) {
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "port hainan, login at amqp://").verdict, "pass");
  EXPECT_EQ(row_about(rows, "exchange dxp.in").verdict, "pass");
  EXPECT_EQ(row_about(rows, "queue " + queue_).verdict, "pass");
  EXPECT_EQ(row_about(rows, "routing key").verdict, "not_checkable");
  EXPECT_EQ(row_about(rows, "clock").verdict, "not_checkable");
  EXPECT_EQ(status_, 0);
}

// A queue that throws away what was handed over once and came back.
TEST_F(DoctorAmqp, ReceiptsStayOnTheQueueAndNoneCountsAsHandedOver) {
  desk_->remove_queue(queue_);
  desk_->declare_queue(queue_, {{"x-queue-type", "quorum"}, {"x-delivery-limit", "0"}});
  for (int i = 0; i < 3; ++i) desk_->publish("", queue_, "<receipt/>");
  EXPECT_EQ(row_about("queue " + queue_).verdict, "pass");
  EXPECT_EQ(desk_->consumers(queue_), 0U);
  EXPECT_EQ(desk_->count(queue_), 3U);
  receive_without_acknowledging();
  EXPECT_TRUE(eventually([this] { return desk_->consumers(queue_) == 0 && desk_->count(queue_) == 0; }));
}

TEST_F(DoctorAmqp, ARefusedLoginFailsAndNamesUserAndPasswordButNoSecret) {
  port_ = over_amqp("wrong-geheim");
  const Row row = row_about("login at amqp://");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en,
              AllOf(HasSubstr("refused the login"), HasSubstr("user and password"), testing::Not(HasSubstr("geheim"))));
  EXPECT_THAT(row.ask, HasSubstr("promotion centre"));
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorAmqp, AQueueThatIsNotThereFailsAndTheRestIsStillLookedAt) {
  port_ = over_amqp(rabbit_->login().password, "nowhere", "none.{dxp_id}");
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "login at amqp://").verdict, "pass");
  EXPECT_EQ(row_about(rows, "exchange nowhere").verdict, "fail");
  const Row queue = row_about(rows, "queue none.DXPENT0000000001");
  EXPECT_EQ(queue.verdict, "fail");
  EXPECT_THAT(queue.en, HasSubstr("correct the port's queue"));
  EXPECT_THAT(queue.zh, HasSubstr("请先声明它"));
}

TEST_F(DoctorAmqp, WithoutAnExchangeTheQueueOfTheRoutingKeyIsLookedAt) {
  port_ = over_amqp(rabbit_->login().password, "");
  EXPECT_EQ(row_about("queue DXPENT0000000001").verdict, "fail");
}

TEST_F(DoctorAmqp, AnAddressWhereNobodyListensFails) {
  port_ =
      "[[port]]\nname = \"hainan\"\nprofile = \"dxp-amqp\"\nurl = \"amqp://127.0.0.1:1\"\nuser = \"u\"\npassword = "
      "\"env:HOME\"\n";
  EXPECT_THAT(row_about("login at amqp://").en, HasSubstr("cannot be reached"));
}

}  // namespace
}  // namespace tests::doctor
