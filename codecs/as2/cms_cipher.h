// The ciphers that we encrypt with (RFC 5751 §2.7). Plain data.
#pragma once

namespace codecs::as2 {

enum class Cipher { none, des_ede3_cbc, aes128_cbc, aes256_cbc };

}  // namespace codecs::as2
