// Encrypts for one certificate and decrypts with our key (RFC 5652 §6; RSA key transport), by OpenSSL. Safe from every
// thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "codecs/as2/cms.h"
#include "codecs/as2/cms_cipher.h"
#include "codecs/as2/key_pair.h"

namespace codecs::as2 {

// DER; other bytes at every call. `cipher` is one. Fault as2.encrypt.
base::Result<std::string> encrypt(std::string_view content, const signing::Certificate& recipient, Cipher cipher);

// Faults: as2.recipient (encrypted for another certificate), as2.decryption.
base::Result<std::string> decrypt(CMS_ContentInfo* enveloped, const KeyPair& key);

base::Fault cannot_decrypt();  // as2.decryption

}  // namespace codecs::as2
