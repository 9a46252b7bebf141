#include "tests/gateway/channels/queues/site.h"
#include "tests/support/tls_files.h"

namespace {

using gateway::channels::Outcome;
using testing::AllOf;
using testing::HasSubstr;

class AmqpOverTls : public tests::AmqpSite {
 protected:
  config::Port secure() const {
    config::Port port = settings();
    port.url = rabbit_->tls_url();
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

TEST_F(AmqpOverTls, SendsAndReceivesWithACertificateOfItsOwn) {
  open(secure());
  const auto answer = send("G", std::string(1 << 20, 'x'));
  EXPECT_EQ(answer.outcome, Outcome::confirmed) << answer.text;
  put(std::string(1 << 20, 'y'));
  EXPECT_TRUE(tests::eventually([this] {
    const auto found = bodies();
    return found.size() == 1 && found[0].size() == 1 << 20;
  }));
}

TEST_F(AmqpOverTls, LogsInByItsCertificateAlone) {
  config::Port port = secure();
  port.login = config::Login::certificate;
  port.user.clear();
  port.password.clear();
  open(port);
  EXPECT_EQ(send("G").outcome, Outcome::confirmed) << channel().health().detail;
}

TEST_F(AmqpOverTls, ALoginByCertificateThatIsNotLetInIsNamedByIt) {
  config::Port port = secure();
  port.url += "-of-others";
  port.login = config::Login::certificate;
  EXPECT_THAT(trouble_with(port), AllOf(HasSubstr("-of-others"), HasSubstr(port.tls.certificate.string())));
}

TEST_F(AmqpOverTls, ManyRecordsComeWholeAndInTheirOrder) {
  open(secure());
  for (int i = 0; i < 150; ++i) put(std::to_string(i) + std::string(5000, 'z'));
  std::vector<std::string> found;
  EXPECT_TRUE(tests::eventually([&] {
    found = bodies();
    return found.size() == 150;
  }));
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_TRUE(found[i] == std::to_string(i) + std::string(5000, 'z'));
}

TEST_F(AmqpOverTls, ABrokerWithACertificateForAnotherHostIsNotSpokenTo) {
  config::Port port = secure();
  port.url.replace(port.url.find("localhost"), 9, "127.0.0.1");
  EXPECT_THAT(trouble_with(port), HasSubstr("not for this host name"));
}

TEST_F(AmqpOverTls, ABrokerOfAnUnknownCaIsNotSpokenTo) {
  config::Port port = secure();
  port.tls.ca = tests::make_tls_files(scratch_.path(), "DNS:localhost").certificate;
  EXPECT_THAT(trouble_with(port), HasSubstr("not trusted"));
  port.tls.ca.clear();  // the system's
  EXPECT_THAT(trouble_with(port), HasSubstr("not trusted"));
}

TEST_F(AmqpOverTls, WithoutTheCertificateThatTheBrokerAsksForItIsUnreachable) {
  config::Port port = secure();
  port.tls.certificate.clear();
  port.tls.key.clear();
  EXPECT_THAT(trouble_with(port), HasSubstr("cannot be reached"));
}

TEST_F(AmqpOverTls, FilesThatCannotBeUsedAreNamed) {
  config::Port port = secure();
  port.tls.ca = scratch_.path() / "no.pem";
  EXPECT_THAT(trouble_with(port), HasSubstr("no.pem"));
  port = secure();
  port.tls.key = rabbit_->tls().key;  // another certificate's
  EXPECT_THAT(trouble_with(port), HasSubstr(port.tls.key.string()));
}

}  // namespace
