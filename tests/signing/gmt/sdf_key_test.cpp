#include "signing/gmt/sdf_key.h"

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
using tests::gmt::SoftMachine;
using tests::gmt::SoftwareDevice;
using tests::gmt::words;

using OpenedKey = base::Result<std::shared_ptr<const signing::Key>>;

class CryptoMachines : public testing::Test {
 protected:
  void SetUp() override {
    machine([this](SoftMachine& one) {
      one.password = "password";
      one.key_files = {{1, ours_.sm2.key}, {2, ours_.rsa.key}};
    });
  }

  template <class Change>
  void machine(Change change) {
    bench_.change([&](SoftwareDevice& soft) { change(soft.machine); });
  }
  void cut_off() {
    machine([](SoftMachine& one) { one.reachable = false; });
  }
  void start_anew() {
    machine([](SoftMachine& one) {
      one.reachable = true;
      ++one.times_started;
    });
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
  // Every signing call waits until so many are inside, and so fails where fewer can be.
  void gather(unsigned count) {
    bench_.change([&](SoftwareDevice& soft) {
      soft.gather = count;
      soft.most_inside = 0;
    });
  }

  struct Wish {
    std::string parameters = "";
    std::string password = "password";
    std::filesystem::path certificate = tests::Identities::shared().sm2.certificate;
    unsigned parallel = 0;
    std::chrono::milliseconds timeout = 10s;
  };
  OpenedKey open(const Wish& wish) {
    return signing::gmt::open_sdf_key({.uri = "sdf:" + bench_.library() + wish.parameters,
                                       .certificate = wish.certificate,
                                       .pin = base::Secret(wish.password),
                                       .timeout = wish.timeout,
                                       .parallel = wish.parallel});
  }
  std::shared_ptr<const signing::Key> opened(const Wish& wish) {
    auto key = open(wish);
    if (!key) throw std::runtime_error(words(key));
    return *key;
  }
  std::shared_ptr<const signing::Key> opened() { return opened({}); }
  std::shared_ptr<const signing::Key> opened_rsa() {
    return opened({.parameters = "?key=2", .certificate = ours_.rsa.certificate});
  }

  static int good_of(const signing::Key& key, int count) {
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int i = 0; i < count; ++i) threads.emplace_back([&] { good += signed_with(key) == "good" ? 1 : 0; });
    for (auto& thread : threads) thread.join();
    return good;
  }

  const tests::Identities& ours_ = tests::Identities::shared();
  DeviceBench bench_;
};

TEST_F(CryptoMachines, SignWithEveryAlgorithmOfTheKeysKind) {
  const auto sm2 = opened(), rsa = opened_rsa();
  EXPECT_EQ(sm2->certificate().serial, ours_.sm2.serial);
  EXPECT_EQ(rsa->certificate().serial, ours_.rsa.serial);
  tests::gmt::expect_every_algorithm_of_its_kind(*sm2);
  tests::gmt::expect_every_algorithm_of_its_kind(*rsa);
}

TEST_F(CryptoMachines, SignMessagesThatVerify) {
  tests::gmt::expect_messages_that_verify(*opened());
  tests::gmt::expect_messages_that_verify(*opened_rsa());
}

TEST_F(CryptoMachines, TakeTheKeyAtTheIndexNamed) {
  machine([this](SoftMachine& one) { one.key_files[17] = ours_.sm2.key; });
  EXPECT_EQ(outcome(open({"?key=17"})), "good");
  EXPECT_EQ(outcome(open({"?key=1"})), "good");
  EXPECT_EQ(outcome(open({"?key=3"})), "key.sign");
  EXPECT_THAT(words(open({"?key=3"})), HasSubstr("SDF_ExportSignPublicKey_ECC 0x01000008 (SDR_KEYNOTEXIST)"));
  for (const auto* bad : {"?key=0", "?key=-1", "?key=1x", "?key=one", "?key=4294967296", "?key="}) {
    EXPECT_EQ(outcome(open({bad})), "key.form") << bad;
  }
  EXPECT_EQ(outcome(open({"?index=1"})), "key.form");
  EXPECT_THAT(words(open({"?index=1"})), HasSubstr("allowed: key"));
}

TEST_F(CryptoMachines, NeedACertificateOfTheirKey) {
  EXPECT_EQ(outcome(open({.certificate = ""})), "key.certificate");
  EXPECT_THAT(words(open({.certificate = ""})), HasSubstr("setting certificate"));
  EXPECT_EQ(outcome(open({.certificate = ours_.authority.sm2_root()})), "key.certificate");
  EXPECT_EQ(outcome(open({.parameters = "?key=2", .certificate = ours_.authority.rsa_root()})), "key.certificate");
  EXPECT_EQ(bench_.times("SDF_GetPrivateKeyAccessRight"), 0);
  EXPECT_EQ(outcome(open({.certificate = "/nowhere"})), "key.read");
}

TEST_F(CryptoMachines, GiveTheirPasswordOnce) {
  const auto key = open({.password = "wrong"});
  EXPECT_EQ(outcome(key), "key.pin");
  EXPECT_THAT(words(key), AllOf(HasSubstr("SDF_GetPrivateKeyAccessRight 0x01000018 (SDR_PRKRERR)"),
                                HasSubstr("setting pin"), Not(HasSubstr("wrong;"))));
  EXPECT_EQ(bench_.times("SDF_GetPrivateKeyAccessRight"), 1);
}

TEST_F(CryptoMachines, WithoutThePasswordTheyNeedNameTheSetting) {
  EXPECT_EQ(outcome(open({.password = ""})), "key.pin");
  EXPECT_THAT(words(open({.password = ""})), HasSubstr("setting pin"));
}

TEST_F(CryptoMachines, ThatWantNoPasswordAreNotGivenOne) {
  machine([](SoftMachine& one) { one.password = ""; });
  EXPECT_EQ(outcome(open({.password = ""})), "good");
  EXPECT_EQ(bench_.times("SDF_GetPrivateKeyAccessRight"), 0);
  let_answer("SDF_GetPrivateKeyAccessRight", 0x01000002);  // it has no such thing
  EXPECT_EQ(outcome(open({})), "good");
}

TEST_F(CryptoMachines, ThatRefusedThePasswordAreNeverGivenItAgain) {
  const auto key = opened();
  machine([](SoftMachine& one) { one.password = "changed"; });
  start_anew();
  EXPECT_EQ(signed_with(*key), "key.absent");
  EXPECT_EQ(good_of(*key, 8), 0);
  EXPECT_EQ(signed_with(*key), "key.pin");
  EXPECT_EQ(outcome(key->check()), "key.pin");
  EXPECT_EQ(bench_.times("SDF_GetPrivateKeyAccessRight"), 2);  // the good one, and the refused one
}

TEST_F(CryptoMachines, SignInFourSessionsAtATimeWhereNothingElseIsSaid) {
  const auto key = opened();
  EXPECT_EQ(key->parallel(), 4U);
  gather(4);
  EXPECT_EQ(good_of(*key, 24), 24);
  EXPECT_EQ(bench_.most_inside(), 4U);
  EXPECT_EQ(bench_.open_handles(), 5U);  // the device, and four sessions that are kept
}

TEST_F(CryptoMachines, SignInAsManySessionsAsTheSourceSays) {
  for (const unsigned parallel : {1U, 2U, 7U}) {
    gather(1);
    const auto key = opened({.parallel = parallel});
    EXPECT_EQ(key->parallel(), parallel);
    gather(parallel);
    EXPECT_EQ(good_of(*key, 16), 16);
    EXPECT_EQ(bench_.most_inside(), parallel);
  }
}

TEST_F(CryptoMachines, ServeTwoKeysByOneDeviceThatOpensOnce) {
  auto sm2 = opened(), rsa = opened_rsa();
  EXPECT_EQ(bench_.times("SDF_OpenDevice"), 1);
  sm2.reset();
  EXPECT_EQ(signed_with(*rsa), "good");
  EXPECT_EQ(bench_.times("SDF_CloseDevice"), 0);
  rsa.reset();
  EXPECT_EQ(bench_.open_handles(), 0U);
}

TEST_F(CryptoMachines, CutOffAreAbsentAndServeAgainWhenTheyAreBack) {
  const auto key = opened();
  gather(4);
  ASSERT_EQ(good_of(*key, 8), 8);  // four sessions are open
  gather(1);
  cut_off();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(signed_with(*key), "key.absent");
    EXPECT_EQ(outcome(key->check()), "key.absent");
  }
  EXPECT_EQ(bench_.open_handles(), 0U);  // the idle sessions went with the one that failed
  start_anew();
  EXPECT_EQ(signed_with(*key), "good");
  cut_off();
  EXPECT_EQ(outcome(key->check()), "key.absent");
  start_anew();
  EXPECT_EQ(outcome(key->check()), "good");
}

TEST_F(CryptoMachines, StartedAnewUnseenServeAfterOneFailure) {
  const auto key = opened();
  gather(4);
  ASSERT_EQ(good_of(*key, 8), 8);
  gather(1);
  start_anew();
  EXPECT_EQ(signed_with(*key), "key.absent");
  EXPECT_EQ(good_of(*key, 8), 8);
}

TEST_F(CryptoMachines, WhoseKeyWasReplacedAreNotGivenThePassword) {
  const auto key = opened();
  const tests::ScratchDirectory scratch;
  const auto other = tests::TestAuthority(scratch.path()).issue_sm2("另一家测试公司").key;
  machine([&](SoftMachine& one) { one.key_files[1] = other; });
  start_anew();
  EXPECT_EQ(signed_with(*key), "key.absent");
  EXPECT_EQ(signed_with(*key), "key.certificate");
  EXPECT_EQ(bench_.times("SDF_GetPrivateKeyAccessRight"), 1);
}

TEST_F(CryptoMachines, AreCheckedWithoutASignatureAndWithoutThePassword) {
  const auto key = opened();
  EXPECT_EQ(outcome(key->check()), "good");
  EXPECT_EQ(bench_.times("SDF_InternalSign_ECC"), 1);  // the proof when it was opened
  EXPECT_EQ(bench_.times("SDF_GetPrivateKeyAccessRight"), 1);
  EXPECT_EQ(bench_.times("SDF_GetDeviceInfo"), 1);
}

TEST_F(CryptoMachines, ThatHangAreSilentInTimeWhileOtherSessionsServe) {
  const auto key = opened({.parallel = 2, .timeout = 1s});
  hang_in("SDF_GetDeviceInfo");
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(outcome(key->check()), "key.silent");
  EXPECT_GE(std::chrono::steady_clock::now() - begun, 1s);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(signed_with(*key), "good");
  EXPECT_EQ(outcome(key->check()), "key.silent");
  EXPECT_EQ(signed_with(*key), "key.silent");  // both hang now
  EXPECT_EQ(bench_.times("SDF_GetDeviceInfo"), 2);
  let_go();
  EXPECT_TRUE(tests::eventually([&] { return signed_with(*key) == "good"; }));
  EXPECT_EQ(outcome(key->check()), "good");
}

TEST_F(CryptoMachines, ThatHangInAnyCallOfOpeningAreSilentInTime) {
  for (const auto* function : {"SDF_OpenDevice", "SDF_OpenSession", "SDF_ExportSignPublicKey_ECC",
                               "SDF_GetPrivateKeyAccessRight", "SDF_InternalSign_ECC"}) {
    hang_in(function);
    EXPECT_EQ(outcome(open({.timeout = 100ms})), "key.silent") << function;
    let_go();
    EXPECT_TRUE(tests::eventually([&] { return bench_.open_handles() == 0; })) << function;
  }
}

TEST_F(CryptoMachines, ThatRefuseAreQuotedWithFunctionCodeAndName) {
  const auto sm2 = opened(), rsa = opened_rsa();
  using enum signing::SignatureAlgorithm;
  let_answer("SDF_InternalSign_ECC", 0x0100000D);
  let_answer("SDF_InternalPrivateKeyOperation_RSA", 0x01020304);
  EXPECT_EQ(signed_with(*sm2), "key.sign");
  EXPECT_THAT(words(sm2->sign(sm2_sm3, "bytes")), HasSubstr("SDF_InternalSign_ECC 0x0100000D (SDR_SIGNERR)"));
  EXPECT_EQ(signed_with(*rsa), "key.sign");
  EXPECT_THAT(words(rsa->sign(rsa_sha1, "bytes")), HasSubstr("SDF_InternalPrivateKeyOperation_RSA 0x01020304;"));
  let_all_work();
  EXPECT_EQ(signed_with(*sm2), "good");
  EXPECT_EQ(signed_with(*rsa), "good");
}

TEST_F(CryptoMachines, WithoutAnotherSessionAreAbsentAndKeepTheOnesTheyHave) {
  const auto key = opened();
  let_answer("SDF_OpenSession", 0x01000006);
  gather(1);
  EXPECT_EQ(signed_with(*key), "good");
  EXPECT_EQ(outcome(open({"?key=1"})), "key.absent");
  EXPECT_THAT(words(open({"?key=1"})), HasSubstr("SDF_OpenSession 0x01000006 (SDR_OPENSESSION)"));
  EXPECT_EQ(signed_with(*key), "good");
}

TEST_F(CryptoMachines, WhoseValuesStandElsewhereAreRefused) {
  bench_.change([](SoftwareDevice& soft) { soft.layout = tests::gmt::Layout::misplaced; });
  EXPECT_EQ(outcome(open({})), "key.sign");
  EXPECT_THAT(words(open({})), HasSubstr("more than 32 bytes"));
}

TEST_F(CryptoMachines, WhoseSignaturesDoNotFitAreNotOpened) {
  let_answer("SDF_InternalSign_ECC", 0);  // as if done, but nothing was written
  EXPECT_EQ(outcome(open({})), "key.sign");
  EXPECT_THAT(words(open({})), HasSubstr("does not verify"));
  let_answer("SDF_InternalPrivateKeyOperation_RSA", 0);
  const auto rsa = open({.parameters = "?key=2", .certificate = ours_.rsa.certificate});
  EXPECT_EQ(outcome(rsa), "key.sign");
  EXPECT_THAT(words(rsa), HasSubstr("bytes instead of 256"));
}

}  // namespace
