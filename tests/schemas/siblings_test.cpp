#include "schemas/siblings.h"

#include <gtest/gtest.h>

#include "schemas/catalog.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Siblings;
using tests::catalog_202205;

constexpr const char* siblings_head = "type\tsibling\tfields\tawaited\tabsent\n";

std::filesystem::path folder_with_siblings(const tests::ScratchDirectory& folder, const std::string& rows) {
  std::filesystem::create_directories(folder.path() / "catalog");
  tests::write_file(folder.path() / "catalog" / "siblings.tsv", siblings_head + rows);
  return folder.path();
}

std::string fault_of_siblings(const std::string& rows) {
  const tests::ScratchDirectory folder;
  const auto loaded = Siblings::load(folder_with_siblings(folder, rows), catalog_202205());
  return loaded ? std::string() : loaded.faults().front().en;
}

TEST(Siblings, an_inventory_awaits_order_payment_and_waybill) {
  const auto rules = catalog_202205().siblings().of("CEB621Message");
  ASSERT_EQ(rules.size(), 3U);
  EXPECT_EQ(rules[0]->sibling, "CEB311Message");
  EXPECT_EQ(rules[1]->sibling, "CEB411Message");
  EXPECT_EQ(rules[2]->sibling, "CEB511Message");
  EXPECT_EQ(rules[2]->fields, (std::vector<std::string>{"logisticsCode", "logisticsNo"}));
  EXPECT_TRUE(catalog_202205().siblings().awaits("CEB621Message"));
  EXPECT_FALSE(catalog_202205().siblings().awaits("CEB311Message"));
  EXPECT_FALSE(catalog_202205().siblings().awaits("CEB603Message"));
}

TEST(Siblings, a_payment_is_named_by_inventories_and_by_orders) {
  const auto rules = catalog_202205().siblings().naming("CEB411Message");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0]->type, "CEB621Message");
  EXPECT_EQ(rules[1]->type, "CEB311Message");
}

TEST(Siblings, hold_for_the_earlier_edition_too) {
  EXPECT_EQ(tests::catalog_of("2018").siblings().rules().size(), catalog_202205().siblings().rules().size());
}

TEST(Siblings, rows_of_a_site_come_in_place_of_ours) {
  const tests::ScratchDirectory site;
  folder_with_siblings(site,
                       "CEB621Message\tCEB411Message\tebpCode orderNo\tno\t\n"
                       "CEB603Message\tCEB403Message\torderNo\tyes\t收款单[{orderNo}]信息不存在\n");
  const auto catalog = schemas::Catalog::load({tests::schemas_directory(), site.path()}, "202205");
  ASSERT_TRUE(catalog) << catalog.faults().front().en;
  EXPECT_EQ(catalog->siblings().rules().size(), catalog_202205().siblings().rules().size() + 1);
  for (const auto* rule : catalog->siblings().of("CEB621Message")) {
    EXPECT_EQ(rule->awaited == schemas::Awaited::no, rule->sibling == "CEB411Message");
  }
  EXPECT_TRUE(catalog->siblings().awaits("CEB603Message"));
}

TEST(Siblings, every_fault_of_the_table_is_named) {
  const std::string good = "CEB621Message\tCEB311Message\tebpCode orderNo\tyes\t订单[{orderNo}]信息不存在\n";
  EXPECT_EQ(fault_of_siblings(good), "");
  for (const std::string row :
       {"CEB999Message\tCEB311Message\tebpCode orderNo\tno\t\n",
        "CEB621Message\tCEB312Message\tebpCode orderNo\tno\t\n",
        "CEB621Message\tCEB311Message\tebpCode orderNumber\tno\t\n",
        "CEB621Message\tCEB311Message\torderNo ebpCode\tno\t\n", "CEB621Message\tCEB311Message\t\tno\t\n",
        "CEB621Message\tCEB311Message\tebpCode orderNo\tmaybe\t\n",
        "CEB621Message\tCEB311Message\tebpCode orderNo\tyes\t\n",
        "CEB621Message\tCEB311Message\tebpCode orderNo\tno\t信息不存在\n"}) {
    EXPECT_NE(fault_of_siblings(good + row), "") << row;
  }
}

}  // namespace
