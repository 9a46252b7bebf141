// What every ledger promises about those who sign in.
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words

namespace {

const Act act{.at = at(1), .by = "a person", .kind = ActKind::user, .subject = "users/a"};

constexpr SessionTimes half_an_hour_of_twelve{std::chrono::minutes(30), std::chrono::hours(12)};

User user_called(const std::string& name) {
  return {.name = name,
          .role = "operator",
          .enterprises = {"4601960001", "4601960002"},
          .password_hash = "hash of " + name,
          .created_at = at(1)};
}

KeptSession session_of(const std::string& name, const std::string& digest, int second) {
  return {.digest = digest,
          .name = name,
          .by = SignedInBy::password,
          .token_sha256 = {},
          .signed_in_at = at(second),
          .last_seen_at = at(second),
          .address = "192.0.2.7",
          .agent = "a browser"};
}

std::vector<std::string> digests_of(const std::vector<KeptSession>& sessions) {
  std::vector<std::string> digests;
  for (const KeptSession& session : sessions) digests.push_back(session.digest);
  return digests;
}

using Digests = std::vector<std::string>;

// From the third try in a row on a minute for each.
Door door(const std::string& subject) {
  return {subject, [](std::int64_t tries) {
            return tries < 3 ? std::chrono::milliseconds(0) : std::chrono::milliseconds(60000 * tries);
          }};
}

}  // namespace

TEST_P(LedgerSuite, a_user_is_read_as_it_was_added_and_no_second_one_has_its_name) {
  EXPECT_EQ(ledger().count_users(), 0U);
  EXPECT_EQ(ledger().add_user(user_called("甲"), act), Ledger::Added::added);
  User another = user_called("甲");
  another.role = "admin";
  EXPECT_EQ(ledger().add_user(another, act), Ledger::Added::known);
  reopen();
  const auto found = ledger().user("甲");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->role, "operator");
  EXPECT_EQ(found->enterprises, (std::vector<std::string>{"4601960001", "4601960002"}));
  EXPECT_EQ(found->password_hash, "hash of 甲");
  EXPECT_EQ(found->state, UserState::active);
  EXPECT_EQ(found->created_at, at(1));
  EXPECT_FALSE(found->last_signed_in_at);
  EXPECT_FALSE(ledger().user("乙"));
  EXPECT_EQ(ledger().count_users(), 1U);
}

TEST_P(LedgerSuite, users_are_no_more_than_the_limit) {
  for (std::size_t i = 0; i < Ledger::most_users; ++i) {
    ASSERT_EQ(ledger().add_user(user_called("user" + std::to_string(i)), act), Ledger::Added::added);
  }
  EXPECT_EQ(ledger().add_user(user_called("one more"), act), Ledger::Added::full);
  EXPECT_EQ(ledger().users().size(), Ledger::most_users);
}

TEST_P(LedgerSuite, a_session_is_found_by_its_digest_with_its_user_until_it_ends) {
  ledger().add_user(user_called("a"), act);
  ASSERT_TRUE(ledger().begin_session(session_of("a", "one", 5), half_an_hour_of_twelve, act));
  reopen();
  const auto found = ledger().signed_in("one");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->session.name, "a");
  EXPECT_EQ(found->session.by, SignedInBy::password);
  EXPECT_EQ(found->session.signed_in_at, at(5));
  EXPECT_EQ(found->session.address, "192.0.2.7");
  EXPECT_EQ(found->session.agent, "a browser");
  ASSERT_TRUE(found->user);
  EXPECT_EQ(found->user->last_signed_in_at, at(5));
  ledger().see_session("one", at(9));
  ledger().see_session("one", at(7));
  EXPECT_EQ(ledger().signed_in("one")->session.last_seen_at, at(9)) << "it is not seen earlier";
  EXPECT_TRUE(ledger().end_session("one"));
  EXPECT_FALSE(ledger().end_session("one"));
  EXPECT_FALSE(ledger().signed_in("one"));
}

TEST_P(LedgerSuite, a_session_by_a_clients_token_needs_no_user) {
  KeptSession session = session_of("erp", "one", 5);
  session.by = SignedInBy::token;
  session.token_sha256 = std::string(64, 'a');
  ASSERT_TRUE(ledger().begin_session(session, half_an_hour_of_twelve, act));
  const auto found = ledger().signed_in("one");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->user);
  EXPECT_EQ(found->session.by, SignedInBy::token);
  EXPECT_EQ(found->session.token_sha256, std::string(64, 'a'));
}

TEST_P(LedgerSuite, who_is_disabled_has_no_session_and_begins_none_until_enabled_again) {
  ledger().add_user(user_called("a"), act);
  ledger().begin_session(session_of("a", "one", 5), half_an_hour_of_twelve, act);
  ledger().keep_code("a", "code", at(900), act);
  EXPECT_TRUE(ledger().set_user_state("a", UserState::disabled, act));
  EXPECT_FALSE(ledger().signed_in("one"));
  EXPECT_FALSE(ledger().take_code("code", at(6)));
  EXPECT_FALSE(ledger().keep_code("a", "another", at(900), act));
  EXPECT_FALSE(ledger().begin_session(session_of("a", "two", 6), half_an_hour_of_twelve, act));
  EXPECT_FALSE(ledger().signed_in("two"));
  EXPECT_TRUE(ledger().set_user_state("a", UserState::active, act));
  EXPECT_FALSE(ledger().signed_in("one")) << "what has ended stays so";
  EXPECT_TRUE(ledger().begin_session(session_of("a", "three", 7), half_an_hour_of_twelve, act));
  EXPECT_FALSE(ledger().set_user_state("nobody", UserState::disabled, act));
}

TEST_P(LedgerSuite, a_new_password_ends_the_other_sessions_and_the_codes_of_the_name_alone) {
  for (const char* const name : {"a", "b"}) ledger().add_user(user_called(name), act);
  KeptSession by_code = session_of("a", "kept", 5);
  by_code.by = SignedInBy::code;
  ledger().begin_session(by_code, half_an_hour_of_twelve, act);
  ledger().begin_session(session_of("a", "other", 6), half_an_hour_of_twelve, act);
  ledger().begin_session(session_of("b", "colleague", 7), half_an_hour_of_twelve, act);
  ledger().keep_code("a", "code", at(900), act);
  EXPECT_TRUE(ledger().set_password("a", "new", "kept", act));
  EXPECT_EQ(ledger().user("a")->password_hash, "new");
  EXPECT_EQ(ledger().signed_in("kept")->session.by, SignedInBy::password);
  EXPECT_FALSE(ledger().signed_in("other"));
  EXPECT_TRUE(ledger().signed_in("colleague"));
  EXPECT_FALSE(ledger().take_code("code", at(8)));
  EXPECT_FALSE(ledger().set_password("nobody", "new", "", act));
}

TEST_P(LedgerSuite, a_hash_is_renewed_unless_the_password_was_changed_meanwhile) {
  ledger().add_user(user_called("a"), act);
  ledger().begin_session(session_of("a", "one", 5), half_an_hour_of_twelve, act);
  ledger().renew_hash("a", "hash of a", "stronger");
  EXPECT_EQ(ledger().user("a")->password_hash, "stronger");
  ledger().renew_hash("a", "hash of a", "late");
  EXPECT_EQ(ledger().user("a")->password_hash, "stronger");
  EXPECT_TRUE(ledger().signed_in("one"));
}

TEST_P(LedgerSuite, a_one_time_code_is_good_once_and_until_its_time_and_the_newest_alone) {
  ledger().add_user(user_called("a"), act);
  EXPECT_FALSE(ledger().keep_code("nobody", "code", at(900), act));
  ASSERT_TRUE(ledger().keep_code("a", "first", at(900), act));
  ASSERT_TRUE(ledger().keep_code("a", "second", at(900), act));
  EXPECT_FALSE(ledger().take_code("first", at(5)));
  EXPECT_EQ(ledger().take_code("second", at(5)), "a");
  EXPECT_FALSE(ledger().take_code("second", at(5)));
  ASSERT_TRUE(ledger().keep_code("a", "third", at(900), act));
  EXPECT_FALSE(ledger().take_code("third", at(900)));
}

TEST_P(LedgerSuite, what_changes_of_an_account_is_recorded_and_what_is_refused_is_not) {
  ledger().add_user(user_called("a"), act);
  ledger().add_user(user_called("a"), act);
  ledger().keep_code("a", "code", at(900), act);
  ledger().begin_session(session_of("a", "one", 5), half_an_hour_of_twelve, act);
  ledger().set_password("a", "new", "one", act);
  ledger().set_user_state("a", UserState::disabled, act);
  ledger().begin_session(session_of("a", "two", 6), half_an_hour_of_twelve, act);
  ledger().keep_code("a", "late", at(900), act);
  ledger().set_password("nobody", "new", "", act);
  EXPECT_EQ(ledger().acts({}).acts.size(), 5U);
  EXPECT_TRUE(ledger().verify_acts().whole());
}

TEST_P(LedgerSuite, sessions_are_listed_by_name_and_those_that_have_ended_are_forgotten_at_the_next_sign_in) {
  for (const char* const name : {"a", "b"}) ledger().add_user(user_called(name), act);
  ledger().begin_session(session_of("a", "unused", 0), half_an_hour_of_twelve, act);
  ledger().begin_session(session_of("a", "used", 1), half_an_hour_of_twelve, act);
  ledger().see_session("used", at(1799));
  ledger().begin_session(session_of("b", "new", 1800), half_an_hour_of_twelve, act);
  EXPECT_EQ(digests_of(ledger().sessions(std::nullopt)), (Digests{"new", "used"}));
  EXPECT_EQ(digests_of(ledger().sessions("a")), Digests{"used"});
  EXPECT_EQ(ledger().end_sessions("a"), 1U);
  EXPECT_EQ(digests_of(ledger().sessions(std::nullopt)), Digests{"new"});
  ledger().see_session("new", at(12 * 3600 + 1799));
  ledger().begin_session(session_of("a", "old ones go", 12 * 3600 + 1800), half_an_hour_of_twelve, act);
  EXPECT_EQ(digests_of(ledger().sessions(std::nullopt)), Digests{"old ones go"});
}

TEST_P(LedgerSuite, sessions_of_one_name_are_no_more_than_the_limit_and_the_least_used_goes) {
  for (const char* const name : {"a", "b"}) ledger().add_user(user_called(name), act);
  ledger().begin_session(session_of("b", "colleague", 0), half_an_hour_of_twelve, act);
  for (std::size_t i = 0; i < Ledger::most_sessions; ++i) {
    ledger().begin_session(session_of("a", std::to_string(i), static_cast<int>(i)), half_an_hour_of_twelve, act);
  }
  ledger().see_session("0", at(100));
  ledger().begin_session(session_of("a", "one more", 101), half_an_hour_of_twelve, act);
  EXPECT_EQ(ledger().sessions("a").size(), Ledger::most_sessions);
  EXPECT_TRUE(ledger().signed_in("0"));
  EXPECT_FALSE(ledger().signed_in("1"));
  EXPECT_TRUE(ledger().signed_in("colleague"));
}

TEST_P(LedgerSuite, doors_close_for_longer_with_each_try_and_one_closed_door_closes_the_way) {
  const std::vector<Door> way{door("name a"), door("address 1")}, other_way{door("name a"), door("address 2")};
  EXPECT_FALSE(ledger().begin_try(way, at(0)));
  EXPECT_FALSE(ledger().begin_try(way, at(0)));
  EXPECT_FALSE(ledger().begin_try(other_way, at(0))) << "the third at the name, which closes it";
  EXPECT_EQ(ledger().begin_try(other_way, at(1)), at(180));
  EXPECT_EQ(ledger().begin_try(way, at(179)), at(180)) << "what was turned away does not count";
  reopen();
  EXPECT_FALSE(ledger().begin_try(way, at(180)));
  EXPECT_EQ(ledger().begin_try(way, at(181)), at(180 + 240));
  ledger().forget_tries(way);
  EXPECT_FALSE(ledger().begin_try(way, at(182)));
  EXPECT_FALSE(ledger().begin_try(way, at(182)));
}

TEST_P(LedgerSuite, tries_are_forgotten_after_a_day_and_beyond_the_limit) {
  const std::vector<Door> one{door("name a")};
  for (int i = 0; i < 2; ++i) ledger().begin_try(one, at(0));
  EXPECT_FALSE(ledger().begin_try(std::vector<Door>{door("name b")}, at(24 * 3600 + 1)));
  EXPECT_FALSE(ledger().begin_try(one, at(24 * 3600 + 2)));
  EXPECT_FALSE(ledger().begin_try(one, at(24 * 3600 + 2)));
  std::vector<Door> many;
  for (std::size_t i = 0; i < Ledger::most_doors; ++i) many.push_back(door("address " + std::to_string(i)));
  EXPECT_FALSE(ledger().begin_try(many, at(24 * 3600 + 3)));
  EXPECT_FALSE(ledger().begin_try(one, at(24 * 3600 + 4))) << "the one that was tried longest ago has gone";
}

}  // namespace tests
