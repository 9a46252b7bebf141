// [[port]] by profile: what stands there, what may not.
#include <gmock/gmock.h>

#include "config/settings.h"
#include "tests/support/paths.h"

namespace {

using testing::HasSubstr;

class PortSettings : public testing::Test {
 protected:
  base::Result<config::Settings> read(const std::string& port, const std::string& dxp_id = "DXPENT0000000001") {
    tests::write_file(scratch_.path() / "cebgate.toml",
                      "[[port]]\nname = \"dxp\"\n" + port +
                          "\n[[enterprise]]\ncode = \"4601960001\"\nname = \"示例\"\n" +
                          "roles = [\"ecommerce\"]\ndxp_id = \"" + dxp_id +
                          "\"\nport = \"dxp\"\nkey = \"a.key.pem\"\ncertificate = \"a.cert.pem\"\n");
    return config::read_settings(scratch_.path() / "cebgate.toml");
  }

  base::Fault fault(const std::string& port, const std::string& dxp_id = "DXPENT0000000001") {
    const auto settings = read(port, dxp_id);
    if (settings) {
      ADD_FAILURE() << "no fault in\n" << port;
      return {};
    }
    EXPECT_EQ(settings.faults().size(), 1U) << settings.faults().back().en;
    EXPECT_FALSE(settings.faults().front().zh.empty());
    return settings.faults().front();
  }

  tests::ScratchDirectory scratch_;
};

const std::string folders = "profile = \"directory\"\nout = \"client/out\"\nin = \"client/in\"\n";
const std::string amqp =
    "profile = \"dxp-amqp\"\nurl = \"amqps://mq.example:5671/customs\"\nexchange = \"dxp\"\n"
    "routing_key = \"in.{dxp_id}\"\nqueue = \"out.{dxp_id}\"\nuser = \"shop\"\npassword = \"env:MQ\"\n";

TEST_F(PortSettings, FoldersStartWhereTheSettingsAreAndMessagesCarryAHundred) {
  const auto settings = read(folders);
  ASSERT_TRUE(settings) << settings.faults().front().en;
  const config::Port& port = *settings->port("dxp");
  EXPECT_EQ(port.folders.out, scratch_.path() / "client/out");
  EXPECT_EQ(port.folders.in, scratch_.path() / "client/in");
  EXPECT_EQ(port.folders.after_reading, config::AfterReading::archive);
  EXPECT_EQ(port.batch_limit, 100U);
  EXPECT_EQ(port.envelope(), config::EnvelopeForm::dxp);
}

TEST_F(PortSettings, NamesOfQueuesAndTheLoginAreRead) {
  const auto settings = read(amqp);
  ASSERT_TRUE(settings) << settings.faults().front().en;
  const config::Port& port = *settings->port("dxp");
  EXPECT_EQ(port.queues.exchange, "dxp");
  EXPECT_EQ(port.queues.routing_key, "in.{dxp_id}");
  EXPECT_EQ(port.queues.queue, "out.{dxp_id}");
  EXPECT_EQ(port.user, "shop");
  EXPECT_EQ(port.password, "env:MQ");
}

const std::string amqp1 = "profile = \"dxp-amqp1\"\naddress = \"IN.{dxp_id}\"\nqueue = \"OUT.{dxp_id}\"\n";
const std::string by_password = "user = \"shop\"\npassword = \"env:MQ\"\n", over_tls = "url = \"amqps://mq.example\"\n";

TEST_F(PortSettings, AddressesOverAmqp1AreRead) {
  const auto settings = read(amqp1 + by_password + "url = \"amqp://mq.example:5672/customs\"\n");
  ASSERT_TRUE(settings) << settings.faults().front().en;
  const config::Port& port = *settings->port("dxp");
  EXPECT_EQ(port.queues.address, "IN.{dxp_id}");
  EXPECT_EQ(port.queues.queue, "OUT.{dxp_id}");
  EXPECT_EQ(port.login, config::Login::password);
  EXPECT_EQ(port.batch_limit, 100U);
  EXPECT_EQ(port.envelope(), config::EnvelopeForm::dxp);
}

TEST_F(PortSettings, AnAddressOverAmqp1HasAHundredAndTwentyBytes) {
  const std::string bare = "profile = \"dxp-amqp1\"\n" + by_password + over_tls;
  EXPECT_TRUE(read(bare + "address = \"" + std::string(120, 'q') + "\"\n"));
  EXPECT_EQ(fault(bare + "address = \"" + std::string(121, 'q') + "\"\n").path, "port[0].address");
}

TEST_F(PortSettings, AVhostOverTlsCannotBeToldOverAmqp1) {
  EXPECT_TRUE(read(amqp1 + by_password + "url = \"amqps://mq.example/\"\n"));
  const auto found = fault(amqp1 + by_password + "url = \"amqps://mq.example/customs\"\n");
  EXPECT_EQ(found.path, "port[0].url");
  EXPECT_THAT(found.en, HasSubstr("vhost"));
}

TEST_F(PortSettings, ALoginByCertificateNeedsOneAndNoPassword) {
  const std::string files = "certificate = \"c.pem\"\nkey = \"c.key\"\n";
  for (const std::string& profile : {amqp1, std::string("profile = \"dxp-amqp\"\n")}) {
    const std::string by_certificate = profile + "login = \"certificate\"\n";
    const auto settings = read(by_certificate + over_tls + files);
    ASSERT_TRUE(settings) << settings.faults().front().en;
    EXPECT_EQ(settings->port("dxp")->login, config::Login::certificate);
    EXPECT_EQ(fault(by_certificate + over_tls).path, "port[0].login");
    EXPECT_EQ(fault(by_certificate + files + "url = \"amqp://mq.example\"\n").path, "port[0].login");
    EXPECT_EQ(fault(by_certificate + over_tls + files + "user = \"shop\"\n").path, "port[0].user");
    EXPECT_EQ(fault(profile + over_tls + by_password + "login = \"kerberos\"\n").path, "port[0].login");
  }
}

TEST_F(PortSettings, ThePasswordsFileStartsWhereTheSettingsAre) {
  const auto settings = read(
      "profile = \"dxp-amqp\"\nurl = \"amqps://mq.example\"\nuser = \"shop\"\n"
      "password = \"file:secrets/mq\"\n");
  ASSERT_TRUE(settings) << settings.faults().front().en;
  EXPECT_EQ(settings->port("dxp")->password, "file:" + (scratch_.path() / "secrets/mq").string());
}

TEST_F(PortSettings, ANameOfAQueueHasAHundredAndTwentyBytes) {
  const std::string bare =
      "profile = \"dxp-amqp\"\nurl = \"amqps://mq.example\"\nuser = \"shop\"\npassword = \"env:MQ\"\n";
  EXPECT_TRUE(read(bare + "queue = \"" + std::string(120, 'q') + "\"\n"));
  EXPECT_EQ(fault(bare + "queue = \"" + std::string(121, 'q') + "\"\n").path, "port[0].queue");
  EXPECT_EQ(fault(bare + "exchange = \"" + std::string(121, 'q') + "\"\n").path, "port[0].exchange");
  EXPECT_EQ(fault(bare + "routing_key = \"" + std::string(121, 'q') + "\"\n").path, "port[0].routing_key");
}

TEST_F(PortSettings, HainanTakesOneDocumentAMessageUntilItIsKnownToTakeMore) {
  const auto settings = read("profile = \"hainan-http\"\nurl = \"http://127.0.0.1:8090\"");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->port("dxp")->batch_limit, 1U);
  EXPECT_EQ(settings->port("dxp")->envelope(), config::EnvelopeForm::hainan);
}

TEST_F(PortSettings, KeysOfAnotherProfileAreRefusedAndTheAllowedOnesNamed) {
  const auto found = fault(folders + "exchange = \"dxp\"\n");
  EXPECT_EQ(found.code, "settings.unknown");
  EXPECT_EQ(found.path, "port[0].exchange");
  EXPECT_THAT(found.en, HasSubstr("after_reading"));
  EXPECT_EQ(fault(amqp + "paths = {push = \"/p\"}\n").path, "port[0].paths");
}

TEST_F(PortSettings, AnAddressHasASchemeOfItsProfileAndNoUserInIt) {
  const std::string login = "profile = \"dxp-amqp\"\nuser = \"shop\"\npassword = \"env:MQ\"\n";
  EXPECT_EQ(fault(login + "url = \"http://mq.example\"").path, "port[0].url");
  EXPECT_EQ(fault(login + "url = \"amqp://shop:secret@mq.example\"").path, "port[0].url");
  EXPECT_EQ(fault(login).code, "settings.missing");
  EXPECT_EQ(fault("profile = \"directory\"\nin = \"i\"").path, "port[0].out");
  EXPECT_EQ(fault(folders + "after_reading = \"keep\"\n").path, "port[0].after_reading");
}

TEST_F(PortSettings, WhatBelongsTogetherIsGivenTogether) {
  const std::string bare = "profile = \"dxp-amqp\"\nurl = \"amqps://mq.example\"\n";
  EXPECT_EQ(fault(bare + "user = \"shop\"\n").path, "port[0].password") << "no default account";
  EXPECT_EQ(fault(bare + "password = \"env:MQ\"\n").path, "port[0].user");
  const std::string login = bare + "user = \"shop\"\npassword = \"env:MQ\"\n";
  EXPECT_EQ(fault(login + "certificate = \"c.pem\"\n").path, "port[0].key");
  EXPECT_EQ(fault(login + "key = \"c.pem\"\n").path, "port[0].certificate");
}

TEST_F(PortSettings, TheEnvelopeTakesSixteenCharactersOfAnId) {
  EXPECT_TRUE(read(folders + "receiver_id = \"DXPEDCCEB0000001\"", "DXPENT0000000001"));
  EXPECT_EQ(fault(folders + "receiver_id = \"DXPEDCCEB00000012\"").path, "port[0].receiver_id");
  EXPECT_EQ(fault(folders, "DXPENT00000000012").path, "enterprise[0].dxp_id");
}

TEST_F(PortSettings, OnlyAnEnvelopeOfTheExchangePlatformHasASignatureOfItsOwn) {
  EXPECT_FALSE(read(folders)->port("dxp")->signs_envelope);
  EXPECT_TRUE(read(folders + "sign_envelope = true\n")->port("dxp")->signs_envelope);
  EXPECT_EQ(fault("profile = \"hainan-http\"\nurl = \"http://127.0.0.1:8090\"\nsign_envelope = true").code,
            "settings.unknown");
}

TEST_F(PortSettings, EveryPlaceOfTheDxpIdIsFilled) {
  EXPECT_EQ(config::named_for("/spool/{dxp_id}/{dxp_id}.out", "DXPENT0000000001"),
            "/spool/DXPENT0000000001/DXPENT0000000001.out");
  EXPECT_EQ(config::named_for("{dxp_id}", "{dxp_id}"), "{dxp_id}");
  EXPECT_EQ(config::named_for("shared", "DXPENT0000000001"), "shared");
}

}  // namespace
