// A file of rows for POST /v1/imports, of any size, read part by part and from its head as often as needed: JSON Lines,
// or CSV with a header in UTF-8 or GB18030. What it is shows in its content. One thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tools/cebgate/csv_reader.h"
#include "tools/cebgate/encoding.h"
#include "tools/cebgate/postings.h"

namespace tools::cebgate {

class ImportFile {
 public:
  // Looks through the whole file once. Faults: file.read, import.*
  static base::Result<std::unique_ptr<ImportFile>> open(const std::filesystem::path& file);

  std::size_t lines() const { return lines_; }
  bool has_header() const { return form_ == Form::csv; }

  // The next rows, as many as one call takes, without those on the lines `left_out`; nothing at the end of the file. A
  // row that cannot be read is a fault with its line, and no row.
  struct Part {
    Posting rows;
    base::Faults faults;
  };
  std::optional<Part> next(const std::set<int>& left_out);
  void rewind();

 private:
  enum class Form { json_lines, csv };
  enum class Reading { goes_on, ends };

  ImportFile() = default;
  base::Done look_through();
  base::Done read_header();
  std::optional<std::string> read_line();
  Reading read_row(Part& part, const std::set<int>& left_out);
  void add(Part& part, std::string row, int line);
  void read_json_row(Part& part, const std::string& line);
  Reading read_csv_row(Part& part, const std::string& line, const std::set<int>& left_out);
  std::string json_of(const CsvRecord& record, base::Faults& faults) const;

  std::ifstream in_;
  Form form_ = Form::json_lines;
  std::size_t lines_ = 0;
  std::optional<Decoder> decoder_;  // where the text is not UTF-8
  std::vector<std::string> header_;
  std::optional<CsvReader> csv_;
  int line_ = 0;  // read last
  bool is_at_end_ = false;
  std::string waiting_;  // a row that the last part had no room for
  int waiting_line_ = 0;
};

}  // namespace tools::cebgate
