#include "signing/gmt/skf_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/signing/gmt/device_bench.h"
#include "tests/support/eventually.h"

namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::gmt::DeviceBench;
using tests::gmt::outcome;
using tests::gmt::signed_with;
using tests::gmt::SoftApplication;
using tests::gmt::SoftContainer;
using tests::gmt::SoftwareDevice;
using tests::gmt::words;

using OpenedKey = base::Result<std::shared_ptr<const signing::Key>>;

SoftContainer container_of(const tests::TestIdentity& identity) {
  return {identity.key.string(), identity.certificate.string()};
}

class SmartKeys : public testing::Test {
 protected:
  void SetUp() override { plug_in(ours_.sm2); }

  void plug_in(const tests::TestIdentity& identity, const std::string& device = "Token A") {
    bench_.change([&](SoftwareDevice& soft) {
      soft.tokens[device].plugged = true;
      ++soft.tokens[device].times_plugged;
      soft.tokens[device].applications["CA"].containers["signing"] = container_of(identity);
    });
  }
  void pull_out() {
    bench_.change([](SoftwareDevice& soft) { soft.tokens["Token A"].plugged = false; });
  }
  void push_back() {
    bench_.change([](SoftwareDevice& soft) {
      soft.tokens["Token A"].plugged = true;
      ++soft.tokens["Token A"].times_plugged;
    });
  }
  void set_pin(const std::string& pin) {
    application([&](SoftApplication& one) { one.pin = pin; });
  }
  template <class Change>
  void application(Change change) {
    bench_.change([&](SoftwareDevice& soft) { change(soft.tokens["Token A"].applications["CA"]); });
  }
  void let_answer(const std::string& function, std::uint32_t code) {
    bench_.change([&](SoftwareDevice& soft) { soft.answers[function] = code; });
  }
  void let_all_work() {
    bench_.change([](SoftwareDevice& soft) { soft.answers = {}; });
  }
  void hang_in(const std::string& function) {
    bench_.change([&](SoftwareDevice& soft) { soft.hanging = {function}; });
  }
  void let_go() {
    bench_.change([](SoftwareDevice& soft) { soft.hanging = {}; });
  }

  struct Wish {
    std::string parameters = "";
    std::string pin = "135790";
    std::filesystem::path certificate = "";
    std::chrono::milliseconds timeout = 10s;
  };
  OpenedKey open(const Wish& wish) {
    return signing::gmt::open_skf_key({.uri = "skf:" + bench_.library() + wish.parameters,
                                       .certificate = wish.certificate,
                                       .pin = base::Secret(wish.pin),
                                       .timeout = wish.timeout});
  }
  std::shared_ptr<const signing::Key> opened(const Wish& wish) {
    auto key = open(wish);
    if (!key) throw std::runtime_error(words(key));
    return *key;
  }
  std::shared_ptr<const signing::Key> opened() { return opened({}); }

  const tests::Identities& ours_ = tests::Identities::shared();
  DeviceBench bench_;
};

TEST_F(SmartKeys, SignWithEveryAlgorithmOfTheirKind) {
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    plug_in(*identity);
    const auto key = opened();
    EXPECT_EQ(key->certificate().serial, identity->serial);
    EXPECT_EQ(key->parallel(), 1U);
    tests::gmt::expect_every_algorithm_of_its_kind(*key);
  }
}

TEST_F(SmartKeys, SignMessagesThatVerify) {
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    plug_in(*identity);
    tests::gmt::expect_messages_that_verify(*opened());
  }
}

TEST_F(SmartKeys, OfALibraryWhoseUlongHas64BitsServeToo) {
  DeviceBench wide("software_device_64");
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    wide.change([&](SoftwareDevice& soft) {
      soft.tokens["Wide"].applications["CA"].containers["signing"] = container_of(*identity);
    });
    const auto key =
        signing::gmt::open_skf_key({.uri = "skf:" + wide.library(), .pin = base::Secret(std::string("135790"))});
    ASSERT_TRUE(key) << words(key);
    tests::gmt::expect_every_algorithm_of_its_kind(**key);
  }
}

TEST_F(SmartKeys, ServeManyThreadsOneAfterAnother) {
  const auto key = opened();
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { good += signed_with(*key) == "good" ? 1 : 0; });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good.load(), 8);
}

TEST_F(SmartKeys, TakeTheCertificateFromAFileWhereOneIsNamed) {
  application([](SoftApplication& one) { one.containers["signing"].certificate_file = ""; });
  EXPECT_EQ(outcome(open({})), "key.certificate");
  EXPECT_THAT(words(open({})), HasSubstr("setting certificate"));
  EXPECT_EQ(outcome(open({.certificate = ours_.sm2.certificate})), "good");
  const tests::ScratchDirectory scratch;
  tests::write_file(scratch.path() / "der", opened({.certificate = ours_.sm2.certificate})->certificate().der);
  EXPECT_EQ(outcome(open({.certificate = scratch.path() / "der"})), "good");
  EXPECT_EQ(outcome(open({.certificate = scratch.path() / "absent"})), "key.read");
  EXPECT_EQ(outcome(open({.certificate = ours_.sm2.key})), "key.form");
  const auto pem = tests::read_file(ours_.sm2.certificate);
  tests::write_file(scratch.path() / "limit", pem + std::string(65536 - pem.size(), '\n'));
  EXPECT_EQ(outcome(open({.certificate = scratch.path() / "limit"})), "good");
  tests::write_file(scratch.path() / "over", pem + std::string(65537 - pem.size(), '\n'));
  EXPECT_EQ(outcome(open({.certificate = scratch.path() / "over"})), "key.form");
}

TEST_F(SmartKeys, WithTheCertificateOfAnotherKeyAreRefusedBeforeThePinIsGiven) {
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    plug_in(*identity);
    for (const auto& other : {ours_.authority.sm2_root(), ours_.authority.rsa_root()}) {
      const auto key = open({.certificate = other});
      EXPECT_EQ(outcome(key), "key.certificate");
      EXPECT_THAT(words(key), HasSubstr("does not belong"));
    }
  }
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 0);
}

TEST_F(SmartKeys, AmongSeveralMustBeNamed) {
  plug_in(ours_.rsa, "令牌 B");
  EXPECT_EQ(outcome(open({})), "key.form");
  EXPECT_THAT(words(open({})), AllOf(HasSubstr("Token A"), HasSubstr("令牌 B"), HasSubstr("parameter device")));
  EXPECT_EQ(opened({"?device=Token%20A"})->certificate().serial, ours_.sm2.serial);
  EXPECT_EQ(opened({"?device=%E4%BB%A4%E7%89%8C%20B"})->certificate().serial, ours_.rsa.serial);
  pull_out();
  EXPECT_EQ(opened()->certificate().serial, ours_.rsa.serial);
}

TEST_F(SmartKeys, WithSeveralApplicationsOrContainersNeedTheirNames) {
  bench_.change([&](SoftwareDevice& soft) {
    auto& applications = soft.tokens["Token A"].applications;
    applications["CA"].containers["spare"] = container_of(ours_.rsa);
    applications["bank"].containers = applications["CA"].containers;
  });
  EXPECT_THAT(words(open({})), AllOf(HasSubstr("CA, bank"), HasSubstr("parameter application")));
  EXPECT_THAT(words(open({"?application=CA"})), AllOf(HasSubstr("signing, spare"), HasSubstr("parameter container")));
  EXPECT_EQ(outcome(open({"?application=CA"})), "key.form");
  EXPECT_EQ(opened({"?application=CA&container=spare"})->certificate().serial, ours_.rsa.serial);
  EXPECT_EQ(opened({"?container=signing&application=bank&device=Token%20A"})->certificate().serial, ours_.sm2.serial);
}

TEST_F(SmartKeys, ThatAreNotThereAreNamedWithThoseThatAre) {
  EXPECT_EQ(outcome(open({"?device=other"})), "key.absent");
  EXPECT_THAT(words(open({"?device=other"})), AllOf(HasSubstr("other"), HasSubstr("Token A")));
  EXPECT_EQ(outcome(open({"?application=other"})), "key.form");
  EXPECT_THAT(words(open({"?application=other"})), AllOf(HasSubstr("other"), HasSubstr("CA")));
  EXPECT_EQ(outcome(open({"?container=other"})), "key.form");
  EXPECT_THAT(words(open({"?container=other"})), AllOf(HasSubstr("other"), HasSubstr("signing")));
  application([](SoftApplication& one) { one.containers.clear(); });
  EXPECT_EQ(outcome(open({})), "key.form");
  pull_out();
  EXPECT_EQ(outcome(open({})), "key.absent");
}

TEST_F(SmartKeys, ThatListMoreThanIsReadAreRefused) {
  const auto open_with_a_name_of = [this](std::size_t length) {
    bench_.change([&](SoftwareDevice& soft) {
      auto& applications = soft.tokens["Token A"].applications;
      const SoftApplication kept = applications.begin()->second;
      applications = {{std::string(length, 'x'), kept}};
    });
    return open({});
  };
  EXPECT_EQ(outcome(open_with_a_name_of(65534)), "good");  // 64 KiB with the two NULs
  const auto over = open_with_a_name_of(65535);
  EXPECT_EQ(outcome(over), "key.sign");
  EXPECT_THAT(words(over), HasSubstr("SAR_BUFFER_TOO_SMALL"));
}

TEST_F(SmartKeys, GiveThePinOnceAndReportTheTriesLeft) {
  const auto key = open({.pin = "wrong"});
  EXPECT_EQ(outcome(key), "key.pin");
  EXPECT_THAT(words(key), AllOf(HasSubstr("tries left: 7"), HasSubstr("还可再试 7 次"), Not(HasSubstr("wrong"))));
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 1);
}

TEST_F(SmartKeys, NeverSpendTheLastTry) {
  application([](SoftApplication& one) { one.tries_left = 1; });
  for (const auto* pin : {"wrong", "135790"}) {
    EXPECT_EQ(outcome(open({.pin = pin})), "key.pin");
    EXPECT_THAT(words(open({.pin = pin})), HasSubstr("only one try is left"));
  }
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 0);
  application([](SoftApplication& one) { one.tries_left = 2; });
  EXPECT_EQ(outcome(open({})), "good");
}

TEST_F(SmartKeys, WhosePinIsLockedSaySoWithoutTryingIt) {
  application([](SoftApplication& one) { one.tries_left = 0; });
  EXPECT_EQ(outcome(open({})), "key.locked");
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 0);
  let_answer("SKF_GetPINInfo", 0x0A000003);  // the library does not count for us
  EXPECT_EQ(outcome(open({})), "key.locked");
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 1);
  application([](SoftApplication& one) { one.tries_left = 1; });
  EXPECT_EQ(outcome(open({.pin = "wrong"})), "key.locked");  // with that the last one went
}

TEST_F(SmartKeys, WithoutThePinTheyNeedNameTheSetting) {
  const auto key = open({.pin = ""});
  EXPECT_EQ(outcome(key), "key.pin");
  EXPECT_THAT(words(key), HasSubstr("setting pin"));
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 0);
  set_pin("");
  EXPECT_EQ(outcome(open({.pin = ""})), "good");
}

TEST_F(SmartKeys, ThatRefusedThePinAreNeverGivenItAgain) {
  const auto key = opened();
  set_pin("changed");
  pull_out();
  EXPECT_EQ(signed_with(*key), "key.absent");
  push_back();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(signed_with(*key), "key.pin");
    EXPECT_EQ(outcome(key->check()), "key.pin");
  }
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 2);  // the good one, and the refused one
}

TEST_F(SmartKeys, WhoseRefusalHasNoNameAreNotGivenThePinAgainEither) {
  const auto key = opened();
  push_back();
  let_answer("SKF_VerifyPIN", 0x0A000001);
  EXPECT_EQ(signed_with(*key), "key.absent");
  EXPECT_EQ(signed_with(*key), "key.sign");
  let_all_work();
  EXPECT_EQ(signed_with(*key), "key.sign");
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 2);
}

TEST_F(SmartKeys, PulledOutAreAbsentAndServeAgainWhenTheyAreBack) {
  const auto key = opened();
  pull_out();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(signed_with(*key), "key.absent");
    EXPECT_EQ(outcome(key->check()), "key.absent");
  }
  push_back();
  EXPECT_EQ(signed_with(*key), "good");
  pull_out();
  EXPECT_EQ(outcome(key->check()), "key.absent");
  push_back();
  EXPECT_EQ(outcome(key->check()), "good");
  EXPECT_EQ(signed_with(*key), "good");
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 3);
}

TEST_F(SmartKeys, PulledOutAndBackUnseenServeAfterOneFailure) {
  const auto key = opened();
  push_back();
  EXPECT_EQ(signed_with(*key), "key.absent");
  EXPECT_EQ(signed_with(*key), "good");
}

TEST_F(SmartKeys, OfOthersThatTakeTheirPlaceAreNotGivenThePin) {
  const auto key = opened();
  pull_out();
  EXPECT_EQ(signed_with(*key), "key.absent");
  plug_in(ours_.rsa);
  EXPECT_EQ(signed_with(*key), "key.certificate");
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 1);
  plug_in(ours_.sm2);
  EXPECT_EQ(signed_with(*key), "good");
}

TEST_F(SmartKeys, AreCheckedWithoutASignatureAndWithoutThePin) {
  const auto key = opened();
  EXPECT_EQ(outcome(key->check()), "good");
  EXPECT_EQ(bench_.times("SKF_ECCSignData"), 1);  // the proof when it was opened
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 1);
  EXPECT_EQ(bench_.times("SKF_GetDevState"), 1);
  let_answer("SKF_GetDevState", 0x0A000003);  // a library that cannot tell
  EXPECT_EQ(outcome(key->check()), "good");
}

TEST_F(SmartKeys, ThatHangAreSilentInTimeAndServeAgainWhenTheCallReturns) {
  const auto key = opened({.timeout = 1s});
  hang_in("SKF_ECCSignData");
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(signed_with(*key), "key.silent");
  EXPECT_GE(std::chrono::steady_clock::now() - begun, 1s);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
  EXPECT_EQ(outcome(key->check()), "key.silent");
  EXPECT_EQ(bench_.times("SKF_GetDevState"), 0);  // nothing more is asked of a library that hangs
  let_go();
  std::string again;
  while ((again = signed_with(*key)) == "key.silent") std::this_thread::yield();
  EXPECT_EQ(again, "good");
}

TEST_F(SmartKeys, ThatHangInAnyCallOfOpeningAreSilentInTime) {
  for (const auto* function : {"SKF_EnumDev", "SKF_ConnectDev", "SKF_EnumApplication", "SKF_OpenApplication",
                               "SKF_EnumContainer", "SKF_OpenContainer", "SKF_ExportCertificate", "SKF_ExportPublicKey",
                               "SKF_GetPINInfo", "SKF_VerifyPIN", "SKF_ECCSignData"}) {
    hang_in(function);
    const auto key = open({.timeout = 100ms});
    EXPECT_EQ(outcome(key), "key.silent") << function;
    EXPECT_THAT(words(key), HasSubstr("100 ms"));
    let_go();
  }
  EXPECT_TRUE(tests::eventually([&] { return bench_.open_handles() == 0; }));
}

TEST_F(SmartKeys, ThatRefuseAreQuotedWithFunctionCodeAndName) {
  const auto key = opened();
  let_answer("SKF_ECCSignData", 0x0A000011);
  const auto named = key->sign(signing::SignatureAlgorithm::sm2_sm3, "bytes");
  EXPECT_EQ(outcome(named), "key.sign");
  EXPECT_THAT(words(named), HasSubstr("SKF_ECCSignData 0x0A000011 (SAR_INDATAERR)"));
  let_answer("SKF_ECCSignData", 0x0B000038);
  const auto nameless = key->sign(signing::SignatureAlgorithm::sm2_sm3, "bytes");
  EXPECT_EQ(outcome(nameless), "key.sign");
  EXPECT_THAT(words(nameless), HasSubstr("SKF_ECCSignData 0x0B000038;"));
  let_all_work();
  EXPECT_EQ(signed_with(*key), "good");
}

TEST_F(SmartKeys, ThatRefuseWhileOpeningAreQuotedToo) {
  for (const auto* function : {"SKF_EnumDev", "SKF_EnumApplication", "SKF_OpenApplication", "SKF_EnumContainer",
                               "SKF_OpenContainer", "SKF_ExportCertificate", "SKF_ExportPublicKey", "SKF_GetPINInfo"}) {
    let_answer(function, 0x0A00000E);
    EXPECT_EQ(outcome(open({})), "key.sign") << function;
    EXPECT_THAT(words(open({})), HasSubstr(std::string(function) + " 0x0A00000E (SAR_MEMORYERR)"));
    let_all_work();
  }
  let_answer("SKF_ConnectDev", 0x0A000001);  // another program has it for itself
  EXPECT_EQ(outcome(open({})), "key.absent");
  EXPECT_EQ(bench_.open_handles(), 0U);
}

TEST_F(SmartKeys, ThatTellOfTheirOwnTimeoutAreSilent) {
  const auto key = opened();
  let_answer("SKF_ECCSignData", 0x0A00000F);
  EXPECT_EQ(signed_with(*key), "key.silent");
}

TEST_F(SmartKeys, ThatForgetTheLoginAreGivenThePinAnew) {
  const auto key = opened();
  let_answer("SKF_ECCSignData", 0x0A00002D);
  EXPECT_EQ(signed_with(*key), "key.absent");
  let_all_work();
  EXPECT_EQ(signed_with(*key), "good");
  EXPECT_EQ(bench_.times("SKF_VerifyPIN"), 2);
}

TEST_F(SmartKeys, WhoseValuesStandElsewhereAreRefused) {
  bench_.change([](SoftwareDevice& soft) { soft.layout = tests::gmt::Layout::misplaced; });
  const auto key = open({});
  EXPECT_EQ(outcome(key), "key.sign");
  EXPECT_THAT(words(key), HasSubstr("more than 32 bytes"));
}

TEST_F(SmartKeys, WhoseSignaturesDoNotFitAreNotOpened) {
  let_answer("SKF_ECCSignData", 0);  // as if done, but nothing was written
  EXPECT_EQ(outcome(open({})), "key.sign");
  EXPECT_THAT(words(open({})), HasSubstr("does not verify"));
  plug_in(ours_.rsa);
  let_answer("SKF_RSASignData", 0);
  EXPECT_EQ(outcome(open({})), "key.sign");
}

TEST_F(SmartKeys, CloseWhatTheyOpened) {
  auto key = opened();
  EXPECT_EQ(bench_.open_handles(), 3U);  // device, application, container
  pull_out();
  EXPECT_EQ(signed_with(*key), "key.absent");
  EXPECT_EQ(bench_.open_handles(), 0U);
  push_back();
  EXPECT_EQ(signed_with(*key), "good");
  key.reset();
  EXPECT_EQ(bench_.open_handles(), 0U);
}

}  // namespace
