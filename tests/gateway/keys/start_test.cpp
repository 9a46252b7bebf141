// What keeps a gateway from starting, and what does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/keys/key_bench.h"

namespace {

using namespace std::chrono_literals;
using namespace testing;
using gateway::keys::Keys;
using gateway::keys::Standing;
using tests::KeyBench;

struct Start : Test {
  Start() { settings.enterprises.clear(); }
  void add(const std::string& code, config::SigningKey key, const std::string& dialect = "") {
    config::Enterprise enterprise;
    enterprise.code = code;
    enterprise.port = "hainan";
    enterprise.dialect = dialect;
    enterprise.keys = {std::move(key)};
    settings.enterprises.push_back(enterprise);
  }
  // "code of the fault: the English text", each.
  std::vector<std::string> faults() {
    const auto opened = Keys::open(settings, bench.clock);
    std::vector<std::string> all;
    if (opened) return all;
    for (const auto& fault : opened.faults()) all.push_back(fault.code + ": " + fault.en + " | " + fault.zh);
    return all;
  }

  KeyBench bench;
  config::Settings& settings = bench.settings;
  tests::TestIdentity one = bench.authority.issue_sm2("测试企业"), other = bench.authority.issue_sm2("测试企业");
};

TEST_F(Start, EveryFaultOfEveryEnterpriseIsNamedAtOnce) {
  auto mismatched = KeyBench::in_file(one);
  mismatched.certificate = other.certificate;
  add("4601960001", mismatched);
  auto unreadable = KeyBench::in_file(one);
  unreadable.uri = "file:" + (bench.folder.path() / "nowhere.pem").string();
  add("4601960002", unreadable);
  auto no_key = KeyBench::in_file(one);
  no_key.uri = "file:" + one.certificate.string();
  no_key.certificate = one.key;
  add("4601960003", no_key);
  add("4601960004", KeyBench::in_file(bench.authority.issue_rsa("测试企业")), "sm2-sm3");
  auto no_pin = KeyBench::in_file(one);
  no_pin.pin = "env:CEBGATE_TEST_NO_SUCH_PIN";
  add("4601960005", no_pin);
  add("4601960006", KeyBench::in_file(other));
  const auto names = [](const std::string& code, const std::string& enterprise) {
    return AllOf(StartsWith(code), HasSubstr("enterprise " + enterprise), HasSubstr("企业 " + enterprise));
  };
  EXPECT_THAT(faults(), ElementsAre(names("key.certificate", "4601960001"), names("key.read", "4601960002"),
                                    names("key.form", "4601960003"), names("key.form", "4601960003"),
                                    names("signing.dialect", "4601960004"), names("settings.", "4601960005")));
}

TEST_F(Start, EveryKeyIsProvedInTheDialectOfEveryPortThatItsTypesGoTo) {
  config::Port other_port;
  other_port.name = "dxp";
  other_port.dialect = "rsa-sha1";
  settings.ports.push_back(other_port);
  add("4601960001", KeyBench::in_file(one));
  EXPECT_THAT(faults(), IsEmpty());
  settings.enterprises[0].ports = {{"CEB621Message", "dxp"}};
  EXPECT_THAT(faults(), ElementsAre(AllOf(StartsWith("signing.dialect"), HasSubstr("rsa-sha1"))));
}

TEST_F(Start, ACardThatIsNotTheCertificatesKeepsFromStarting) {
  tests::UkeyServer server(one);
  server.behave(tests::taking(0ms));
  auto key = bench.in_ukey(server);
  key.certificate = other.certificate;
  add("4601960001", key);
  EXPECT_THAT(faults(), ElementsAre(StartsWith("key.certificate")));
  EXPECT_EQ(server.counts().requests, 0) << "the PIN was spent on the wrong card";
}

TEST_F(Start, ADeviceThatIsAwayDoesNotAndIsOpenedWhenItComes) {
  tests::UkeyServer server(one);
  server.behave(tests::taking(0ms));
  server.stop();
  add("4601960001", bench.in_ukey(server));
  auto opened = Keys::open(settings, bench.clock);
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->report()[0].standing, Standing::resting);
  EXPECT_THAT((*opened)->tidings(), ElementsAre(Field(&gateway::keys::Tidings::text, HasSubstr("cannot be reached"))));
  EXPECT_EQ(KeyBench::signed_by(**opened), "key.none");
  server.start();
  bench.clock.advance(5s);
  KeyBench::look(**opened);
  EXPECT_EQ(KeyBench::signed_by(**opened), one.serial);
  EXPECT_THAT((*opened)->tidings(), ElementsAre(Field(&gateway::keys::Tidings::text, HasSubstr("in_use"))));
}

TEST_F(Start, ADeviceThatHangsDoesNot) {
  tests::UkeyServer server(one);
  server.behave(tests::taking(0ms, tests::UkeyBehaviour::Answers::never));
  add("4601960001", bench.in_ukey(server, "88888888", 200ms));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(Start, AKeyThatMakesOtherSignaturesThanItsOwnIsNotUsed) {
  tests::UkeyServer server(one);
  auto behaviour = tests::taking(0ms);
  behaviour.certificate = tests::read_file(other.certificate);
  server.behave(behaviour);
  add("4601960001", bench.in_ukey(server));
  EXPECT_THAT(faults(), ElementsAre(StartsWith("key.certificate")));
}

TEST_F(Start, ACertificateOfAnotherCompanyIsToldAndDoesNotKeepFromStarting) {
  add("4601960001", KeyBench::in_file(one));
  const auto told = [&](const std::string& name) {
    settings.enterprises.front().name = name;
    const auto keys = bench.open();
    const auto tidings = keys->tidings();
    EXPECT_EQ(KeyBench::report(*keys).standing, Standing::in_use);
    return KeyBench::report(*keys).another_company + "; " + tidings.at(0).text;
  };
  EXPECT_THAT(told("测试 企业"), AllOf(StartsWith(";"), Not(HasSubstr("belongs to"))));
  EXPECT_THAT(told("别的企业"), AllOf(StartsWith("测试企业;"), HasSubstr("its certificate belongs to 测试企业")));
  settings.enterprises.front().keys = {KeyBench::in_file(bench.authority.issue_sm2("4601960001"))};
  EXPECT_THAT(told("别的企业"), StartsWith(";"));
}

}  // namespace
