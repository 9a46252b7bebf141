// One gateway whose documents leave by six ports, each over another transport, with one customs behind them; each is
// broken in turn while documents come in.
#include <gmock/gmock.h>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/codecs/as2/partners.h"
#include "tests/gateway/app/site.h"
#include "tests/support/bare_amqp.h"
#include "tests/support/cut_line.h"
#include "tests/support/eventually.h"
#include "tests/support/ftp_server.h"
#include "tests/support/rabbit_server.h"
#include "tests/support/unused_port.h"

namespace tests::app {
namespace {

using testing::SizeIs;

const std::string ecommerce_id = "DXPENT0000000001", payment_id = "DXPENT0000000002", logistics_id = "DXPENT0000000003";
const std::vector<std::string> dxp_ids{ecommerce_id, payment_id, logistics_id};

// Which type leaves by which port.
const std::map<std::string, std::string> port_of_type{{"CEB311Message", "hainan"},  {"CEB411Message", "queues"},
                                                      {"CEB511Message", "folders"}, {"CEB621Message", "as2"},
                                                      {"CEB303Message", "queues1"}, {"CEB505Message", "as3"}};

std::string quoted(const std::filesystem::path& path) { return "\"" + path.string() + "\""; }

class ManyPorts : public testing::Test {
 protected:
  void SetUp() override {
    rabbit_ = RabbitServer::of_this_program();
    if (rabbit_ == nullptr) GTEST_SKIP() << "rabbitmq-server is not installed";
    if (!FtpServer::is_installed()) GTEST_SKIP() << "vsftpd is not installed";
    ftp_.emplace();
    BareAmqp desk(rabbit_->login());
    desk.declare_exchange("dxp");
    for (const std::string& dxp_id : dxp_ids) {
      desk.declare_queue("in." + dxp_id);
      desk.declare_queue("out." + dxp_id);
      desk.bind("in." + dxp_id, "dxp", dxp_id);
      for (const char* folder : {"/out", "/in"}) ftp_->make_folder(dxp_id + folder);
    }
    write_file(password_file(), rabbit_->login().password);
    std::filesystem::permissions(password_file(), std::filesystem::perms::owner_read);
    for (const auto& key : {partners_.shop.key_file, partners_.customs.key_file}) {
      std::filesystem::permissions(key, std::filesystem::perms::owner_read);
    }
    site_.emplace(manner());
    site_->start_platform("127.0.0.1:" + std::to_string(customs_port_));
    site_->start_gateway();
  }

  void TearDown() override {
    site_.reset();
    if (!ftp_) return;
    BareAmqp desk(rabbit_->login());
    for (const std::string& dxp_id : dxp_ids) {
      desk.remove_queue("in." + dxp_id);
      desk.remove_queue("out." + dxp_id);
    }
  }

  std::filesystem::path password_file() const { return scratch_.path() / "password"; }
  std::filesystem::path folders() const { return scratch_.path() / "exchange"; }
  static std::string address(unsigned short port) { return "127.0.0.1:" + std::to_string(port); }

  Manner manner() {
    Manner manner{.resend_after = "1s",
                  .port = "profile = \"hainan-http\"\nurl = \"http://" + address(hainan_line_.port()) + "\"\n"};
    manner.more_ports = more_ports();
    manner.ports_of = {{enterprises.ecommerce, R"({ CEB621Message = "as2", CEB303Message = "queues1" })"},
                       {enterprises.payment, R"({ CEB411Message = "queues" })"},
                       {enterprises.logistics, R"({ CEB511Message = "folders", CEB505Message = "as3" })"}};
    manner.platform_arguments = platform_arguments();
    return manner;
  }

  std::string more_ports() {
    const std::string login = "user = \"" + rabbit_->login().user +
                              "\"\npassword = \"file:" + password_file().string() + "\"\ntimeout = \"10s\"\n";
    rabbit_line_.emplace(static_cast<unsigned short>(rabbit_->login().port));
    rabbit1_line_.emplace(static_cast<unsigned short>(rabbit_->login().port));
    const auto broker = [&](const CutLine& line) {
      return "url = \"amqp://" + address(line.port()) + "/" + rabbit_->login().vhost + "\"\n";
    };
    const std::string agreement = "agreement = { partner_id = \"CUSTOMS\", key = " + quoted(partners_.shop.key_file) +
                                  ", certificate = " + quoted(partners_.shop.certificate_file) +
                                  ", partner_certificates = [" + quoted(partners_.customs.certificate_file) + "] }\n";
    return port("folders", "directory",
                "out = " + quoted(folders() / "{dxp_id}/out") + "\nin = " + quoted(folders() / "{dxp_id}/in") + "\n") +
           port("queues", "dxp-amqp",
                broker(*rabbit_line_) + login + "exchange = \"dxp\"\nqueue = \"out.{dxp_id}\"\n") +
           port(
               "queues1", "dxp-amqp1",
               broker(*rabbit1_line_) + login + "address = \"/queue/in.{dxp_id}\"\nqueue = \"/queue/out.{dxp_id}\"\n") +
           port("as2", "dxp-as2",
                "url = \"http://" + address(as2_line_.port()) + "/as2\"\nlisten = \"" + address(door_) +
                    "\"\ntimeout = \"5s\"\n" + agreement) +
           port("as3", "dxp-as3",
                "url = \"" + ftp_->url() + "\"\nuser = \"" + ftp_->user() +
                    "\"\npassword = \"file:" + ftp_->password().string() + "\"\nca = " + quoted(ftp_->certificate()) +
                    "\nout = \"" + ftp_->path("{dxp_id}/out") + "\"\nin = \"" + ftp_->path("{dxp_id}/in") +
                    "\"\ntimeout = \"5s\"\n" + agreement);
  }
  static std::string port(const std::string& name, const std::string& profile, const std::string& rest) {
    return "\n[[port]]\nname = \"" + name + "\"\nprofile = \"" + profile +
           "\"\nresend_after = \"1s\"\npoll_interval = \"100ms\"\n" + rest;
  }

  std::vector<std::string> platform_arguments() const {
    const std::string key = partners_.customs.key_file.string(),
                      certificate = partners_.customs.certificate_file.string(),
                      enterprise = partners_.shop.certificate_file.string();
    return {"--directory",
            folders().string(),
            "--amqp",
            rabbit_->url(),
            "--amqp-user",
            rabbit_->login().user,
            "--amqp-password",
            "file:" + password_file().string(),
            "--as2",
            address(as2_port_),
            "--as2-key",
            key,
            "--as2-certificate",
            certificate,
            "--as2-partner-certificate",
            enterprise,
            "--as2-partner-url",
            "http://" + address(door_) + "/as2",
            "--as3",
            ftp_->url(),
            "--as3-password",
            "file:" + ftp_->password().string(),
            "--as3-ca",
            ftp_->certificate().string(),
            "--as3-messages",
            ftp_->path("{dxp_id}/out"),
            "--as3-answers",
            ftp_->path("{dxp_id}/in"),
            "--as3-key",
            key,
            "--as3-certificate",
            certificate,
            "--as3-partner-certificate",
            enterprise};
  }

  void break_port(const std::string& name) {
    if (name == "hainan") hainan_line_.cut();
    if (name == "queues") rabbit_line_->cut();
    if (name == "queues1") rabbit1_line_->cut();
    if (name == "as2") as2_line_.cut();
    if (name == "as3") ftp_->stop();
    if (name == "folders") std::filesystem::rename(waybills_out(), waybills_away());
  }
  void mend_port(const std::string& name) {
    if (name == "hainan") hainan_line_.mend();
    if (name == "queues") rabbit_line_->mend();
    if (name == "queues1") rabbit1_line_->mend();
    if (name == "as2") as2_line_.mend();
    if (name == "as3") ftp_->start();
    if (name == "folders") std::filesystem::rename(waybills_away(), waybills_out());
  }
  std::filesystem::path waybills_out() const { return folders() / logistics_id / "out"; }
  std::filesystem::path waybills_away() const { return folders() / logistics_id / "away"; }

  // One of every type for each sale; gives them by type.
  std::map<std::string, std::vector<std::string>> post_sales(const std::string& round, int sales) {
    std::map<std::string, std::vector<std::string>> ids;
    for (int i = 0; i < sales; ++i) {
      const Sale sale{.number = round + std::to_string(i)};
      for (const auto& [type, port] : port_of_type) {
        ids[type].push_back(site_->accepted(type, declaration(type, sale)));
        ++promised_;
      }
    }
    return ids;
  }
  void expect_settled(const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
      const Seen seen = site_->wait_until(
          id, [](const Seen& one) { return one.state == "settled"; }, std::chrono::seconds(90));
      EXPECT_EQ(seen.version, 1) << id;
    }
  }

  // Every key under one guid.
  void expect_each_once() const {
    std::map<std::string, std::set<std::string>> guids;
    for (const Received& one : site_->received()) {
      EXPECT_TRUE(one.is_valid) << one.guid;
      for (const std::string& key : one.keys) guids[key].insert(one.guid);
    }
    std::size_t doubled = 0;
    for (const auto& [key, of_key] : guids) {
      EXPECT_THAT(of_key, SizeIs(1)) << key;
      doubled += of_key.size() > 1 ? 1 : 0;
    }
    EXPECT_THAT(guids, SizeIs(promised_));
    std::cout << promised_ << " promised, " << guids.size() << " at customs, " << doubled << " under two guids\n";
  }

  const As2Partners& partners_ = As2Partners::shared();
  ScratchDirectory scratch_;
  RabbitServer* rabbit_ = nullptr;
  std::optional<FtpServer> ftp_;
  const unsigned short customs_port_ = unused_port(), as2_port_ = unused_port(), door_ = unused_port();
  CutLine hainan_line_{customs_port_}, as2_line_{as2_port_};
  std::optional<CutLine> rabbit_line_, rabbit1_line_;
  std::optional<Site> site_;
  std::size_t promised_ = 0;
};

TEST_F(ManyPorts, each_is_broken_in_turn_and_the_others_go_on) {
  std::vector<std::map<std::string, std::vector<std::string>>> all{post_sales("QUIET", 2)};
  for (const auto& [type, ids] : all.front()) expect_settled(ids);
  EXPECT_EQ(site_->ask("GET", "/readyz", "").status, 200U) << site_->ask("GET", "/readyz", "").body;
  for (const auto& [broken_type, broken] : port_of_type) {
    break_port(broken);
    all.push_back(post_sales(broken + "-", 5));
    for (const auto& [type, ids] : all.back()) {
      // An inventory waits at customs for the documents of its sale.
      if (type != broken_type && type != "CEB621Message") expect_settled(ids);
    }
    const std::string waiting = all.back()[broken_type].front();
    EXPECT_TRUE(eventually([&] { return !site_->look(waiting).deliveries.empty(); })) << broken;
    EXPECT_NE(site_->look(waiting).state, "settled") << broken;
    mend_port(broken);
  }
  for (auto& round : all) {
    for (const auto& [type, ids] : round) expect_settled(ids);
  }
  expect_each_once();
  EXPECT_TRUE(eventually([&] { return site_->ask("GET", "/readyz", "").status == 200; }));
  EXPECT_EQ(site_->personal_data_in_logs(), "");
}

}  // namespace
}  // namespace tests::app
