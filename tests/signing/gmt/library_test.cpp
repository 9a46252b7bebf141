#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signing/gmt/ecc_signature.h"
#include "signing/gmt/library_uri.h"
#include "signing/gmt/sdf_key.h"
#include "signing/gmt/skf_key.h"
#include "tests/signing/gmt/device_bench.h"

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::gmt::library_file;
using tests::gmt::outcome;
using tests::gmt::words;

constexpr std::array<std::string_view, 2> allowed{"device", "container"};

base::Result<signing::gmt::LibraryUri> read(const std::string& uri) {
  return signing::gmt::read_library_uri(uri, allowed);
}

TEST(LibraryUris, GiveTheLibraryAndTheDecodedParameters) {
  const auto uri = read("skf:/opt/50%/lib.so?device=A%26B%3d%e4%bb%a4&container=c=1");
  ASSERT_TRUE(uri) << words(uri);
  EXPECT_EQ(uri->library, "/opt/50%/lib.so");
  EXPECT_EQ(uri->parameter("device"), "A&B=令");
  EXPECT_EQ(uri->parameter("container"), "c=1");
  EXPECT_EQ(read("sdf:libsdf.so")->library, "libsdf.so");
  EXPECT_EQ(read("sdf:libsdf.so")->parameter("device"), "");
}

TEST(LibraryUris, WithAnUnknownParameterNameTheAllowedOnes) {
  const auto uri = read("skf:/lib.so?device=a&slot=1");
  EXPECT_EQ(outcome(uri), "key.form");
  EXPECT_THAT(words(uri), AllOf(HasSubstr("unknown parameter, slot"), HasSubstr("allowed: device, container")));
}

TEST(LibraryUris, ThatAreBadlyWrittenAreRefused) {
  for (const auto* uri : {"skf:", "skf:?device=a", "skf:/l?device", "skf:/l?device=", "skf:/l?device=a&device=b",
                          "skf:/l?device=%", "skf:/l?device=%4", "skf:/l?device=%g0", "skf:/l?device=%+1",
                          "skf:/l?device=a%00b", "skf:/l?=a", "skf:/l?&device=a"}) {
    EXPECT_EQ(outcome(read(uri)), "key.form") << uri;
  }
}

TEST(VendorLibraries, ThatCannotBeLoadedAreNamedWithTheReason) {
  const auto skf = signing::gmt::open_skf_key({.uri = "skf:/nowhere/libskf.so"});
  EXPECT_EQ(outcome(skf), "key.library");
  EXPECT_THAT(words(skf), AllOf(HasSubstr("/nowhere/libskf.so"), HasSubstr("No such file")));
  const auto& identity = tests::Identities::shared().sm2;
  const auto sdf =
      signing::gmt::open_sdf_key({.uri = "sdf:" + identity.key.string(), .certificate = identity.certificate});
  EXPECT_EQ(outcome(sdf), "key.library");
  EXPECT_THAT(words(sdf), AllOf(HasSubstr(identity.key.string()), HasSubstr("invalid ELF header")));
}

TEST(VendorLibraries, ThatLackFunctionsAreNamedWithEachOfThem) {
  const std::string file = library_file("software_device_half");
  const auto skf = signing::gmt::open_skf_key({.uri = "skf:" + file});
  EXPECT_EQ(outcome(skf), "key.library");
  EXPECT_THAT(words(skf),
              AllOf(HasSubstr(file), HasSubstr("SKF_ConnectDev, SKF_DisConnectDev"), HasSubstr("SKF_RSASignData"),
                    HasSubstr("undefined symbol"), Not(HasSubstr("SKF_EnumDev"))));
  const auto& identity = tests::Identities::shared().sm2;
  const auto sdf = signing::gmt::open_sdf_key({.uri = "sdf:" + file, .certificate = identity.certificate});
  EXPECT_EQ(outcome(sdf), "key.library");
  EXPECT_THAT(words(sdf), AllOf(HasSubstr("SDF_CloseDevice"), HasSubstr("SDF_InternalPrivateKeyOperation_RSA"),
                                Not(HasSubstr("SDF_OpenDevice"))));
}

TEST(Sm2Values, AreTheLast32BytesOfEachField) {
  signing::gmt::EccSignature signature{};
  signature.r[32] = 1;
  signature.r[63] = 2;
  signature.s[63] = 3;
  const auto value = signing::gmt::sm2_value(signature);
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, '\1' + std::string(30, '\0') + '\2' + std::string(31, '\0') + '\3');
  for (auto* byte : {&signature.r[31], &signature.r[0], &signature.s[31], &signature.s[0]}) {
    *byte = 1;
    EXPECT_FALSE(signing::gmt::sm2_value(signature));
    *byte = 0;
  }
}

}  // namespace
