#include "tests/tools/platform_signatures.h"

#include "signing/keys/open_key.h"
#include "signing/sign.h"
#include "tests/support/paths.h"

namespace tests::tools {

TestAuthority& platform_authority() {
  static const ScratchDirectory folder;
  static TestAuthority made(folder.path() / "ours");
  return made;
}

std::string signed_text(const std::string& xml) {
  static const TestIdentity identity = platform_authority().issue_sm2("示例电商");
  static const auto key =
      signing::keys::open_key({.uri = "file:" + identity.key.string(), .certificate = identity.certificate});
  return *signing::sign(xml, **key, *signing::find_dialect(signing::standard_dialects(), "sm2-sm3"), {});
}

}  // namespace tests::tools
