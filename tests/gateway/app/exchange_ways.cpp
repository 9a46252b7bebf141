#include "tests/gateway/app/exchange_ways.h"

#include <utility>

#include "tests/codecs/as2/partners.h"
#include "tests/gateway/app/as2_manner.h"
#include "tests/support/bare_amqp.h"

namespace tests::app {

namespace {

class FoldersWay final : public ExchangeWay {
 public:
  Manner manner() const override { return {.resend_after = "500ms", .folders = "exchange"}; }
};

class As2Way final : public ExchangeWay {
 public:
  Manner manner() const override { return manner_; }

 private:
  const Manner manner_ = over_as2();
};

}  // namespace

std::unique_ptr<ExchangeWay> exchange_way(const std::string& profile) {
  if (profile == "directory") return std::make_unique<FoldersWay>();
  if (profile == "dxp-as2") return std::make_unique<As2Way>();
  if (profile == "dxp-as3") return FtpServer::is_installed() ? std::make_unique<As3Way>() : nullptr;
  RabbitServer* rabbit = RabbitServer::of_this_program();
  return rabbit != nullptr ? std::make_unique<AmqpWay>(profile, *rabbit) : nullptr;
}

As3Way::As3Way() {
  for (const std::string& dxp_id : exchange_dxp_ids) {
    for (const char* folder : {"/out", "/in"}) server_.make_folder(dxp_id + folder);
  }
  const As2Partners& partners = As2Partners::shared();
  for (const auto& key : {partners.shop.key_file, partners.customs.key_file}) {
    std::filesystem::permissions(key, std::filesystem::perms::owner_read);
  }
}

Manner As3Way::manner() const {
  return {.resend_after = "500ms", .port = port_settings(), .platform_arguments = platform_arguments()};
}

std::string As3Way::port_settings() const {
  const As2Partners& partners = As2Partners::shared();
  return "profile = \"dxp-as3\"\nurl = \"" + server_.url() + "\"\nuser = \"" + server_.user() +
         "\"\npassword = \"file:" + server_.password().string() + "\"\nca = \"" + server_.certificate().string() +
         "\"\nout = \"" + server_.path("{dxp_id}/out") + "\"\nin = \"" + server_.path("{dxp_id}/in") +
         "\"\ntimeout = \"5s\"\nagreement = { partner_id = \"CUSTOMS\", key = \"" + partners.shop.key_file.string() +
         "\", certificate = \"" + partners.shop.certificate_file.string() + "\", partner_certificates = [\"" +
         partners.customs.certificate_file.string() + "\"] }\n";
}

std::vector<std::string> As3Way::platform_arguments() const {
  const As2Partners& partners = As2Partners::shared();
  return {"--as3",
          server_.url(),
          "--as3-password",
          "file:" + server_.password().string(),
          "--as3-ca",
          server_.certificate().string(),
          "--as3-messages",
          server_.path("{dxp_id}/out"),
          "--as3-answers",
          server_.path("{dxp_id}/in"),
          "--as3-key",
          partners.customs.key_file.string(),
          "--as3-certificate",
          partners.customs.certificate_file.string(),
          "--as3-partner-certificate",
          partners.shop.certificate_file.string(),
          "--as3-lateness",
          "7"};
}

AmqpWay::AmqpWay(std::string profile, RabbitServer& rabbit) : profile_(std::move(profile)), rabbit_(rabbit) {
  BareAmqp desk(rabbit_.login());
  desk.declare_exchange("dxp");
  for (const std::string& dxp_id : exchange_dxp_ids) {
    desk.declare_queue("in." + dxp_id);
    desk.declare_queue("out." + dxp_id);
    desk.bind("in." + dxp_id, "dxp", dxp_id);
  }
  write_file(password_file(), rabbit_.login().password);
  std::filesystem::permissions(password_file(), std::filesystem::perms::owner_read);
}

AmqpWay::~AmqpWay() {
  BareAmqp desk(rabbit_.login());
  for (const std::string& dxp_id : exchange_dxp_ids) {
    desk.remove_queue("in." + dxp_id);
    desk.remove_queue("out." + dxp_id);
  }
}

Manner AmqpWay::manner_at(int port) const {
  return {.resend_after = "2s", .port = port_settings(port), .platform_arguments = platform_arguments()};
}

std::string AmqpWay::port_settings(int port) const {
  const std::string names = is_amqp1() ? "address = \"/queue/in.{dxp_id}\"\nqueue = \"/queue/out.{dxp_id}\"\n"
                                       : "exchange = \"dxp\"\nqueue = \"out.{dxp_id}\"\n";
  return "profile = \"" + profile_ + "\"\nurl = \"amqp://127.0.0.1:" + std::to_string(port) + "/" +
         rabbit_.login().vhost + "\"\nuser = \"" + rabbit_.login().user +
         "\"\npassword = \"file:" + password_file().string() + "\"\n" + names + "timeout = \"10s\"\n";
}

std::vector<std::string> AmqpWay::platform_arguments() const {
  std::vector<std::string> arguments{is_amqp1() ? "--amqp1" : "--amqp",
                                     rabbit_.url(),
                                     "--amqp-user",
                                     rabbit_.login().user,
                                     "--amqp-password",
                                     "file:" + password_file().string(),
                                     "--amqp-front",
                                     "127.0.0.1:" + std::to_string(platform_front_)};
  if (is_amqp1()) {
    arguments.insert(arguments.end(),
                     {"--amqp-messages", "/queue/in.{dxp_id}", "--amqp-answers", "/queue/out.{dxp_id}"});
  }
  return arguments;
}

}  // namespace tests::app
