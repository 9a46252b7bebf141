// The gateway is killed between every two steps of the archive, on both kinds of ledger, and started again: every
// document is in the ledger or in one file, and none in two.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <string>
#include <vector>

#include "tests/gateway/crashes/deaths.h"
#include "tests/support/cebgate_run.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using testing::Each;

class ArchiveCrashes : public CrashTest {};

TEST_P(ArchiveCrashes, nothing_is_lost_and_nothing_is_archived_twice) {
  Site site(manner());
  site.set_archive("\n[archive]\ndirectory = \"archive\"\nafter = \"1s\"\n");
  site.start_platform();
  site.start_gateway(deadly());
  std::vector<std::string> ids;
  const auto post_next = [&] {
    const std::string number = "C" + std::to_string(ids.size());
    const auto exchange = site.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce),
                                      posting("CEB311Message", order_document({.number = number})));
    if (exchange.reach != gateway::http::Reach::answered || exchange.response.status >= 300) return;
    ids.emplace_back(boost::json::parse(exchange.response.body).as_array().at(0).at("id").as_string());
  };
  bool has_died = false;
  ASSERT_TRUE(eventually(
      [&] {
        if (ids.size() < 5) post_next();
        has_died = has_died || site.gateway().has_ended();
        return has_died && ids.size() >= 1;
      },
      std::chrono::seconds(40)))
      << "it was not come by";
  EXPECT_EQ(site.gateway().exit_status(), -1) << site.gateway().err();
  site.start_gateway();
  post_next();  // the newest change stays in the ledger

  const auto is_away = [&](const std::string& id) {
    return site.ask("GET", "/v1/documents/" + id, Site::operator_token).status == 404;
  };
  const std::vector<std::string> old(ids.begin(), ids.end() - 1);
  EXPECT_TRUE(eventually([&] { return std::ranges::all_of(old, is_away); }, std::chrono::seconds(40)))
      << site.gateway().err();
  const CebgateRun cebgate;
  const std::string folder = (site.folder() / "archive").string();
  const Ran verified = cebgate({"archive", "verify", "--directory", folder});
  EXPECT_EQ(verified.status, 0) << verified.out;
  const Ran listed = cebgate({"archive", "list", "--directory", folder, "--format", "json"});
  const auto documents = boost::json::parse(listed.out);
  for (const auto& id : old) {
    const auto& all = documents.at("documents").as_array();
    EXPECT_EQ(std::ranges::count_if(all, [&](const auto& one) { return one.at("id").as_string() == id; }), 1) << id;
    const auto restored =
        site.ask("POST", "/v1/archive/restore", Site::operator_token,
                 boost::json::serialize(boost::json::object{{"document", id}, {"reason", "to see that it is whole"}}));
    EXPECT_EQ(restored.status, 200U) << restored.body;
  }
}

INSTANTIATE_TEST_SUITE_P(BetweenTheSteps, ArchiveCrashes,
                         testing::ValuesIn(on_both_ledgers({"archive.written", "archive.stored", "archive.taking",
                                                            "archive.taken"})),
                         name_of);

}  // namespace
}  // namespace tests::app
