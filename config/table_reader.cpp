#include "config/table_reader.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

namespace config {

using std::chrono::milliseconds;

namespace {

std::string listed(const std::vector<std::string_view>& words) {
  std::string list;
  for (const std::string_view word : words) list.append(list.empty() ? "" : ", ").append(word);
  return list;
}

// "20ms", "2s", "2m", "1h"; nothing for anything else.
std::optional<milliseconds> read_duration(std::string_view text) {
  constexpr std::size_t most_digits = 9;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc{} || digits > most_digits || count < 0) return std::nullopt;
  const std::string_view unit = text.substr(digits);
  if (unit == "ms") return milliseconds(count);
  if (unit == "s") return std::chrono::seconds(count);
  if (unit == "m") return std::chrono::minutes(count);
  if (unit == "h") return std::chrono::hours(count);
  if (unit == "d") return std::chrono::hours(24 * count);
  return std::nullopt;
}

std::string written(milliseconds duration) {
  const auto count = duration.count();
  if (count != 0 && count % 3600000 == 0) return std::to_string(count / 3600000) + "h";
  if (count != 0 && count % 1000 == 0) return std::to_string(count / 1000) + "s";
  return std::to_string(count) + "ms";
}

base::Time moment(const toml::date_time& written_time) {
  using namespace std::chrono;
  const auto& [date, time, offset] = std::tie(written_time.date, written_time.time, *written_time.offset);
  const sys_days day = year(date.year) / month(date.month) / date.day;
  return time_point_cast<milliseconds>(day + hours(time.hour) + minutes(time.minute) + seconds(time.second) +
                                       nanoseconds(time.nanosecond)) -
         minutes(offset.minutes);
}

}  // namespace

TableReader::TableReader(const toml::table& table, std::string path, base::Faults& faults)
    : table_(&table), path_(std::move(path)), faults_(&faults) {}

std::string TableReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void TableReader::complain(std::string_view key, std::string code, std::string zh, std::string en) {
  const toml::node* node = table_->get(key);
  const auto& place = node != nullptr ? node->source() : table_->source();
  base::Fault fault{std::move(code), path_of(key), std::move(zh), std::move(en), {}};
  fault.line = static_cast<int>(place.begin.line);
  faults_->push_back(std::move(fault));
}

void TableReader::wrong_type(std::string_view key, const std::string& zh, const std::string& en) {
  complain(key, "settings.type", "“" + path_of(key) + "” 必须是" + zh + "。",
           "\"" + path_of(key) + "\" must be " + en + ".");
}

void TableReader::allow(const std::vector<std::string_view>& keys) {
  for (const auto& [name, node] : *table_) {
    const std::string_view key = name.str();
    if (std::ranges::find(keys, key) != keys.end()) continue;
    complain(key, "settings.unknown", "没有 “" + path_of(key) + "” 这一项；此处允许：" + listed(keys) + "。",
             "There is no setting \"" + path_of(key) + "\"; allowed here: " + listed(keys) + ".");
  }
}

std::optional<std::string> TableReader::text(std::string_view key) {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_string()) return value->get();
  wrong_type(key, "带引号的文本", "text in quotes");
  return std::nullopt;
}

std::string TableReader::required_text(std::string_view key) {
  auto value = text(key);
  const bool absent = !has(key);
  if (absent || (value && value->empty())) {
    complain(key, "settings.missing", "必须填写 “" + path_of(key) + "”。", "\"" + path_of(key) + "\" must be given.");
  }
  return value.value_or("");
}

std::vector<std::string> TableReader::texts(std::string_view key) {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return {};
  std::vector<std::string> list;
  const toml::array* array = node->as_array();
  if (array != nullptr) {
    for (const auto& element : *array) {
      if (const auto* value = element.as_string()) list.push_back(value->get());
    }
  }
  if (array == nullptr || list.size() != array->size()) {
    wrong_type(key, "文本列表，例如 [\"a\", \"b\"]", "a list of texts, like [\"a\", \"b\"]");
  }
  return list;
}

std::map<std::string, std::string> TableReader::text_map(std::string_view key) {
  std::map<std::string, std::string> map;
  const toml::node* node = table_->get(key);
  if (node == nullptr) return map;
  const toml::table* inner = node->as_table();
  if (inner == nullptr) {
    wrong_type(key, "表，例如 { NAME = \"…\" }", "a table, like { NAME = \"…\" }");
    return map;
  }
  TableReader reader(*inner, path_of(key), *faults_);
  for (const auto& [name, value] : *inner) map[std::string(name.str())] = reader.text(name.str()).value_or("");
  return map;
}

std::map<std::string, milliseconds> TableReader::duration_map(std::string_view key, DurationRange range) {
  std::map<std::string, milliseconds> map;
  const toml::node* node = table_->get(key);
  if (node == nullptr) return map;
  const toml::table* inner = node->as_table();
  if (inner == nullptr) {
    wrong_type(key, "表，例如 { NAME = \"48h\" }", "a table, like { NAME = \"48h\" }");
    return map;
  }
  TableReader reader(*inner, path_of(key), *faults_);
  for (const auto& [name, value] : *inner) reader.duration(name.str(), map[std::string(name.str())], range);
  return map;
}

std::optional<base::Time> TableReader::time(std::string_view key) {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* written_time = node->as_date_time(); written_time != nullptr && written_time->get().offset) {
    return moment(written_time->get());
  }
  if (const auto* written_text = node->as_string()) {
    if (const auto read = base::read_rfc3339(written_text->get())) return read;
  }
  complain(key, "settings.value", "“" + path_of(key) + "” 应为带时区的时间，例如 2026-12-01T00:00:00+08:00。",
           "\"" + path_of(key) + "\" must be a time with its offset, like 2026-12-01T00:00:00+08:00.");
  return std::nullopt;
}

bool TableReader::truth(std::string_view key, bool otherwise) {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return otherwise;
  if (const auto* value = node->as_boolean()) return value->get();
  wrong_type(key, "true 或 false", "true or false");
  return otherwise;
}

void TableReader::duration(std::string_view key, milliseconds& into, DurationRange range) {
  const auto given = text(key);
  if (!given) return;
  const auto value = read_duration(*given);
  if (value && *value >= range.least && *value <= range.most) {
    into = *value;
    return;
  }
  const std::string least = written(range.least), most = written(range.most);
  complain(key, "settings.value",
           "“" + path_of(key) + "” 应为 " + least + " 至 " + most +
               " 的时长，写作整数加 ms、s、m、h 或 d，例如 \"20ms\"、\"2m\"。",
           "\"" + path_of(key) + "\" must be a duration from " + least + " to " + most +
               ", a whole number with ms, s, m, h or d, like \"20ms\" or \"2m\".");
}

std::optional<std::int64_t> TableReader::whole_number(std::string_view key, NumberRange range) {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_integer();
  if (value == nullptr) {
    wrong_type(key, "整数", "a whole number");
    return std::nullopt;
  }
  if (value->get() >= range.least && value->get() <= range.most) return value->get();
  const std::string least = std::to_string(range.least), most = std::to_string(range.most);
  complain(key, "settings.value", "“" + path_of(key) + "” 应在 " + least + " 至 " + most + " 之间。",
           "\"" + path_of(key) + "\" must be from " + least + " to " + most + ".");
  return std::nullopt;
}

TableReader TableReader::table(std::string_view key) {
  static const toml::table nothing;
  const toml::node* node = table_->get(key);
  const toml::table* inner = node == nullptr ? nullptr : node->as_table();
  if (node != nullptr && inner == nullptr) {
    wrong_type(key, "表，写作 [" + path_of(key) + "]", "a table, written [" + path_of(key) + "]");
  }
  return {inner == nullptr ? nothing : *inner, path_of(key), *faults_};
}

std::vector<TableReader> TableReader::tables(std::string_view key) {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return {};
  std::vector<TableReader> readers;
  const toml::array* array = node->as_array();
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    const toml::table* element = array->get(i)->as_table();
    if (element == nullptr) continue;
    readers.emplace_back(*element, path_of(key) + "[" + std::to_string(i) + "]", *faults_);
  }
  if (array == nullptr || readers.size() != array->size()) {
    wrong_type(key, "表的列表，写作 [[" + path_of(key) + "]]", "a list of tables, written [[" + path_of(key) + "]]");
  }
  return readers;
}

}  // namespace config
