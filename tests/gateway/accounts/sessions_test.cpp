// Sessions over HTTP and a real ledger: what they let do, how they end.
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <thread>

#include "base/digest.h"
#include "tests/gateway/accounts/running_accounts.h"
#include "tests/support/eventually.h"

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using tests::Browser;
using tests::Page;
using tests::right_password;

class SessionsOfPersons : public testing::Test {
 protected:
  SessionsOfPersons() { browser.sign_in("mei", right_password); }

  tests::AccountsSite site;
  tests::RunningAccounts gateway{site};
  Browser browser{gateway};
};

std::size_t number_of(const Page& page) { return page.json().at("sessions").as_array().size(); }

TEST_F(SessionsOfPersons, need_their_own_token_for_every_call_that_changes_something) {
  EXPECT_EQ(browser.ask("POST", "/v1/whoami").status, 200U);
  const std::string right = browser.csrf;
  browser.csrf.clear();
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 200U);
  for (const std::string& forged : {std::string(), std::string("x"), std::string(64, '0'), right + "0"}) {
    browser.csrf = forged;
    const Page page = browser.ask("POST", "/v1/whoami");
    EXPECT_EQ(page.status, 403U);
    EXPECT_EQ(page.code(), "api.csrf");
  }
  Browser another(gateway);
  another.sign_in("root", right_password);
  browser.csrf = another.csrf;
  EXPECT_EQ(browser.ask("DELETE", "/v1/session").code(), "api.csrf") << "of another session";
}

TEST_F(SessionsOfPersons, change_nothing_for_a_page_of_another_site_even_with_the_token) {
  EXPECT_EQ(browser.ask("POST", "/v1/whoami", {}, {{"Sec-Fetch-Site", "cross-site"}}).code(), "api.foreign_site");
  EXPECT_EQ(browser.ask("POST", "/v1/whoami", {}, {{"Sec-Fetch-Site", "same-site"}}).code(), "api.foreign_site");
  EXPECT_EQ(browser.ask("POST", "/v1/whoami", {}, {{"Origin", "null"}}).code(), "api.foreign_site");
  EXPECT_EQ(browser.ask("POST", "/v1/whoami", {}, {{"Origin", gateway.url()}}).status, 200U);
  const Browser::Headers own{{"Sec-Fetch-Site", "same-origin"}, {"Origin", "https://name.before.a.proxy.example"}};
  EXPECT_EQ(browser.ask("POST", "/v1/whoami", {}, own).status, 200U);
}

TEST_F(SessionsOfPersons, leave_bearer_tokens_as_they_were) {
  const Browser::Headers token{{"Authorization", "Bearer token-erp"}, {"Sec-Fetch-Site", "cross-site"}};
  Browser client(gateway);
  EXPECT_EQ(client.ask("POST", "/v1/whoami", {}, token).body, "erp");
  browser.csrf.clear();
  EXPECT_EQ(browser.ask("POST", "/v1/whoami", {}, token).body, "erp") << "the token goes before the cookie";
  EXPECT_EQ(browser.ask("GET", "/v1/whoami", {}, {{"Authorization", "Bearer wrong"}}).status, 401U);
  EXPECT_EQ(client.ask("DELETE", "/v1/session", {}, token).code(), "api.unknown_session");
  EXPECT_EQ(client.ask("POST", "/v1/session/password", R"({"new":"a password of length"})", token).code(),
            "api.no_password");
}

TEST_F(SessionsOfPersons, are_nobodys_with_a_cookie_that_is_none) {
  for (const std::string& cookie :
       {std::string("x"), std::string(64, 'a'), std::string(63, 'a'), std::string(1000, 'a')}) {
    browser.cookie = cookie;
    const Page page = browser.ask("GET", "/v1/whoami");
    EXPECT_EQ(page.status, 401U);
    EXPECT_EQ(page.code(), "api.not_signed_in");
  }
}

TEST_F(SessionsOfPersons, end_when_unused_for_long_and_are_kept_by_use) {
  for (int i = 0; i < 3; ++i) {
    site.clock().advance(minutes(29));
    EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 200U);
  }
  site.clock().advance(minutes(30));
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").code(), "api.not_signed_in");
  EXPECT_EQ(browser.ask("GET", "/v1/session").code(), "api.not_signed_in");
}

TEST_F(SessionsOfPersons, end_half_a_day_after_the_sign_in_however_much_they_are_used) {
  for (int i = 0; i < 12 * 3 - 1; ++i) {
    site.clock().advance(minutes(20));
    ASSERT_EQ(browser.ask("GET", "/v1/whoami").status, 200U);
  }
  site.clock().advance(minutes(20));
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 401U);
}

TEST_F(SessionsOfPersons, end_at_once_here_and_within_two_seconds_elsewhere_by_signing_out) {
  tests::RunningAccounts other(site);
  Browser there = browser;
  there.go_to(other);
  EXPECT_EQ(there.ask("GET", "/v1/whoami").status, 200U);
  const Page out = browser.ask("DELETE", "/v1/session");
  EXPECT_EQ(out.status, 204U);
  EXPECT_THAT(std::string(out.headers.get("Set-Cookie")), HasSubstr("cebgate_session=; Max-Age=0"));
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 401U);
  site.clock().advance(seconds(2));
  EXPECT_EQ(there.ask("GET", "/v1/whoami").status, 401U);
}

TEST_F(SessionsOfPersons, take_the_streams_with_them_that_they_opened) {
  Browser another = browser;
  std::thread listening([&] { EXPECT_EQ(browser.ask("GET", "/v1/ticks").status, 200U); });
  EXPECT_TRUE(tests::eventually([&] { return site.ticks > 0; }));
  EXPECT_EQ(another.ask("DELETE", "/v1/session").status, 204U);
  listening.join();
}

TEST_F(SessionsOfPersons, are_not_used_by_the_streams_that_they_opened) {
  std::thread listening([&] { EXPECT_EQ(browser.ask("GET", "/v1/ticks").status, 200U); });
  EXPECT_TRUE(tests::eventually([&] { return site.ticks > 0; }));
  for (int minute = 0; minute < 30; ++minute) {
    const int before = site.ticks;
    site.clock().advance(minutes(1));
    EXPECT_TRUE(minute == 29 || tests::eventually([&] { return site.ticks > before; })) << minute;
  }
  listening.join();
}

TEST_F(SessionsOfPersons, end_when_their_person_is_disabled) {
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 200U);
  site.ledger().set_user_state("mei", gateway::ledger::UserState::disabled, site.act());
  site.clock().advance(seconds(2));
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 401U);
}

TEST_F(SessionsOfPersons, are_listed_and_ended_one_by_one_or_all) {
  Browser second(gateway), root(gateway);
  second.sign_in("mei", right_password);
  root.sign_in("root", right_password);
  const Page own = browser.ask("GET", "/v1/sessions");
  ASSERT_EQ(number_of(own), 2U) << own.body;
  EXPECT_EQ(browser.ask("GET", "/v1/sessions?all=true").code(), "api.admin_alone");
  EXPECT_EQ(browser.ask("GET", "/v1/sessions?all=yes").status, 400U);
  EXPECT_EQ(number_of(root.ask("GET", "/v1/sessions?all=true")), 3U);
  const std::string of_root = base::sha256_hex(root.cookie), of_second = base::sha256_hex(second.cookie);
  EXPECT_EQ(browser.ask("DELETE", "/v1/sessions/" + of_root).status, 404U);
  EXPECT_EQ(root.ask("GET", "/v1/whoami").status, 200U);
  EXPECT_EQ(browser.ask("DELETE", "/v1/sessions/" + of_second).status, 204U);
  EXPECT_EQ(second.ask("GET", "/v1/whoami").status, 401U);
  second.sign_in("mei", right_password);
  EXPECT_EQ(browser.ask("DELETE", "/v1/sessions").status, 204U);
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 401U);
  EXPECT_EQ(second.ask("GET", "/v1/whoami").status, 401U);
  EXPECT_EQ(root.ask("GET", "/v1/whoami").status, 200U);
  browser.sign_in("mei", right_password);
  EXPECT_EQ(root.ask("DELETE", "/v1/sessions/" + base::sha256_hex(browser.cookie)).status, 204U);
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 401U);
}

TEST_F(SessionsOfPersons, tell_which_is_the_callers_own_and_where_it_comes_from) {
  browser.sign_in("mei", right_password);
  const auto told = browser.ask("GET", "/v1/sessions").json();
  std::size_t current = 0;
  for (const auto& one : told.at("sessions").as_array()) {
    EXPECT_EQ(one.at("address").as_string(), "127.0.0.1");
    EXPECT_EQ(one.at("agent").as_string(), "cebgate");
    if (!one.at("current").as_bool()) continue;
    ++current;
    EXPECT_EQ(one.at("id").as_string(), base::sha256_hex(browser.cookie).c_str());
  }
  EXPECT_EQ(current, 1U);
}

TEST_F(SessionsOfPersons, change_the_password_with_the_old_one_and_end_the_others) {
  Browser second(gateway);
  second.sign_in("mei", right_password);
  const auto change = [&](const std::string& body) { return browser.ask("POST", "/v1/session/password", body); };
  EXPECT_EQ(change("[]").status, 400U);
  EXPECT_EQ(change(R"({"old":"correct horse battery"})").code(), "api.sign_in_order");
  EXPECT_EQ(change(R"({"old":"correct horse battery","new":"elevenchars"})").code(), "api.weak_password");
  EXPECT_EQ(change(R"({"old":"wrong wrong wrong","new":"another good one"})").code(), "api.old_password");
  EXPECT_EQ(change(R"({"new":"another good one"})").code(), "api.old_password");
  EXPECT_EQ(second.ask("GET", "/v1/whoami").status, 200U);
  EXPECT_EQ(change(R"({"old":"correct horse battery","new":"another good one"})").status, 204U);
  EXPECT_EQ(site.last_act(), "mei user users/mei password");
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").status, 200U);
  EXPECT_EQ(second.ask("GET", "/v1/whoami").status, 401U);
  EXPECT_EQ(second.sign_in("mei", right_password).status, 401U);
  EXPECT_EQ(second.sign_in("mei", "another good one").status, 201U);
}

TEST_F(SessionsOfPersons, that_somebody_took_over_do_not_lead_to_the_password_by_trying) {
  const auto change = [&](const std::string& old) {
    return browser.ask("POST", "/v1/session/password", R"({"old":")" + old + R"(","new":"another good one"})");
  };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(change("wrong wrong wrong").code(), "api.old_password");
  EXPECT_EQ(change(right_password).code(), "api.sign_in_locked");
}

TEST_F(SessionsOfPersons, by_a_one_time_code_choose_a_password_without_an_old_one_once) {
  const std::string code(64, 'c');
  site.ledger().keep_code("new", base::sha256_hex(code), site.clock().now() + minutes(15), site.act());
  Browser first(gateway);
  first.sign_in_by_code(code);
  const auto change = [&](const std::string& body) { return first.ask("POST", "/v1/session/password", body); };
  EXPECT_EQ(change(R"({"new":"a password of length"})").status, 204U);
  EXPECT_EQ(first.ask("GET", "/v1/session").text("by"), "password");
  EXPECT_EQ(change(R"({"new":"yet another password"})").code(), "api.old_password");
  EXPECT_EQ(Browser(gateway).sign_in("new", "a password of length").status, 201U);
}

TEST_F(SessionsOfPersons, show_an_administrator_alone_who_may_sign_in_and_no_hash) {
  EXPECT_EQ(browser.ask("GET", "/v1/users").status, 403U);
  Browser root(gateway);
  root.sign_in("root", right_password);
  const Page page = root.ask("GET", "/v1/users");
  const auto told = page.json();
  ASSERT_EQ(told.at("users").as_array().size(), 3U);
  EXPECT_THAT(page.body, testing::Not(HasSubstr("scrypt")));
  const auto& mei = told.at("users").as_array().at(0);
  EXPECT_EQ(mei.at("name").as_string(), "mei");
  EXPECT_EQ(mei.at("disabled").as_bool(), false);
  EXPECT_EQ(mei.at("last_signed_in_at").as_string(), "2026-01-31T09:30:00.000+08:00");
}

TEST(SessionsOfNobody, are_told_how_the_first_account_is_made_until_there_is_one) {
  tests::AccountsSite site(tests::AccountsSite::People::nobody);
  tests::RunningAccounts gateway(site);
  Browser browser(gateway);
  const Page page = browser.ask("GET", "/v1/session");
  EXPECT_EQ(page.status, 401U);
  EXPECT_EQ(page.code(), "api.no_account_yet");
  EXPECT_THAT(page.body, HasSubstr("cebgate user add NAME --role admin"));
  EXPECT_THAT(page.body, HasSubstr("--config /etc/cebgate.toml"));
  site.add_people();
  EXPECT_EQ(browser.ask("GET", "/v1/session").code(), "api.not_signed_in");
}

}  // namespace
