// Message texts of awkward but lawful forms, a test authority made once, and a byte comparison that forgets the
// signature.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "signing/keys/open_key.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace tests {

inline const base::Time signing_time = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};

inline const std::string ceb_declaration = " xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"";
inline const std::string xsi_declaration = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

// A message whose root holds `content`.
inline std::string message(const std::string& content,
                           const std::string& declarations = ceb_declaration + xsi_declaration) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ceb:CEB311Message" + declarations +
         " guid=\"4CDE1CFD-EDED-46B1-946C-B8022E42FC94\" version=\"1.0\">" + content + "</ceb:CEB311Message>\n";
}

inline std::string without_signature_element(const std::string& text) {
  const auto begin = text.find("<ds:Signature ");
  const std::string end_tag = "</ds:Signature>";
  const auto end = text.find(end_tag, begin);
  if (begin == std::string::npos || end == std::string::npos) return text;
  return text.substr(0, begin) + text.substr(end + end_tag.size());
}

inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

// One authority with one identity of each kind for a whole test program.
struct Identities {
  ScratchDirectory scratch;
  TestAuthority authority{scratch.path()};
  TestIdentity sm2 = authority.issue_sm2("测试跨境电商有限公司");
  TestIdentity rsa = authority.issue_rsa("测试跨境电商有限公司");

  static const Identities& shared() {
    static const Identities made;
    return made;
  }

  static std::shared_ptr<const signing::Key> open(const TestIdentity& identity) {
    auto key = signing::keys::open_key({.uri = identity.key.string(), .certificate = identity.certificate});
    if (!key) throw std::runtime_error(key.faults().front().en);
    return *key;
  }

  std::shared_ptr<const signing::Key> key_for(const signing::Dialect& dialect) const {
    return open(signing::key_kind(dialect.signature) == signing::KeyKind::sm2 ? sm2 : rsa);
  }
};

}  // namespace tests
