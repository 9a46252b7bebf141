#include "schemas/comparisons.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "schemas/catalog.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Comparing;
using schemas::Comparisons;
using tests::catalog_202205;

constexpr const char* head = "left\tleft_field\tright\tright_field\thow\tcode\tzh\ten\n";

std::filesystem::path folder_with(const tests::ScratchDirectory& folder, const std::string& rows) {
  std::filesystem::create_directories(folder.path() / "catalog");
  tests::write_file(folder.path() / "catalog" / "comparisons.tsv", head + rows);
  return folder.path();
}

std::string first_fault(const std::string& rows) {
  const tests::ScratchDirectory folder;
  const auto loaded = Comparisons::load(folder_with(folder, rows), catalog_202205());
  return loaded ? std::string() : loaded.faults().front().en;
}

TEST(Comparisons, begin_with_the_goods_and_add_up_the_orders_of_a_payment) {
  const auto all = catalog_202205().comparisons().all();
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front().how, Comparing::rows);
  EXPECT_EQ(all.front().left_fields, (std::vector<std::string>{"gnum", "qty"}));
  const auto sum = std::ranges::find(all, Comparing::sum, &schemas::Comparison::how);
  ASSERT_NE(sum, all.end());
  EXPECT_EQ(sum->left_fields.front(), "acturalPaid");
  EXPECT_EQ(sum->right_fields.front(), "amountPaid");
}

// 报文规范 and what was seen: 1301 and the field's place in the inventory's head.
TEST(Comparisons, of_inventory_and_order_are_numbered_by_the_place_in_the_inventory) {
  for (const auto& one : catalog_202205().comparisons().all()) {
    if (!one.code.starts_with("1301")) continue;
    const auto& fields = catalog_202205().find(one.left)->head_node().children;
    const auto field = std::ranges::find(fields, one.left_fields.front(), &schemas::Node::name);
    const std::string place = std::to_string(field - fields.begin() + 1);
    EXPECT_EQ(one.code, "1301" + (place.size() == 1 ? "0" + place : place)) << one.left_fields.front();
  }
}

TEST(Comparisons, of_a_site_come_in_place_of_ours_and_may_switch_one_off) {
  const tests::ScratchDirectory site;
  folder_with(site,
              "CEB311Message\tconsignee\tCEB511Message\tconsignee\tnone\t\t\t\n"
              "CEB621Message\tgrossWeight\tCEB511Message\tweight\tequal\t9001\t毛重不一致\tthe weights differ\n");
  const auto catalog = schemas::Catalog::load({tests::schemas_directory(), site.path()}, "202205");
  ASSERT_TRUE(catalog) << catalog.faults().front().en;
  const auto all = catalog->comparisons().all();
  EXPECT_EQ(all.size(), catalog_202205().comparisons().all().size());
  EXPECT_EQ(all.front().code, "9001");
  EXPECT_TRUE(std::ranges::none_of(all, [](const auto& one) { return one.left_fields.front() == "consignee"; }));
}

TEST(Comparisons, every_fault_of_the_table_is_named) {
  const std::string good = "CEB311Message\tbuyerName\tCEB411Message\tpayerName\tequal\t1\t不一致\tdiffers\n";
  EXPECT_EQ(first_fault(good), "");
  for (const std::string row : {"CEB999Message\tbuyerName\tCEB411Message\tpayerName\tequal\t1\t不一致\tdiffers\n",
                                "CEB311Message\tbuyer\tCEB411Message\tpayerName\tequal\t1\t不一致\tdiffers\n",
                                "CEB311Message\tbuyerName\tCEB411Message\tpayer\tequal\t1\t不一致\tdiffers\n",
                                "CEB311Message\tnote\tCEB411Message\tpayerName\talike\t1\t不一致\tdiffers\n",
                                "CEB311Message\tnote\tCEB411Message\tpayerName\tequal\t\t不一致\tdiffers\n",
                                "CEB311Message\tnote\tCEB411Message\tpayerName\tequal\t1\t\tdiffers\n",
                                "CEB311Message\tnote\tCEB411Message\tpayerName\tequal\t1\t不一致\t\n",
                                "CEB311Message\tnote freight\tCEB411Message\tnote\tequal\t1\t不一致\tdiffers\n",
                                "CEB621Message\tgnum\tCEB311Message\tgnum\trows\t1\t不一致\tdiffers\n",
                                "CEB621Message\tgnum qty\tCEB311Message\tgnum\trows\t1\t不一致\tdiffers\n",
                                "CEB621Message\tgnum qty\tCEB411Message\tgnum qty\trows\t1\t不一致\tdiffers\n"}) {
    EXPECT_NE(first_fault(good + row), "") << row;
  }
}

}  // namespace
