#include "signing/keys/open_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/signing/messages.h"
#include "tests/support/ukey_server.h"

namespace {

using namespace testing;
using tests::Identities;

TEST(OpenKey, OpensAKeyWhereverItsUriSays) {
  const auto& identity = Identities::shared().sm2;
  const auto in_file =
      signing::keys::open_key({.uri = "file:" + identity.key.string(), .certificate = identity.certificate, .pin = {}});
  ASSERT_TRUE(in_file);
  EXPECT_EQ((*in_file)->certificate().serial, identity.serial);
  tests::UkeyServer server(identity);
  const auto in_ukey = signing::keys::open_key({.uri = server.uri(), .pin = base::Secret(std::string(server.pin()))});
  ASSERT_TRUE(in_ukey) << in_ukey.faults().front().en;
  EXPECT_EQ((*in_ukey)->certificate().serial, identity.serial);
}

TEST(OpenKey, TellsTheKnownSchemesForAnUnknownOne) {
  const auto key = signing::keys::open_key({.uri = "tpm:token=a", .pin = {}});
  ASSERT_FALSE(key);
  EXPECT_EQ(key.faults().front().code, "key.form");
  EXPECT_THAT(key.faults().front().en, AllOf(HasSubstr("tpm:"), HasSubstr("file:"), HasSubstr("ukey+ws:")));
  EXPECT_THAT(key.faults().front().zh, AllOf(HasSubstr("tpm:"), HasSubstr("ukey+ws:")));
}

}  // namespace
