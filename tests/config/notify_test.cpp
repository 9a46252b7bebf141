#include <gmock/gmock.h>

#include "config/settings.h"
#include "tests/support/paths.h"

namespace {

using testing::HasSubstr;
using testing::Not;

const std::string client = R"([[client]]
name = "erp"
role = "submitter"
token_sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
)";

class NotifySettings : public testing::Test {
 protected:
  base::Result<config::Settings> read(const std::string& lines) {
    tests::write_file(file(), client + lines);
    return config::read_settings(file());
  }
  config::Notifying good(const std::string& lines) {
    const auto settings = read(lines);
    if (!settings) {
      ADD_FAILURE() << settings.faults().front().en;
      return {};
    }
    return settings->clients.front().notifying.value();
  }
  base::Faults faults(const std::string& lines) {
    const auto settings = read(lines);
    return settings ? base::Faults() : settings.faults();
  }
  // What is wrong with an address, where nothing else is.
  std::string trouble(const std::string& url, const std::string& more = "") {
    const auto found = faults("notify_url = \"" + url + "\"\nnotify_secret = \"env:NOTIFY_SECRET\"\n" + more);
    if (found.size() != 1) return std::to_string(found.size()) + " faults";
    EXPECT_EQ(found.front().path, "client[0].notify_url");
    EXPECT_EQ(found.front().line, 5);
    EXPECT_FALSE(found.front().zh.empty());
    return found.front().en;
  }
  std::filesystem::path file() const { return scratch_.path() / "cebgate.toml"; }

  tests::ScratchDirectory scratch_;
};

TEST_F(NotifySettings, AClientIsToldWhereAnAddressAndASecretAreNamed) {
  const auto notifying =
      good("notify_url = \"https://erp.example.com:8443/hooks?of=cebgate\"\nnotify_secret = \"credential:notify\"\n");
  EXPECT_EQ(notifying.url, "https://erp.example.com:8443/hooks?of=cebgate");
  EXPECT_EQ(notifying.secret, "credential:notify");
  EXPECT_EQ(notifying.targets, config::Targets::public_alone);
}

TEST_F(NotifySettings, ToldIsNobodyByDefault) {
  const auto settings = read("");
  ASSERT_TRUE(settings);
  EXPECT_FALSE(settings->clients.front().notifying);
}

TEST_F(NotifySettings, PlainHttpIsForPrivateAddressesAlone) {
  EXPECT_THAT(trouble("http://erp.example.com/"), HasSubstr("notify_private = true"));
  const auto notifying =
      good("notify_url = \"http://[::1]:8090\"\nnotify_secret = \"file:s\"\nnotify_private = true\n");
  EXPECT_EQ(notifying.targets, config::Targets::private_too);
}

TEST_F(NotifySettings, AnAddressThatIsNoneIsRefused) {
  const std::string longest = "https://erp/" + std::string(2048 - 12, 'x');
  EXPECT_EQ(trouble(longest), "0 faults");
  for (const std::string& url :
       {std::string("erp.example.com"), std::string("ftp://erp/"), std::string("https://"), std::string("https:///x"),
        std::string("https://:443/"), std::string("https://erp:/"), std::string("https://erp:0/"),
        std::string("https://erp:65536/"), std::string("https://[::1"), std::string("https://[]/"),
        std::string("https://erp/a b"), std::string("https://erp/#x"), std::string("https://企业/"), longest + "x"}) {
    EXPECT_THAT(trouble(url), HasSubstr("is not allowed; allowed: ")) << url;
  }
}

TEST_F(NotifySettings, AUserInTheAddressIsRefusedAndNotRepeated) {
  const std::string told = trouble("https://erp:geheim@erp.example.com/");
  EXPECT_THAT(told, HasSubstr("user name or a password"));
  EXPECT_THAT(told, Not(HasSubstr("geheim")));
  EXPECT_EQ(trouble("https://erp.example.com/@x"), "0 faults");
}

TEST_F(NotifySettings, ASecretMustBeNamedAndNotWritten) {
  const auto missing = faults("notify_url = \"https://erp/\"\n");
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].code, "settings.missing");
  EXPECT_EQ(missing[0].path, "client[0].notify_secret");
  const auto written = faults("notify_url = \"https://erp/\"\nnotify_secret = \"whsec_geheim\"\n");
  ASSERT_EQ(written.size(), 1U);
  EXPECT_EQ(written[0].code, "settings.secret");
  EXPECT_EQ(written[0].line, 6);
  EXPECT_THAT(written[0].en + written[0].zh, Not(HasSubstr("geheim")));
}

TEST_F(NotifySettings, WhatGoesWithAnAddressIsRefusedWithoutOne) {
  const auto found = faults("notify_private = true\nnotify_secret = \"env:NOTIFY_SECRET\"\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_THAT(found[0].en, HasSubstr("notify_url"));
  EXPECT_THAT(found[1].en, HasSubstr("notify_url"));
}

}  // namespace
