// The FTP client against a real server, with every kind of protection and every kind of no.
#include "gateway/channels/as3/ftp_session.h"

#include <array>
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/support/ftp_server.h"
#include "tests/support/paths.h"
#include "tests/support/raw_socket.h"

namespace tests {
namespace {

using namespace gateway::channels::as3;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> names(const base::Result<Listing>& listing) {
  if (!listing) return {"fault " + listing.faults().front().code + " " + listing.faults().front().en};
  std::vector<std::string> all;
  for (const Listed& one : listing->files) all.push_back(one.name);
  return all;
}

template <class T>
std::string code(const base::Result<T>& result) {
  return result ? "none" : result.faults().front().code;
}

config::Port port_of(const FtpServer& server) {
  config::Port port;
  port.url = server.url();
  port.user = server.user();
  port.password = "file:" + server.password().string();
  port.tls.ca = server.certificate();
  port.timeout = std::chrono::seconds(10);
  return port;
}

class Ftp : public testing::TestWithParam<FtpSecurity> {
 protected:
  void SetUp() override {
    if (!FtpServer::is_installed()) GTEST_SKIP() << "vsftpd is not installed";
    server_.emplace(GetParam());
    port_ = port_of(*server_);
    if (GetParam() == FtpSecurity::none) port_.ftp.tls = config::FtpTls::none;
    if (GetParam() == FtpSecurity::client_certificate) {
      port_.tls.certificate = server_->client_tls().certificate;
      port_.tls.key = server_->client_tls().key;
    }
    folder_ = server_->make_folder("in");
  }

  FtpSession& session() {
    if (!session_) session_.emplace(port_, is_stopped_);
    return *session_;
  }
  std::string folder() const { return server_->path("in"); }

  std::optional<FtpServer> server_;
  config::Port port_;
  std::filesystem::path folder_;
  std::atomic<bool> is_stopped_{false};
  std::optional<FtpSession> session_;
};

TEST_P(Ftp, files_go_there_are_listed_come_back_move_and_go) {
  const std::string bytes("a\r\nb\n\0\xff", 7);
  ASSERT_EQ(code(session().upload(folder(), "a b%20.tmp", bytes)), "none");
  EXPECT_EQ(read_file(folder_ / "a b%20.tmp"), bytes);
  EXPECT_EQ(session().rename(folder(), "a b%20.tmp", "回执.as3").renamed, Renamed::yes);
  EXPECT_THAT(names(session().list(folder())), ElementsAre("回执.as3"));
  const auto back = session().download(folder(), "回执.as3", bytes.size());
  ASSERT_EQ(code(back), "none");
  EXPECT_EQ(*back, bytes);
  EXPECT_EQ(code(session().make_folder(folder(), "archive")), "none");
  EXPECT_EQ(code(session().make_folder(folder(), "archive")), "none");
  EXPECT_EQ(session().rename(folder(), "回执.as3", "archive/1").renamed, Renamed::yes);
  EXPECT_THAT(names(session().list(folder())), IsEmpty());
  EXPECT_EQ(code(session().remove(folder() + "/archive", "1")), "none");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "archive" / "1"));
  const std::string log = server_->log();
  const bool is_one_login = log.find("OK LOGIN") == log.rfind("OK LOGIN");
  EXPECT_EQ(is_one_login, GetParam() != FtpSecurity::only_tls_1_3);
  const bool is_protected = GetParam() != FtpSecurity::none;
  EXPECT_EQ(log.find("\"PROT P\"") != std::string::npos, is_protected);
}

TEST_P(Ftp, a_large_file_goes_both_ways) {
  const std::string bytes(std::size_t{20} << 20, 'x');
  ASSERT_EQ(code(session().upload(folder(), "large", bytes)), "none");
  const auto back = session().download(folder(), "large", bytes.size());
  ASSERT_EQ(code(back), "none");
  EXPECT_TRUE(*back == bytes);
}

std::string name_of(const testing::TestParamInfo<FtpSecurity>& security) {
  constexpr std::array<const char*, 5> kinds{"plain", "explicit_tls", "implicit_tls", "only_tls_1_3",
                                             "client_certificate"};
  return kinds.at(static_cast<std::size_t>(security.param));
}

INSTANTIATE_TEST_SUITE_P(Kinds, Ftp,
                         testing::Values(FtpSecurity::none, FtpSecurity::explicit_tls, FtpSecurity::implicit_tls,
                                         FtpSecurity::only_tls_1_3, FtpSecurity::client_certificate),
                         name_of);

class FtpTroubles : public Ftp {};

TEST_P(FtpTroubles, a_wrong_password_is_a_refused_login) {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "wrong", "wrong");
  std::filesystem::permissions(scratch.path() / "wrong", std::filesystem::perms::owner_read);
  port_.password = "file:" + (scratch.path() / "wrong").string();
  const auto listing = session().list(folder());
  ASSERT_EQ(code(listing), "as3.login");
  EXPECT_THAT(listing.faults().front().en, HasSubstr("530"));
  EXPECT_THAT(listing.faults().front().en, Not(HasSubstr("Secret")));
}

TEST_P(FtpTroubles, a_certificate_of_another_authority_is_not_taken) {
  port_.tls.ca = server_->client_tls().certificate;
  EXPECT_EQ(code(session().list(folder())), "as3.tls");
}

TEST_P(FtpTroubles, a_certificate_of_another_name_is_not_taken) {
  port_.url = "ftp://127.0.0.1:" + std::to_string(server_->port());
  EXPECT_EQ(code(session().list(folder())), "as3.tls");
}

TEST_P(FtpTroubles, a_password_is_never_sent_in_the_clear_unless_asked_for) {
  FtpServer plain(FtpSecurity::none);
  config::Port port = port_of(plain);
  FtpSession demanding(port, is_stopped_);
  EXPECT_EQ(code(demanding.list(plain.path(""))), "as3.tls");
  EXPECT_THAT(plain.log(), Not(HasSubstr("\"PASS ")));
}

TEST_P(FtpTroubles, folders_and_files_that_are_not_there_are_told) {
  EXPECT_EQ(code(session().list(folder() + "/none")), "as3.folder");
  EXPECT_EQ(code(session().upload(folder() + "/none", "a", "b")), "as3.folder");
  EXPECT_EQ(code(session().download(folder(), "none", 1)), "as3.file");
  EXPECT_EQ(code(session().remove(folder(), "none")), "as3.refused");
  const Renaming renaming = session().rename(folder(), "none", "b");
  EXPECT_EQ(renaming.renamed, Renamed::no);
  EXPECT_EQ(renaming.faults.front().code, "as3.refused");
}

TEST_P(FtpTroubles, a_file_that_may_not_be_written_is_told) {
  if (geteuid() != 0) GTEST_SKIP() << "the server's user owns the folder";
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_EQ(code(session().upload(folder(), "a", "b")), "as3.folder");
}

TEST_P(FtpTroubles, one_byte_over_what_is_asked_for_is_not_read) {
  server_->put(folder_ / "a", "123456");
  EXPECT_EQ(code(session().download(folder(), "a", 5)), "as3.too_large");
  EXPECT_EQ(code(session().download(folder(), "a", 6)), "none");
}

TEST_P(FtpTroubles, a_server_that_is_away_is_unreachable_until_it_is_back) {
  ASSERT_THAT(names(session().list(folder())), IsEmpty());
  server_->stop();
  EXPECT_EQ(code(session().list(folder())), "as3.unreachable");
  server_->start();
  EXPECT_THAT(names(session().list(folder())), IsEmpty());
}

TEST_P(FtpTroubles, of_more_files_than_the_limit_the_first_are_listed) {
  for (std::size_t i = 0; i < most_listed; ++i) std::ofstream(folder_ / std::to_string(100000 + i)).put('x');
  auto listing = session().list(folder());
  ASSERT_EQ(code(listing), "none");
  EXPECT_FALSE(listing->is_cut);
  std::ofstream(folder_ / "one more").put('x');
  listing = session().list(folder());
  ASSERT_EQ(code(listing), "none");
  EXPECT_TRUE(listing->is_cut);
  EXPECT_EQ(listing->files.size(), most_listed);
}

TEST_P(FtpTroubles, a_listing_over_the_limit_is_cut_at_a_line) {
  const std::string padding(240, 'x');
  for (std::size_t i = 0; i < most_listing_bytes / 240; ++i) std::ofstream(folder_ / (padding + std::to_string(i)));
  const auto listing = session().list(folder());
  ASSERT_EQ(code(listing), "none");
  EXPECT_TRUE(listing->is_cut);
  for (const Listed& one : listing->files) ASSERT_GE(one.name.size(), padding.size() + 1);
}

TEST_P(FtpTroubles, a_server_that_says_nothing_is_given_up_in_time) {
  RawServer silent([](RawSocket& socket) { socket.read_to_end(); });
  port_.url = "ftp" + silent.url().substr(4);
  port_.timeout = std::chrono::milliseconds(200);
  EXPECT_EQ(code(session().list(folder())), "as3.unreachable");
}

TEST_P(FtpTroubles, a_stop_ends_a_call) {
  RawServer silent([](RawSocket& socket) { socket.read_to_end(); });
  port_.url = "ftp" + silent.url().substr(4);
  port_.timeout = std::chrono::hours(1);
  is_stopped_ = true;
  EXPECT_EQ(code(session().list(folder())), "as3.unreachable");
}

INSTANTIATE_TEST_SUITE_P(Explicit, FtpTroubles, testing::Values(FtpSecurity::explicit_tls));

}  // namespace
}  // namespace tests
