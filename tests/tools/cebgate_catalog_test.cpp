// `cebgate catalog TYPE`: all that the catalog knows of a type, and the JSON Schema of its documents.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cebgate_run.h"

namespace tests::tools {
namespace {

using ::testing::HasSubstr;

class CebgateCatalog : public ::testing::Test {
 protected:
  CebgateRun cebgate_;
};

TEST_F(CebgateCatalog, PrintsAllThatTheCatalogKnowsOfAType) {
  const Ran page = cebgate_({"catalog", "CEB621Message", "--lang", "zh"});
  ASSERT_EQ(page.status, 0) << page.err;
  for (const char* known : {"进口清单", "Inventory ≤ 100", "InventoryList ≤ 99", "agentCode, copNo", "ecommerce, agent",
                            "CEB622Message (agentCode, copNo)", "buyerIdNumber", "§3.9.4", "C1..60", "固定 142",
                            "海关放行", "办结", "released"}) {
    EXPECT_THAT(page.out, HasSubstr(known));
  }
  EXPECT_THAT(cebgate_({"catalog", "CEB622Message"}).out, HasSubstr("CEB621Message"));
  const auto type = boost::json::parse(cebgate_({"catalog", "CEB621Message", "--format", "json"}).out);
  EXPECT_EQ(type.at("most_rows").as_int64(), 99);
  const auto& statuses = type.at("statuses").as_array();
  const auto released =
      std::find_if(statuses.begin(), statuses.end(), [](const auto& s) { return s.at("status") == "800"; });
  ASSERT_NE(released, statuses.end());
  EXPECT_EQ(released->at("effect"), "settle");
}

TEST_F(CebgateCatalog, PrintsTheJsonSchemaOfAType) {
  const Ran printed = cebgate_({"catalog", "CEB403Message", "--json-schema"});
  ASSERT_EQ(printed.status, 0) << printed.err;
  const auto schema = boost::json::parse(printed.out);
  EXPECT_EQ(schema.at("$schema").as_string(), "https://json-schema.org/draft/2020-12/schema");
  EXPECT_TRUE(schema.at("properties").as_object().contains("payNo"));
  EXPECT_EQ(cebgate_({"catalog", "--json-schema"}).status, 2);
}

}  // namespace
}  // namespace tests::tools
