// What a port has agreed on, from files that are right, wrong, late and put right.
#include "gateway/channels/agreements/partnership.h"

#include <gmock/gmock.h>

#include "codecs/as2/message.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace gateway::channels::agreements {
namespace {

using codecs::as2::ReceiptWay;
using std::chrono::hours;
using testing::ElementsAre;

const std::string dxp_id = "DXPENT0000000001";
const base::Time now = std::chrono::sys_days{std::chrono::year{2030} / 1 / 1};
const tests::TestValidity over{.not_before = now - hours(48), .not_after = now - hours(24)};

class Partnerships : public testing::Test {
 protected:
  Partnerships() : authority_(scratch_.path() / "authority") {
    const auto shop = authority_.issue_rsa("shop"), customs = authority_.issue_rsa("customs");
    settings_.partner_id = "CUSTOMS";
    settings_.key = shop.key;
    settings_.certificate = shop.certificate;
    settings_.partner_certificates = {customs.certificate};
    settings_.encrypt_for = customs.certificate;
    settings_.incoming = {.is_signed = true, .is_encrypted = true, .is_compressed = false};
  }

  void partner(const std::vector<std::filesystem::path>& certificates) {
    settings_.partner_certificates = certificates;
    settings_.encrypt_for = certificates.front();
  }

  std::vector<std::string> codes_at(base::Time at) const {
    Partnership partnership(settings_, ReceiptWay::in_response);
    std::vector<std::string> codes;
    for (const base::Fault& fault : partnership.faults(at)) {
      EXPECT_FALSE(fault.zh.empty() || fault.en.empty() || fault.code.empty());
      codes.push_back(fault.code);
    }
    return codes;
  }

  tests::ScratchDirectory scratch_;
  tests::TestAuthority authority_;
  config::Agreement settings_;
};

TEST_F(Partnerships, TheSettingsBecomeAnAgreementThatMessagesAreMadeBy) {
  settings_.own_id = "SHOP {dxp_id}";
  settings_.compress = config::Compressing::yes;
  Partnership partnership(settings_, ReceiptWay::in_response);
  const auto agreement = partnership.of(dxp_id, now);
  ASSERT_TRUE(agreement) << agreement.faults().front().en;
  EXPECT_EQ(agreement->own_id, "SHOP " + dxp_id);
  EXPECT_EQ(agreement->outgoing.signature, codecs::as2::Digest::sha256);
  EXPECT_EQ(agreement->outgoing.cipher, codecs::as2::Cipher::aes256_cbc);
  EXPECT_EQ(agreement->outgoing.compression, codecs::as2::Compression::zlib);
  EXPECT_EQ(agreement->receipt.signed_with, codecs::as2::Digest::sha256);
  EXPECT_EQ(agreement->receipt.way, ReceiptWay::in_response);
  EXPECT_TRUE(codecs::as2::make_message({"<a/>", "application/xml", ""}, "<1@shop>", *agreement));
}

TEST_F(Partnerships, FilesThatCannotBeUsedAreNamedAllAtOnce) {
  const auto stranger = authority_.issue_rsa("stranger");
  settings_.certificate = stranger.certificate;
  partner({scratch_.path() / "absent.pem"});
  EXPECT_THAT(codes_at(now), ElementsAre("key.certificate", "key.read"));
  settings_.key = scratch_.path() / "absent.key";
  partner({authority_.issue_sm2("sm2").certificate});
  EXPECT_THAT(codes_at(now), ElementsAre("key.read", "key.kind"));
}

TEST_F(Partnerships, AKeyThatOthersCanReadIsNotUsed) {
  std::filesystem::permissions(settings_.key, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  EXPECT_THAT(codes_at(now), ElementsAre("key.care"));
}

TEST_F(Partnerships, ACertificateOutsideItsDatesStopsThePort) {
  partner({authority_.issue_rsa("customs", over).certificate});
  EXPECT_THAT(codes_at(now - hours(36)), ElementsAre());
  EXPECT_THAT(codes_at(now), ElementsAre("agreement.expired"));
  EXPECT_THAT(codes_at(now - hours(72)), ElementsAre("agreement.expired")) << "it does not hold yet";
  const auto own = authority_.issue_rsa("shop", over);
  settings_.key = own.key;
  settings_.certificate = own.certificate;
  EXPECT_THAT(codes_at(now), ElementsAre("agreement.expired", "agreement.expired"));
}

TEST_F(Partnerships, AnEndIsAnnouncedThirtyDaysAhead) {
  const auto ending = authority_.issue_rsa("customs", over);
  partner({ending.certificate});
  Partnership partnership(settings_, ReceiptWay::in_response);
  const base::Time end = partnership.of(dxp_id, now - hours(36))->partner_signers.front().not_after;
  EXPECT_THAT(partnership.remark(end - hours(1)).en, testing::HasSubstr("the certificate of the partner"));
  EXPECT_TRUE(partnership.remark(end + hours(1)).empty()) << "that is a fault";
  partner({ending.certificate, authority_.issue_rsa("customs").certificate});
  settings_.encrypt_for = settings_.partner_certificates.back();
  EXPECT_TRUE(Partnership(settings_, ReceiptWay::in_response).remark(end - hours(1)).empty())
      << "the next one is there";
}

TEST_F(Partnerships, OfSeveralSignersThoseCountThatHoldNow) {
  const auto old = authority_.issue_rsa("customs", over), next = authority_.issue_rsa("customs");
  partner({next.certificate, old.certificate});
  Partnership partnership(settings_, ReceiptWay::in_response);
  EXPECT_EQ(partnership.of(dxp_id, now - hours(36))->partner_signers.size(), 2U);
  const auto later = partnership.of(dxp_id, now);
  ASSERT_TRUE(later) << later.faults().front().en;
  EXPECT_EQ(later->partner_signers.size(), 1U);
  EXPECT_EQ(later->encryption_certificate->serial, later->partner_signers.front().serial);
}

TEST_F(Partnerships, AFilePutRightIsTakenWithoutARestart) {
  const auto good = settings_.partner_certificates.front();
  partner({scratch_.path() / "customs.pem"});
  Partnership partnership(settings_, ReceiptWay::in_response);
  EXPECT_FALSE(partnership.of(dxp_id, now));
  std::filesystem::copy_file(good, scratch_.path() / "customs.pem");
  EXPECT_FALSE(partnership.of(dxp_id, now + between_openings / 2)) << "the files are not read at every call";
  EXPECT_TRUE(partnership.of(dxp_id, now + between_openings));
}

TEST_F(Partnerships, TheNameSaysWhoseItIs) {
  settings_.own_id = "SHOP-{dxp_id}.AS2";
  const Partnership each(settings_, ReceiptWay::in_response);
  EXPECT_EQ(each.dxp_id_of("SHOP-" + dxp_id + ".AS2"), dxp_id);
  EXPECT_EQ(each.dxp_id_of("SHOP-.AS2"), std::nullopt);
  EXPECT_EQ(each.dxp_id_of("SHOP-" + dxp_id), std::nullopt);
  EXPECT_EQ(each.dxp_id_of(""), std::nullopt);
  settings_.own_id = "SHOP";
  const Partnership all(settings_, ReceiptWay::in_response);
  EXPECT_EQ(all.dxp_id_of("SHOP"), "");
  EXPECT_EQ(all.dxp_id_of("shop"), std::nullopt);
}

}  // namespace
}  // namespace gateway::channels::agreements
