#include "config/settings.h"

#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>

#include "tests/support/paths.h"

namespace {

using config::Role;
using std::chrono::milliseconds;
using testing::HasSubstr;

const std::string good = R"([server]
listen = "[::1]:9000"
[ledger]
url = "sqlite:data/ledger.db"
[[port]]
name = "hainan"
profile = "hainan-http"
url = "http://127.0.0.1:8090"
linger = "5ms"
poll_interval = "3s"
overlap = "4m"
resend_after = "1h"
receipt_within = "12h"
receipt_within_of = { CEB623Message = "48h" }
batch_limit = 100
paths = { push = "/push", CEB312Message = "/r312" }
[[enterprise]]
code = "4601960001"
name = "海南测试有限公司"
roles = ["ecommerce", "agent"]
dxp_id = "DXPENT0000000001"
port = "hainan"
ports = { CEB621Message = "hainan" }
key = "file:keys/a.key.pem"
certificate = "keys/a.cert.pem"
[[client]]
name = "erp"
role = "operator"
enterprises = ["4601960001"]
token_sha256 = "ABCDEF0000000000000000000000000000000000000000000000000000000000"
)";

std::string with(const std::string& from, const std::string& to) {
  std::string text = good;
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("the good settings have no " + from);
  return text.replace(at, from.size(), to);
}

class SettingsFile : public testing::Test {
 protected:
  base::Result<config::Settings> read(const std::string& text) {
    tests::write_file(file(), text);
    return config::read_settings(file());
  }
  // The one fault of a text that has one.
  base::Fault fault(const std::string& text) {
    const auto settings = read(text);
    if (settings) {
      ADD_FAILURE() << "no fault in\n" << text;
      return {};
    }
    EXPECT_EQ(settings.faults().size(), 1u);
    EXPECT_FALSE(settings.faults().front().zh.empty());
    return settings.faults().front();
  }
  std::filesystem::path file() const { return scratch_.path() / "cebgate.toml"; }

  tests::ScratchDirectory scratch_;
};

TEST_F(SettingsFile, GivesEverySettingWithPathsFromItsOwnFolder) {
  const auto settings = read(good);
  ASSERT_TRUE(settings) << settings.faults().front().en;
  EXPECT_EQ(settings->server.host, "::1");
  EXPECT_EQ(settings->server.port, 9000);
  EXPECT_EQ(settings->ledger.url, "sqlite:" + (scratch_.path() / "data/ledger.db").string());
  const config::Port& port = *settings->port("hainan");
  EXPECT_EQ(port.linger, milliseconds{5});
  EXPECT_EQ(port.poll_interval, milliseconds{3000});
  EXPECT_EQ(port.overlap, milliseconds{240000});
  EXPECT_EQ(port.resend_after, milliseconds{3600000});
  EXPECT_EQ(port.receipt_within_for("CEB311Message"), std::chrono::hours(12));
  EXPECT_EQ(port.receipt_within_for("CEB623Message"), std::chrono::hours(48));
  EXPECT_EQ(port.final_receipt_within, std::chrono::hours(720));
  EXPECT_EQ(port.timeout, milliseconds{30000});
  EXPECT_EQ(port.batch_limit, 100u);
  EXPECT_EQ(port.paths.at("CEB312Message"), "/r312");
  const config::Enterprise& enterprise = *settings->enterprise("4601960001");
  ASSERT_EQ(enterprise.keys.size(), 1u);
  EXPECT_EQ(enterprise.keys[0].uri, "file:" + (scratch_.path() / "keys/a.key.pem").string());
  EXPECT_EQ(enterprise.keys[0].certificate, scratch_.path() / "keys/a.cert.pem");
  EXPECT_EQ(enterprise.keys[0].timeout, milliseconds{10000});
  EXPECT_FALSE(enterprise.keys[0].from);
  EXPECT_EQ(settings->clients.front().signing, config::Signing::by_role);
  EXPECT_EQ(enterprise.port_for("CEB311Message"), "hainan");
  EXPECT_EQ(settings->clients.front().role, Role::operator_);
  EXPECT_EQ(settings->clients.front().token_sha256.substr(0, 6), "abcdef");
}

TEST_F(SettingsFile, AnEmptyFileIsLoopbackWithNobodyConfigured) {
  const auto settings = read("");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->server.host, "127.0.0.1");
  EXPECT_TRUE(settings->clients.empty());
}

TEST_F(SettingsFile, TellsEveryFaultAtOnceEachWithItsLine) {
  std::string text = with("roles = [\"ecommerce\", \"agent\"]", "roles = [\"shop\"]");
  text.replace(text.find("\"5ms\""), 5, "\"5 ms\"");
  text.replace(text.find("[::1]:9000"), 10, "[::1]:99999");
  const auto settings = read(text);
  ASSERT_FALSE(settings);
  ASSERT_EQ(settings.faults().size(), 3u);
  EXPECT_EQ(settings.faults()[0].path, "server.listen");
  EXPECT_EQ(settings.faults()[0].line, 2);
  EXPECT_EQ(settings.faults()[1].path, "port[0].linger");
  EXPECT_EQ(settings.faults()[2].path, "enterprise[0].roles");
  EXPECT_EQ(settings.faults()[2].line, 20);
  EXPECT_THAT(settings.faults()[2].en, HasSubstr("ecommerce, platform, payment, logistics, agent, operator"));
}

TEST_F(SettingsFile, RefusesUnknownTablesAndKeysAndNamesTheAllowedOnes) {
  const auto key = fault(with("listen =", "adress = \"x\"\nlisten ="));
  EXPECT_EQ(key.code, "settings.unknown");
  EXPECT_EQ(key.line, 2);
  EXPECT_THAT(key.en, HasSubstr("listen, certificate, key"));
  EXPECT_EQ(fault(good + "[[clients]]\n").path, "clients");
}

TEST_F(SettingsFile, SaysWhatIsMissingAtTheTableThatLacksIt) {
  const auto missing = fault(with("dxp_id = \"DXPENT0000000001\"\n", ""));
  EXPECT_EQ(missing.code, "settings.missing");
  EXPECT_EQ(missing.path, "enterprise[0].dxp_id");
  EXPECT_EQ(missing.line, 17);
}

TEST_F(SettingsFile, AnEnterpriseCodeHasTenToEighteenLettersAndDigits) {
  for (const std::string code : {"460196000", "4601960001460196000", "4601-60001"}) {
    const auto settings = read(with("code = \"4601960001\"", "code = \"" + code + "\""));
    ASSERT_FALSE(settings) << code;
    EXPECT_EQ(settings.faults().front().path, "enterprise[0].code");
  }
}

struct Wrong {
  std::string from, to, path, code;
};

class WrongSetting : public SettingsFile, public testing::WithParamInterface<Wrong> {};

TEST_P(WrongSetting, IsOneFaultAtItsPlace) {
  const auto found = fault(with(GetParam().from, GetParam().to));
  EXPECT_EQ(found.path, GetParam().path);
  EXPECT_EQ(found.code, GetParam().code);
  EXPECT_GT(found.line, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Each, WrongSetting,
    testing::Values(
        Wrong{"batch_limit = 100", "batch_limit = 101", "port[0].batch_limit", "settings.value"},
        Wrong{"batch_limit = 100", "batch_limit = 0", "port[0].batch_limit", "settings.value"},
        Wrong{"batch_limit = 100", "batch_limit = \"100\"", "port[0].batch_limit", "settings.type"},
        Wrong{"batch_limit = 100", "most_at_once = 0", "port[0].most_at_once", "settings.value"},
        Wrong{"batch_limit = 100", "most_at_once = 257", "port[0].most_at_once", "settings.value"},
        Wrong{"\"hainan-http\"", "\"dxp-soap\"", "port[0].profile", "settings.value"},
        Wrong{"http://127.0.0.1:8090", "ftp://127.0.0.1", "port[0].url", "settings.value"},
        Wrong{"/push", "push", "port[0].paths", "settings.value"},
        Wrong{"CEB312Message", "312", "port[0].paths", "settings.value"},
        Wrong{"\"4m\"", "240", "port[0].overlap", "settings.type"},
        Wrong{"\"1h\"", "\"2h\"", "port[0].resend_after", "settings.value"},
        Wrong{"\"12h\"", "\"9000h\"", "port[0].receipt_within", "settings.value"},
        Wrong{"CEB623Message = \"48h\"", "CEB623Message = \"soon\"", "port[0].receipt_within_of.CEB623Message",
              "settings.value"},
        Wrong{"{ CEB623Message = \"48h\" }", "{ 623 = \"48h\" }", "port[0].receipt_within_of", "settings.value"},
        Wrong{"{ CEB623Message = \"48h\" }", "\"48h\"", "port[0].receipt_within_of", "settings.type"},
        Wrong{"sqlite:data/ledger.db", "mysql://someone:secret@db/ceb", "ledger.url", "settings.value"},
        Wrong{"port = \"hainan\"", "port = \"dxp\"", "enterprise[0].port", "settings.value"},
        Wrong{"CEB621Message = \"hainan\"", "CEB621Message = \"x\"", "enterprise[0].ports", "settings.value"},
        Wrong{"DXPENT0000000001", "DXPENT0000000001DXPENT000000001", "enterprise[0].dxp_id", "settings.value"},
        Wrong{"file:keys/a.key.pem", "tpm:token=a", "enterprise[0].key", "settings.value"},
        Wrong{"dxp_id =", "dialect = \"sm2\"\ndxp_id =", "enterprise[0].dialect", "settings.value"},
        Wrong{"dxp_id =", "from = \"tomorrow\"\ndxp_id =", "enterprise[0].from", "settings.value"},
        Wrong{"dxp_id =", "from = 2026-12-01T00:00:00\ndxp_id =", "enterprise[0].from", "settings.value"},
        Wrong{"dxp_id =", "timeout = \"99ms\"\ndxp_id =", "enterprise[0].timeout", "settings.value"},
        Wrong{"dxp_id =", "parallel = 65\ndxp_id =", "enterprise[0].parallel", "settings.value"},
        Wrong{"dxp_id =", "sm2_takes = \"all\"\ndxp_id =", "enterprise[0].sm2_takes", "settings.value"},
        Wrong{"certificate = \"keys/a.cert.pem\"\n", "", "enterprise[0].certificate", "settings.missing"},
        Wrong{"[[client]]\n", "[[client]]\nsign = \"yes\"\n", "client[0].sign", "settings.type"},
        Wrong{"[\"ecommerce\", \"agent\"]", "\"ecommerce\"", "enterprise[0].roles", "settings.type"},
        Wrong{"enterprises = [\"4601960001\"]", "enterprises = [\"4601960002\"]", "client[0].enterprises",
              "settings.value"},
        Wrong{"\"operator\"", "\"root\"", "client[0].role", "settings.value"},
        Wrong{"ABCDEF", "XBCDEF", "client[0].token_sha256", "settings.value"},
        Wrong{"listen = ", "key = \"k.pem\"\nlisten = ", "server.certificate", "settings.missing"}));

TEST_F(SettingsFile, TakesSeveralKeysOfOneEnterpriseEachWithWhatItNeeds) {
  const auto settings = read(with("[[client]]\n", R"([[enterprise.keys]]
key = "pkcs11:token=card;object=sign?module-path=/usr/lib/card.so"
pin = "credential:card-pin"
from = 2026-12-01T08:30:00+08:00
timeout = "3s"
parallel = 4
sm2_mechanism = 0x80000101
sm2_takes = "message"
[[enterprise.keys]]
key = "skf:lib/skf.so?device=one"
from = "2026-12-01T00:30:00Z"
[[enterprise.keys]]
key = "file:keys/new.p12"
[[client]]
sign = true
)"));
  ASSERT_TRUE(settings) << settings.faults().front().en;
  const auto& keys = settings->enterprises[0].keys;
  ASSERT_EQ(keys.size(), 4u);
  EXPECT_EQ(keys[1].uri, "pkcs11:token=card;object=sign?module-path=/usr/lib/card.so");
  EXPECT_EQ(keys[1].pin, "credential:card-pin");
  EXPECT_EQ(base::rfc3339(keys[1].from.value()), "2026-12-01T08:30:00.000+08:00");
  EXPECT_EQ(keys[1].from, keys[2].from);
  EXPECT_EQ(keys[1].timeout, milliseconds{3000});
  EXPECT_EQ(keys[1].parallel, 4u);
  EXPECT_EQ(keys[1].sm2_mechanism, 0x80000101u);
  EXPECT_EQ(keys[1].sm2_takes, "message");
  EXPECT_EQ(keys[2].uri, "skf:" + (scratch_.path() / "lib/skf.so").string() + "?device=one");
  EXPECT_TRUE(keys[3].certificate.empty());
  EXPECT_EQ(settings->clients.front().signing, config::Signing::allowed);
}

TEST_F(SettingsFile, TakesADialectOfTheSitesOwnAndNamesItToPortsAndEnterprises) {
  const std::string own =
      "[[dialect]]\nname = \"quay\"\nlike = \"sm2-sm3\"\nvalue = \"der\"\n"
      "namespaces = { ceb = \"http://example.invalid/ceb\" }\n";
  const auto settings = read(own + with("name = \"hainan\"\n", "name = \"hainan\"\ndialect = \"quay\"\n"));
  ASSERT_TRUE(settings) << settings.faults().front().en;
  EXPECT_EQ(settings->ports[0].dialect, "quay");
  EXPECT_EQ(settings->dialects[0].value, "der");
  EXPECT_EQ(settings->dialects[0].namespaces->at("ceb"), "http://example.invalid/ceb");
  EXPECT_EQ(fault("[[dialect]]\nname = \"sm2-sm3\"\nlike = \"rsa-sha1\"\n").path, "dialect[0].name");
  EXPECT_EQ(fault("[[dialect]]\nname = \"quay\"\nlike = \"pgp\"\n").path, "dialect[0].like");
  EXPECT_EQ(fault("[[dialect]]\nname = \"quay\"\nlike = \"sm2-sm3\"\nvalue = \"xml\"\n").path, "dialect[0].value");
}

TEST_F(SettingsFile, RefusesTheSameNameTwice) {
  const std::string client = good.substr(good.find("[[client]]"));
  const auto settings = read(good + client);
  ASSERT_FALSE(settings);
  ASSERT_EQ(settings.faults().size(), 2u);
  EXPECT_EQ(settings.faults()[0].path, "client[1].name");
  EXPECT_EQ(settings.faults()[0].code, "settings.duplicate");
  EXPECT_EQ(settings.faults()[1].path, "client[1].token_sha256");
}

TEST_F(SettingsFile, NamesTheLineThatIsNotToml) {
  const auto broken = fault("[server]\nlisten = \n");
  EXPECT_EQ(broken.code, "settings.syntax");
  EXPECT_EQ(broken.line, 2);
}

TEST_F(SettingsFile, SaysWhichFileIsNotThere) {
  const auto absent = config::read_settings(scratch_.path() / "none.toml");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.faults().front().code, "settings.file");
  EXPECT_THAT(absent.faults().front().en, HasSubstr("none.toml"));
}

TEST_F(SettingsFile, TheExampleIsAcceptedAndHoldsNoSecret) {
  const auto settings = config::read_settings(tests::source_directory() / "config/examples/cebgate.toml");
  ASSERT_TRUE(settings) << settings.faults().front().en;
  EXPECT_EQ(settings->port("hainan")->batch_limit, 1u);
  EXPECT_EQ(settings->port("hainan")->most_at_once, 32u);
  EXPECT_EQ(settings->clients.front().token_sha256, std::string(64, '0'));
}

TEST(Roles, IncludeWhatTheContractSays) {
  EXPECT_TRUE(config::includes(Role::submitter, Role::viewer));
  EXPECT_TRUE(config::includes(Role::operator_, Role::viewer));
  EXPECT_FALSE(config::includes(Role::submitter, Role::operator_));
  EXPECT_FALSE(config::includes(Role::operator_, Role::submitter));
  EXPECT_TRUE(config::includes(Role::approver, Role::operator_));
  EXPECT_FALSE(config::includes(Role::approver, Role::submitter));
  EXPECT_FALSE(config::includes(Role::viewer, Role::submitter));
  EXPECT_FALSE(config::includes(Role::approver, Role::admin));
  EXPECT_TRUE(config::includes(Role::admin, Role::submitter));
}

TEST(SchemasDirectory, IsTheSettingElseTheEnvironmentElseBesideTheProgram) {
  EXPECT_EQ(config::schemas_directory({"202205", "/copy", {}}), "/copy");
  setenv("CEBGATE_SCHEMAS", "/from/environment", 1);
  EXPECT_EQ(config::schemas_directory({}), "/from/environment");
  unsetenv("CEBGATE_SCHEMAS");
  EXPECT_THAT(config::schemas_directory({}).string(), testing::EndsWith("/share/cebgate/schemas"));
  EXPECT_TRUE(config::schemas_directory({}).is_absolute());
}

TEST_F(SettingsFile, ReadsWhatTheDoctorAloneUsesOfAnEnterprise) {
  const auto settings = read(with("dxp_id =",
                                  "credit_code = \"91460000100000008B\"\ntrade_modes = { 1210 = \"6409\", "
                                  "9610 = \"6410\" }\ndxp_id ="));
  ASSERT_TRUE(settings);
  const auto& enterprise = settings->enterprises.front();
  EXPECT_EQ(enterprise.credit_code, "91460000100000008B");
  EXPECT_EQ(enterprise.trade_modes, (std::map<std::string, std::string>{{"1210", "6409"}, {"9610", "6410"}}));
  EXPECT_EQ(fault(with("dxp_id =", "credit_code = 91\ndxp_id =")).path, "enterprise[0].credit_code");
  EXPECT_EQ(fault(with("dxp_id =", "trade_modes = { 1210 = 6409 }\ndxp_id =")).code, "settings.type");
  EXPECT_TRUE(read(good)->enterprises.front().trade_modes.empty());
}

TEST_F(SettingsFile, ReadsHowAnEnterprisesDocumentsAreComparedAndHowLongItsInventoriesWait) {
  const auto usual = read(good)->enterprises.front();
  EXPECT_EQ(usual.cross_check, config::CrossCheck::off);
  EXPECT_EQ(usual.inventory_waits_for_siblings.count(), 0);
  const auto settings =
      read(with("dxp_id =", "cross_check = \"refuse\"\ninventory_waits_for_siblings = \"720h\"\ndxp_id ="));
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->enterprises.front().cross_check, config::CrossCheck::refuse);
  EXPECT_EQ(settings->enterprises.front().inventory_waits_for_siblings, std::chrono::hours(720));
  EXPECT_EQ(read(with("dxp_id =", "cross_check = \"warn\"\ndxp_id ="))->enterprises.front().cross_check,
            config::CrossCheck::warn);
  EXPECT_EQ(fault(with("dxp_id =", "cross_check = \"yes\"\ndxp_id =")).path, "enterprise[0].cross_check");
  EXPECT_EQ(fault(with("dxp_id =", "inventory_waits_for_siblings = \"721h\"\ndxp_id =")).path,
            "enterprise[0].inventory_waits_for_siblings");
}

}  // namespace
