// The card in the stand-in UKey: a key that really signs, its certificate, a PIN that locks after wrong tries, a reader
// that may need a reset. One thread at a time.
#pragma once

#include <memory>
#include <openssl/evp.h>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/test_keys.h"

namespace tests {

struct UkeyCardAnswer {
  bool done = false;
  std::vector<std::string> data, errors;
};

// What may be wrong with the reader. `needs_reset` is mended by SpcClearEnv and SpcInitEnvEx, `gone` by nothing.
enum class UkeyReader { works, needs_reset, gone };
enum class UkeyValueForm { raw, der };  // of an SM2 value

class UkeyCard {
 public:
  UkeyCard(const TestIdentity& identity, std::string pin, int tries);
  ~UkeyCard();

  // Base64 of the value over `text`, and the certificate number. SM2: user id 1234567812345678; RSA: SHA-1.
  UkeyCardAnswer sign(const std::string& text, const std::string& pin, UkeyValueForm form);
  UkeyCardAnswer certificate() const;  // bare Base64
  UkeyCardAnswer valid_time() const;
  void clear_env();
  void init_env();

  UkeyReader reader = UkeyReader::works;
  int reader_code = 50070;
  int wrong_tries() const { return tries_ - tries_left_; }
  bool locked() const { return tries_left_ == 0; }

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  UkeyCardAnswer reader_failed() const;
  std::unique_ptr<EVP_PKEY, Free> key_;
  std::string certificate_, number_, pin_;
  int tries_, tries_left_;
  bool cleared_ = false;
};

}  // namespace tests
