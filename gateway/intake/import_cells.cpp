#include "gateway/intake/import_cells.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

using codecs::ceb::JsonKind;
using codecs::ceb::JsonNode;

constexpr std::chrono::minutes clocks_may_differ{10};
constexpr std::string_view document = "document";  // no text: read by itself

bool is_whole_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// 2026-01-31 09:30:00, as databases print it
bool is_spelt_out(std::string_view text) {
  constexpr std::string_view form = "0000-00-00 00:00:00";
  return std::ranges::equal(text, form, [](char is, char wanted) {
    return wanted == '0' ? is >= '0' && is <= '9' : is == wanted || (wanted == ' ' && is == 'T');
  });
}

std::optional<base::Time> read_time(const std::string& text) {
  if (const auto time = base::read_china_digits(text)) return time;
  if (!is_spelt_out(text)) return base::read_rfc3339(text);
  std::string digits = text;
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  return base::read_china_digits(digits);
}

}  // namespace

ImportCells::ImportCells(const JsonNode& row, std::string place) : place_(std::move(place)) {
  for (const auto& [name, value] : row.members) {
    const auto [cell, is_first] = cells_.try_emplace(name, name == document ? "" : text_of(name, value));
    if (is_first) continue;
    refuse(name, "json.shape", name + " 出现了两次。", name + " stands here twice.");
  }
}

std::string ImportCells::text_of(const std::string& name, const JsonNode& value) {
  if (value.kind == JsonKind::string || value.kind == JsonKind::null) return value.text;
  if (value.kind == JsonKind::number && is_whole_number(value.text)) return value.text;
  refuse(name, "import.value", "应为字符串（整数也可以）。", "This has to be a string; a whole number will do.");
  return {};
}

std::string ImportCells::take(const std::string& name) const {
  const auto cell = cells_.find(name);
  return cell == cells_.end() ? std::string() : cell->second;
}

std::string ImportCells::demand(const std::string& name) {
  std::string text = take(name);
  if (text.empty() && !is_refused(name)) {
    refuse(name, "import.missing", "缺少 " + name + "，不能为空。", name + " is missing and must not be empty.");
  }
  return text;
}

std::optional<base::Time> ImportCells::take_time(const std::string& name, base::Time now) {
  const std::string text = take(name);
  if (text.empty()) return std::nullopt;
  const auto time = read_time(text);
  if (!time) {
    refuse(name, "import.value",
           "不是时间；可用：20260131093000、20260131093000123、2026-01-31 09:30:00（均为北京时间），或 "
           "2026-01-31T09:30:00+08:00。",
           "This is no time; allowed are 20260131093000, 20260131093000123 and 2026-01-31 09:30:00, all China time, "
           "or 2026-01-31T09:30:00+08:00.");
  } else if (*time > now + clocks_may_differ) {
    refuse(name, "import.value", "晚于现在，请核对。", "This lies in the future: look it up again.");
  }
  return time;
}

void ImportCells::refuse(std::string_view name, std::string code, std::string zh, std::string en) {
  faults_.push_back(views::fault(std::move(code), path_of(name), std::move(zh), std::move(en)));
}

void ImportCells::refuse_all_but(std::span<const std::string> allowed) {
  std::string names;
  for (const std::string& name : allowed) names += (names.empty() ? "" : ", ") + name;
  for (const auto& [name, text] : cells_) {
    if (text.empty() || std::ranges::find(allowed, name) != allowed.end()) continue;
    refuse(name, "import.column", "不认识 " + name + "；可用：" + names + "。",
           name + " is not known here; allowed are " + names + ".");
  }
}

bool ImportCells::is_refused(std::string_view name) const {
  return std::ranges::any_of(faults_, [path = path_of(name)](const base::Fault& fault) { return fault.path == path; });
}

std::string ImportCells::canonical(const std::map<std::string, std::string>& more) const {
  std::map<std::string, std::string> all = more;
  for (const auto& [name, text] : cells_) {
    if (!text.empty()) all.emplace(name, text);
  }
  boost::json::object row;
  for (const auto& [name, text] : all) row[name] = text;
  return boost::json::serialize(row);
}

}  // namespace gateway::intake
