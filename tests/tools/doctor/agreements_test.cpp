// What the doctor sees of ports over AS2 and AS3: the agreement's files, the listener, a real FTP server; and that it
// puts nothing anywhere.
#include "tests/codecs/as2/partners.h"
#include "tests/support/ftp_server.h"
#include "tests/support/tls_files.h"
#include "tests/support/unused_port.h"
#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

class DoctorAgreement : public Site {
 protected:
  DoctorAgreement() : partners_(made_folder(run_.path("as2"))) {
    own_key_ = partners_.shop.key_file;
    own_certificate_ = partners_.shop.certificate_file;
    partner_certificate_ = partners_.customs.certificate_file;
    std::filesystem::permissions(own_key_, std::filesystem::perms::owner_read);
  }
  static std::filesystem::path made_folder(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return folder;
  }

  std::string agreement() const {
    return "[port.agreement]\npartner_id = \"CUSTOMS\"\nkey = \"" + own_key_.string() + "\"\ncertificate = \"" +
           own_certificate_.string() + "\"\npartner_certificates = [\"" + partner_certificate_.string() + "\"]\n";
  }
  std::string over_as2(const std::string& more = "") const {
    return "[[port]]\nname = \"hainan\"\nprofile = \"dxp-as2\"\nurl = \"" + partner_.url() + "/as2\"\nlisten = \"" +
           listen_ + "\"\n" + more + agreement();
  }

  As2Partners partners_;
  std::filesystem::path own_key_, own_certificate_, partner_certificate_;
  ListingServer partner_;
  std::string listen_ = "127.0.0.1:" + std::to_string(unused_port());
};

TEST_F(DoctorAgreement, PassesWhereFilesPartnerAndListenerAreGoodAndPostsNothing) {
  port_ = over_as2();
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "agreement with CUSTOMS").verdict, "pass");
  EXPECT_EQ(row_about(rows, "port hainan, address http://").verdict, "pass");
  EXPECT_EQ(row_about(rows, "listener's address " + listen_).verdict, "pass");
  EXPECT_EQ(row_about(rows, "exchange and receipts").verdict, "not_checkable");
  EXPECT_EQ(status_, 0);
  EXPECT_THAT(partner_.asked(), testing::IsEmpty());
}

TEST_F(DoctorAgreement, APartnersCertificateThatHasEndedOrNotBegunFails) {
  const base::Time now = base::SystemClock().now();
  for (const TestValidity& validity : {TestValidity{.not_after = now - 24h}, TestValidity{.not_before = now + 24h}}) {
    partner_certificate_ = authority_.issue_rsa("customs", validity).certificate;
    port_ = over_as2();
    const Row row = row_about("agreement with CUSTOMS");
    EXPECT_EQ(row.verdict, "fail");
    EXPECT_THAT(row.en, AllOf(HasSubstr("The certificate of the partner"), HasSubstr("cannot be used now")));
    EXPECT_EQ(status_, 1);
  }
}

TEST_F(DoctorAgreement, APartnersCertificateThatEndsWithinThirtyDaysIsAWarning) {
  const base::Time now = base::SystemClock().now();
  for (const auto& [left, verdict] : {std::pair{24h * 29, "warning"}, std::pair{24h * 31, "pass"}}) {
    partner_certificate_ = authority_.issue_rsa("customs", {.not_after = now + left}).certificate;
    port_ = over_as2();
    const Row row = row_about("agreement with CUSTOMS");
    EXPECT_EQ(row.verdict, verdict);
    EXPECT_EQ(status_, 0);
  }
}

TEST_F(DoctorAgreement, AKeyFileThatIsMissingFails) {
  own_key_ = run_.path("nowhere.pem");
  port_ = over_as2();
  const Row row = row_about("agreement with CUSTOMS " + own_key_.string());
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorAgreement, AKeyThatOthersCanReadFailsWithTheCommandThatHelps) {
  std::filesystem::permissions(own_key_, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  port_ = over_as2();
  EXPECT_THAT(row_about("agreement with CUSTOMS").en, HasSubstr("run: chmod"));
}

TEST_F(DoctorAgreement, AKeyOfAnotherCertificateFails) {
  own_certificate_ = partners_.stranger.certificate_file;
  port_ = over_as2();
  EXPECT_EQ(row_about("agreement with CUSTOMS").verdict, "fail");
}

TEST_F(DoctorAgreement, APartnerThatIsAwayFails) {
  port_ = over_as2();
  port_.replace(port_.find(partner_.url()), partner_.url().size(), "http://127.0.0.1:1");
  EXPECT_EQ(row_about("port hainan, address http://").verdict, "fail");
}

TEST_F(DoctorAgreement, AListenersAddressInUseIsHiddenSinceItMayBeTheGateways) {
  const RawServer gateway([](RawSocket&) {});
  listen_ = "127.0.0.1:" + std::to_string(gateway.port());
  port_ = over_as2();
  const Row row = row_about("listener's address " + listen_);
  EXPECT_EQ(row.verdict, "not_checkable");
  EXPECT_THAT(row.en, HasSubstr("by the gateway, where one runs"));
  EXPECT_EQ(status_, 0);
}

TEST_F(DoctorAgreement, AListenersAddressOfAnotherMachineFails) {
  listen_ = "192.0.2.1:4080";
  port_ = over_as2();
  EXPECT_EQ(row_about("listener's address 192.0.2.1:4080").verdict, "fail");
}

TEST_F(DoctorAgreement, TheListenersTlsFilesAreOpened) {
  const auto files = make_tls_files(made_folder(run_.path("tls")), "DNS:localhost");
  const auto with = [&](const std::filesystem::path& key) {
    port_ = over_as2("listen_certificate = \"" + files.certificate.string() + "\"\nlisten_key = \"" + key.string() +
                     "\"\n");
    return row_about("TLS files of the listener");
  };
  EXPECT_EQ(with(files.key).verdict, "pass");
  EXPECT_THAT(with(own_key_).en, HasSubstr("cannot use " + own_key_.string()));
  EXPECT_EQ(with(run_.path("nowhere.pem")).verdict, "fail");
}

class DoctorAs3 : public DoctorAgreement {
 protected:
  void SetUp() override {
    if (!FtpServer::is_installed()) GTEST_SKIP() << "vsftpd is not installed";
    server_.emplace();
    for (const char* folder : {"/out", "/in"}) server_->make_folder(dxp_id_ + folder);
    port_ = over_as3(server_->password());
  }
  std::string over_as3(const std::filesystem::path& password, const std::string& in = "{dxp_id}/in") const {
    return "[[port]]\nname = \"hainan\"\nprofile = \"dxp-as3\"\nurl = \"" + server_->url() + "\"\nuser = \"" +
           server_->user() + "\"\npassword = \"file:" + password.string() + "\"\nca = \"" +
           server_->certificate().string() + "\"\nout = \"" + server_->path("{dxp_id}/out") + "\"\nin = \"" +
           server_->path(in) + "\"\n" + agreement();
  }
  std::string folder(const std::string& name) const { return "folder " + server_->path(dxp_id_ + "/" + name); }

  std::optional<FtpServer> server_;
};

TEST_F(DoctorAs3, PassesWhereLoginAndFoldersAreGoodAndLeavesThemAsTheyAre) {
  const auto file = server_->root() / dxp_id_ / "in" / "R1.as3";
  server_->put(file, "what nobody can open");
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "agreement with CUSTOMS").verdict, "pass");
  EXPECT_EQ(row_about(rows, "login at ftp://").verdict, "pass");
  EXPECT_EQ(row_about(rows, folder("in")).verdict, "pass");
  EXPECT_EQ(row_about(rows, folder("out")).verdict, "pass");
  EXPECT_EQ(row_about(rows, "putting files, and the partner").verdict, "not_checkable");
  EXPECT_EQ(status_, 0);
  EXPECT_TRUE(std::filesystem::exists(file));
  for (const char* command : {"STOR", "RNFR", "DELE", "MKD", "RETR"})
    EXPECT_THAT(server_->log(), testing::Not(HasSubstr(command)));
}

TEST_F(DoctorAs3, AFolderThatIsMissingFailsAndTheOtherIsStillLookedAt) {
  port_ = over_as3(server_->password(), "{dxp_id}/absent");
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "login at ftp://").verdict, "pass");
  EXPECT_EQ(row_about(rows, folder("absent")).verdict, "fail");
  EXPECT_THAT(row_about(rows, folder("absent")).en, HasSubstr("check out and in"));
  EXPECT_EQ(row_about(rows, folder("out")).verdict, "pass");
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorAs3, ARefusedLoginFailsAndNamesNoSecret) {
  const std::filesystem::path wrong = run_.write("wrong-password", "geheim");
  std::filesystem::permissions(wrong, std::filesystem::perms::owner_read);
  port_ = over_as3(wrong);
  const Row row = row_about("login at ftp://");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, AllOf(HasSubstr("refuses the login"), testing::Not(HasSubstr("geheim"))));
}

TEST_F(DoctorAs3, AServerOfAnUnknownAuthorityFails) {
  port_.replace(port_.find(server_->certificate().string()), server_->certificate().string().size(),
                own_certificate_.string());
  EXPECT_THAT(row_about("login at ftp://").en, HasSubstr("over TLS"));
}

TEST_F(DoctorAs3, AServerThatIsAwayFailsOnce) {
  server_->stop();
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "login at ftp://").verdict, "fail");
  EXPECT_THAT(row_about(rows, "login at ftp://").en, HasSubstr("cannot be reached"));
  EXPECT_EQ(row_about(rows, "agreement with CUSTOMS").verdict, "pass");
  for (const Row& row : rows) EXPECT_THAT(row.subject, testing::Not(HasSubstr("hainan, folder")));
}

}  // namespace
}  // namespace tests::doctor
