// AS2 over HTTPS: whom the gateway trusts, what it shows of itself, and its own listener's certificate.
#include "tests/gateway/channels/as2/site.h"
#include "tests/support/paths.h"
#include "tests/support/tls_files.h"

namespace tests {
namespace {

using gateway::channels::Outcome;
using testing::HasSubstr;

gateway::http::ServerOptions with(const TlsFiles& files, const std::optional<std::filesystem::path>& client_ca) {
  gateway::http::ServerOptions options;
  options.certificate = files.certificate;
  options.key = files.key;
  options.client_ca = client_ca;
  return options;
}

const IssuedTlsFiles& issued_files() {
  static const ScratchDirectory folder;
  static const IssuedTlsFiles files = make_issued_tls_files(folder.path(), "IP:127.0.0.1");
  return files;
}

class As2OverTls : public As2Site {
 protected:
  As2OverTls() : As2OverTls(std::nullopt) {}
  explicit As2OverTls(const std::optional<std::filesystem::path>& client_ca)
      : As2Site(with(issued_files().files, client_ca)) {}

  const IssuedTlsFiles& issued_ = issued_files();
};

class As2WithClientCertificates : public As2OverTls {
 protected:
  As2WithClientCertificates() : As2OverTls(issued_files().ca) { port_.tls.ca = issued_.ca; }
};

TEST_F(As2OverTls, ThePartnersCertificateMustLeadToTheTrustedCa) {
  EXPECT_EQ(send().outcome, Outcome::unreachable) << "nobody knows its CA";
  port_.tls.ca = issued_.ca;
  restart();
  EXPECT_EQ(send().outcome, Outcome::confirmed);
}

TEST_F(As2WithClientCertificates, AreShownToThePartnerThatAsksForOne) {
  port_.tls.certificate = issued_.files.certificate;
  port_.tls.key = issued_.files.key;
  EXPECT_EQ(send().outcome, Outcome::confirmed);
}

TEST_F(As2WithClientCertificates, WithoutOneNothingIsConfirmed) {
  const Answer answer = send();
  EXPECT_TRUE(answer.outcome == Outcome::unknown || answer.outcome == Outcome::unreachable) << answer.text;
  EXPECT_FALSE(answer.text.empty());
}

TEST_F(As2WithClientCertificates, OneThatCannotBeReadIsNamed) {
  port_.tls.certificate = "/absent/client.pem";
  port_.tls.key = issued_.files.key;
  const Answer answer = send();
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, HasSubstr("/absent/client.pem"));
}

TEST_F(As2WithClientCertificates, TheDoorAsksForOneToo) {
  port_.listening.certificate = issued_.files.certificate;
  port_.listening.key = issued_.files.key;
  port_.listening.ca = issued_.ca;
  ASSERT_TRUE(receive());
  const auto reach = [&](const std::optional<gateway::http::ClientIdentity>& identity) {
    gateway::http::Call call;
    call.method = "POST";
    call.url = "https://127.0.0.1:" + std::to_string(port_.listening.port) + "/as2";
    call.trust = issued_.ca;
    call.identity = identity;
    return run(gateway::http::send(std::move(call)));
  };
  EXPECT_NE(reach(std::nullopt).reach, gateway::http::Reach::answered);
  const auto shown = reach(gateway::http::ClientIdentity{issued_.files.certificate, issued_.files.key});
  EXPECT_EQ(shown.response.status, 400U) << shown.detail;
}

TEST_F(As2OverTls, TheDoorHasItsOwnCertificate) {
  port_.listening.certificate = issued_.files.certificate;
  port_.listening.key = issued_.files.key;
  EXPECT_TRUE(receive());
  EXPECT_THAT(channel().health().detail, HasSubstr("https://127.0.0.1:"));
}

}  // namespace
}  // namespace tests
