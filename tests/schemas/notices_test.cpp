#include "schemas/notices.h"

#include <fstream>
#include <gtest/gtest.h>

#include "schemas/catalog.h"
#include "tests/support/paths.h"

namespace {

using schemas::Notices;

const schemas::Catalog& catalog() {
  static const auto loaded = schemas::Catalog::load(tests::schemas_directory(), "202205");
  return *loaded;
}

std::string fault_of_notices(const std::string& rows) {
  const tests::ScratchDirectory folder;
  std::filesystem::create_directories(folder.path() / "catalog");
  std::ofstream(folder.path() / "catalog" / "notices.tsv") << "type\tabout\tplace\tby\ttime\tstatus\tfigures\n" << rows;
  const auto loaded = Notices::load({folder.path(), {}}, catalog());
  return loaded ? std::string() : loaded.faults().front().en;
}

TEST(Notices, a_tax_sheet_is_about_an_inventory_and_a_result_about_a_summary_and_its_inventories) {
  const auto tax = catalog().notices().of("CEB816Message");
  ASSERT_EQ(tax.size(), 1U);
  EXPECT_EQ(tax[0]->about, "CEB621Message");
  EXPECT_EQ(tax[0]->by.front().kind, "invtNo");
  EXPECT_EQ(tax[0]->by.back().kind, "logisticsNo");
  EXPECT_EQ(tax[0]->by.back().field, "logisticNo");
  const auto result = catalog().notices().of("CEB792Message");
  ASSERT_EQ(result.size(), 2U);
  EXPECT_EQ(result[1]->place, "SummaryResultList");
  EXPECT_TRUE(catalog().notices().of("CEB312Message").empty());
  EXPECT_EQ(schemas::short_name("CEB792Message"), "CEB792");
}

TEST(Notices, every_fault_of_the_table_is_named) {
  const std::string good =
      "CEB816Message\tCEB621Message\t\tinvtNo\treturnTime\tstatus\ttaxNo\n"
      "CEB818Message\tCEB621Message\t\tinvtNo\treturnTime\tstatus\ttaxNo\n"
      "CEB792Message\tCEB701Message\t\tsumNo\topDate\tdecState\tsumNo\n";
  EXPECT_EQ(fault_of_notices(good), "");
  for (const std::string row : {"CEB312Message\tCEB311Message\t\torderNo\treturnTime\treturnStatus\torderNo\n",
                                "CEB816Message\tCEB622Message\t\tinvtNo\treturnTime\tstatus\ttaxNo\n",
                                "CEB816Message\tCEB621Message\t\t\treturnTime\tstatus\ttaxNo\n",
                                "CEB816Message\tCEB621Message\tNone\tinvtNo\treturnTime\tstatus\ttaxNo\n",
                                "CEB816Message\tCEB621Message\t\tinvtNo\tnone\tstatus\ttaxNo\n",
                                "CEB999Message\tCEB621Message\t\tinvtNo\treturnTime\tstatus\ttaxNo\n"}) {
    EXPECT_NE(fault_of_notices(good + row), "") << row;
  }
}

}  // namespace
