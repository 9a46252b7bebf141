// cebgate user, on a ledger in a file, with and without a gateway that holds it.
#include <boost/json/parse.hpp>
#include <filesystem>
#include <gmock/gmock.h>

#include "base/digest.h"
#include "gateway/accounts/password_hash.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/support/cebgate_run.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace tests::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* good_password = "correct horse battery";

class CebgateUser : public ::testing::Test {
 protected:
  CebgateUser() {
    cebgate_.write(
        "cebgate.toml",
        "[server]\nlisten = \"127.0.0.1:8080\"\n[ledger]\nurl = \"sqlite:ledger.db\"\n[[client]]\nname = \"erp\"\nrole "
        "= \"viewer\"\ntoken_sha256 = \"" +
            std::string(64, '0') + "\"\n");
    password_file_ = cebgate_.write("password", std::string(good_password) + "\n");
    std::filesystem::permissions(password_file_, std::filesystem::perms(0600));
  }
  Ran run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--lang", "en", "user"});
    arguments.insert(arguments.end(), {"--config", cebgate_.path("cebgate.toml")});
    return cebgate_(arguments);
  }
  Ran add(const std::string& name, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"add", name, "--password-file", password_file_});
    return run(more);
  }
  std::string url() const { return "sqlite:" + cebgate_.path("ledger.db"); }

  CebgateRun cebgate_;
  std::string password_file_;
};

TEST_F(CebgateUser, AddsOneBeforeTheFirstStartAndLeavesTheActInTheAudit) {
  const Ran added = add("王五", {"--role", "operator", "--enterprise", "*"});
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_EQ(added.out, "王五: added\n");
  const auto ledger = gateway::ledger::kinds::open_ledger(url());
  const auto user = ledger->user("王五");
  ASSERT_TRUE(user);
  EXPECT_EQ(user->role, "operator");
  EXPECT_EQ(user->enterprises, std::vector<std::string>{"*"});
  EXPECT_THAT(user->password_hash, AllOf(StartsWith("scrypt$"), Not(HasSubstr("horse"))));
  const auto acts = ledger->acts({}).acts;
  ASSERT_EQ(acts.size(), 1U);
  EXPECT_THAT(acts.front().by, StartsWith("system:"));
  EXPECT_EQ(acts.front().subject, "users/王五");
  EXPECT_EQ(acts.front().reason, "added, operator");
}

TEST_F(CebgateUser, WorksWhileAGatewayHoldsTheLedgerWhichSeesItAtOnce) {
  const auto held = gateway::ledger::kinds::open_ledger(url());
  const Ran added = add("mei");
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_TRUE(held->user("mei"));
  EXPECT_EQ(run({"disable", "mei"}).status, 0);
  EXPECT_EQ(held->user("mei")->state, gateway::ledger::UserState::disabled);
  EXPECT_EQ(run({"enable", "mei"}).status, 0);
  EXPECT_EQ(held->user("mei")->state, gateway::ledger::UserState::active);
  EXPECT_TRUE(
      held->set_user_state("mei", gateway::ledger::UserState::disabled,
                           {.at = {}, .by = "test", .kind = gateway::ledger::ActKind::user, .subject = "users/mei"}))
      << "the gateway writes on";
  EXPECT_TRUE(held->verify_acts().whole());
}

TEST_F(CebgateUser, PrintsAOneTimeCodeOnceAndKeepsItsDigestAlone) {
  const Ran added = run({"add", "mei", "--role", "admin", "--one-time", "--format", "json"});
  ASSERT_EQ(added.status, 0) << added.err;
  const auto told = boost::json::parse(added.out).as_object();
  const std::string code(told.at("code").as_string());
  EXPECT_EQ(told.at("link").as_string(), ("http://127.0.0.1:8080/console/#code=" + code).c_str());
  const auto ledger = gateway::ledger::kinds::open_ledger(url());
  EXPECT_EQ(ledger->user("mei")->password_hash, "") << "the code alone lets in";
  EXPECT_EQ(ledger->take_code(base::sha256_hex(code), base::SystemClock().now() + std::chrono::minutes(14)), "mei");
}

TEST_F(CebgateUser, ChangesThePasswordFromStandardInputToo) {
  ASSERT_EQ(add("mei").status, 0);
  const auto hash = [&] { return gateway::ledger::kinds::open_ledger(url())->user("mei")->password_hash; };
  const std::string before = hash();
  EXPECT_EQ(run({"passwd", "mei", "--password-file", password_file_}).status, 0);
  EXPECT_NE(hash(), before) << "another salt";
  const std::string passwd =
      program("cebgate").string() + " --lang en user passwd mei --config '" + cebgate_.path("cebgate.toml") + "'";
  const ShellRun typed = run_shell("printf 'another good one\\r\\n' | " + passwd);
  EXPECT_EQ(typed.status, 0) << typed.output;
  EXPECT_TRUE(gateway::accounts::is_password(hash(), "another good one"));
  const ShellRun empty = run_shell(passwd + " < /dev/null");
  EXPECT_NE(empty.status, 0);
  EXPECT_THAT(empty.output, HasSubstr("api.weak_password"));
}

TEST_F(CebgateUser, SaysEveryThingThatIsWrongWithAnOrder) {
  const Ran wrong = add("a b", {"--role", "king", "--enterprise", "4601960009"});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("[api.user_name]"), HasSubstr("[user.role]"), HasSubstr("[user.enterprise]")));
  EXPECT_THAT(add("erp").err, HasSubstr("[user.client]"));
  ASSERT_EQ(add("mei").status, 0);
  EXPECT_THAT(add("mei").err, HasSubstr("[user.known]"));
  for (const char* const command : {"passwd", "disable", "enable"}) {
    EXPECT_THAT(run({command, "nobody"}).err, HasSubstr("[user.unknown]")) << command;
  }
  cebgate_.write("password", std::string(201, 'x'));
  EXPECT_THAT(add("li").err, HasSubstr("[api.weak_password]"));
  cebgate_.write("password", std::string(200, 'x'));
  EXPECT_EQ(add("li").status, 0);
  std::filesystem::permissions(password_file_, std::filesystem::perms(0644));
  EXPECT_THAT(add("wu").err, HasSubstr("[settings.secret_care]"));
}

TEST_F(CebgateUser, ListsWhoThereIs) {
  add("mei", {"--role", "approver", "--enterprise", "*"});
  run({"disable", "mei"});
  EXPECT_THAT(run({"list"}).out, AllOf(HasSubstr("mei"), HasSubstr("approver"), HasSubstr("disabled")));
  const Ran json = run({"list", "--format", "json"});
  const auto users = boost::json::parse(json.out).as_object().at("users").as_array();
  ASSERT_EQ(users.size(), 1U);
  EXPECT_EQ(users.at(0).at("disabled").as_bool(), true);
  EXPECT_THAT(json.out, Not(HasSubstr("scrypt")));
}

}  // namespace
}  // namespace tests::tools
