#include "tools/platform/ways.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "schemas/table.h"

namespace tools::platform {
namespace {

constexpr std::array<std::string_view, 5> after_inspection{"501", "502", "503", "505", "599"};
constexpr unsigned longest_pause = 86400;  // seconds

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A returnStatus: 1 to 10 characters (报文规范 202205 §3.2.4), a minus sign and digits.
bool is_status(std::string_view word) {
  return word.size() <= 10 && all_digits(word.starts_with('-') ? word.substr(1) : word);
}

std::optional<Step> step_in(const std::string& word) {
  const auto at = word.find('@');
  Step step{word.substr(0, at), ""};
  if (!is_status(step.status)) return {};
  if (at == std::string::npos) return step;
  unsigned seconds = 0;
  const char *begin = word.data() + at + 1, *end = word.data() + word.size();
  const auto [stopped, error] = std::from_chars(begin, end, seconds);
  if (error != std::errc() || stopped != end || seconds > longest_pause) return {};
  step.after = std::chrono::seconds(seconds);
  return step;
}

bool names_all(std::string_view words) { return words.find_first_of(",@") != std::string_view::npos; }

std::vector<std::string> leading_to(const Treatment& treatment, const std::string& last) {
  if (last.starts_with('-') || last == "1") return {last};
  std::vector<std::string> way = treatment.way;
  const auto usual = std::ranges::find(way, last);
  if (usual != way.end()) return {way.begin(), usual + 1};
  if (last == "100" || last == "3" || last == "4") return {way.front(), last};
  if (last == "899") {
    way.push_back(last);
    return way;
  }
  way.back() = last;
  if (std::ranges::find(after_inspection, last) != after_inspection.end()) way.insert(way.end() - 1, "500");
  return way;
}

}  // namespace

bool is_way(std::string_view words) {
  const auto parts = schemas::split(words, ',');
  return parts.size() <= most_statuses &&
         std::ranges::all_of(parts, [](const std::string& one) { return step_in(one).has_value(); });
}

std::vector<Step> way_to(const Treatment& treatment, std::string_view words) {
  std::vector<Step> steps;
  if (names_all(words)) {
    for (const std::string& one : schemas::split(words, ',')) steps.push_back(*step_in(one));
    return steps;
  }
  for (const std::string& status : leading_to(treatment, std::string(words))) steps.push_back({status, ""});
  return steps;
}

}  // namespace tools::platform
