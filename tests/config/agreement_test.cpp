// [port.agreement]: what stands there, what may not.
#include <gmock/gmock.h>

#include "config/settings.h"
#include "tests/support/paths.h"

namespace {

using testing::ElementsAre;

const std::string partner = "partner_id = \"CUSTOMS\"\n";
const std::string keys = "key = \"as2.key.pem\"\ncertificate = \"as2.cert.pem\"\n";
const std::string theirs = "partner_certificates = [\"customs.pem\", \"customs.next.pem\"]\n";
const std::string full = partner + keys + theirs;

class AgreementSettings : public testing::Test {
 protected:
  base::Result<config::Settings> read(const std::string& agreement, const std::string& port = {}) {
    tests::write_file(scratch_.path() / "cebgate.toml",
                      "[[port]]\nname = \"dxp\"\nprofile = \"dxp-as2\"\nurl = \"https://customs.example/as2\"\n" +
                          (port.empty() ? "listen = \"127.0.0.1:4080\"\n" : port) + "[port.agreement]\n" + agreement);
    return config::read_settings(scratch_.path() / "cebgate.toml");
  }

  std::vector<std::string> faults(const std::string& agreement, const std::string& port = {}) {
    const auto settings = read(agreement, port);
    std::vector<std::string> told;
    if (settings) return told;
    for (const base::Fault& fault : settings.faults()) {
      EXPECT_FALSE(fault.zh.empty());
      told.push_back(fault.code + " " + fault.path);
    }
    return told;
  }

  tests::ScratchDirectory scratch_;
};

TEST_F(AgreementSettings, AreSafeWhereNothingElseIsSaid) {
  const auto settings = read(full);
  ASSERT_TRUE(settings) << settings.faults().front().en;
  const config::Agreement& agreement = settings->ports.front().agreement;
  EXPECT_EQ(agreement.own_id, "{dxp_id}");
  EXPECT_EQ(agreement.partner_id, "CUSTOMS");
  EXPECT_EQ(agreement.key, scratch_.path() / "as2.key.pem");
  EXPECT_EQ(agreement.certificate, scratch_.path() / "as2.cert.pem");
  EXPECT_THAT(agreement.partner_certificates,
              ElementsAre(scratch_.path() / "customs.pem", scratch_.path() / "customs.next.pem"));
  EXPECT_EQ(agreement.encrypt_for, scratch_.path() / "customs.pem") << "the first, until another is named";
  EXPECT_EQ(agreement.sign, config::SignatureDigest::sha256);
  EXPECT_EQ(agreement.encrypt, config::Encryption::aes256);
  EXPECT_EQ(agreement.compress, config::Compressing::no);
  EXPECT_EQ(agreement.receipt, config::ReceiptForm::signed_);
  EXPECT_TRUE(agreement.incoming.is_signed && agreement.incoming.is_encrypted && !agreement.incoming.is_compressed);
  EXPECT_EQ(settings->ports.front().listening.host, "127.0.0.1");
  EXPECT_EQ(settings->ports.front().listening.port, 4080);
}

TEST_F(AgreementSettings, EveryWordIsRead) {
  const auto settings =
      read(full +
           "own_id = \"SHOP-{dxp_id}\"\nsign = \"sha1\"\nencrypt = \"3des\"\ncompress = true\nreceipt = \"plain\"\n"
           "incoming = [\"compressed\"]\nencrypt_for = \"customs.next.pem\"\npin = \"file:pins/as2\"\n"
           "receipt_url = \"https://shop.example/as2\"\nreceipts_to = [\"https://customs.example/mdn\"]\n");
  ASSERT_TRUE(settings) << settings.faults().front().en;
  const config::Agreement& agreement = settings->ports.front().agreement;
  EXPECT_EQ(agreement.own_id, "SHOP-{dxp_id}");
  EXPECT_EQ(agreement.sign, config::SignatureDigest::sha1);
  EXPECT_EQ(agreement.encrypt, config::Encryption::des3);
  EXPECT_EQ(agreement.compress, config::Compressing::yes);
  EXPECT_EQ(agreement.receipt, config::ReceiptForm::plain);
  EXPECT_TRUE(!agreement.incoming.is_signed && !agreement.incoming.is_encrypted && agreement.incoming.is_compressed);
  EXPECT_EQ(agreement.encrypt_for, scratch_.path() / "customs.next.pem");
  EXPECT_EQ(agreement.pin, "file:" + (scratch_.path() / "pins/as2").string());
  EXPECT_EQ(agreement.receipt_url, "https://shop.example/as2");
  EXPECT_THAT(agreement.receipts_to, ElementsAre("https://customs.example/mdn"));
}

TEST_F(AgreementSettings, WhatIsMissingIsNamed) {
  EXPECT_THAT(faults(keys + theirs), ElementsAre("settings.missing port[0].agreement.partner_id"));
  EXPECT_THAT(faults(partner + theirs), ElementsAre("settings.missing port[0].agreement.key"));
  EXPECT_THAT(faults(partner + theirs + "key = \"a\"\n"),
              ElementsAre("settings.missing port[0].agreement.certificate"));
  EXPECT_THAT(faults(partner + theirs + "certificate = \"a\"\n"),
              ElementsAre("settings.missing port[0].agreement.key"));
  EXPECT_THAT(faults(partner + keys), ElementsAre("settings.missing port[0].agreement.partner_certificates"));
  EXPECT_THAT(faults(partner + keys + "partner_certificates = []\n"),
              ElementsAre("settings.value port[0].agreement.partner_certificates"));
  EXPECT_THAT(faults(full, "linger = \"1s\"\n"), ElementsAre("settings.missing port[0].listen"));
  EXPECT_THAT(faults(full, "listen = \"127.0.0.1:1\"\nlisten_key = \"k\"\n"),
              ElementsAre("settings.missing port[0].listen_certificate"));
}

TEST_F(AgreementSettings, WithoutProtectionNoKeysAreNeeded) {
  EXPECT_THAT(faults(partner + "sign = \"none\"\nencrypt = \"none\"\nreceipt = \"plain\"\n"), ElementsAre());
  EXPECT_THAT(faults(partner + "sign = \"none\"\nencrypt = \"none\"\nreceipt = \"plain\"\nincoming = [\"signed\"]\n"),
              ElementsAre("settings.missing port[0].agreement.partner_certificates"));
  EXPECT_THAT(faults(partner + "sign = \"none\"\nencrypt = \"none\"\nreceipt = \"plain\"\nincoming=[\"encrypted\"]\n"),
              ElementsAre("settings.missing port[0].agreement.key"));
}

TEST_F(AgreementSettings, WordsThatAreNoneAreRefused) {
  for (const std::string key : {"sign", "encrypt", "receipt"}) {
    EXPECT_THAT(faults(full + key + " = \"md5\"\n"), ElementsAre("settings.value port[0].agreement." + key));
  }
  EXPECT_THAT(faults(full + "incoming = [\"sealed\"]\n"), ElementsAre("settings.value port[0].agreement.incoming"));
  EXPECT_THAT(faults(full + "encrypt_for = \"other.pem\"\n"),
              ElementsAre("settings.value port[0].agreement.encrypt_for"));
  EXPECT_THAT(faults(full + "receipt_url = \"ftp://shop.example/\"\n"),
              ElementsAre("settings.value port[0].agreement.receipt_url"));
  EXPECT_THAT(faults(full + "receipts_to = [\"mdn\"]\n"), ElementsAre("settings.value port[0].agreement.receipts_to"));
  EXPECT_THAT(faults(full + "mdn = \"sync\"\n"), ElementsAre("settings.unknown port[0].agreement.mdn"));
  EXPECT_THAT(faults(full + "own_id = \"CUSTOMS\"\n"), ElementsAre("settings.value port[0].agreement.own_id"));
  EXPECT_THAT(faults(full + "own_id = \"海关\"\n"), ElementsAre("settings.value port[0].agreement.own_id"));
}

TEST_F(AgreementSettings, ANameHasAHundredAndTwentyEightCharacters) {
  const std::string rest = keys + theirs;
  EXPECT_THAT(faults(rest + "partner_id = \"" + std::string(128, 'C') + "\"\n"), ElementsAre());
  EXPECT_THAT(faults(rest + "partner_id = \"" + std::string(129, 'C') + "\"\n"),
              ElementsAre("settings.value port[0].agreement.partner_id"));
}

}  // namespace
