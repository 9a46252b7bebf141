// Opens the key of a stand-in UKey in a test, and says what a call gave: "ok" or the first fault's code.
#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "signing/certificate_reading.h"
#include "signing/signature_value.h"
#include "signing/ukey/ukey_key.h"
#include "tests/signing/messages.h"
#include "tests/support/eventually.h"
#include "tests/support/ukey_server.h"

namespace tests {

inline constexpr auto sm2 = signing::SignatureAlgorithm::sm2_sm3;

inline signing::KeySource ukey_source(const UkeyServer& server,
                                      std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
  return {.uri = server.uri(), .pin = base::Secret(std::string(server.pin())), .timeout = timeout};
}

inline std::shared_ptr<const signing::Key> open_ukey(const UkeyServer& server,
                                                     std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
  auto key = signing::ukey::open_ukey(ukey_source(server, timeout));
  if (!key) throw std::runtime_error(key.faults().front().en);
  return *key;
}

// Most tests are not about the card's slowness.
inline UkeyBehaviour at_once(UkeyBehaviour::Answers answers = UkeyBehaviour::Answers::normal) {
  return {.answers = answers, .signature_time = std::chrono::milliseconds(0)};
}

template <class T>
std::string outcome(const base::Result<T>& result) {
  return result ? "ok" : result.faults().front().code;
}

// "ok" only where the value is over this very text.
inline std::string sign_and_check(const signing::Key& key, const std::string& text) {
  const auto value = key.sign(sm2, text);
  if (!value) return value.faults().front().code;
  const bool fits = signing::value_fits(key.certificate().read->public_key(), sm2, text, *value);
  return fits ? "ok" : "not over this text";
}

}  // namespace tests
