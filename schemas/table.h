// A table of the customs data: tab separated, UTF-8, one header row, lines that begin with # are remarks. Faults name
// the file and the line: data.file, data.column, data.row.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace schemas {

class Table {
 public:
  // The header must hold exactly these columns, in this order.
  static base::Result<Table> read(const std::filesystem::path& file, std::span<const std::string_view> columns);

  struct Row {
    int line = 0;
    std::vector<std::string> cells;  // as many as columns
  };
  std::span<const Row> rows() const { return rows_; }
  base::Fault fault(const Row& row, std::string zh, std::string en) const;

 private:
  std::filesystem::path file_;
  std::vector<Row> rows_;
};

// The customs data, and a folder of the same form with a site's own rows, which come first; empty where there is none.
struct DataFolders {
  // Converts: our folder alone is the ordinary case.
  DataFolders(std::filesystem::path our_folder, std::filesystem::path site_folder = {})
      : ours(std::move(our_folder)), site(std::move(site_folder)) {}
  std::filesystem::path ours, site;
};
// The tables of that name, the site's first. Ours must be there.
base::Result<std::vector<Table>> read_tables(const DataFolders& folders, const std::filesystem::path& name,
                                             std::span<const std::string_view> columns);

std::vector<std::string> split(std::string_view text, char separator);  // empty parts are kept
std::vector<std::string> words(std::string_view text);                  // by blanks, without empty ones

}  // namespace schemas
