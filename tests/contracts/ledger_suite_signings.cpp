// What every ledger promises about the signatures that other systems have asked for.
#include <set>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words

namespace {

Signing signing_of(const std::string& client, const std::string& enterprise, int second) {
  Signing signing;
  signing.at = at(second);
  signing.client = client;
  signing.enterprise = enterprise;
  signing.bytes = static_cast<std::size_t>(second);
  signing.digest = std::string(64, 'a');
  return signing;
}

// The seconds at which the signings of a page were made.
std::vector<int> seconds_of(const SigningPage& page) {
  std::vector<int> seconds;
  for (const Signing& signing : page.signings) seconds.push_back(static_cast<int>(signing.bytes));
  return seconds;
}

using Seconds = std::vector<int>;

}  // namespace

TEST_P(LedgerSuite, a_signing_is_read_as_it_was_recorded_after_reopening_too) {
  Signing made = signing_of("shop", "4601960001", 1);
  made.kind = SigningKind::xml;
  made.bytes = 1048576;
  made.type = "CEB311Message";
  made.manner = "sm2-sm3";
  made.serial = "0300000000000001";
  Signing refused = signing_of("desk", "4601960002", 2);
  refused.kind = SigningKind::text;
  refused.manner = "rsa-sha1";
  refused.outcome = SigningOutcome::refused;
  refused.reason = "key.sign: 设备拒绝 / the device refused";
  made.number = ledger().record_signing(made);
  refused.number = ledger().record_signing(refused);
  EXPECT_LT(made.number, refused.number);
  for (const char* when : {"before", "after"}) {
    const auto found = ledger().signings({}).signings;
    ASSERT_EQ(found.size(), 2U) << when;
    const std::vector<Signing> expected{refused, made};
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].number, expected[i].number) << when;
      EXPECT_EQ(found[i].at, expected[i].at);
      EXPECT_EQ(found[i].client, expected[i].client);
      EXPECT_EQ(found[i].enterprise, expected[i].enterprise);
      EXPECT_EQ(found[i].kind, expected[i].kind);
      EXPECT_EQ(found[i].bytes, expected[i].bytes);
      EXPECT_EQ(found[i].digest, expected[i].digest);
      EXPECT_EQ(found[i].type, expected[i].type);
      EXPECT_EQ(found[i].manner, expected[i].manner);
      EXPECT_EQ(found[i].serial, expected[i].serial);
      EXPECT_EQ(found[i].outcome, expected[i].outcome);
      EXPECT_EQ(found[i].reason, expected[i].reason);
    }
    reopen();
  }
  EXPECT_GT(ledger().record_signing(made), refused.number) << "a number is never used again";
}

TEST_P(LedgerSuite, signings_answer_every_filter) {
  ledger().record_signing(signing_of("shop", "4601960001", 1));
  ledger().record_signing(signing_of("desk", "4601960001", 2));
  ledger().record_signing(signing_of("shop", "4601960002", 3));
  const auto seconds = [this](auto set) {
    SigningQuery query;
    set(query);
    return seconds_of(ledger().signings(query));
  };
  EXPECT_EQ(seconds([](SigningQuery&) {}), (Seconds{3, 2, 1}));
  EXPECT_EQ(seconds([](SigningQuery& q) { q.enterprise = "4601960001"; }), (Seconds{2, 1}));
  EXPECT_EQ(seconds([](SigningQuery& q) { q.client = "shop"; }), (Seconds{3, 1}));
  EXPECT_EQ(seconds([](SigningQuery& q) { q.since = at(2); }), (Seconds{3, 2}));
  EXPECT_EQ(seconds([](SigningQuery& q) { q.until = at(2); }), Seconds{1});
  EXPECT_EQ(seconds([](SigningQuery& q) { q.enterprises = {"4601960002"}; }), Seconds{3});
  EXPECT_EQ(seconds([](SigningQuery& q) { q.enterprises = {"4601960001", "4601960002"}; }), (Seconds{3, 2, 1}));
  EXPECT_EQ(seconds([](SigningQuery& q) { q.cursor = "no cursor"; }), Seconds{});
  const auto of_another = [](SigningQuery& q) {
    q.enterprise = "4601960001";
    q.enterprises = {"4601960002"};
  };
  EXPECT_EQ(seconds(of_another), Seconds{});
}

TEST_P(LedgerSuite, pages_of_signings_stay_as_they_are_while_new_ones_come_in_the_same_moment) {
  for (int i = 0; i < 7; ++i) ledger().record_signing(signing_of("shop", i % 2 ? "4601960001" : "4601960002", 5));
  SigningQuery query;
  query.limit = 3;
  query.enterprises = {"4601960001", "4601960002"};
  std::set<std::int64_t> seen;
  for (int page_number = 0; page_number < 3; ++page_number) {
    const SigningPage page = ledger().signings(query);
    for (const Signing& signing : page.signings) EXPECT_TRUE(seen.insert(signing.number).second);
    EXPECT_EQ(page.next.has_value(), page_number < 2);
    ledger().record_signing(signing_of("shop", "4601960001", 5));
    query.cursor = page.next.value_or("");
  }
  EXPECT_EQ(seen.size(), 7U);
}

}  // namespace tests
