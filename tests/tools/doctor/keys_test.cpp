#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <openssl/pem.h>

#include "tests/signing/certificate_maker.h"
#include "tests/support/cebgate_run.h"
#include "tests/support/test_keys.h"
#include "tests/support/ukey_server.h"
#include "tests/tools/doctor/listing_server.h"

namespace tests::doctor {
namespace {

using namespace std::chrono_literals;
using namespace testing;
using std::chrono::days;

class CebgateDoctor : public Test {
 protected:
  CebgateDoctor() { server.behave({.signature_time = 0ms}); }

  static std::string in_file(const TestIdentity& identity) {
    return "key = \"file:" + identity.key.string() + "\"\ncertificate = \"" + identity.certificate.string() + "\"\n";
  }
  std::string in_ukey(const std::string& pin = "88888888") {
    const std::string file = run.write("pin-" + pin, pin);
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return "key = \"" + server.uri() + "\"\npin = \"file:" + file + "\"\n";
  }
  TestIdentity until(base::Time end) { return authority.issue_sm2("测试企业", {.not_after = end}); }

  // keys: of one enterprise, each as the settings have it.
  Ran examined(const std::vector<std::string>& keys, const std::vector<std::string>& options = {}) {
    std::string settings = R"([server]
listen = "127.0.0.1:0"

[ledger]
url = "sqlite:ledger.db"

[[port]]
name = "hainan"
profile = "hainan-http"
url = ")" + platform.url() +
                           R"("

[[enterprise]]
code = "4601960001"
name = "测试企业"
roles = ["ecommerce"]
dxp_id = "DXPENT0000000001"
port = "hainan"
)";
    if (!credit_code.empty()) settings += "credit_code = \"" + credit_code + "\"\n";
    for (const auto& key : keys) settings += "\n[[enterprise.keys]]\n" + key;
    return doctor(run.write("cebgate.toml", settings), options);
  }
  Ran doctor(const std::string& file, const std::vector<std::string>& options = {}) {
    std::vector<std::string> arguments = {"doctor", "--config", file};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run(arguments);
  }

  ListingServer platform;
  CebgateRun run;
  TestAuthority authority{run.path("keys")};
  std::string credit_code;  // empty: the settings do not give it
  base::Time now = base::SystemClock().now();
  TestIdentity good = authority.issue_sm2("测试企业");
  UkeyServer server{authority.issue_sm2("测试企业")};
};

TEST_F(CebgateDoctor, FindsEverythingInPlace) {
  const Ran ran = examined({in_file(good), in_ukey()});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("pass  settings "), HasSubstr("pass  enterprise 4601960001, key file:"),
                             HasSubstr("key " + server.uri() + ": signs"),
                             HasSubstr("pass  certificate " + good.serial), HasSubstr("until 2050-01-01")));
  EXPECT_THAT(ran.out, AllOf(Not(HasSubstr("FAIL")), Not(HasSubstr("warn"))));
}

TEST_F(CebgateDoctor, TriesAWrongPinOnce) {
  for (int times = 0; times < 2; ++times) {
    const Ran ran = examined({in_ukey("12345678")});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.out, AllOf(HasSubstr("FAIL  enterprise 4601960001, key " + server.uri()), HasSubstr("PIN"),
                               Not(HasSubstr("12345678"))));
  }
  EXPECT_EQ(server.counts().wrong_pins, 1);
  EXPECT_EQ(examined({in_ukey()}).status, 0);
}

TEST_F(CebgateDoctor, NamesADeviceThatIsAway) {
  server.stop();
  const Ran ran = examined({in_file(good), in_ukey()});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("FAIL  enterprise 4601960001, key " + server.uri()),
                             HasSubstr("cannot be reached"), HasSubstr("pass  enterprise 4601960001, key file:")));
}

TEST_F(CebgateDoctor, FailsForACertificateThatHasEnded) {
  const auto ended = until(now - days(1));
  const Ran ran = examined({in_file(ended)});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("FAIL  certificate " + ended.serial), HasSubstr("the certificate ended on")));
}

TEST_F(CebgateDoctor, WarnsOfACertificateThatEndsWithinSevenDays) {
  const auto ending = until(now + days(7) - 1min);
  const Ran ran = examined({in_file(ending)});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("warn  certificate " + ending.serial), HasSubstr("6 days"), HasSubstr("from")));
}

TEST_F(CebgateDoctor, DoesNotWarnSixtyOneDaysAhead) {
  EXPECT_THAT(examined({in_file(until(now + days(61)))}).out, Not(HasSubstr("warn")));
  EXPECT_THAT(examined({in_file(until(now + days(60)))}).out, HasSubstr("warn"));
}

TEST_F(CebgateDoctor, MindsNoEndOfAKeyThatIsRelievedAndTellsWhenTheNextOneTakesOver) {
  const auto ended = until(now - days(1));
  const Ran ran = examined({in_file(ended), in_file(good) + "from = \"2026-01-01T00:00:00+08:00\"\n",
                            in_file(authority.issue_sm2("测试企业")) + "from = \"2049-01-01T00:00:00+08:00\"\n"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("a newer key has taken over"), HasSubstr("pass  certificate " + ended.serial),
                             HasSubstr("waits until 2049-01-01")));
}

TEST_F(CebgateDoctor, FailsForACertificateOfAnotherCompany) {
  const Ran ran = examined({in_file(authority.issue_sm2("别的企业"))});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("it belongs to 别的企业"), HasSubstr("ask: the E-Port data centre")));
  EXPECT_THAT(examined({in_file(good)}).out, HasSubstr("the company in it is that of enterprise 4601960001"));
}

// A certificate as the E-Port makes it, with the enterprise's code among its extensions; empty: without.
class DoctorEport : public CebgateDoctor {
 protected:
  std::string with_code(const std::string& code, const std::string& company = "测试企业") {
    CertificatePlan plan{.name = "operator", .company = company};
    if (!code.empty()) plan.extensions = {{"1.3.6.1.4.1.5315.100.5.11", der(0x16, code)}};
    const auto made = make_certificate(signing::KeyKind::sm2, plan);
    const std::string key = run.path("eport.key.pem");
    const signing::Handle<BIO> file(BIO_new_file(key.c_str(), "wb"));
    PEM_write_bio_PrivateKey(file.get(), made.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::filesystem::permissions(key, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return in_file({key, run.write("eport.cert.pem", made.pem), ""});
  }
};

TEST_F(DoctorEport, ComparesTheCodeInTheCertificateWithThatOfTheSettings) {
  credit_code = "91460000100000008B";
  for (const char* code : {"91460000100000008B", "100000008", "10000000-8", "4601960001"}) {
    const Ran ran = examined({with_code(code)});
    EXPECT_EQ(ran.status, 0) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("is ours")) << code;
  }
  const Ran other = examined({with_code("91460000MA5TEXT037")});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.out, HasSubstr("that of the settings 91460000100000008B"));
  EXPECT_EQ(examined({with_code("4601960002")}).status, 1);
}

TEST_F(DoctorEport, SaysWhereThereIsNothingToCompareWith) {
  EXPECT_THAT(examined({with_code("91460000100000008B")}).out, HasSubstr("the settings have none to compare with"));
  EXPECT_THAT(examined({with_code("")}).out, Not(HasSubstr("compare with")));
  EXPECT_THAT(examined({with_code("", "")}).out, HasSubstr("it names no company"));
}

TEST_F(CebgateDoctor, NamesAKeyFileThatOthersCanReadWithTheCommandThatMendsIt) {
  std::filesystem::permissions(good.key, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  const Ran ran = examined({in_file(good)});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("FAIL"), HasSubstr("chmod 600"), HasSubstr(good.key.string())));
}

TEST_F(CebgateDoctor, SpeaksChinese) {
  server.stop();
  const Ran ran = examined({in_file(until(now + days(5))), in_ukey()}, {"--lang", "zh"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("通过  "), HasSubstr("注意  "), HasSubstr("不通过  "), HasSubstr("连接不上"),
                             HasSubstr("企业 4601960001，密钥 " + server.uri()), HasSubstr("请向电子口岸申请新证书")));
}

TEST_F(CebgateDoctor, GivesEveryFindingAsJson) {
  const auto ending = until(now + days(5));
  server.stop();
  const Ran ran = examined({in_file(ending), in_ukey()}, {"--format", "json"});
  EXPECT_EQ(ran.status, 1);
  std::vector<std::string> rows;
  const auto findings = boost::json::parse(ran.out);
  for (const auto& row : findings.as_array()) {
    const auto subject = std::string(row.at("subject").as_string());
    rows.push_back(std::string(row.at("verdict").as_string()) + " " + subject.substr(0, subject.find(' ')));
    EXPECT_NE(row.at("zh").as_string(), row.at("en").as_string());
  }
  EXPECT_THAT(rows, IsSupersetOf({"pass settings", "pass enterprise", "warning certificate", "fail enterprise"}));
}

TEST_F(CebgateDoctor, NamesEveryFaultOfTheSettings) {
  const Ran ran = examined({"key = \"tpm:a\"\n", "pin = \"1234\"\n"}, {"--format", "json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_GE(boost::json::parse(ran.out).as_array().size(), 2U);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("cebgate.toml:20"), HasSubstr("fail")));
}

TEST_F(CebgateDoctor, EndsWithTwoWhereThereAreNoSettings) {
  const Ran ran = doctor(run.path("nowhere.toml"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.out + ran.err, HasSubstr("nowhere.toml"));
  EXPECT_EQ(run({"doctor"}).status, 2);
}

}  // namespace
}  // namespace tests::doctor
