// Makes and verifies CMS signatures (RFC 5652 §5), by OpenSSL. Whose signature it is, the agreed certificates alone
// say: no chain, no other certificate of the message. Safe from every thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codecs/as2/cms.h"
#include "codecs/as2/key_pair.h"
#include "codecs/as2/mic.h"

namespace codecs::as2 {

// DER, detached, with the certificate. Fault as2.sign.
base::Result<std::string> sign_detached(std::string_view content, const KeyPair& key, Digest digest);

struct VerifiedSignature {
  signing::Certificate signer;  // one of the agreed
  Digest digest;
  std::string content;
};

// Faults: as2.signature (made by nobody or several, or wrong), as2.signer (by another certificate), as2.weak_digest
// (one that AS2 does not name), as2.integrity (the content is not what was signed).
base::Result<VerifiedSignature> verify_detached(CMS_ContentInfo* signature, std::string_view content,
                                                std::span<const signing::Certificate> agreed);
base::Result<VerifiedSignature> verify_enclosed(CMS_ContentInfo* signature,
                                                std::span<const signing::Certificate> agreed);

}  // namespace codecs::as2
