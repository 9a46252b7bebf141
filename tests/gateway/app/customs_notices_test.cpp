// What customs tells unasked over the data exchange platform: tax sheets are kept with their inventory and told, and
// the result of a summary settles it.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "tests/gateway/app/site.h"

namespace tests::app {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> texts(const Seen& seen, const char* name) {
  std::vector<std::string> found;
  for (const auto& notice : seen.whole.at("notices").as_array()) found.emplace_back(notice.at(name).as_string());
  return found;
}

TEST(CustomsNotices, a_tax_sheet_is_told_with_its_inventory_and_a_summary_settles_by_its_result) {
  Site site({.folders = "exchange"});
  site.start_platform();
  site.start_gateway();
  const Sale sale{.number = "T1"};
  for (const char* type : {"CEB311Message", "CEB411Message", "CEB511Message"}) {
    site.accepted(type, declaration(type, sale));
  }
  const std::string inventory = site.accepted("CEB621Message", inventory_document(sale));
  const std::string summary = site.accepted("CEB701Message", declaration("CEB701Message", sale));

  const Seen taxed = site.wait_until(
      inventory, [](const Seen& seen) { return seen.stage == "800" && texts(seen, "type").size() == 2; });
  EXPECT_EQ(taxed.state, "settled");
  EXPECT_THAT(texts(taxed, "type"), ElementsAre("CEB816Message", "CEB818Message"));
  EXPECT_THAT(texts(taxed, "returnInfo"), Contains(AllOf(HasSubstr("valueAddedTax=10.01"), HasSubstr("taxNo=T64092"))));
  const auto changes = site.ask("GET", "/v1/changes", Site::token_of(enterprises.ecommerce)).body;
  EXPECT_THAT(changes, AllOf(HasSubstr("valueAddedTax=10.01"), HasSubstr("entDutyNo=J64092")));

  const Seen settled = site.wait_until(
      summary, [](const Seen& seen) { return seen.state == "settled" && texts(seen, "type").size() == 2; });
  EXPECT_EQ(settled.outcome, "lodged");
  EXPECT_THAT(settled.statuses, ElementsAre("2", "399"));
  EXPECT_THAT(texts(settled, "returnInfo"), Contains(HasSubstr("entryId=6409")));
  EXPECT_EQ(site.measure(R"(cebgate_inbound_records{state="unreadable"})"), 0);
  EXPECT_EQ(site.personal_data_in_logs(), "");
}

}  // namespace
}  // namespace tests::app
