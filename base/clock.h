// The time, as something that can be handed in, and its written forms. All customs times are China time, +08:00,
// whatever the host's zone. Clocks are safe from every thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace base {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override;
};

std::string china_digits14(Time time);  // 20260131093000, as appTime and qryid
std::string china_digits17(Time time);  // 20260131093000123, as returnTime
std::string china_text(Time time);      // 2026-01-31 09:30:00, as SendTime
std::string rfc3339(Time time);         // 2026-01-31T09:30:00.123+08:00

// 14 or 17 digits of China time that name a real moment; nothing for anything else.
std::optional<Time> read_china_digits(std::string_view digits);
// RFC 3339 with offset or Z; nothing for anything else.
std::optional<Time> read_rfc3339(std::string_view text);

}  // namespace base
