// Every column of what an archived document consists of is written to the archive, or left out by name: a column that
// is added to the ledger is not forgotten there.
#include <algorithm>
#include <gtest/gtest.h>

#include "gateway/ledger/sql/archive_rows.h"
#include "gateway/ledger/sqlite/sqlite_store.h"
#include "tests/support/paths.h"

namespace tests {

using namespace gateway::ledger;
namespace tables = sql::archived_tables;

TEST(ArchiveColumns, none_is_forgotten) {
  const ScratchDirectory folder;
  sqlite::SqliteStore store(folder.path() / "ledger.db");
  for (const auto* table : {&tables::documents, &tables::numbers, &tables::moves, &tables::receipts, &tables::inbound,
                            &tables::inbound_acts, &tables::messages, &tables::deliveries}) {
    std::size_t columns = 0;
    store.look([&](sql::SqlConnection& connection) {
      auto rows = connection.prepare("SELECT name FROM pragma_table_info(?)");
      rows.bind(table->name);
      for (std::string name; rows.step(); ++columns) {
        rows.read(name);
        const bool is_written = std::ranges::find(table->columns, name, &sql::Column::name) != table->columns.end();
        const bool is_left_out = std::ranges::find(table->left_out, name) != table->left_out.end();
        EXPECT_NE(is_written, is_left_out) << table->name << "." << name;
      }
    });
    EXPECT_GT(columns, 0U) << table->name;
  }
}

}  // namespace tests
