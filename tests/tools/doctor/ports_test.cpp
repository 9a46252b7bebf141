// What the doctor sees of ports over HTTP and by folders, and that it leaves them as they are.
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/channels/address_look.h"
#include "gateway/channels/kinds/look_at.h"
#include "tests/support/tls_files.h"
#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;

// Where nobody listens.
std::string closed_address() {
  const RawServer gone([](RawSocket&) {});
  return gone.url();
}

class DoctorHttpPort : public Site {
 protected:
  std::vector<Row> against(Behaviour behaviour) {
    const ListingServer other(std::move(behaviour));
    port_ = over_http(other.url());
    return examined();
  }
};

TEST_F(DoctorHttpPort, EveryListingIsAskedForTheEnterpriseAndNothingIsSent) {
  const auto rows = examined();
  const Row row = row_about(rows, "listings");
  EXPECT_EQ(row.verdict, "pass");
  EXPECT_EQ(row.step, 5);
  EXPECT_EQ(status_, 0);
  EXPECT_THAT(platform_.asked(), AllOf(Contains(HasSubstr("/ceb312msg")), Contains(HasSubstr("/ceb622msg"))));
  EXPECT_THAT(platform_.asked(), Each(AllOf(HasSubstr("GET /ceb"), HasSubstr("dxpid=DXPENT0000000001&qryid=20"))));
}

TEST_F(DoctorHttpPort, TheChannelCannotBeSeenAndThePromotionCentreIsNamed) {
  const Row row = row_about("channel");
  EXPECT_EQ(row.verdict, "not_checkable");
  EXPECT_THAT(row.ask, HasSubstr("promotion centre"));
  EXPECT_THAT(row.to_do, HasSubstr("test message"));
}

TEST_F(DoctorHttpPort, AClosedPortFailsOnce) {
  port_ = over_http(closed_address());
  const auto rows = examined();
  const Row row = row_about(rows, "address http://");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, HasSubstr("cannot be reached"));
  EXPECT_EQ(row_about(rows, "clock").verdict, "not_checkable");
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorHttpPort, AnAddressThatIsNoPlatformFails) {
  const auto rows = against({.status = "404 Not Found", .body = "nothing here"});
  EXPECT_EQ(row_about(rows, "listing /ceb312msg").verdict, "fail");
  EXPECT_THAT(row_about(rows, "listing /ceb312msg").en, AllOf(HasSubstr("HTTP 404"), HasSubstr("DXPENT0000000001")));
  EXPECT_EQ(row_about(rows, "clock").verdict, "pass");
}

TEST_F(DoctorHttpPort, AListingThatNoPlatformIsKnownToHaveMayBeMissing) {
  const RawServer two_listings([](RawSocket& socket) {
    const std::string request = socket.read_until("\r\n\r\n");
    const bool is_there =
        request.find("/ceb312msg") != std::string::npos || request.find("/ceb622msg") != std::string::npos;
    socket.write(is_there ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
                          : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  });
  port_ = over_http(two_listings.url());
  const auto rows = examined();
  EXPECT_THAT(row_about(rows, "port hainan, listings").en, HasSubstr("2 of them"));
  const Row others = row_about(rows, "other listings");
  EXPECT_EQ(others.verdict, "not_checkable");
  EXPECT_THAT(others.en, AllOf(HasSubstr("/ceb412msg"), testing::Not(HasSubstr("/ceb622msg"))));
  EXPECT_EQ(status_, 0);
}

TEST_F(DoctorHttpPort, AnAnswerThatIsNoListingFails) {
  const auto rows = against({.body = "<html>log in</html>"});
  EXPECT_THAT(row_about(rows, "listing /ceb312msg").en, HasSubstr("no listing"));
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorHttpPort, APortThatNobodyUsesWarns) {
  sections_ = "\n[[port]]\nname = \"spare\"\nprofile = \"hainan-http\"\nurl = \"http://127.0.0.1:1\"\n";
  const Row row = row_about("port spare");
  EXPECT_EQ(row.verdict, "warning");
  EXPECT_EQ(status_, 0);
}

TEST(AddressLook, KnowsWhetherSomebodyListens) {
  using gateway::channels::look_at_address;
  using gateway::channels::Sight;
  const RawServer server([](RawSocket&) {});
  EXPECT_EQ(look_at_address(server.url() + "/as2", 5s).sight, Sight::there);
  const auto missing = look_at_address(closed_address(), 5s);
  EXPECT_EQ(missing.sight, Sight::missing);
  EXPECT_THAT(missing.en, HasSubstr("refused"));
  EXPECT_EQ(look_at_address("ftp://nowhere.invalid", 5s).sight, Sight::missing);
  EXPECT_EQ(look_at_address("http://[::1", 5s).sight, Sight::missing);
  EXPECT_EQ(look_at_address("", 5s).sight, Sight::missing);
}

TEST(Looks, ThereIsNoneAtAProfileThatIsNone) {
  config::Port port;
  port.profile = "another";
  EXPECT_THROW(gateway::channels::kinds::look_at(port, {"DXPENT0000000001"}, 5s), std::invalid_argument);
}

class DoctorFolders : public Site {
 protected:
  DoctorFolders() {
    port_ =
        "[[port]]\nname = \"hainan\"\nprofile = \"directory\"\nout = \"dxp/{dxp_id}/out\"\nin = \"dxp/{dxp_id}/in\"\n";
    std::filesystem::create_directories(in_);
    std::filesystem::create_directories(out_);
  }

  std::filesystem::path in_ = run_.path("dxp/DXPENT0000000001/in"), out_ = run_.path("dxp/DXPENT0000000001/out");
};

TEST_F(DoctorFolders, PassWhereBothAreThereAndWhatIsInThemStays) {
  write_file(in_ / "CEB312Message-1.xml", "<receipt/>");
  std::filesystem::last_write_time(in_ / "CEB312Message-1.xml", std::filesystem::file_time_type::clock::now() - 1h);
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "folder " + in_.string()).verdict, "pass");
  EXPECT_EQ(row_about(rows, "folder " + out_.string()).verdict, "pass");
  EXPECT_EQ(row_about(rows, "client").verdict, "not_checkable");
  EXPECT_EQ(status_, 0);
  EXPECT_EQ(read_file(in_ / "CEB312Message-1.xml"), "<receipt/>");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(in_), {}), 1);
  EXPECT_TRUE(std::filesystem::is_empty(out_));
}

TEST_F(DoctorFolders, OneThatIsMissingFailsAndIsNotMade) {
  std::filesystem::remove(in_);
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "folder " + in_.string()).verdict, "fail");
  EXPECT_THAT(row_about(rows, "folder " + in_.string()).en, HasSubstr("make it"));
  EXPECT_THAT(row_about(rows, "folder " + in_.string()).zh, HasSubstr("请建立该目录"));
  EXPECT_EQ(status_, 1);
  EXPECT_FALSE(std::filesystem::exists(in_));
}

TEST_F(DoctorFolders, AFileInThePlaceOfOneFails) {
  std::filesystem::remove(out_);
  write_file(out_, "");
  EXPECT_EQ(row_about("folder " + out_.string()).verdict, "fail");
}

class DoctorTls : public Site {
 protected:
  void serve_https_with(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    server_ = "certificate = \"" + certificate.string() + "\"\nkey = \"file:" + key.string() + "\"\n";
  }
};

TEST_F(DoctorTls, ACertificateThatHasEndedFails) {
  const auto ended = authority_.issue_rsa("测试企业", {.not_after = base::SystemClock().now() - 24h});
  serve_https_with(ended.certificate, ended.key);
  const Row row = row_about("gateway's HTTPS");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, HasSubstr("it ended on"));
}

TEST_F(DoctorTls, OneThatWillEndSoonWarnsAndAnotherPasses) {
  const auto ending = authority_.issue_rsa("测试企业", {.not_after = base::SystemClock().now() + 24h * 6});
  serve_https_with(ending.certificate, ending.key);
  EXPECT_EQ(row_about("gateway's HTTPS").verdict, "warning");
  const auto good = authority_.issue_rsa("测试企业");
  serve_https_with(good.certificate, good.key);
  EXPECT_EQ(row_about("gateway's HTTPS").verdict, "pass");
}

TEST_F(DoctorTls, OneThatIsNotThereOrNoCertificateFails) {
  serve_https_with(run_.path("nowhere.pem"), key_.key);
  EXPECT_EQ(row_about("gateway's HTTPS").verdict, "fail");
  serve_https_with(run_.write("no.pem", "no certificate"), key_.key);
  EXPECT_EQ(row_about("gateway's HTTPS").verdict, "fail");
}

TEST_F(DoctorTls, TheCertificatesOfAPortAreLookedAtToo) {
  const auto ended = authority_.issue_rsa("测试企业", {.not_after = base::SystemClock().now() - 24h});
  const auto key = authority_.issue_rsa("测试企业");
  port_ =
      "[[port]]\nname = \"hainan\"\nprofile = \"dxp-amqp\"\nurl = \"amqps://127.0.0.1:1\"\nuser = \"u\"\npassword = "
      "\"env:NONE\"\nca = \"" +
      authority_.rsa_root().string() + "\"\ncertificate = \"" + ended.certificate.string() + "\"\nkey = \"" +
      key.key.string() + "\"\n";
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "port hainan, client certificate").verdict, "fail");
  EXPECT_EQ(row_about(rows, "port hainan, trusted certificate").verdict, "pass");
}

}  // namespace
}  // namespace tests::doctor
