#include "codecs/hainan/listing.h"

#include <algorithm>

namespace codecs::hainan {

namespace {

constexpr std::string_view between_records = ", ";
constexpr std::string_view between_fields = ", ";

base::Fault form_fault(const ListingForm& form, const std::string& zh, const std::string& en) {
  return {.code = "listing.form",
          .path = form.path,
          .zh = form.path + " 的回执列表无法读取：" + zh,
          .en = "the listing of " + form.path + " cannot be read: " + en,
          .source = {}};
}

base::Fault record_fault(const ListingForm& form, const std::string& zh, const std::string& en) {
  return {.code = "listing.record",
          .path = form.path,
          .zh = form.path + " 的回执记录无法读取：" + zh,
          .en = "a record of " + form.path + " cannot be read: " + en,
          .source = {}};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white_space = " \t\r\n";
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// "{NAME=": a value that holds "}, {" mostly does not go on like this.
bool begins_record(std::string_view text) {
  if (!text.starts_with('{')) return false;
  std::size_t end = 1;
  while (end < text.size() && is_name_character(text[end])) ++end;
  return end > 1 && end < text.size() && text[end] == '=';
}

// Where the first record of the text ends: behind "}" before ", {NAME=". Nothing: no other record follows.
std::optional<std::size_t> end_of_first(std::string_view text) {
  for (auto at = text.find("}, {"); at != std::string_view::npos; at = text.find("}, {", at + 1)) {
    if (begins_record(text.substr(at + 1 + between_records.size()))) return at + 1;
  }
  return std::nullopt;
}

std::vector<std::string> records_in(std::string_view text) {
  std::vector<std::string> records;
  while (const auto end = end_of_first(text)) {
    records.emplace_back(text.substr(0, *end));
    text.remove_prefix(*end + between_records.size());
  }
  records.emplace_back(text);
  return records;
}

// The fields of one record, one after the other.
class Fields {
 public:
  struct Field {
    std::string_view name, value;
  };

  Fields(const ListingForm& form, std::string_view inside) : form_(form), rest_(inside) {
    if (name_at(rest_).empty()) rest_.remove_prefix(next_field());
  }

  std::optional<Field> next() {
    const std::string_view name = name_at(rest_);
    if (name.empty()) return std::nullopt;
    seen_.push_back(name);
    rest_.remove_prefix(name.size() + 1);
    const auto next = next_field();
    const auto value = rest_.substr(0, next == rest_.size() ? next : next - between_fields.size());
    rest_.remove_prefix(next);
    return Field{name, value};
  }

 private:
  // The known, not yet seen NAME of "NAME=…" at the beginning of the text; empty if it begins otherwise.
  std::string_view name_at(std::string_view text) const {
    std::size_t end = 0;
    while (end < text.size() && is_name_character(text[end])) ++end;
    if (end == text.size() || text[end] != '=') return {};
    const std::string_view name = text.substr(0, end);
    if (!form_.meaning.contains(name) || std::ranges::find(seen_, name) != seen_.end()) return {};
    return name;
  }

  // Where the next field begins, at its NAME, or the size of the rest.
  std::size_t next_field() const {
    for (auto at = rest_.find(between_fields); at != rest_.npos; at = rest_.find(between_fields, at + 1)) {
      const auto name = at + between_fields.size();
      if (!name_at(rest_.substr(name)).empty()) return name;
    }
    return rest_.size();
  }

  const ListingForm& form_;
  std::string_view rest_;
  std::vector<std::string_view> seen_;
};

bool is_record(std::string_view text) { return text.size() >= 2 && text.starts_with('{') && text.ends_with('}'); }

std::string_view inside_of(std::string_view record) { return record.substr(1, record.size() - 2); }

}  // namespace

base::Result<std::vector<std::string>> split_listing(const ListingForm& form, std::string_view text) {
  const std::string_view list = trimmed(text);
  if (!list.starts_with('[')) {
    return form_fault(form, "不是以“[”开头的列表，可能是网页或错误信息",
                      "it does not begin with “[”; it may be a web page or an error text");
  }
  const std::string_view inside =
      trimmed(list.substr(1, list.size() > 1 && list.back() == ']' ? list.size() - 2 : list.npos));
  if (inside.empty() && list.ends_with(']')) return std::vector<std::string>();
  if (!inside.empty() && !begins_record(inside)) {
    return form_fault(form, "列表中没有“{名称=值”形式的记录", "it holds no record of the form “{NAME=value”");
  }
  const bool is_whole = list.ends_with(']') && inside.ends_with('}');
  if (is_whole) return records_in(inside);
  const auto whole_records = std::to_string(inside.empty() ? 0 : records_in(inside).size() - 1);
  return form_fault(form, "文本在第 " + whole_records + " 条完整记录之后中断；请重新查询",
                    "the text is cut off after " + whole_records + " whole records; ask again");
}

base::Result<std::map<std::string, std::string>> read_record(const ListingForm& form, std::string_view record) {
  if (!is_record(record)) {
    return record_fault(form, "记录应以“{”开头、以“}”结尾", "it must begin with “{” and end with “}”");
  }
  std::map<std::string, std::string> values;
  Fields fields(form, inside_of(record));
  bool is_known = false;
  while (const auto field = fields.next()) {
    is_known = true;
    const std::string& meaning = form.meaning.find(field->name)->second;
    if (!meaning.empty() && field->value != "null") values[meaning] = field->value;
  }
  if (!is_known) return record_fault(form, "没有已知的名称", "it holds none of the known names");
  return values;
}

std::optional<std::string_view> value_in(const ListingForm& form, std::string_view record, std::string_view meaning) {
  if (!is_record(record)) return std::nullopt;
  Fields fields(form, inside_of(record));
  while (const auto field = fields.next()) {
    if (form.meaning.find(field->name)->second != meaning) continue;
    return field->value == "null" ? std::nullopt : std::optional(field->value);
  }
  return std::nullopt;
}

std::string write_record(const ListingForm& form, const std::map<std::string, std::string>& fields) {
  std::string record = "{";
  for (const auto& [name, meaning] : form.meaning) {
    const auto field = fields.find(meaning);
    if (!meaning.empty() && field == fields.end()) continue;
    record.append(record.size() > 1 ? between_fields : "").append(name).append("=");
    record += meaning.empty() ? "1" : field->second;
  }
  return record + "}";
}

std::string write_listing(std::span<const std::string> records) {
  std::string list = "[";
  for (const std::string& record : records) list.append(list.size() > 1 ? between_records : "").append(record);
  return list + "]";
}

}  // namespace codecs::hainan
