// Tests against the stub token: it begins each test afresh, plugged in, with the test authority's SM2 identity.
#pragma once

#include <dlfcn.h>
#include <functional>
#include <gtest/gtest.h>

#include "signing/certificate_reading.h"
#include "signing/pkcs11/pkcs11_key.h"
#include "signing/signature_value.h"
#include "tests/signing/messages.h"
#include "tests/signing/pkcs11/answers.h"
#include "tests/signing/pkcs11/stub_token/stub_token.h"

namespace tests {

class StubTokenTest : public testing::Test {
 protected:
  static constexpr auto sm2_sm3 = signing::SignatureAlgorithm::sm2_sm3;
  static constexpr auto ample = std::chrono::seconds(60);
  using Takes = signing::Sm2Mechanism::Takes;

  StubTokenTest() {
    change([&](StubToken::State& now) {
      now.key_pem = read_file(ours_.sm2.key);
      now.certificate_der = own_.der;
    });
  }
  ~StubTokenTest() override {
    change([](StubToken::State& now) {
      const bool initialized = now.initialized;
      now = {};
      now.initialized = initialized;
    });
  }

  static std::string module_file() { return CEBGATE_BINARY_DIR "/tests/stub_token.so"; }
  static std::string uri(const std::string& query = {}) {
    return "pkcs11:token=Stub;object=sm2%20sign?module-path=" + module_file() + query;
  }

  static signing::KeySource source(std::chrono::milliseconds timeout = ample, unsigned parallel = 0) {
    return {.uri = uri(),
            .pin = base::Secret("246810"),
            .timeout = timeout,
            .parallel = parallel,
            .sm2_mechanism = signing::Sm2Mechanism{.number = StubToken::signs_digest, .takes = Takes::digest}};
  }
  static std::shared_ptr<const signing::Key> open(const signing::KeySource& source) {
    auto key = signing::pkcs11::open_pkcs11_key(source);
    if (!key) throw std::runtime_error(key.faults().front().en);
    return *key;
  }

  static StubToken& token() {
    static StubToken& found = *[] {
      void* library = dlopen(module_file().c_str(), RTLD_NOW | RTLD_LOCAL);
      if (library == nullptr) throw std::runtime_error(dlerror());
      return reinterpret_cast<StubToken* (*)()>(dlsym(library, "stub_token"))();
    }();
    return found;
  }
  static void change(const std::function<void(StubToken::State&)>& how) {
    const std::scoped_lock lock(token().mutex);
    how(token().state);
    token().changed.notify_all();
  }
  template <class T>
  static T told(T StubToken::State::*member) {
    const std::scoped_lock lock(token().mutex);
    return token().state.*member;
  }
  static void wait_until_hanging() {
    std::unique_lock lock(token().mutex);
    token().changed.wait(lock, [] { return token().state.hanging; });
  }
  static void hang_in(const std::string& function) {
    change([&](StubToken::State& now) { now.hangs_in = function; });
  }
  static void let_go() {
    change([](StubToken::State& now) {
      now.hangs_in.clear();
      now.hanging = false;
    });
  }
  static void pull_out() {
    change([](StubToken::State& now) {
      now.present = now.logged_in = false;
      now.sessions.clear();
      now.operations.clear();
    });
  }
  static void put_in() {
    change([](StubToken::State& now) { now.present = true; });
  }

  void expect_fits(const base::Result<std::string>& value, std::string_view bytes) const {
    ASSERT_TRUE(value) << value.faults().front().en;
    EXPECT_EQ(value->size(), signing::sm2_value_size);
    EXPECT_TRUE(signing::value_fits(own_.read->public_key(), sm2_sm3, bytes, *value));
  }

  const Identities& ours_ = Identities::shared();
  const signing::Certificate own_ = *signing::Certificate::from_pem(read_file(ours_.sm2.certificate));
};

}  // namespace tests
