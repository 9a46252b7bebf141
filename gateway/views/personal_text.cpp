#include "gateway/views/personal_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gateway::views {

namespace {

constexpr std::string_view blanks = " \t\r\n";

bool is_a_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

void replace_each(std::string& text, std::string_view found, std::string_view instead) {
  for (auto at = text.find(found); at != std::string::npos; at = text.find(found, at + instead.size())) {
    text.replace(at, found.size(), instead);
  }
}

std::string resolved(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> references{
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}}};
  for (const auto& [reference, character] : references) replace_each(text, reference, character);
  return text;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// A start tag at `at`: its name as it is written, and where the content begins; nothing else and no empty element.
struct StartTag {
  std::string_view name;
  std::size_t content = 0;
};

std::string_view local(std::string_view name) { return name.substr(name.find(':') + 1); }

StartTag start_tag(std::string_view xml, std::size_t at) {
  const auto name_end = xml.find_first_of(" \t\r\n/>", at + 1);
  const auto tag_end = name_end == xml.npos ? xml.npos : xml.find('>', name_end);
  if (tag_end == xml.npos || xml[tag_end - 1] == '/') return {};
  return {xml.substr(at + 1, name_end - at - 1), tag_end + 1};
}

// A year of 1800 to 2099, a month, a day.
bool is_date(std::string_view digits) {
  const std::string_view century = digits.substr(0, 2), month = digits.substr(4, 2), day = digits.substr(6, 2);
  return (century == "18" || century == "19" || century == "20") && month >= "01" && month <= "12" && day >= "01" &&
         day <= "31";
}

// How many characters from the start of the run of digits are such a number; none: it is another.
std::size_t personal_number_size(std::string_view run, bool is_followed_by_x) {
  constexpr std::size_t identity_digits = 18, telephone_digits = 11, region_digits = 6, date_digits = 8;
  const bool has_identity_size = run.size() + (is_followed_by_x ? 1 : 0) == identity_digits;
  if (has_identity_size && is_date(run.substr(region_digits, date_digits))) return identity_digits;
  return run.size() == telephone_digits && run.front() == '1' && !is_followed_by_x ? telephone_digits : 0;
}

}  // namespace

std::string with_contents(std::string_view xml, const ElementNames& names,
                          const std::function<std::string(std::string_view)>& instead) {
  std::string made;
  std::size_t written = 0;
  for (auto at = xml.find('<'); at != xml.npos; at = xml.find('<', at + 1)) {
    const StartTag tag = start_tag(xml, at);
    if (tag.content == 0 || !names.contains(local(tag.name))) continue;
    // Where none closes it, all the rest is taken for its content: rather too much than too little.
    const auto end = std::min(xml.find("</" + std::string(tag.name), tag.content), xml.size());
    const std::string_view content = xml.substr(tag.content, end - tag.content);
    at = end - 1;
    if (trimmed(content).empty()) continue;
    made += xml.substr(written, tag.content - written);
    made += instead(content);
    written = end;
  }
  made += xml.substr(written);
  return made;
}

void PersonalValues::collect(std::string_view xml, const ElementNames& names) {
  with_contents(xml, names, [this](std::string_view content) {
    const std::string value(trimmed(content));
    for (const std::string& one : {value, resolved(value)}) {
      if (one.size() >= shortest_value_bytes) by_head_[one.substr(0, shortest_value_bytes)].insert(one);
    }
    return std::string();
  });
}

std::string PersonalValues::hidden_in(std::string_view text) const {
  std::string kept, head;
  kept.reserve(text.size());
  while (text.size() >= shortest_value_bytes) {
    head.assign(text, 0, shortest_value_bytes);
    const auto found = by_head_.find(head);
    std::size_t size = 0;
    if (found != by_head_.end()) {
      const auto value = std::ranges::find_if(found->second, [text](const auto& one) { return text.starts_with(one); });
      if (value != found->second.end()) size = value->size();
    }
    if (size > 0) {
      kept += mask;
    } else {
      kept += text.front();
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  kept += text;
  return kept;
}

std::string without_personal_numbers(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_a_digit(text[end])) ++end;
    if (end == at) {
      kept += text[at++];
      continue;
    }
    const bool has_x = end < text.size() && (text[end] == 'X' || text[end] == 'x');
    const std::size_t size = personal_number_size(text.substr(at, end - at), has_x);
    const std::size_t behind = at + size;
    const bool is_by_itself =
        (at == 0 || !is_letter(text[at - 1])) && (behind >= text.size() || !is_letter(text[behind]));
    if (size > 0 && is_by_itself) {
      kept += mask;
      at = behind;
    } else {
      kept += text.substr(at, end - at);
      at = end;
    }
  }
  return kept;
}

}  // namespace gateway::views
