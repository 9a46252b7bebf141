// Known answers of the standards, put to our own xmlsec classes and to the value's check.
#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include "signing/signature_value.h"
#include "signing/xmlsec_classes.h"

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

// GB/T 32918.5-2017 annex A.2 (GM/T 0003.5-2012): the signature over "message digest".
TEST(Sm2, AcceptsTheSignatureOfTheStandard) {
  const auto key =
      sm2_public_key(bytes_of_hex("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                                  "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"));
  ASSERT_TRUE(key);
  ASSERT_EQ(signing::kind_of(key.get()), signing::KeyKind::sm2);
  auto value = bytes_of_hex(
      "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
      "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
  EXPECT_TRUE(signing::value_fits(key.get(), signing::KeyKind::sm2, "message digest", value));
  EXPECT_FALSE(signing::value_fits(key.get(), signing::KeyKind::sm2, "message digest", value, ""));
  EXPECT_FALSE(signing::value_fits(key.get(), signing::KeyKind::sm2, "message digesT", value));
  value.back() = static_cast<char>(value.back() ^ 1);
  EXPECT_FALSE(signing::value_fits(key.get(), signing::KeyKind::sm2, "message digest", value));
}

// The digest of `bytes` by the class that is registered under `uri`, fed in two pieces.
std::string digest(const char* uri, const std::string& bytes) {
  signing::Party party;
  const auto registered = signing::make_context(party);
  const signing::XmlsecHandle<xmlSecTransformCtx> context(xmlSecTransformCtxCreate());
  const auto id = xmlSecTransformIdListFindByHref(xmlSecTransformIdsGet(), reinterpret_cast<const xmlChar*>(uri),
                                                  xmlSecTransformUsageDigestMethod);
  if (id == xmlSecTransformIdUnknown) return "unknown";
  xmlSecTransform* transform = xmlSecTransformCtxCreateAndAppend(context.get(), id);
  transform->operation = xmlSecTransformOperationSign;
  if (xmlSecTransformCtxPrepare(context.get(), xmlSecTransformDataTypeBin) < 0) return "not prepared";
  const auto half = static_cast<xmlSecSize>(bytes.size() / 2);
  const auto rest = static_cast<xmlSecSize>(bytes.size()) - half;
  EXPECT_EQ(xmlSecTransformPushBin(context->first, signing::octets(bytes), half, 0, context.get()), 0);
  EXPECT_EQ(xmlSecTransformPushBin(context->first, signing::octets(bytes) + half, rest, 1, context.get()), 0);
  return {reinterpret_cast<const char*>(xmlSecBufferGetData(context->result)), xmlSecBufferGetSize(context->result)};
}

TEST(Digests, AnswerAsTheStandardsSay) {
  // GB/T 32905-2016 annex A.1
  EXPECT_EQ(digest("http://www.chinaport.gov.cn/2022/04/xmldsig#sm3", "abc"),
            bytes_of_hex("66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0"));
  // FIPS 180-1 appendix A
  EXPECT_EQ(digest("http://www.w3.org/2000/09/xmldsig#sha1", "abc"),
            bytes_of_hex("A9993E364706816ABA3E25717850C26C9CD0D89D"));
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
