#include "gateway/channels/as3/listing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace gateway::channels::as3 {

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::size_t most_words_before_size = 6;  // rights, links, owner, group, and what some add

enum class EntryKind { file, other };

struct Line {
  EntryKind kind = EntryKind::other;
  Listed listed;
};

// The form of `text`, in which 0 stands for any digit.
bool has_form(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char c, char f) { return f == '0' ? c >= '0' && c <= '9' : c == f; });
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

// A name may begin with spaces: one alone stands before it.
std::string rest_of(std::string_view text) { return std::string(text.substr(std::min<std::size_t>(1, text.size()))); }

// -rw-r--r-- 1 owner group 1234 Jan 31 09:30 NAME; or 2026-01-31 09:30.
std::optional<Line> unix_line(std::string_view text) {
  const std::string_view rights = next_word(text);
  if (rights.size() < 10 || std::string_view("-dlbcps").find(rights.front()) == std::string_view::npos) return {};
  std::string_view last;
  for (std::size_t word_number = 0; word_number < most_words_before_size; ++word_number) {
    const std::string_view word = next_word(text);
    const auto bytes = number_in(last);
    const bool is_month = std::ranges::find(months, word) != months.end(), is_date = has_form(word, "0000-00-00");
    last = word;
    if (!bytes || !(is_month || is_date)) continue;
    std::string written(word);
    for (int words = is_month ? 2 : 1; words > 0; --words) written.append(" ").append(next_word(text));
    const EntryKind kind = rights.front() == '-' ? EntryKind::file : EntryKind::other;
    return Line{kind, {rest_of(text), *bytes, written}};
  }
  return {};
}

// 01-31-26  09:30AM       1234 NAME
std::optional<Line> dos_line(std::string_view text) {
  const std::string_view date = next_word(text);
  if (!has_form(date, "00-00-00") && !has_form(date, "00-00-0000")) return {};
  const std::string written = std::string(date) + " " + std::string(next_word(text));
  const std::string_view size = next_word(text);
  if (size == "<DIR>") return Line{EntryKind::other, {}};
  const auto bytes = number_in(size);
  if (!bytes) return {};
  return Line{EntryKind::file, {rest_of(text), *bytes, written}};
}

bool is_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && std::ranges::none_of(name, [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '/' || c == '\\' || c == '\x7f';
  });
}

base::Fault not_read(std::string_view line) {
  std::string shown(line.substr(0, 80));
  std::ranges::replace_if(
      shown, [](char c) { return c < ' ' || c > '~'; }, '?');
  return {"as3.listing", shown, "FTP 服务器的目录列表中有无法读取的一行：" + shown + "；请把服务器的列表设为 UNIX 格式",
          "a line of the FTP server's listing cannot be read: " + shown + "; let the server list as Unix does",
          "RFC 959 §4.1.3"};
}

}  // namespace

base::Result<std::vector<Listed>> read_listing(std::string_view text) {
  std::vector<Listed> files;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with("total ")) continue;
    auto read = unix_line(line);
    if (!read) read = dos_line(line);
    if (!read || (read->kind == EntryKind::file && !is_name(read->listed.name))) return not_read(line);
    if (read->kind == EntryKind::file) files.push_back(std::move(read->listed));
  }
  std::ranges::sort(files, {}, &Listed::name);
  return files;
}

bool is_temporary(std::string_view name) { return name.starts_with('.') || name.ends_with(".tmp"); }

}  // namespace gateway::channels::as3
