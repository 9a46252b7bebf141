// The gateway is killed between every two steps of telling an ERP, on both kinds of ledger, and started again: the ERP
// hears every change of the feed, those of one document in order, and what it hears twice under one id.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <map>
#include <string>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/gateway/crashes/deaths.h"
#include "tests/gateway/notify/receiver.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

constexpr int documents_told = 5;

class NoticeCrashes : public CrashTest {
 protected:
  NoticeCrashes() : site_(manner()) {
    write_file(site_.folder() / "notify.secret", notify_secret);
    std::filesystem::permissions(site_.folder() / "notify.secret", std::filesystem::perms::owner_read);
    site_.set_ecommerce_notices("notify_url = \"" + erp_.url() +
                                "\"\nnotify_secret = \"file:notify.secret\"\nnotify_private = true\n");
  }

  // "KEY STATE" of each change in the feed, by document.
  std::map<std::string, std::vector<std::string>> changes() const {
    const auto answer = site_.ask("GET", "/v1/changes", Site::token_of(enterprises.ecommerce));
    std::map<std::string, std::vector<std::string>> all;
    const auto feed = boost::json::parse(answer.body);
    for (const auto& change : feed.at("changes").as_array()) {
      all[std::string(change.at("key").as_string())].emplace_back(change.at("to").as_string());
    }
    return all;
  }
  // Likewise, each notice where it was first heard.
  std::map<std::string, std::vector<std::string>> heard() const {
    std::map<std::string, std::vector<std::string>> all;
    std::map<std::string, std::string> bodies;
    for (const Heard& one : erp_.heard()) {
      const auto [known, is_new] = bodies.try_emplace(one.webhook_id, one.body);
      EXPECT_EQ(known->second, one.body) << "another notice under the same id";
      if (is_new) all[one.key].push_back(one.to);
    }
    return all;
  }

  Receiver erp_;
  Site site_;
};

TEST_P(NoticeCrashes, every_change_is_heard_in_order) {
  site_.start_platform();
  site_.start_gateway(deadly());
  int accepted = 0;
  bool has_died = false;
  const auto goes_on = [&] {
    if (!has_died && site_.gateway().has_ended()) {
      EXPECT_EQ(site_.gateway().exit_status(), -1) << site_.gateway().err();
      has_died = true;
      site_.start_gateway();
    }
    if (accepted == documents_told) return has_died;
    const auto exchange =
        site_.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce),
                     posting("CEB311Message", order_document({.number = "N" + std::to_string(accepted)})));
    const bool is_taken = exchange.reach == gateway::http::Reach::answered && exchange.response.status < 300;
    accepted += is_taken ? 1 : 0;
    return false;
  };
  ASSERT_TRUE(eventually(goes_on)) << "it was not come by";
  const auto all_settled = [&] { return site_.measure(R"(cebgate_documents{state="settled"})") == documents_told; };
  ASSERT_TRUE(eventually(all_settled)) << site_.gateway().err();
  EXPECT_TRUE(eventually([&] { return heard() == changes(); }));
  EXPECT_EQ(heard(), changes());
}

INSTANTIATE_TEST_SUITE_P(BetweenTheSteps, NoticeCrashes,
                         testing::ValuesIn(on_both_ledgers({"notify.made:2", "notify.telling:3", "notify.told:3",
                                                            "notify.written:3"})),
                         name_of);

}  // namespace
}  // namespace tests::app
