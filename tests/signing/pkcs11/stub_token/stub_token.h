// A PKCS#11 module with one token that holds one SM2 key and misbehaves on demand. The module's functions take the
// mutex; a test takes it too before it touches a member.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <p11-kit/pkcs11.h>
#include <set>
#include <string>

namespace tests {

struct StubToken {
  static constexpr CK_MECHANISM_TYPE signs_digest = CKM_VENDOR_DEFINED | 0x201;
  static constexpr CK_MECHANISM_TYPE signs_message = CKM_VENDOR_DEFINED | 0x202;
  static constexpr int most_tries = 6;
  enum class ValueForm { raw, der, broken };

  struct State {
    std::string key_pem, certificate_der;  // no certificate: no such object
    std::string point;                     // of the public key object; empty: no such object
    std::string pin = "246810";
    int tries_left = most_tries;
    bool present = true;
    bool login_required = true;
    bool shows_key = false;      // the private key also to who is not logged in
    bool own_pad = false;        // CKF_PROTECTED_AUTHENTICATION_PATH
    bool confirms_each = false;  // CKA_ALWAYS_AUTHENTICATE
    ValueForm form = ValueForm::raw;
    std::map<std::string, CK_RV> answers;  // of the next call of a function, by its name
    std::string hangs_in;                  // a function's name, for the next call alone

    bool initialized = false, logged_in = false, hanging = false;
    std::set<CK_SESSION_HANDLE> sessions, confirmed;
    std::map<CK_SESSION_HANDLE, CK_MECHANISM_TYPE> operations;
    int logins = 0, signatures = 0, closes = 0, stray_closes = 0, most_sessions = 0;
  };

  std::mutex mutex;
  std::condition_variable changed;
  State state;
  CK_SESSION_HANDLE last_session = 0;
};

}  // namespace tests

extern "C" tests::StubToken* stub_token();
