#include <gmock/gmock.h>
#include <memory>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "gateway/http/session.h"
#include "tests/gateway/http/running_server.h"
#include "tests/support/paths.h"

namespace {

using gateway::http::Call;
using gateway::http::Reach;
using gateway::http::Request;
using gateway::http::Response;
using gateway::http::Router;
using gateway::http::ServerOptions;
using tests::RunningServer;
using tests::send_and_wait;

struct TlsFiles {
  std::filesystem::path certificate, key;
};

struct Closed {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(FILE* file) const { std::fclose(file); }
};

template <class T>
using Owned = std::unique_ptr<T, Closed>;

// A self-signed certificate for `names`, as subjectAltName spells them.
TlsFiles make_certificate(const std::filesystem::path& folder, const char* names) {
  const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
  const Owned<X509> certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  const Owned<X509_EXTENSION> alternative(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names));
  X509_add_ext(certificate.get(), alternative.get(), -1);
  X509_sign(certificate.get(), key.get(), EVP_sha256());

  TlsFiles files{folder / "tls.cert.pem", folder / "tls.key.pem"};
  const Owned<FILE> certificate_file(std::fopen(files.certificate.c_str(), "w"));
  PEM_write_X509(certificate_file.get(), certificate.get());
  const Owned<FILE> key_file(std::fopen(files.key.c_str(), "w"));
  PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return files;
}

boost::asio::awaitable<Response> count(Request request) {
  co_return Response::text(200, std::to_string(request.body.size()));
}

class Https : public testing::Test {
 protected:
  ServerOptions options(const char* names) {
    const TlsFiles files = make_certificate(scratch_.path(), names);
    ServerOptions options;
    options.certificate = files.certificate;
    options.key = files.key;
    options.body_limit_bytes = std::size_t{1} << 20;
    return options;
  }
  static Router router() {
    Router routes;
    routes.add({"POST", "/count", std::nullopt, count});
    return routes;
  }
  Call call_to(const RunningServer& server, std::size_t bytes) {
    Call call;
    call.method = "POST";
    call.url = server.url() + "/count";
    call.body = std::string(bytes, 'x');
    call.trust = scratch_.path() / "tls.cert.pem";
    return call;
  }

  tests::ScratchDirectory scratch_;
};

TEST_F(Https, CarriesARequestToAServerThatIsTrusted) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  EXPECT_THAT(server.url(), testing::StartsWith("https://127.0.0.1:"));
  const auto exchange = send_and_wait(call_to(server, 100000));
  ASSERT_EQ(exchange.reach, Reach::answered) << exchange.detail;
  EXPECT_EQ(exchange.response.body, "100000");
}

TEST_F(Https, CarriesCallsInTurnOnOneSession) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  gateway::http::Session session;
  boost::asio::io_context context;
  for (const std::size_t bytes : {std::size_t{10}, std::size_t{100000}, std::size_t{20}}) {
    context.restart();
    auto exchange = boost::asio::co_spawn(context, session.send(call_to(server, bytes)), boost::asio::use_future);
    context.run();
    EXPECT_EQ(exchange.get().response.body, std::to_string(bytes));
  }
}

TEST_F(Https, TheRefusalOfABodyOverTheLimitIsSeen) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  const auto exchange = send_and_wait(call_to(server, (std::size_t{1} << 20) + 1));
  ASSERT_EQ(exchange.reach, Reach::answered) << exchange.detail;
  EXPECT_EQ(exchange.response.status, 413u);
}

TEST_F(Https, SendsNothingToAServerThatIsNotTrusted) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  Call call = call_to(server, 1);
  call.trust.reset();
  const auto exchange = send_and_wait(call);
  EXPECT_EQ(exchange.reach, Reach::unreachable);
  EXPECT_THAT(exchange.detail, testing::HasSubstr("TLS with 127.0.0.1"));
}

TEST_F(Https, SendsNothingToAServerOfAnotherName) {
  RunningServer server(router(), options("DNS:other.example"));
  EXPECT_EQ(send_and_wait(call_to(server, 1)).reach, Reach::unreachable);
}

TEST_F(Https, SendsNothingWhereTheTrustCannotBeRead) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  Call call = call_to(server, 1);
  call.trust = scratch_.path() / "none.pem";
  const auto exchange = send_and_wait(call);
  EXPECT_EQ(exchange.reach, Reach::unreachable);
  EXPECT_THAT(exchange.detail, testing::HasSubstr("none.pem"));
}

TEST_F(Https, IsUnreachableWhereThePeerDoesNotSpeakTls) {
  RunningServer trusted(router(), options("IP:127.0.0.1"));
  RunningServer plain(router());
  Call call = call_to(trusted, 1);
  call.url = "https" + plain.url().substr(4);
  call.timeout = std::chrono::milliseconds{2000};
  EXPECT_EQ(send_and_wait(call).reach, Reach::unreachable);
}

TEST_F(Https, SurvivesAClientThatDoesNotSpeakTls) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  auto socket = server.connect();
  socket.write("GET / HTTP/1.1\r\n\r\n");
  socket.read_until("nothing of HTTP");
  EXPECT_EQ(send_and_wait(call_to(server, 1)).reach, Reach::answered);
}

TEST_F(Https, NamesTheKeyFileItCannotUse) {
  ServerOptions broken = options("IP:127.0.0.1");
  broken.key = scratch_.path() / "none.pem";
  try {
    RunningServer server(router(), broken);
    FAIL() << "listened without a key";
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("none.pem"));
  }
}

}  // namespace
