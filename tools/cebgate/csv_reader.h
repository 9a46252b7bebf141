// Records of comma-separated values (RFC 4180, strict: no stray quotes), line by line (libcsv). One thread.
#pragma once

#include <cstddef>
#include <csv.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tools::cebgate {

struct CsvRecord {
  int line = 0;  // where it begins
  std::vector<std::string> fields;
};

class CsvReader {
 public:
  static constexpr std::size_t longest_record = std::size_t{1} << 20;

  CsvReader();
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // One line, without its line break. The record, if one ends there; a line without anything has none. After a fault
  // (import.csv) nothing more can be read.
  base::Result<std::optional<CsvRecord>> read(std::string_view line, int number);
  // Nothing more comes: a record that is still open is a fault.
  base::Done finish() const;

 private:
  static void end_field(void* text, std::size_t size, void* self);
  static void end_record(int ended_by, void* self);

  csv_parser parser_{};
  CsvRecord open_;
  std::size_t bytes_ = 0;  // of the record that is open
  std::optional<CsvRecord> ended_;
};

}  // namespace tools::cebgate
