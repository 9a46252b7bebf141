// What the doctor sees of peers over AMQP 1.0: a real RabbitMQ, where nothing may be made or taken, and one that has
// every address and wants a certificate.
#include "gateway/channels/kinds/look_at.h"
#include "tests/support/amqp1_peer.h"
#include "tests/support/bare_amqp.h"
#include "tests/support/eventually.h"
#include "tests/support/rabbit_server.h"
#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using gateway::channels::Sight;
using testing::AllOf;
using testing::HasSubstr;

class DoctorAmqp1 : public Site {
 protected:
  void SetUp() override {
    rabbit_ = RabbitServer::of_this_program();
    if (rabbit_ == nullptr) GTEST_SKIP() << "rabbitmq-server is not installed";
    desk_.emplace(rabbit_->login());
    desk_->declare_queue(queue_);
    port_ = over_amqp1();
  }
  void TearDown() override {
    if (desk_) desk_->remove_queue(queue_);
  }

  std::string over_amqp1(const std::string& queue = "/amq/queue/out.{dxp_id}",
                         const std::string& address = "/queue/in.{dxp_id}") {
    return lines(rabbit_->url(), rabbit_->login().password) + "address = \"" + address + "\"\nqueue = \"" + queue +
           "\"\n";
  }
  std::string lines(const std::string& url, const std::string& password) {
    const std::string secret = run_.write("password-" + password, password);
    std::filesystem::permissions(secret, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return "[[port]]\nname = \"hainan\"\nprofile = \"dxp-amqp1\"\nurl = \"" + url + "\"\nuser = \"" +
           rabbit_->login().user + "\"\npassword = \"file:" + secret + "\"\n";
  }

  const std::string queue_ = "out.DXPENT0000000001";
  RabbitServer* rabbit_ = nullptr;
  std::optional<BareAmqp> desk_;
};

TEST_F(DoctorAmqp1, PassesWhereLoginAndQueueAreGoodAndTakesNothing) {
  for (int i = 0; i < 3; ++i) desk_->publish("", queue_, "<receipt/>");
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "port hainan, login at amqp://").verdict, "pass");
  EXPECT_EQ(row_about(rows, "queue /amq/queue/" + queue_).verdict, "pass");
  EXPECT_EQ(status_, 0);
  EXPECT_EQ(desk_->consumers(queue_), 0U);
  EXPECT_EQ(desk_->count(queue_), 3U);
}

TEST_F(DoctorAmqp1, NoReceiptCountsAsHandedOver) {
  desk_->remove_queue(queue_);
  desk_->declare_queue(queue_, {{"x-queue-type", "quorum"}, {"x-delivery-limit", "0"}});
  desk_->publish("", queue_, "<receipt/>");
  EXPECT_EQ(row_about("queue /amq/queue/" + queue_).verdict, "pass");
  EXPECT_EQ(desk_->count(queue_), 1U);
  const auto taken = desk_->take(queue_);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->body, "<receipt/>");
}

TEST_F(DoctorAmqp1, WhatTheBrokerWouldMakeIsHiddenAndNotMade) {
  desk_->remove_queue(queue_);
  port_ = over_amqp1("/queue/out.{dxp_id}");
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "login at amqp://").verdict, "pass");
  for (const char* name : {"address /queue/in.DXPENT0000000001", "queue /queue/out.DXPENT0000000001"}) {
    EXPECT_EQ(row_about(rows, name).verdict, "not_checkable");
    EXPECT_THAT(row_about(rows, name).en, HasSubstr("so that nothing changes"));
  }
  EXPECT_EQ(status_, 0);
  desk_->declare_queue(queue_, {{"x-max-length", "7"}});  // fails beside one that was made otherwise
  EXPECT_EQ(desk_->count(queue_), 0U);
}

TEST_F(DoctorAmqp1, AQueueThatIsNotThereFails) {
  port_ = over_amqp1("/amq/queue/none.{dxp_id}");
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "login at amqp://").verdict, "pass");
  const Row row = row_about(rows, "queue /amq/queue/none.DXPENT0000000001");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, HasSubstr("correct the port's queue"));
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorAmqp1, AnAddressWhereTheBrokerConfirmsBlindlyFails) {
  port_ = over_amqp1("/amq/queue/out.{dxp_id}", "/exchange/amq.direct/{dxp_id}");
  const Row row = row_about("address /exchange/amq.direct/DXPENT0000000001");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, HasSubstr("what no queue takes"));
}

TEST_F(DoctorAmqp1, ARefusedLoginFailsAndNamesNoSecret) {
  port_ = lines(rabbit_->url(), "wrong-geheim");
  const Row row = row_about("login at amqp://");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, AllOf(HasSubstr("refused the login of user"), testing::Not(HasSubstr("geheim"))));
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorAmqp1, AVhostThatIsNotThereFailsThoughEveryAddressIsHidden) {
  const std::string url = rabbit_->url().substr(0, rabbit_->url().rfind('/')) + "/elsewhere";
  port_ = lines(url, rabbit_->login().password) + "address = \"/queue/a\"\nqueue = \"/queue/b\"\n";
  const Row row = row_about("login at amqp://");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, HasSubstr("no such vhost"));
}

TEST_F(DoctorAmqp1, ABrokerThatIsAwayFails) {
  port_ = lines("amqp://127.0.0.1:1", "any");
  EXPECT_THAT(row_about("login at amqp://").en, HasSubstr("cannot be reached"));
}

TEST_F(DoctorAmqp1, ABrokerThatFallsSilentFailsWithinTheTime) {
  rabbit_->freeze();
  const Row row = row_about("login at amqp://");
  rabbit_->thaw();
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, HasSubstr("5000 ms"));
}

class Amqp1Look : public testing::Test {
 protected:
  gateway::channels::View look(config::Port port) {
    return gateway::channels::kinds::look_at(std::move(port), {"DXPENT0000000001"}, std::chrono::seconds(5) * slowness);
  }
  Amqp1Peer peer_;
};

TEST_F(Amqp1Look, APeerThatIsKnownToMakeNothingIsAskedForBothAndSentNothing) {
  const auto view = look(peer_.port());
  ASSERT_THAT(view.sightings, testing::SizeIs(3));
  for (const auto& one : view.sightings) EXPECT_EQ(one.sight, Sight::there) << one.en;
  EXPECT_THAT(peer_.taken(), testing::IsEmpty());
}

TEST_F(Amqp1Look, WithoutACertificateThatIsAskedForTheLoginIsMissing) {
  config::Port port = peer_.port();
  port.tls.certificate.clear();
  port.tls.key.clear();
  const auto view = look(port);
  ASSERT_THAT(view.sightings, testing::SizeIs(1));
  EXPECT_EQ(view.sightings.front().sight, Sight::missing);
}

}  // namespace
}  // namespace tests::doctor
