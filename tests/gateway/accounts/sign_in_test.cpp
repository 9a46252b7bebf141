// Signing in and what keeps others from doing so, over HTTP and a real ledger.
#include <atomic>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <thread>

#include "base/digest.h"
#include "tests/gateway/accounts/running_accounts.h"

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::Browser;
using tests::Page;
using tests::right_password;

class SigningIn : public testing::Test {
 protected:
  tests::AccountsSite site;
  tests::RunningAccounts gateway{site};
  Browser browser{gateway};
};

TEST_F(SigningIn, by_name_and_password_gives_a_cookie_that_scripts_and_other_sites_cannot_use) {
  const Page page = browser.sign_in("mei", right_password);
  ASSERT_EQ(page.status, 201U) << page.body;
  EXPECT_THAT(std::string(page.headers.get("Set-Cookie")),
              AllOf(testing::StartsWith("cebgate_session="), HasSubstr("; HttpOnly"), HasSubstr("; Secure"),
                    HasSubstr("; SameSite=Strict"), HasSubstr("; Path=/")));
  EXPECT_EQ(page.text("name"), "mei");
  EXPECT_EQ(page.text("role"), "operator");
  EXPECT_EQ(page.text("by"), "password");
  EXPECT_EQ(boost::json::serialize(page.json().at("enterprises")), R"(["4601960001"])");
  EXPECT_EQ(page.json().at("accounts"), 3);
  EXPECT_EQ(page.text("expires_at"), "2026-01-31T21:30:00.000+08:00");
  EXPECT_EQ(page.text("idle_expires_at"), "2026-01-31T10:00:00.000+08:00");
  EXPECT_EQ(browser.ask("GET", "/v1/session").body, page.body);
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").body, "mei by session");
  EXPECT_EQ(site.last_act(), "mei sign_in users/mei password, 127.0.0.1");
}

TEST_F(SigningIn, keeps_neither_the_id_nor_the_password_in_the_ledger) {
  browser.sign_in("mei", right_password);
  const auto kept = site.ledger().sessions(std::nullopt);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept.front().digest, base::sha256_hex(browser.cookie));
  EXPECT_THAT(site.ledger().user("mei")->password_hash,
              AllOf(testing::StartsWith("scrypt$15$8$3$"), Not(HasSubstr(right_password))));
}

TEST_F(SigningIn, is_refused_in_the_same_words_whatever_was_wrong) {
  const Page wrong = browser.sign_in("mei", "something else altogether");
  EXPECT_EQ(wrong.status, 401U);
  EXPECT_EQ(wrong.code(), "api.sign_in_refused");
  EXPECT_EQ(site.last_act(), "mei sign_in_refused users/mei password, 127.0.0.1");
  EXPECT_EQ(browser.sign_in("nobody", right_password).body, wrong.body);
  EXPECT_EQ(site.last_act(), "? sign_in_refused users/? password, 127.0.0.1") << "it may be a password";
  EXPECT_EQ(browser.sign_in("new", "").body, wrong.body);
  EXPECT_EQ(browser.sign_in("a\nb", right_password).body, wrong.body);
  EXPECT_EQ(browser.sign_in_by_code(std::string(64, 'a')).body, wrong.body);
  EXPECT_EQ(browser.ask("POST", "/v1/session", R"({"token":"token-of-nobody"})").body, wrong.body);
  site.ledger().set_user_state("mei", gateway::ledger::UserState::disabled, site.act());
  EXPECT_EQ(browser.sign_in("mei", right_password).body, wrong.body);
}

TEST_F(SigningIn, by_a_clients_token_gives_that_clients_rights_while_it_has_the_token) {
  const Page page = browser.ask("POST", "/v1/session", R"({"token":"token-erp"})");
  ASSERT_EQ(page.status, 201U) << page.body;
  EXPECT_EQ(page.text("by"), "token");
  EXPECT_EQ(boost::json::serialize(page.json().at("enterprises")), R"(["*"])");
  const std::string set(page.headers.get("Set-Cookie"));
  browser.cookie = set.substr(set.find('=') + 1, 64);
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").body, "erp by session");
  site.settings().clients.front().token_sha256 = base::sha256_hex("another token");
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").code(), "api.not_signed_in");
}

TEST_F(SigningIn, by_a_one_time_code_works_once_and_for_a_quarter_of_an_hour) {
  const std::string code(64, 'c');
  site.ledger().keep_code("new", base::sha256_hex(code), site.clock().now() + minutes(15), site.act());
  const Page page = browser.sign_in_by_code(code);
  ASSERT_EQ(page.status, 201U) << page.body;
  EXPECT_EQ(page.text("by"), "code");
  EXPECT_EQ(browser.ask("GET", "/v1/whoami").body, "new by session");
  EXPECT_EQ(Browser(gateway).sign_in_by_code(code).status, 401U);
  site.ledger().keep_code("new", base::sha256_hex(code), site.clock().now() + minutes(15), site.act());
  site.clock().advance(minutes(15));
  EXPECT_EQ(Browser(gateway).sign_in_by_code(code).status, 401U);
}

TEST_F(SigningIn, closes_a_name_for_growing_pauses_in_every_gateway_and_opens_it_at_success) {
  tests::RunningAccounts other(site);
  Browser there(other);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(browser.sign_in("mei", "wrong wrong wrong").status, 401U);
  const Page locked = there.sign_in("mei", right_password);
  EXPECT_EQ(locked.status, 429U);
  EXPECT_EQ(locked.code(), "api.sign_in_locked");
  EXPECT_EQ(locked.headers.get("Retry-After"), "30");
  EXPECT_EQ(there.sign_in("root", right_password).status, 201U) << "another name is open";
  site.clock().advance(seconds(30));
  EXPECT_EQ(browser.sign_in("mei", "wrong wrong wrong").status, 401U);
  EXPECT_EQ(browser.sign_in("mei", "wrong wrong wrong").headers.get("Retry-After"), "60");
  site.clock().advance(seconds(60));
  EXPECT_EQ(browser.sign_in("mei", right_password).status, 201U);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(there.sign_in("mei", "wrong wrong wrong").status, 401U);
  EXPECT_EQ(there.sign_in("mei", right_password).status, 201U) << "it is counted anew";
}

TEST_F(SigningIn, closes_a_name_that_nobody_has_as_well) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(browser.sign_in("nobody", "wrong wrong wrong").status, 401U);
  EXPECT_EQ(browser.sign_in("nobody", "wrong wrong wrong").status, 429U);
}

TEST_F(SigningIn, closes_an_address_from_which_too_many_were_tried) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(browser.sign_in_by_code("no code " + std::to_string(i)).status, 401U);
  EXPECT_EQ(browser.sign_in("mei", right_password).status, 429U);
}

TEST_F(SigningIn, counts_those_that_come_at_the_same_time_each_for_itself) {
  std::atomic<int> judged = 0;
  std::vector<std::thread> guesses;
  for (int i = 0; i < 12; ++i) {
    guesses.emplace_back(
        [&] { judged += Browser(gateway).sign_in("mei", "wrong wrong wrong").status == 401U ? 1 : 0; });
  }
  for (std::thread& guess : guesses) guess.join();
  EXPECT_EQ(judged, 5);
}

TEST_F(SigningIn, refuses_orders_that_are_none_and_those_of_another_sites_page) {
  EXPECT_EQ(browser.ask("POST", "/v1/session", "{").status, 400U);
  const Page both = browser.ask("POST", "/v1/session", R"({"token":"a","code":"b"})");
  EXPECT_EQ(both.status, 422U);
  EXPECT_EQ(both.code(), "api.sign_in_order");
  EXPECT_EQ(browser.ask("POST", "/v1/session", R"({"name":1,"who":"b"})").json().at("faults").as_array().size(), 2U);
  const std::string order = R"({"token":"token-erp"})";
  const std::string long_token(4096 - order.size() + 9, 'x');
  EXPECT_EQ(browser.ask("POST", "/v1/session", R"({"token":")" + long_token + "\"}").status, 401U);
  EXPECT_EQ(browser.ask("POST", "/v1/session", R"({"token":")" + long_token + "x\"}").status, 422U);
  EXPECT_EQ(browser.ask("POST", "/v1/session", order, {{"Sec-Fetch-Site", "cross-site"}}).code(), "api.foreign_site");
  EXPECT_EQ(browser.ask("POST", "/v1/session", order, {{"Origin", "https://elsewhere.example"}}).code(),
            "api.foreign_site");
  EXPECT_EQ(browser.ask("POST", "/v1/session", order, {{"Origin", gateway.url()}}).status, 201U);
}

TEST_F(SigningIn, hashes_a_password_anew_whose_costs_were_others) {
  // scrypt of right_password with N = 2^10, r = 8, p = 1.
  const std::string weak = "scrypt$10$8$1$c2FsdHNhbHRzYWx0c2FsdA==$fXnS5Awj6eMC+z1SbPBpyxEKbW7GHGyuCeVjw7IJSMI=";
  site.ledger().renew_hash("mei", site.ledger().user("mei")->password_hash, weak);
  EXPECT_EQ(browser.sign_in("mei", right_password).status, 201U);
  EXPECT_THAT(site.ledger().user("mei")->password_hash, testing::StartsWith("scrypt$15$8$3$"));
  EXPECT_EQ(browser.sign_in("mei", right_password).status, 201U);
}

}  // namespace
