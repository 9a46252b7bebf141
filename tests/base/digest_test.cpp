#include "base/digest.h"

#include <gtest/gtest.h>

namespace {

// RFC 4231 §4.2, §4.3 and §4.7: a short key, a text as key, a key longer than the block.
TEST(Digest, AuthenticatesWithAKeyAsTheStandardDoes) {
  EXPECT_EQ(base::hex(base::hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(base::hex(base::hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      base::hex(base::hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// FIPS 180-4, as its examples of SHA-256 have it; GM/T 0004-2012 annex A.1.
TEST(Digest, DigestsAsTheStandardsDo) {
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(base::hex(base::sha256("abc")), abc);
  EXPECT_EQ(base::sha256_hex("abc"), abc);
  EXPECT_EQ(base::hex(base::sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

}  // namespace
