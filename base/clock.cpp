#include "base/clock.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace base {

using namespace std::chrono;

namespace {

constexpr hours china_offset{8};

struct Parts {
  int year, month, day, hour, minute, second, millisecond;
};

Parts china_parts(Time time) {
  const auto local = time + china_offset;
  const auto midnight = floor<days>(local);
  const year_month_day date{midnight};
  const hh_mm_ss clock{local - midnight};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count()),
          static_cast<int>(clock.subseconds().count())};
}

std::string print(const char* format, const Parts& p) {
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), format, p.year, p.month, p.day, p.hour, p.minute, p.second,
                                 p.millisecond);
  return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || digits.front() == '-') return std::nullopt;
  return value;
}

std::optional<Time> moment(const Parts& p, minutes offset) {
  const year_month_day date{year{p.year}, month{static_cast<unsigned>(p.month)}, day{static_cast<unsigned>(p.day)}};
  if (!date.ok() || p.hour > 23 || p.minute > 59 || p.second > 59) return std::nullopt;
  return Time{sys_days{date}.time_since_epoch() + hours{p.hour} + minutes{p.minute} + seconds{p.second} +
              milliseconds{p.millisecond} - offset};
}

// yyyyMMddHHmmss, with or without three digits of milliseconds.
std::optional<Parts> read_parts(std::string_view text) {
  if (text.size() != 14 && text.size() != 17) return std::nullopt;
  std::array<int, 7> values{};
  constexpr std::array<std::size_t, 7> widths{4, 2, 2, 2, 2, 2, 3};
  std::size_t at = 0;
  for (std::size_t i = 0; i < widths.size() && at < text.size(); at += widths[i], ++i) {
    const auto value = number(text.substr(at, widths[i]));
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  return Parts{values[0], values[1], values[2], values[3], values[4], values[5], values[6]};
}

std::optional<minutes> read_offset(std::string_view text) {
  if (text == "Z" || text == "z") return minutes{0};
  if (text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hour = number(text.substr(1, 2));
  const auto minute = number(text.substr(4, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  const minutes offset = hours{*hour} + minutes{*minute};
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

Time SystemClock::now() const { return floor<milliseconds>(system_clock::now()); }

std::string china_digits14(Time time) { return print("%04d%02d%02d%02d%02d%02d", china_parts(time)); }
std::string china_digits17(Time time) { return print("%04d%02d%02d%02d%02d%02d%03d", china_parts(time)); }
std::string china_text(Time time) { return print("%04d-%02d-%02d %02d:%02d:%02d", china_parts(time)); }
std::string rfc3339(Time time) { return print("%04d-%02d-%02dT%02d:%02d:%02d.%03d+08:00", china_parts(time)); }

std::optional<Time> read_china_digits(std::string_view digits) {
  const auto parts = read_parts(digits);
  return parts ? moment(*parts, china_offset) : std::nullopt;
}

std::optional<Time> read_rfc3339(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
      text[16] != ':') {
    return std::nullopt;
  }
  std::string digits;
  for (const std::size_t at : {0, 2, 5, 8, 11, 14, 17}) digits += text.substr(at, 2);
  auto rest = text.substr(19);
  std::string fraction = "000";
  if (rest.front() == '.') {
    const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return std::nullopt;
    fraction = (std::string(rest.substr(1, end - 1)) + "000").substr(0, 3);
    rest.remove_prefix(end);
  }
  const auto parts = read_parts(digits + fraction);
  const auto offset = read_offset(rest);
  return parts && offset ? moment(*parts, *offset) : std::nullopt;
}

}  // namespace base
