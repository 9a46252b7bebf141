#include "gateway/notify/signing_secret.h"

#include <cstdlib>
#include <gmock/gmock.h>

#include "base/base64.h"
#include "gateway/notify/notify.h"
#include "gateway/notify/webhook.h"
#include "tests/support/paths.h"

namespace {

using gateway::notify::SigningSecret;
using testing::HasSubstr;
using testing::Not;

std::string whsec(std::size_t bytes) { return "whsec_" + base::base64(std::string(bytes, 'k')); }

bool is_good(const std::string& text) { return static_cast<bool>(SigningSecret::read(base::Secret(text))); }

// The vector that the reference libraries of Standard Webhooks are tested with.
TEST(SigningSecret, SignsAsTheReferenceLibrariesDo) {
  const auto secret = SigningSecret::read(base::Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(SigningSecret, HasTheFormOfTheStandardAnd24To64Bytes) {
  EXPECT_TRUE(is_good(whsec(24)));
  EXPECT_TRUE(is_good(whsec(64)));
  EXPECT_FALSE(is_good(whsec(23)));
  EXPECT_FALSE(is_good(whsec(65)));
  EXPECT_FALSE(is_good("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  EXPECT_FALSE(is_good("whsec_"));
  EXPECT_FALSE(is_good("whsec_*" + whsec(32).substr(7)));
}

TEST(SigningSecret, OfEveryClientIsJudgedAtOnceAndNeverRepeated) {
  const tests::ScratchDirectory scratch;
  setenv("CEBGATE_TEST_GOOD_SECRET", whsec(32).c_str(), 1);
  setenv("CEBGATE_TEST_BAD_SECRET", "whsec_geheim", 1);
  config::Settings settings;
  settings.file = scratch.path() / "cebgate.toml";
  for (const char* reference : {"env:CEBGATE_TEST_GOOD_SECRET", "env:CEBGATE_TEST_BAD_SECRET", "file:absent", ""}) {
    config::Client client;
    client.name = "client " + std::to_string(settings.clients.size());
    if (*reference != '\0') client.notifying = config::Notifying{"https://erp/", reference};
    settings.clients.push_back(client);
  }
  const auto faulty = gateway::notify::read_secrets(settings);
  ASSERT_FALSE(faulty);
  ASSERT_EQ(faulty.faults().size(), 2U);
  EXPECT_EQ(faulty.faults()[0].code, "notify.secret");
  EXPECT_EQ(faulty.faults()[0].path, "client[1].notify_secret");
  EXPECT_THAT(faulty.faults()[0].en + faulty.faults()[0].zh, Not(HasSubstr("geheim")));
  EXPECT_EQ(faulty.faults()[1].code, "settings.secret_read");
  EXPECT_EQ(faulty.faults()[1].path, "client[2].notify_secret");
  settings.clients.erase(settings.clients.begin() + 1, settings.clients.begin() + 3);
  const auto good = gateway::notify::read_secrets(settings);
  ASSERT_TRUE(good);
  EXPECT_EQ(good->size(), 1U);
}

TEST(Webhook, GoesToWhereTheClientMayBeToldAlone) {
  const auto secret = SigningSecret::read(base::Secret(whsec(24)));
  ASSERT_TRUE(secret);
  const auto allowed = [&](const std::string& url, config::Targets targets) {
    return gateway::notify::webhook({url, "", targets}, *secret, {}, {}).addresses;
  };
  using config::Targets;
  using gateway::http::Addresses;
  EXPECT_EQ(allowed("https://erp/", Targets::public_alone), Addresses::public_alone);
  EXPECT_EQ(allowed("https://erp/", Targets::private_too), Addresses::any);
  EXPECT_EQ(allowed("http://erp/", Targets::private_too), Addresses::private_alone);
}

}  // namespace
