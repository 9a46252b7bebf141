#include "gateway/views/parameters.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/views/answers.h"

namespace gateway::views {

Parameters::Parameters(const std::map<std::string, std::string>& query, std::vector<std::string_view> known,
                       std::string place)
    : query_(query), place_(std::move(place)) {
  std::string allowed;
  for (const std::string_view name : known) allowed.append(allowed.empty() ? "" : ", ").append(name);
  for (const auto& [name, value] : query) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    refuse(name, "没有这个参数；可用：" + (allowed.empty() ? "无" : allowed) + "。",
           "There is no such parameter; allowed: " + (allowed.empty() ? "none" : allowed) + ".");
  }
}

std::optional<std::string> Parameters::text(const std::string& name) const {
  const auto found = query_.find(name);
  return found == query_.end() || found->second.empty() ? std::nullopt : std::optional(found->second);
}

std::optional<base::Time> Parameters::time(const std::string& name) {
  const auto written = text(name);
  if (!written) return std::nullopt;
  const auto time = base::read_rfc3339(*written);
  if (!time) {
    refuse(name, "应为带时区的 RFC 3339 时间，如 2026-01-31T09:30:00+08:00。",
           "This has to be an RFC 3339 time with offset, such as 2026-01-31T09:30:00+08:00.");
  }
  return time;
}

std::optional<std::int64_t> Parameters::number(const std::string& name, std::int64_t least, std::int64_t most) {
  const auto written = text(name);
  if (!written) return std::nullopt;
  std::int64_t number = 0;
  const char* end = written->data() + written->size();
  const auto read = std::from_chars(written->data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end && number >= least && number <= most) return number;
  const std::string from = std::to_string(least), to = std::to_string(most);
  refuse(name, "应为 " + from + " 到 " + to + " 的整数。",
         "This has to be a whole number from " + from + " to " + to + ".");
  return std::nullopt;
}

void Parameters::refuse(const std::string& name, std::string zh, std::string en) {
  faults_.push_back(fault("api.parameter", place_ + name, std::move(zh), std::move(en)));
}

http::Response wrong_parameters(const Parameters& parameters) {
  return http::Response::problem(400, "the query cannot be read", parameters.faults());
}

}  // namespace gateway::views
