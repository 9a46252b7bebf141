#include "tools/bench/report.h"

#include <algorithm>
#include <boost/json/value_from.hpp>
#include <cstdio>

#include "tools/cebgate/fault_text.h"

namespace tools::bench {

namespace {

namespace json = boost::json;

double rate(std::size_t count, double seconds) { return seconds > 0 ? static_cast<double>(count) / seconds : 0; }

double settled_rate(const Courses& courses) {
  return rate(courses.settled(), std::chrono::duration<double>(courses.settling()).count());
}

double cpu_seconds(const GatewayUse& gateway) {
  return gateway.samples.empty() ? 0 : gateway.samples.back().cpu_seconds - gateway.samples.front().cpu_seconds;
}

double cpu_milliseconds_each(const Outcome& outcome) {
  const std::size_t accepted = outcome.posts.accepted;
  return accepted == 0 ? 0 : 1000 * cpu_seconds(outcome.gateway) / static_cast<double>(accepted);
}

std::size_t most_memory(const GatewayUse& gateway) {
  const auto most = std::ranges::max_element(gateway.samples, {}, &Use::memory_bytes);
  return most == gateway.samples.end() ? 0 : most->memory_bytes;
}

std::string_view word(UseSource source) {
  constexpr std::string_view words[] = {"none", "proc", "metrics"};
  return words[static_cast<int>(source)];
}

json::object json_of(const Spread& spread) {
  return {{"count", spread.count}, {"p50", spread.p50}, {"p99", spread.p99}, {"max", spread.max}};
}

json::object json_of(const GatewayUse& gateway, double cpu_each) {
  json::object use{{"source", word(gateway.source)}};
  if (gateway.samples.empty()) return use;
  const auto& samples = gateway.samples;
  use["cpu_seconds"] = cpu_seconds(gateway);
  use["cpu_ms_per_document"] = cpu_each;
  use["memory_bytes"] = {{"start", samples.front().memory_bytes},
                         {"quarter", samples[samples.size() / 4].memory_bytes},
                         {"half", samples[samples.size() / 2].memory_bytes},
                         {"end", samples.back().memory_bytes},
                         {"most", most_memory(gateway)}};
  return use;
}

template <class... Values>
std::string print(const char* format, Values... values) {
  char line[512];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

std::string text_of(const Spread& spread) {
  return print("p50 %.1f ms  p99 %.1f ms  max %.1f ms", spread.p50, spread.p99, spread.max);
}

std::string counts_text(const std::string& title, const std::map<std::string, std::size_t>& counts) {
  std::string lines;
  for (const auto& [name, count] : counts)
    lines += title + "  " + cebgate::printable(name) + ": " + std::to_string(count) + "\n";
  return lines;
}

std::string gateway_text(const Outcome& outcome, cebgate::Language language) {
  const GatewayUse& gateway = outcome.gateway;
  const std::string title = cebgate::say(language, "网关    ", "gateway ");
  if (gateway.samples.empty()) {
    return title + cebgate::say(language, "CPU 与内存未知：用 --pid 给出它的进程号\n",
                                "CPU and memory unknown: name its process with --pid\n");
  }
  const double megabyte = 1024.0 * 1024.0;
  return title + print("CPU %.3f ms/%s  %s %.0f → %.0f MB (max %.0f)  [%s]\n", cpu_milliseconds_each(outcome),
                       cebgate::say(language, "份", "document").c_str(),
                       cebgate::say(language, "内存", "memory").c_str(),
                       static_cast<double>(gateway.samples.front().memory_bytes) / megabyte,
                       static_cast<double>(gateway.samples.back().memory_bytes) / megabyte,
                       static_cast<double>(most_memory(gateway)) / megabyte, std::string(word(gateway.source)).c_str());
}

}  // namespace

json::object report_json(const Outcome& outcome, const Options& options) {
  const Posts& posts = outcome.posts;
  json::object report;
  report["good"] = outcome.is_good(options.until);
  report["load"] = {{"mix", options.mix}, {"array", options.array}, {"connections", options.connections}};
  report["documents"] = {{"posted", posts.posted},
                         {"accepted", posts.accepted},
                         {"refused", posts.refused},
                         {"unanswered", posts.unanswered}};
  report["refusals"] = json::value_from(posts.refusals);
  report["failed_calls"] = json::value_from(posts.failures);
  report["accept"] = {{"seconds", outcome.posting.count()},
                      {"per_second", rate(posts.accepted, outcome.posting.count())},
                      {"calls", posts.calls},
                      {"busy", posts.busy},
                      {"repeated", posts.repeated},
                      {"latency_ms", json_of(posts.latencies.spread())}};
  if (options.until == Until::settled) {
    const Courses& courses = outcome.courses;
    report["settle"] = {{"seen", courses.seen()},
                        {"settled", courses.settled()},
                        {"per_second", settled_rate(courses)},
                        {"seconds", std::chrono::duration<double>(courses.settling()).count()},
                        {"latency_ms", json_of(courses.latencies().spread())},
                        {"states", json::value_from(courses.by_state())}};
  }
  report["gateway"] = json_of(outcome.gateway, cpu_milliseconds_each(outcome));
  report["generator"] = {{"cpu_seconds", outcome.own_cpu_seconds}};
  return report;
}

std::string report_text(const Outcome& outcome, const Options& options, cebgate::Language language) {
  const auto say = [language](std::string_view zh, std::string_view en) { return cebgate::say(language, zh, en); };
  const Posts& posts = outcome.posts;
  std::string text = say("提交    ", "posted  ") + std::to_string(posts.posted) + say("  受理 ", "  accepted ") +
                     std::to_string(posts.accepted) + say("  被退 ", "  refused ") + std::to_string(posts.refused) +
                     say("  无应答 ", "  unanswered ") + std::to_string(posts.unanswered) +
                     say("  网关忙 ", "  busy ") + std::to_string(posts.busy) + "\n";
  const std::string per_second = say(" 份/秒  ", " documents/s  ");
  text += say("受理    ", "accept  ") + print("%.0f", rate(posts.accepted, outcome.posting.count())) + per_second +
          text_of(posts.latencies.spread()) + "\n";
  if (options.until == Until::settled) {
    text += say("办结    ", "settled ") + std::to_string(outcome.courses.settled()) + "  " +
            print("%.0f", settled_rate(outcome.courses)) + per_second + text_of(outcome.courses.latencies().spread()) +
            "\n";
    text += counts_text(say("  状态", "  state"), outcome.courses.by_state());
  }
  text += counts_text(say("  被退", "  refused"), posts.refusals);
  text += counts_text(say("  调用失败", "  failed call"), posts.failures);
  return text + gateway_text(outcome, language);
}

}  // namespace tools::bench
