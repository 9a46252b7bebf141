// Known answers of the standards.
#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include "signing/digest.h"
#include "signing/signature_value.h"

namespace {

std::string bytes_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

signing::Handle<EVP_PKEY> sm2_public_key(const std::string& point) {
  OSSL_PARAM_BLD* builder = OSSL_PARAM_BLD_new();
  OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
  OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  OSSL_PARAM* parameters = OSSL_PARAM_BLD_to_param(builder);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr);
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(context);
  EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters);
  EVP_PKEY_CTX_free(context);
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(builder);
  return signing::Handle<EVP_PKEY>(key);
}

signing::Handle<EVP_PKEY> standard_key() {
  return sm2_public_key(
      bytes_of_hex("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                   "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"));
}

// GB/T 32918.5-2017 annex A.2 (GM/T 0003.5-2012): the signature over "message digest".
TEST(Sm2, AcceptsTheSignatureOfTheStandard) {
  const auto key = standard_key();
  ASSERT_TRUE(key);
  ASSERT_EQ(signing::kind_of(key.get()), signing::KeyKind::sm2);
  auto value = bytes_of_hex(
      "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
      "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
  EXPECT_TRUE(signing::value_fits(key.get(), signing::SignatureAlgorithm::sm2_sm3, "message digest", value));
  EXPECT_FALSE(signing::value_fits(key.get(), signing::SignatureAlgorithm::sm2_sm3, "message digest", value, ""));
  const auto digest = signing::sm2_digest(key.get(), "message digest", signing::customs_user_id);
  EXPECT_TRUE(signing::sm2_value_fits_digest(key.get(), digest, value));
  EXPECT_FALSE(signing::value_fits(key.get(), signing::SignatureAlgorithm::sm2_sm3, "message digesT", value));
  value.back() = static_cast<char>(value.back() ^ 1);
  EXPECT_FALSE(signing::value_fits(key.get(), signing::SignatureAlgorithm::sm2_sm3, "message digest", value));
}

TEST(Digests, AnswerAsTheStandardsSay) {
  using enum signing::DigestAlgorithm;
  // GB/T 32905-2016 annex A.1, A.2
  EXPECT_EQ(signing::digest_of(sm3, "abc"),
            bytes_of_hex("66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0"));
  std::string repeated;
  for (int i = 0; i < 16; ++i) repeated += "abcd";
  EXPECT_EQ(signing::digest_of(sm3, repeated),
            bytes_of_hex("DEBE9FF92275B8A138604889C18E5A4D6FDB70E5387E5765293DCBA39C0C5732"));
  // FIPS 180-1 appendix A, FIPS 180-2 appendix B.1
  EXPECT_EQ(signing::digest_of(sha1, "abc"), bytes_of_hex("A9993E364706816ABA3E25717850C26C9CD0D89D"));
  EXPECT_EQ(signing::digest_of(sha256, "abc"),
            bytes_of_hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
}

// GB/T 32918.5-2017 annex A.2 names e for its key and message.
TEST(Sm2, MakesTheDigestOfTheStandard) {
  const auto key = standard_key();
  EXPECT_EQ(signing::sm2_digest(key.get(), "message digest", signing::customs_user_id),
            bytes_of_hex("F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640"));
  const signing::Handle<EVP_PKEY> rsa(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024}));
  EXPECT_EQ(signing::sm2_digest(rsa.get(), "message digest", signing::customs_user_id), "");
}

TEST(Sm2Values, AreReadFromDerOnlyWhenWhole) {
  const auto der = bytes_of_hex("3006020101020102");
  const auto value = signing::sm2_value_of_der(der);
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, std::string(31, '\0') + '\1' + std::string(31, '\0') + '\2');
  EXPECT_FALSE(signing::sm2_value_of_der(der + "x"));
  EXPECT_FALSE(signing::sm2_value_of_der(der.substr(0, 7)));
  EXPECT_FALSE(signing::sm2_value_of_der(""));
  const auto long_r = bytes_of_hex("30260221") + std::string(33, '\1') + bytes_of_hex("020102");
  EXPECT_FALSE(signing::sm2_value_of_der(long_r));
}

}  // namespace
