// When a PIN is given to a token, and when it must not be.
#include <thread>
#include <vector>

#include "tests/signing/pkcs11/stub_fixture.h"

namespace {

using tests::code_of;
using tests::StubToken;
using tests::words_of;

class Pins : public tests::StubTokenTest {
 protected:
  static signing::KeySource source_with(const std::string& pin, const std::string& query = {}) {
    auto made = source();
    made.pin = base::Secret(pin);
    made.uri = uri(query);
    return made;
  }
  static std::string opened_with(const std::string& pin, const std::string& query = {}) {
    return code_of(signing::pkcs11::open_pkcs11_key(source_with(pin, query)));
  }
  // The token comes back with another PIN than the key has.
  static void come_back_changed() {
    pull_out();
    change([](StubToken::State& now) { now.pin = "135790"; });
    put_in();
  }
};

TEST_F(Pins, ThatAreWrongAreGivenOnce) {
  const auto opened = signing::pkcs11::open_pkcs11_key(source_with("999999"));
  EXPECT_EQ(code_of(opened), "key.pin");
  EXPECT_NE(words_of(opened).find("CKR_PIN_INCORRECT"), std::string::npos);
  EXPECT_EQ(words_of(opened).find("999999"), std::string::npos);
  EXPECT_EQ(told(&StubToken::State::logins), 1);
  EXPECT_EQ(told(&StubToken::State::tries_left), StubToken::most_tries - 1);
  EXPECT_TRUE(told(&StubToken::State::sessions).empty());
}

TEST_F(Pins, ThatWereRefusedAreNeverGivenAgainByTheSameKey) {
  const auto key = open(source());
  come_back_changed();
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(code_of(key->check()), "key.pin");
    EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.pin");
  }
  EXPECT_EQ(told(&StubToken::State::tries_left), StubToken::most_tries - 1);
}

TEST_F(Pins, ThatWereRefusedAreNeverGivenAgainByAnySessionOfTheKey) {
  const auto key = open(source(ample, 4));
  come_back_changed();
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      for (int j = 0; j < 4; ++j) EXPECT_NE(code_of(key->sign(sm2_sm3, "bytes")), "good");
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(code_of(key->check()), "key.pin");
  EXPECT_EQ(told(&StubToken::State::tries_left), StubToken::most_tries - 1);
}

TEST_F(Pins, AreNotGivenWhereOneMoreWrongTryWouldLockTheToken) {
  change([](StubToken::State& now) { now.tries_left = 1; });
  const auto opened = signing::pkcs11::open_pkcs11_key(source());
  EXPECT_EQ(code_of(opened), "key.pin");
  EXPECT_NE(words_of(opened).find("one more wrong PIN would lock"), std::string::npos);
  EXPECT_EQ(told(&StubToken::State::logins), 0);
  change([](StubToken::State& now) { now.tries_left = 2; });
  EXPECT_EQ(opened_with("246810"), "good");
}

TEST_F(Pins, AreNotGivenToATokenThatIsLoggedIn) {
  const auto first = open(source());
  change([](StubToken::State& now) { now.tries_left = 1; });
  EXPECT_EQ(opened_with("246810"), "good");
  EXPECT_EQ(told(&StubToken::State::logins), 1);
}

TEST_F(Pins, ThatAreLockedAreToldSoWithoutATry) {
  change([](StubToken::State& now) { now.tries_left = 0; });
  EXPECT_EQ(opened_with("246810"), "key.locked");
  EXPECT_EQ(told(&StubToken::State::logins), 0);
}

TEST_F(Pins, ThatTheTokenCallsLockedOnlyWhenAskedAreToldSoToo) {
  change([](StubToken::State& now) { now.answers["C_Login"] = CKR_PIN_LOCKED; });
  EXPECT_EQ(opened_with("246810"), "key.locked");
}

TEST_F(Pins, AreNotGivenAgainAfterAnAnswerThatSaysNothing) {
  const auto key = open(source());
  pull_out();
  put_in();
  change([](StubToken::State& now) { now.answers["C_Login"] = CKR_GENERAL_ERROR; });
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  const auto refused = key->sign(sm2_sm3, "bytes");
  EXPECT_EQ(code_of(refused), "key.sign");
  EXPECT_NE(words_of(refused).find("CKR_GENERAL_ERROR"), std::string::npos);
  EXPECT_EQ(code_of(key->check()), "key.sign");
  EXPECT_EQ(told(&StubToken::State::logins), 2);
}

TEST_F(Pins, AreAskedForWhereTheTokenWantsOne) {
  EXPECT_EQ(opened_with(""), "key.pin");
  EXPECT_EQ(told(&StubToken::State::logins), 0);
  change([](StubToken::State& now) { now.login_required = false; });
  EXPECT_EQ(opened_with(""), "good");
  EXPECT_EQ(told(&StubToken::State::logins), 0);
}

TEST_F(Pins, AreEnteredOnTheTokensOwnPad) {
  change([](StubToken::State& now) { now.own_pad = true; });
  EXPECT_EQ(opened_with(""), "good");
  EXPECT_EQ(opened_with("never given"), "good");
  EXPECT_EQ(told(&StubToken::State::logins), 2);
}

TEST_F(Pins, ThatWereRefusedOnTheTokensOwnPadAreNotAskedForAgain) {
  change([](StubToken::State& now) { now.own_pad = true; });
  const auto key = open(source_with(""));
  pull_out();
  put_in();
  change([](StubToken::State& now) { now.answers["C_Login"] = CKR_FUNCTION_REJECTED; });
  EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.absent");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.sign");
    EXPECT_EQ(code_of(key->check()), "key.sign");
  }
  EXPECT_EQ(told(&StubToken::State::logins), 2);
}

TEST_F(Pins, AreGivenForEverySignatureWhereTheKeyWantsIt) {
  change([](StubToken::State& now) { now.confirms_each = true; });
  const auto key = open(source());
  expect_fits(key->sign(sm2_sm3, "bytes"), "bytes");
  EXPECT_EQ(told(&StubToken::State::logins), 3);
  change([](StubToken::State& now) { now.pin = "135790"; });
  for (int i = 0; i < 2; ++i) EXPECT_EQ(code_of(key->sign(sm2_sm3, "bytes")), "key.pin");
  EXPECT_EQ(told(&StubToken::State::tries_left), StubToken::most_tries - 1);
}

TEST_F(Pins, ComeFromTheSourceElseFromAFileElseFromTheUri) {
  const tests::ScratchDirectory scratch;
  const auto file = (scratch.path() / "pin").string();
  tests::write_file(file, "246810\n");
  EXPECT_EQ(opened_with("246810", "&pin-value=1&pin-source=file:/absent"), "good");
  EXPECT_EQ(opened_with("", "&pin-value=1&pin-source=file:" + file), "good");
  EXPECT_EQ(opened_with("", "&pin-source=file://" + file), "good");
  EXPECT_EQ(opened_with("", "&pin-value=246810"), "good");
  EXPECT_EQ(opened_with("", "&pin-source=file:/absent/pin"), "key.read");
  EXPECT_EQ(opened_with("", "&pin-source=%7Cecho%20246810"), "key.form");
  EXPECT_EQ(told(&StubToken::State::tries_left), StubToken::most_tries);
}

TEST_F(Pins, OfTheUriAreInNoFault) {
  const std::string pin = "8642086420";
  const auto faults_of = [](const std::string& text) {
    auto made = source();
    made.pin = base::Secret();
    made.uri = text;
    return words_of(signing::pkcs11::open_pkcs11_key(made));
  };
  const std::string path = "?module-path=" + module_file();
  for (const auto& text :
       {uri("&pin-value=" + pin), uri("&PIN-value=" + pin), uri(";pin-value=" + pin), uri("& pin-\nvalue=" + pin),
        "pkcs11:token=Other?pin-value=" + pin + "&" + path.substr(1), "pkcs11:object=x" + path + "&pin-value=" + pin,
        "pkcs11:pin-value=" + pin + ";token=Stub" + path, "pkcs11:token=Stub&pin-value=" + pin + path,
        "pkcs11:%70in-value=" + pin + path, "pkcs11:token=%ZZ?pin-value=" + pin, "pkcs11:?pin-value=" + pin,
        "pkcs11:token=Stub?module-path=/absent.so&pin-value=" + pin}) {
    const auto words = faults_of(text);
    EXPECT_FALSE(words.empty()) << text;
    EXPECT_EQ(words.find(pin), std::string::npos) << words;
  }
}

}  // namespace
