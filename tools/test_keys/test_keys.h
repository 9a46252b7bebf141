// A certificate authority for tests and trials: makes SM2 and RSA-2048 roots and enterprise keys with their
// certificates as PEM files in a folder. Throws if something cannot be made. One thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/clock.h"

namespace tools::test_keys {

struct TestIdentity {
  std::filesystem::path key;          // PKCS#8 PEM, mode 0600
  std::filesystem::path certificate;  // subject C=CN, OU=company, CN=operator
  std::string serial;                 // 16 hexadecimal digits, lower case: the KeyName
};

struct TestValidity {
  base::Time not_before = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
  base::Time not_after = std::chrono::sys_days{std::chrono::year{2050} / 1 / 1};
};

class TestAuthority {
 public:
  explicit TestAuthority(const std::filesystem::path& folder);  // made if it is not there
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  // SM2 certificates are signed with user id 1234567812345678.
  TestIdentity issue_sm2(const std::string& company, const TestValidity& validity = {});
  TestIdentity issue_rsa(const std::string& company, const TestValidity& validity = {});
  std::filesystem::path sm2_root() const;
  std::filesystem::path rsa_root() const;

 private:
  struct Root;
  TestIdentity issue(const Root& root, const std::string& company, const TestValidity& validity);

  std::filesystem::path folder_;
  std::unique_ptr<const Root> sm2_, rsa_;
  int issued_ = 0;
};

}  // namespace tools::test_keys
