// OpenSSL's form of the digests that AS2 names; of this module alone.
#pragma once

#include <openssl/evp.h>

#include "codecs/as2/mic.h"

namespace codecs::as2 {

const EVP_MD* digest_method(Digest digest);

}  // namespace codecs::as2
