#include "tests/gateway/channels/queues/site.h"
#include "tests/support/tls_files.h"

namespace {

using gateway::channels::Outcome;
using testing::HasSubstr;

class Amqp1OverTls : public tests::AmqpSite {
 protected:
  config::Port settings() const override {
    config::Port port = over_amqp1();
    port.url = "amqps://localhost:" + std::to_string(rabbit_->tls_port());
    port.tls = {.ca = rabbit_->tls().certificate,
                .certificate = rabbit_->client_tls().certificate,
                .key = rabbit_->client_tls().key};
    return port;
  }

  std::string trouble_with(const config::Port& port) {
    open(port);
    const Answer answer = send("G");
    EXPECT_EQ(answer.outcome, Outcome::unreachable) << answer.text;
    return answer.text;
  }
};

TEST_F(Amqp1OverTls, SendsAndReceivesWithACertificateOfItsOwn) {
  const auto answer = send("G", std::string(1 << 20, 'x'));
  EXPECT_EQ(answer.outcome, Outcome::confirmed) << answer.text;
  put(std::string(1 << 20, 'y'));
  EXPECT_TRUE(tests::eventually([this] {
    const auto found = bodies();
    return found.size() == 1 && found[0].size() == 1 << 20;
  }));
}

TEST_F(Amqp1OverTls, LogsInByItsCertificateAlone) {
  config::Port port = settings();
  port.login = config::Login::certificate;
  port.user.clear();
  port.password.clear();
  open(port);
  EXPECT_EQ(send("G").outcome, Outcome::confirmed) << channel().health().detail;
}

TEST_F(Amqp1OverTls, ABrokerWithACertificateForAnotherHostIsNotSpokenTo) {
  config::Port port = settings();
  port.url.replace(port.url.find("localhost"), 9, "127.0.0.1");
  EXPECT_THAT(trouble_with(port), HasSubstr("not for this host name"));
}

TEST_F(Amqp1OverTls, ABrokerOfAnUnknownCaIsNotSpokenTo) {
  config::Port port = settings();
  port.tls.ca = tests::make_tls_files(scratch_.path(), "DNS:localhost").certificate;
  EXPECT_THAT(trouble_with(port), HasSubstr("not trusted"));
  port.tls.ca.clear();  // the system's
  EXPECT_THAT(trouble_with(port), HasSubstr("not trusted"));
}

TEST_F(Amqp1OverTls, WithoutTheCertificateThatTheBrokerAsksForItIsUnreachable) {
  config::Port port = settings();
  port.tls.certificate.clear();
  port.tls.key.clear();
  EXPECT_THAT(trouble_with(port), HasSubstr("cannot be reached"));
}

TEST_F(Amqp1OverTls, FilesThatCannotBeUsedAreNamed) {
  config::Port port = settings();
  port.tls.ca = scratch_.path() / "no.pem";
  EXPECT_THAT(trouble_with(port), HasSubstr("no.pem"));
  port = settings();
  port.tls.key = rabbit_->tls().key;  // another certificate's
  EXPECT_THAT(trouble_with(port), HasSubstr(port.tls.key.string()));
}

}  // namespace
