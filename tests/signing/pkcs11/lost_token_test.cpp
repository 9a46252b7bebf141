// Tokens that hang, are pulled out, or lose their sessions, and come back.
#include <thread>

#include "tests/signing/pkcs11/stub_fixture.h"
#include "tests/support/eventually.h"

namespace {

using namespace std::chrono_literals;
using tests::code_of;
using tests::StubToken;
using tests::words_of;

class LostTokens : public tests::StubTokenTest {
 protected:
  // Signs on both lanes of a key, which is sure while one of them hangs.
  static void sign_on_both(const signing::Key& key) {
    hang_in("C_SignInit");
    std::thread first([&] { EXPECT_EQ(code_of(key.sign(sm2_sm3, "first")), "good"); });
    wait_until_hanging();
    EXPECT_EQ(code_of(key.sign(sm2_sm3, "second")), "good");
    let_go();
    first.join();
  }
  static std::size_t sessions() { return told(&StubToken::State::sessions).size(); }
};

TEST_F(LostTokens, ThatHangAreSilentAndServeAgainWhenTheyReturn) {
  const auto key = open(source(500ms * tests::slowness));
  hang_in("C_Sign");
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.silent");
  const auto silent = std::chrono::steady_clock::now();
  EXPECT_GE(silent - begun, 500ms);
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.silent");
  EXPECT_EQ(code_of(key->check()), "key.silent");
  EXPECT_LT(std::chrono::steady_clock::now() - silent, 400ms * tests::slowness);  // at once
  let_go();
  EXPECT_TRUE(tests::eventually([&] { return static_cast<bool>(key->check()); }));
  expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
}

TEST_F(LostTokens, ThatHangInOneSessionServeInTheOthers) {
  const auto key = open(source(ample, 2));
  hang_in("C_Sign");
  std::thread hanging([&] { expect_fits(key->sign(sm2_sm3, "first"), "first"); });
  wait_until_hanging();
  for (int i = 0; i < 3; ++i) expect_fits(key->sign(sm2_sm3, "second"), "second");
  EXPECT_EQ(code_of(key->check()), "good");
  let_go();
  hanging.join();
}

TEST_F(LostTokens, ThatWereSilentInOneSessionServeInTheOthers) {
  const auto key = open(source(500ms * tests::slowness, 2));
  hang_in("C_Sign");
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "first")), "key.silent");
  for (int i = 0; i < 3; ++i) expect_fits(key->sign(sm2_sm3, "second"), "second");
  hang_in("C_Sign");
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "third")), "key.silent");
  EXPECT_EQ(code_of(key->check()), "key.silent");  // now both hang
  let_go();
  EXPECT_TRUE(tests::eventually([&] { return static_cast<bool>(key->check()); }));
}

TEST_F(LostTokens, ThatHangWhileTheyAreOpenedAreSilentWhereverItHappens) {
  int released = 0;
  for (const auto* function : {"C_GetSlotList", "C_GetTokenInfo", "C_OpenSession", "C_GetSessionInfo", "C_Login",
                               "C_FindObjectsInit", "C_GetAttributeValue", "C_SignInit", "C_Sign"}) {
    hang_in(function);
    EXPECT_EQ(code_of(signing::pkcs11::open_pkcs11_key(source(100ms * tests::slowness))), "key.silent") << function;
    wait_until_hanging();
    let_go();
    ++released;  // what hung goes on, and closes its session since the key is gone
    EXPECT_TRUE(tests::eventually([&] { return told(&StubToken::State::closes) == released; })) << function;
  }
  EXPECT_EQ(told(&StubToken::State::tries_left), StubToken::most_tries);
}

TEST_F(LostTokens, AreAbsentWhilePulledOutAndOpenByThemselvesWhenPutIn) {
  const auto key = open(source());
  EXPECT_EQ(code_of(key->check()), "good");
  pull_out();
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  EXPECT_EQ(code_of(key->check()), "key.absent");
  put_in();
  expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
  pull_out();
  put_in();
  EXPECT_EQ(code_of(key->check()), "good");  // it opens the key anew
  expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
  EXPECT_EQ(told(&StubToken::State::logins), 3);
  EXPECT_EQ(sessions(), 1U);
  EXPECT_EQ(told(&StubToken::State::stray_closes), 0);
}

TEST_F(LostTokens, ThatLoseTheSessionAreAbsentOnce) {
  const auto key = open(source());
  change([](StubToken::State& now) { now.sessions.clear(); });
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
  change([](StubToken::State& now) { now.logged_in = false; });
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
  EXPECT_EQ(sessions(), 1U);
}

TEST_F(LostTokens, ThatSayDeviceErrorAreAbsentOnce) {
  const auto key = open(source());
  for (const auto answer : {CKR_DEVICE_ERROR, CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_PRESENT, CKR_SESSION_CLOSED,
                            CKR_KEY_HANDLE_INVALID, CKR_USER_NOT_LOGGED_IN}) {
    change([&](StubToken::State& now) { now.answers["C_SignInit"] = answer; });
    EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
    expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
  }
}

TEST_F(LostTokens, WhoseLibraryWasFinalisedAreOpenedAnew) {
  const auto key = open(source(ample, 2));
  sign_on_both(*key);
  CK_FUNCTION_LIST* functions = nullptr;
  void* library = dlopen(module_file().c_str(), RTLD_NOW);
  reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"))(&functions);
  functions->C_Finalize(nullptr);
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  sign_on_both(*key);
  EXPECT_EQ(sessions(), 2U);
  EXPECT_EQ(told(&StubToken::State::stray_closes), 0);
}

TEST_F(LostTokens, AreOpenedAnewInEverySessionAfterOneLoss) {
  const auto key = open(source(ample, 2));
  sign_on_both(*key);
  EXPECT_EQ(sessions(), 2U);
  for (int i = 0; i < 2; ++i) {
    i == 0 ? change([](StubToken::State& now) { now.logged_in = false; }) : (pull_out(), put_in());
    EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
    sign_on_both(*key);
    EXPECT_EQ(sessions(), 2U);
  }
  EXPECT_EQ(told(&StubToken::State::stray_closes), 0);
  EXPECT_EQ(told(&StubToken::State::most_sessions), 2);
}

TEST_F(LostTokens, ThatRefuseSayTheNameOfTheCode) {
  const auto key = open(source());
  const auto answer = [&](CK_RV value) {
    change([&](StubToken::State& now) { now.answers["C_Sign"] = value; });
    const auto refused = key->sign(sm2_sm3, "bytes");
    EXPECT_EQ(code_of(refused), "key.sign");
    expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
    return words_of(refused);
  };
  EXPECT_NE(answer(CKR_FUNCTION_FAILED).find("CKR_FUNCTION_FAILED"), std::string::npos);
  EXPECT_NE(answer(CKR_DATA_LEN_RANGE).find("CKR_DATA_LEN_RANGE"), std::string::npos);
  EXPECT_NE(answer(CKR_VENDOR_DEFINED | 0x21).find("CKR_VENDOR_DEFINED 0x80000021"), std::string::npos);
  EXPECT_NE(answer(0x7FFF).find("0x00007FFF"), std::string::npos);
}

TEST_F(LostTokens, ThatHideTheirAbsenceBehindAnotherCodeAreAbsent) {
  const auto key = open(source());
  change([](StubToken::State& now) {
    now.answers["C_SignInit"] = CKR_GENERAL_ERROR;
    now.answers["C_GetTokenInfo"] = CKR_TOKEN_NOT_PRESENT;
  });
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
}

TEST_F(LostTokens, AreCheckedWithoutASignature) {
  const auto key = open(source());
  const int before = told(&StubToken::State::signatures);
  EXPECT_EQ(code_of(key->check()), "good");
  change([](StubToken::State& now) { now.sessions.clear(); });
  EXPECT_EQ(code_of(key->check()), "good");
  EXPECT_EQ(told(&StubToken::State::signatures), before);
  EXPECT_EQ(sessions(), 1U);
}

TEST_F(LostTokens, WhoseLoginIsGoneAreLoggedIntoByACheckAlsoWhereTheyShowTheKey) {
  change([](StubToken::State& now) { now.shows_key = true; });
  const auto key = open(source());
  change([](StubToken::State& now) { now.logged_in = false; });
  EXPECT_EQ(code_of(key->check()), "good");
  expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
}

TEST_F(LostTokens, ThatComeBackWithAnotherKeyAreRefused) {
  change([&](StubToken::State& now) { now.point = own_.der.substr(0, 65); });
  auto from = source();
  EXPECT_EQ(code_of(signing::pkcs11::open_pkcs11_key(from)), "key.certificate");
  change([&](StubToken::State& now) { now.point.clear(); });
  const auto key = open(from);
  pull_out();
  put_in();
  change([&](StubToken::State& now) { now.point = own_.der.substr(0, 65); });
  EXPECT_EQ(code_of(key->check()), "key.certificate");
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.certificate");
}

TEST_F(LostTokens, CloseTheirSessionsWithTheKeyAndNeverMoreThanTheLimit) {
  {
    const auto key = open(source(ample, 2));
    EXPECT_EQ(key->parallel(), 2U);
    sign_on_both(*key);
    EXPECT_EQ(sessions(), 2U);
  }
  EXPECT_EQ(sessions(), 0U);
  EXPECT_EQ(open(source(ample, 64))->parallel(), 64U);
  EXPECT_EQ(open(source(ample, 65))->parallel(), 64U);
}

}  // namespace
