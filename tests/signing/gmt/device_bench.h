// One of the software libraries, loaded as the keys load it, with its device set up afresh; and what the tests of both
// interfaces ask of a key.
#pragma once

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <thread>

#include "signing/certificate_reading.h"
#include "signing/key.h"
#include "signing/key_source.h"
#include "signing/sign.h"
#include "signing/signature_value.h"
#include "signing/verify.h"
#include "tests/signing/gmt/software_device/software_device.h"
#include "tests/signing/messages.h"

namespace tests::gmt {

inline std::string library_file(const std::string& name) {
  return std::string(CEBGATE_BINARY_DIR) + "/tests/lib" + name + ".so";
}

class DeviceBench {
 public:
  explicit DeviceBench(const std::string& name = "software_device_32") : library_(library_file(name)) {
    void* handle = dlopen(library_.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) throw std::runtime_error(dlerror());
    device_ = reinterpret_cast<GiveSoftwareDevice*>(dlsym(handle, give_software_device_name))();
    change([](SoftwareDevice& device) {
      device.tokens = {};
      device.machine = {};
      device.layout = Layout::as_standard;
      device.hanging = {};
      device.answers = {};
      device.gather = 1;
      device.calls = {};
      device.most_inside = device.inside;
    });
  }

  const std::string& library() const { return library_; }

  template <class Change>
  void change(Change change_it) {
    const std::scoped_lock lock(device_->mutex);
    change_it(*device_);
    device_->changed.notify_all();
  }

  long times(const std::string& function) {
    const std::scoped_lock lock(device_->mutex);
    return std::count(device_->calls.begin(), device_->calls.end(), function);
  }

  unsigned open_handles() {
    const std::scoped_lock lock(device_->mutex);
    return device_->open_handles;
  }

  unsigned most_inside() {
    const std::scoped_lock lock(device_->mutex);
    return device_->most_inside;
  }

  void wait_until_called(const std::string& function, long times) {
    std::unique_lock lock(device_->mutex);
    device_->changed.wait(lock,
                          [&] { return std::count(device_->calls.begin(), device_->calls.end(), function) >= times; });
  }

 private:
  std::string library_;
  SoftwareDevice* device_;
};

inline signing::SignatureAlgorithm algorithm_for(const signing::Key& key) {
  return key.certificate().key_kind == signing::KeyKind::sm2 ? signing::SignatureAlgorithm::sm2_sm3
                                                             : signing::SignatureAlgorithm::rsa_sha1;
}

// "good", or the fault's code.
template <class T>
std::string outcome(const base::Result<T>& result) {
  if (result) return "good";
  EXPECT_EQ(result.faults().size(), 1U);
  EXPECT_FALSE(result.faults().front().zh.empty() || result.faults().front().en.empty());
  return result.faults().front().code;
}

template <class T>
std::string words(const base::Result<T>& result) {
  return result ? "good" : result.faults().front().en + "\n" + result.faults().front().zh;
}

inline std::string signed_with(const signing::Key& key) { return outcome(key.sign(algorithm_for(key), "bytes")); }

inline void expect_every_algorithm_of_its_kind(const signing::Key& key) {
  EVP_PKEY* public_key = key.certificate().read->public_key();
  using enum signing::SignatureAlgorithm;
  for (const auto algorithm : {sm2_sm3, rsa_sha1, rsa_sha256}) {
    const auto value = key.sign(algorithm, "bytes");
    if (signing::key_kind(algorithm) != key.certificate().key_kind) {
      EXPECT_EQ(outcome(value), "key.kind");
      continue;
    }
    ASSERT_TRUE(value) << words(value);
    EXPECT_TRUE(signing::value_fits(public_key, algorithm, "bytes", *value));
    EXPECT_FALSE(signing::value_fits(public_key, algorithm, "byteS", *value));
  }
}

inline void expect_messages_that_verify(const signing::Key& key) {
  const auto& dialect = signing::default_dialect(key.certificate().key_kind);
  const auto text = signing::sign(message("<ceb:Order/>"), key, dialect, {});
  ASSERT_TRUE(text) << words(text);
  const auto verified = signing::verify(*text, {.now = signing_time});
  EXPECT_TRUE(verified.valid);
  EXPECT_EQ(verified.certificate->serial, key.certificate().serial);
}

}  // namespace tests::gmt
