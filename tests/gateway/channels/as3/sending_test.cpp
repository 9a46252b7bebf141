// What becomes of a message over AS3: by its receipt, and by everything that can go wrong before.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>

#include "gateway/channels/as3/as3_channel.h"
#include "gateway/channels/as3/posting.h"
#include "tests/gateway/channels/as3/as3_far_end.h"
#include "tests/support/raw_socket.h"

namespace tests {
namespace {

using gateway::channels::Answer;
using gateway::channels::Outcome;
using gateway::channels::as3::As3Channel;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class As3Sending : public testing::Test {
 protected:
  void SetUp() override {
    if (!FtpServer::is_installed()) GTEST_SKIP() << "vsftpd is not installed";
    far_end_.emplace();
  }

  As3FarEnd& far_end() { return *far_end_; }
  As3Channel& channel() {
    if (!channel_) channel_.emplace(far_end_->port());
    return *channel_;
  }
  Answer send(const std::string& envelope = "M1", const std::string& guid = "G1") {
    Answer answer;
    auto flow = [](As3Channel& on, gateway::channels::Outgoing message, Answer& into) -> boost::asio::awaitable<void> {
      into = co_await on.send(std::move(message));
    }(channel(), {envelope, guid, "CEB311Message", channel_dxp_id}, answer);
    boost::asio::co_spawn(io_, std::move(flow), boost::asio::detached);
    io_.restart();
    io_.run();
    return answer;
  }
  void look() {
    auto flow = [](As3Channel& on) -> boost::asio::awaitable<void> {
      gateway::channels::Window window{"in", channel_dxp_id, {}};
      const auto received = co_await on.receive(std::move(window));
      EXPECT_TRUE(received);
    }(channel());
    boost::asio::co_spawn(io_, std::move(flow), boost::asio::detached);
    io_.restart();
    io_.run();
  }
  std::vector<std::string> lying_in_out() const {
    std::vector<std::string> names;
    for (const auto& one : std::filesystem::directory_iterator(far_end_->out())) {
      names.push_back(one.path().filename().string());
    }
    return names;
  }

  std::optional<As3FarEnd> far_end_;
  boost::asio::io_context io_;
  std::optional<As3Channel> channel_;
};

TEST_F(As3Sending, the_receipt_is_the_proof) {
  const Answer answer = send();
  ASSERT_EQ(answer.outcome, Outcome::confirmed) << answer.text;
  const auto entity = must(codecs::as2::read_entity(answer.proof));
  codecs::as2::Agreement agreement = As2Partners::shared().of_shop();
  agreement.carrier = codecs::as2::Carrier::as3;
  agreement.own_id = channel_dxp_id;
  const auto mdn = must(codecs::as2::read_mdn(entity.headers, entity.body, agreement));
  EXPECT_TRUE(mdn.signer);
  EXPECT_EQ(mdn.original_message_id, "<G1@" + channel_dxp_id + ">");
}

TEST_F(As3Sending, the_receipt_goes_to_the_archive) {
  ASSERT_EQ(send().outcome, Outcome::confirmed);
  ASSERT_EQ(send("M2", "G2").outcome, Outcome::confirmed);
  EXPECT_TRUE(std::filesystem::exists(far_end().in() / "archive")) << "the second one's looks have put it away";
}

TEST_F(As3Sending, a_receipt_that_proves_nothing_is_unknown) {
  for (const Answering how : {Answering::with_other_mic, Answering::unsigned_}) {
    far_end().answer(how);
    const Answer answer = send("M1", "G" + std::to_string(static_cast<int>(how)));
    EXPECT_EQ(answer.outcome, Outcome::unknown) << answer.text;
    EXPECT_FALSE(answer.proof.empty()) << "it is kept all the same";
  }
}

TEST_F(As3Sending, a_partner_that_failed_in_the_midst_of_processing_may_have_it) {
  far_end().fail_with_code("as2.cms");
  EXPECT_EQ(send().outcome, Outcome::unknown);
  far_end().fail_with_code("as2.signature");
  EXPECT_EQ(send("M2", "G2").outcome, Outcome::refused);
  far_end().fail_with_code("as2.receipt_format");
  EXPECT_EQ(send("M3", "G3").outcome, Outcome::refused);
}

TEST_F(As3Sending, a_receipt_that_somebody_else_signed_is_as_if_none_had_come) {
  far_end().settings().timeout = std::chrono::seconds(2);
  far_end().answer(Answering::as_somebody);
  const Answer answer = send();
  EXPECT_EQ(answer.outcome, Outcome::unknown);
  EXPECT_THAT(answer.text, HasSubstr("has not come in time"));
}

TEST_F(As3Sending, a_receipt_that_comes_late_confirms_the_next_try_without_another_file) {
  far_end().settings().timeout = std::chrono::seconds(2);
  far_end().answer(Answering::never);
  ASSERT_EQ(send().outcome, Outcome::unknown);
  ASSERT_THAT(far_end().arrived(1), ElementsAre("M1"));
  far_end().answer_late();
  ASSERT_TRUE(eventually([&] {
    look();
    return far_end().server().log().find("RETR") != std::string::npos;
  }));
  const Answer answer = send();
  EXPECT_EQ(answer.outcome, Outcome::confirmed) << answer.text;
  const std::string log = far_end().server().log();
  EXPECT_EQ(log.find("STOR"), log.rfind("STOR")) << "one upload";
}

TEST_F(As3Sending, one_that_was_not_answered_is_answered_when_it_is_sent_again) {
  far_end().settings().timeout = std::chrono::seconds(2);
  far_end().answer(Answering::never);
  ASSERT_EQ(send().outcome, Outcome::unknown);
  ASSERT_THAT(far_end().arrived(1), ElementsAre("M1"));
  far_end().answer(Answering::well);
  ASSERT_EQ(send().outcome, Outcome::confirmed);
  ASSERT_THAT(far_end().arrived(1), ElementsAre("M1"));
}

TEST_F(As3Sending, a_refused_login_is_unreachable_and_said_in_health) {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "wrong", "wrong");
  std::filesystem::permissions(scratch.path() / "wrong", std::filesystem::perms::owner_read);
  far_end().settings().password = "file:" + (scratch.path() / "wrong").string();
  EXPECT_EQ(send().outcome, Outcome::unreachable);
  EXPECT_FALSE(channel().health().reachable);
  EXPECT_THAT(channel().health().detail, HasSubstr("refuses the login"));
}

TEST_F(As3Sending, a_missing_folder_is_unreachable_until_it_is_made) {
  std::filesystem::remove_all(far_end().out());
  const Answer answer = send();
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, HasSubstr("no such folder"));
  far_end().server().make_folder(channel_dxp_id + "/out");
  EXPECT_EQ(send().outcome, Outcome::confirmed);
}

TEST_F(As3Sending, a_key_that_is_not_there_is_unreachable_and_said_in_health) {
  far_end().settings().agreement.key = "/nowhere.pem";
  EXPECT_EQ(send().outcome, Outcome::unreachable);
  EXPECT_THAT(channel().health().detail, HasSubstr("/nowhere.pem"));
  EXPECT_THAT(lying_in_out(), IsEmpty());
}

TEST_F(As3Sending, what_a_killed_gateway_has_left_is_written_over) {
  far_end().server().put(far_end().out() / "CEB311Message-G1.as3.1.tmp", "half");
  EXPECT_EQ(send().outcome, Outcome::confirmed);
  EXPECT_THAT(lying_in_out(), IsEmpty());
}

class As3Posting : public As3Sending {};

TEST_F(As3Posting, one_that_is_given_up_before_the_renaming_never_shows) {
  const std::atomic<bool> is_stopped{false};
  const config::Port port = far_end().port();
  gateway::channels::as3::FtpSession session(port, is_stopped);
  gateway::channels::as3::Posting posting;
  EXPECT_TRUE(posting.give_up());
  const std::string folder = far_end().server().path(channel_dxp_id + "/out");
  EXPECT_EQ(posting.put(session, folder, "A.as3", "bytes").outcome, Outcome::unreachable);
  EXPECT_THAT(lying_in_out(), IsEmpty());
  gateway::channels::as3::Posting done;
  EXPECT_EQ(done.put(session, folder, "B.xml", "bytes").outcome, Outcome::confirmed);
  EXPECT_FALSE(done.give_up()) << "it is there";
}

// A server that speaks just enough, and then loses the line at the command that it is told.
class LosingServer {
 public:
  LosingServer(std::string at, std::string answer)
      : server_(
            [at = std::move(at), answer = std::move(answer), this](RawSocket& socket) { talk(socket, at, answer); }) {}

  config::Port port() const {
    config::Port port;
    port.url = "ftp" + server_.url().substr(4);
    port.ftp.tls = config::FtpTls::none;
    port.user = "gate";
    port.password = "env:CEBGATE_TEST_FTP_PASSWORD";
    port.timeout = std::chrono::seconds(5);
    return port;
  }

 private:
  void talk(RawSocket& socket, const std::string& at, const std::string& answer) {
    socket.write("220 here\r\n");
    for (;;) {
      const std::string line = socket.read_until("\r\n");
      if (line.empty()) return;
      if (line.starts_with(at)) return socket.write(answer);
      if (line.starts_with("EPSV")) {
        socket.write("229 (|||" + std::to_string(data_.port()) + "|)\r\n");
      } else if (line.starts_with("STOR")) {
        socket.write("150 go on\r\n226 taken\r\n");
      } else {
        socket.write(answer_to(line));
      }
    }
  }
  static std::string answer_to(const std::string& line) {
    if (line.starts_with("USER")) return "331 password\r\n";
    if (line.starts_with("PASS")) return "230 in\r\n";
    if (line.starts_with("PWD")) return "257 \"/\"\r\n";
    if (line.starts_with("RNFR")) return "350 to what\r\n";
    if (line.starts_with("SIZE")) return "550 none\r\n";
    return "250 done\r\n";
  }

  RawServer data_{[](RawSocket& socket) { socket.read_to_end(); }};
  RawServer server_;
};

struct Loss {
  const char *name, *at, *answer;
  Outcome outcome;
};

class As3Losses : public testing::TestWithParam<Loss> {
 protected:
  As3Losses() { setenv("CEBGATE_TEST_FTP_PASSWORD", "word", 1); }
};

TEST_P(As3Losses, decide_by_whether_the_file_may_have_its_name) {
  LosingServer server(GetParam().at, GetParam().answer);
  const std::atomic<bool> is_stopped{false};
  const config::Port port = server.port();
  gateway::channels::as3::FtpSession session(port, is_stopped);
  gateway::channels::as3::Posting posting;
  const Answer answer = posting.put(session, "to", "A.as3", "bytes");
  EXPECT_EQ(answer.outcome, GetParam().outcome) << answer.text;
}

INSTANTIATE_TEST_SUITE_P(
    At, As3Losses,
    testing::Values(Loss{"nothing", "nothing", "", Outcome::confirmed},
                    Loss{"the_login", "PASS", "", Outcome::unreachable},
                    Loss{"the_folder", "CWD", "", Outcome::unreachable},
                    Loss{"the_upload", "STOR", "", Outcome::unreachable},
                    Loss{"the_upload_full_disk", "STOR", "452 no room\r\n", Outcome::unreachable},
                    Loss{"the_first_half_of_renaming", "RNFR", "", Outcome::unreachable},
                    Loss{"the_renaming", "RNTO", "", Outcome::unknown},
                    Loss{"the_renaming_as_the_server_ends", "RNTO", "421 bye\r\n", Outcome::unknown},
                    Loss{"a_renaming_that_is_refused", "RNTO", "553 no\r\n", Outcome::unreachable}),
    [](const auto& loss) { return std::string(loss.param.name); });

}  // namespace
}  // namespace tests
