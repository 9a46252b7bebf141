#include "tools/cebgate/csv_reader.h"

#include <new>
#include <utility>

namespace tools::cebgate {

namespace {

base::Fault fault_at(int line, std::string zh, std::string en) {
  base::Fault fault;
  fault.code = "import.csv";
  fault.line = line;
  fault.zh = std::move(zh);
  fault.en = std::move(en);
  return fault;
}

}  // namespace

CsvReader::CsvReader() {
  if (csv_init(&parser_, CSV_STRICT) != 0) throw std::bad_alloc();
  // Lines come one by one, with whatever carriage return they end in.
  csv_set_term_func(&parser_, [](unsigned char c) { return c == CSV_LF ? 1 : 0; });
  csv_set_space_func(&parser_, [](unsigned char c) { return c == CSV_SPACE || c == CSV_TAB || c == CSV_CR ? 1 : 0; });
}

CsvReader::~CsvReader() { csv_free(&parser_); }

void CsvReader::end_field(void* text, std::size_t size, void* self) {
  static_cast<CsvReader*>(self)->open_.fields.emplace_back(static_cast<const char*>(text), size);
}

void CsvReader::end_record(int /*ended_by*/, void* self) {
  auto& reader = *static_cast<CsvReader*>(self);
  reader.ended_ = std::exchange(reader.open_, {});
  reader.bytes_ = 0;
}

base::Result<std::optional<CsvRecord>> CsvReader::read(std::string_view line, int number) {
  const bool is_first = bytes_ == 0;
  if (is_first) open_.line = number;
  bytes_ += line.size() + 1;
  if (bytes_ > longest_record) {
    return fault_at(open_.line, "一条记录超过 1 MiB；可能少了一个引号；其后的行没有读。",
                    "A record of more than 1 MiB; a quotation mark may be missing. What follows was not read.");
  }
  ended_.reset();
  const std::string text = std::string(line) + "\n";
  if (csv_parse(&parser_, text.data(), text.size(), end_field, end_record, this) != text.size()) {
    return fault_at(
        number, "引号有误：含逗号、引号或换行的值须整个放在双引号内，其中的双引号写两次（RFC 4180）；其后的行没有读。",
        "A misplaced quotation mark: a value with commas, quotation marks or line breaks stands in double "
        "quotation marks as a whole, and one inside is written twice (RFC 4180). What follows was not read.");
  }
  if (is_first && line.find_first_not_of(" \t\r") == std::string_view::npos) bytes_ = 0;
  return std::exchange(ended_, std::nullopt);
}

base::Done CsvReader::finish() const {
  if (bytes_ == 0) return base::Nothing{};
  return fault_at(open_.line, "引号没有结束。", "The quotation mark is not closed.");
}

}  // namespace tools::cebgate
