// SoftHSM2 with tokens made once for the test program, in a scratch folder: "Enterprise" with the keys sign (its
// certificate has its id), labelled (its certificate has its label) and bare (no certificate), and two tokens "Twin".
#pragma once

#include <p11-kit/pkcs11.h>
#include <string>

#include "tests/signing/messages.h"

namespace tests {

class SoftHsm {
 public:
  static bool installed();
  static const SoftHsm& shared();  // throws where a token cannot be made
  static constexpr const char* pin = "246810";

  const CK_FUNCTION_LIST& functions() const { return *functions_; }  // initialised
  CK_TOKEN_INFO token(const std::string& label) const;

  const Identities& identities() const { return ours_; }

 private:
  SoftHsm();
  void make_token(const std::string& label) const;
  void import_key(const std::string& token, const std::string& label, const std::string& id) const;
  void add_certificate(const std::string& label, const std::string& id);

  const Identities& ours_ = Identities::shared();
  ScratchDirectory scratch_;
  const CK_FUNCTION_LIST* functions_ = nullptr;
};

}  // namespace tests
