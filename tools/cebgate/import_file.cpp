#include "tools/cebgate/import_file.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "codecs/ceb/exact_json.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

constexpr std::size_t longest_line = CsvReader::longest_record;
constexpr std::array<std::string_view, 2> needed_columns{"type", "enterprise"};

base::Fault fault_at(int line, std::string code, std::string zh, std::string en) {
  base::Fault fault;
  fault.code = std::move(code);
  fault.line = line;
  fault.zh = std::move(zh);
  fault.en = std::move(en);
  return fault;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

std::string in_quotes(std::string_view text) { return boost::json::serialize(boost::json::string(text)); }

base::Fault no_rows() {
  return fault_at(0, "import.empty", "文件中没有要导入的行。", "The file holds no row to import.");
}

}  // namespace

base::Result<std::unique_ptr<ImportFile>> ImportFile::open(const std::filesystem::path& file) {
  std::unique_ptr<ImportFile> opened(new ImportFile);
  std::error_code ignored;
  errno = 0;
  opened->in_.open(file, std::ios::binary);
  if (!opened->in_ || std::filesystem::is_directory(file, ignored)) {
    const std::string why = std::strerror(errno == 0 ? EISDIR : errno);
    return fault_at(0, "file.read", "无法读取文件：" + why, "the file cannot be read: " + why);
  }
  if (auto done = opened->look_through(); !done) return done.faults();
  opened->rewind();
  if (opened->form_ == Form::csv) {
    if (auto done = opened->read_header(); !done) return done.faults();
  }
  return opened;
}

base::Done ImportFile::look_through() {
  const Decoder utf8("UTF-8");
  std::string begin;
  int not_utf8 = 0;
  while (auto line = read_line()) {
    if (begin.empty() && !is_blank(*line)) begin = *line;
    if (not_utf8 == 0 && !utf8.utf8(*line)) not_utf8 = line_;
    ++lines_;
  }
  if (begin.empty()) return no_rows();
  const char first = begin[begin.find_first_not_of(" \t\r")];
  if (first == '[') {
    return fault_at(1, "import.form", "这是一个 JSON 数组；请每行写一个对象（jq -c '.[]' FILE）。",
                    "This is a JSON array: write one object a line (jq -c '.[]' FILE).");
  }
  form_ = first == '{' ? Form::json_lines : Form::csv;
  if (not_utf8 > 0) {
    if (form_ == Form::json_lines) {
      return fault_at(not_utf8, "import.encoding", "不是 UTF-8；JSON 只能用 UTF-8。",
                      "This is not UTF-8, and JSON has to be.");
    }
    decoder_.emplace("GB18030");
  }
  return base::Nothing{};
}

void ImportFile::rewind() {
  in_.clear();
  in_.seekg(0);
  line_ = 0;
  is_at_end_ = false;
  waiting_.clear();
  if (form_ != Form::csv) return;
  csv_.emplace();
  if (header_.empty()) return;
  while (auto line = read_line()) {
    const auto record = csv_->read(*line, line_);
    if (!record || *record) return;
  }
}

base::Done ImportFile::read_header() {
  std::optional<CsvRecord> record;
  while (!record) {
    const auto line = read_line();
    if (!line) return csv_->finish() ? base::Done(no_rows()) : csv_->finish();
    auto read = csv_->read(*line, line_);
    if (!read) return read.faults();
    record = std::move(*read);
  }
  base::Faults faults;
  const int line = record->line;
  for (const std::string& field : record->fields) {
    const auto name = decoder_ ? decoder_->utf8(field) : std::optional(field);
    if (!name || name->empty() || std::ranges::find(header_, *name) != header_.end()) {
      faults.push_back(fault_at(
          line, "import.header",
          "表头第 " + std::to_string(header_.size() + 1) + " 列的列名为空、重复或无法辨认：" + name.value_or("?"),
          "the name of column " + std::to_string(header_.size() + 1) +
              " of the header is empty, repeated or not readable: " + name.value_or("?")));
    }
    header_.push_back(name.value_or(""));
  }
  for (const std::string_view needed : needed_columns) {
    if (std::ranges::find(header_, needed) != header_.end()) continue;
    faults.push_back(fault_at(line, "import.header",
                              "表头没有 " + std::string(needed) + " 列；第一行应为列名，逗号分隔。",
                              "The header has no column " + std::string(needed) +
                                  ": the first line holds the names of the columns, with commas between."));
  }
  if (!faults.empty()) return faults;
  return base::Nothing{};
}

// Without its line break and, at the head of the file, the byte order mark. One that is too long comes cut: as a row it
// is a fault.
std::optional<std::string> ImportFile::read_line() {
  constexpr int end = std::ifstream::traits_type::eof();
  std::streambuf& bytes = *in_.rdbuf();
  std::string line;
  int next = bytes.sbumpc();
  if (next == end) return std::nullopt;
  for (; next != end && next != '\n'; next = bytes.sbumpc()) {
    if (line.size() <= longest_line) line += static_cast<char>(next);
  }
  return ++line_ == 1 ? std::string(without_bom(line)) : line;
}

std::optional<ImportFile::Part> ImportFile::next(const std::set<int>& left_out) {
  if (is_at_end_ && waiting_.empty()) return std::nullopt;
  Part part;
  part.rows = {"application/json", "", 0, 0, {}};
  if (!waiting_.empty()) {
    part.rows.body = "[" + std::exchange(waiting_, {});
    part.rows.lines.push_back(waiting_line_);
    part.rows.documents = 1;
  }
  while (part.rows.documents < most_documents_in_a_post && waiting_.empty() &&
         part.faults.size() < most_documents_in_a_post) {
    if (read_row(part, left_out) == Reading::ends) break;
  }
  part.rows.body += part.rows.documents == 0 ? "[]" : "]";
  if (is_at_end_ && part.rows.documents == 0 && part.faults.empty()) return std::nullopt;
  return part;
}

ImportFile::Reading ImportFile::read_row(Part& part, const std::set<int>& left_out) {
  const auto line = read_line();
  if (!line) {
    is_at_end_ = true;
    const base::Done done = csv_ ? csv_->finish() : base::Done(base::Nothing{});
    if (!done && !left_out.contains(done.faults().front().line)) part.faults.push_back(done.faults().front());
    return Reading::ends;
  }
  if (form_ == Form::csv) return read_csv_row(part, *line, left_out);
  if (!is_blank(*line) && !left_out.contains(line_)) read_json_row(part, *line);
  return Reading::goes_on;
}

void ImportFile::add(Part& part, std::string row, int line) {
  Posting& rows = part.rows;
  if (rows.documents > 0 && rows.body.size() + row.size() > most_bytes_in_a_post) {
    waiting_ = std::move(row);
    waiting_line_ = line;
    return;
  }
  rows.body += (rows.documents == 0 ? "[" : ",") + row;
  rows.lines.push_back(line);
  ++rows.documents;
}

void ImportFile::read_json_row(Part& part, const std::string& line) {
  if (line.size() > longest_line) {
    part.faults.push_back(fault_at(line_, "import.form", "一行超过 1 MiB。", "A line of more than 1 MiB."));
    return;
  }
  const auto read = codecs::ceb::read_json(line);
  if (read) return add(part, exact(*read), line_);
  for (base::Fault fault : read.faults()) {
    fault.line = line_;
    part.faults.push_back(std::move(fault));
  }
}

ImportFile::Reading ImportFile::read_csv_row(Part& part, const std::string& line, const std::set<int>& left_out) {
  const auto read = csv_->read(line, line_);
  if (!read) {
    is_at_end_ = true;
    csv_.reset();
    part.faults.push_back(read.faults().front());
    return Reading::ends;
  }
  if (!*read) return Reading::goes_on;
  const CsvRecord& record = **read;
  const bool is_empty = std::ranges::all_of(record.fields, [](const std::string& field) { return field.empty(); });
  if (is_empty || left_out.contains(record.line)) return Reading::goes_on;
  const std::size_t had = part.faults.size();
  std::string row = json_of(record, part.faults);
  if (part.faults.size() == had) add(part, std::move(row), record.line);
  return Reading::goes_on;
}

// A cell of the column document holds JSON; an empty cell is absent.
std::string ImportFile::json_of(const CsvRecord& record, base::Faults& faults) const {
  if (record.fields.size() != header_.size()) {
    const std::string has = std::to_string(record.fields.size()), wanted = std::to_string(header_.size());
    faults.push_back(fault_at(record.line, "import.csv", "有 " + has + " 个值，表头有 " + wanted + " 列。",
                              has + " values, but the header has " + wanted + " columns."));
    return {};
  }
  std::string row = "{";
  for (std::size_t i = 0; i < header_.size(); ++i) {
    const std::string& name = header_[i];
    const auto text = decoder_ ? decoder_->utf8(record.fields[i]) : std::optional(record.fields[i]);
    if (!text) {
      faults.push_back(fault_at(record.line, "import.encoding", name + "：既不是 UTF-8 也不是 GB18030。",
                                name + ": this is neither UTF-8 nor GB18030."));
      continue;
    }
    if (text->empty()) continue;
    const auto document = name == "document" ? codecs::ceb::read_json(*text) : codecs::ceb::JsonNode{};
    if (!document) {
      faults.push_back(fault_at(record.line, document.faults().front().code, name + "：" + document.faults().front().zh,
                                name + ": " + document.faults().front().en));
      continue;
    }
    row += (row.size() > 1 ? "," : "") + in_quotes(name) + ":" +
           (name == "document" ? exact(*document) : in_quotes(*text));
  }
  return row + "}";
}

}  // namespace tools::cebgate
