#include "tools/bench/process_use.h"

#include <cstdlib>
#include <fstream>
#include <limits>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace tools::bench {

namespace {

std::optional<double> sample(std::string_view text, std::string_view name) {
  const std::string line_start = "\n" + std::string(name) + " ";
  const std::string whole = "\n" + std::string(text);
  const auto at = whole.find(line_start);
  if (at == std::string::npos) return std::nullopt;
  return std::strtod(whole.c_str() + at + line_start.size(), nullptr);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

std::optional<Use> use_of(pid_t process) {
  const std::string folder = "/proc/" + std::to_string(process);
  std::ifstream stat(folder + "/stat"), statm(folder + "/statm");
  stat.ignore(std::numeric_limits<std::streamsize>::max(), ')');  // the name may hold blanks
  std::string skipped;
  for (int field = 3; field < 14; ++field) stat >> skipped;
  double user_ticks = 0, system_ticks = 0;
  std::size_t all_pages = 0, resident_pages = 0;
  if (!(stat >> user_ticks >> system_ticks) || !(statm >> all_pages >> resident_pages)) return std::nullopt;
  return Use{(user_ticks + system_ticks) / static_cast<double>(sysconf(_SC_CLK_TCK)),
             resident_pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE))};
}

std::optional<Use> use_in_metrics(std::string_view text) {
  const auto cpu = sample(text, "process_cpu_seconds_total");
  const auto memory = sample(text, "process_resident_memory_bytes");
  if (!cpu || !memory) return std::nullopt;
  return Use{*cpu, static_cast<std::size_t>(*memory)};
}

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

}  // namespace tools::bench
