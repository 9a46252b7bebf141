#include "tools/cebgate/doctor/clock.h"

#include <chrono>
#include <cstdlib>

#include "tools/cebgate/doctor/steps.h"

namespace tools::cebgate::doctor {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds most_apart{2000};
constexpr milliseconds tick{1000};            // of a Date
constexpr milliseconds slowest_answer{2000};  // one that took longer tells too little

Words by_hand() {
  return {"请用 timedatectl 查看时间是否已同步", "see with timedatectl whether the clock is synchronized"};
}

Words why_unknown(const config::Port& port) {
  if (port.profile == "hainan-http") {
    return {"该口岸没有回答，或回答中没有 Date", "the port does not answer, or its answer has no Date"};
  }
  return {"该口岸的协议不带时间，只有 HTTP 口岸才能比较",
          "this port's protocol tells no time; only ports over HTTP can be compared with"};
}

std::string seconds(milliseconds length) {
  const auto tenths = std::abs(length.count()) / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

Finding judged_clock(const config::Port& port, const gateway::channels::View& view) {
  const Words subject{"口岸 " + port.name + "，时钟", "port " + port.name + ", clock"};
  if (!view.clock) return {Verdict::not_checkable, subject, why_unknown(port), by_hand(), own_administrators()};
  const auto& [said, asked, answered] = *view.clock;
  if (answered - asked > slowest_answer) {
    return {Verdict::not_checkable,
            subject,
            {"回答太慢，无法比较", "the answer took too long to compare by"},
            by_hand(),
            own_administrators()};
  }
  // How far the port's clock is ahead of ours: at least, at most.
  const milliseconds least = said - answered, most = said + tick - asked;
  if (least <= most_apart && most >= -most_apart) {
    return {Verdict::pass, subject, {"与口岸的 Date 相差不到 2 秒", "within 2 s of the port's Date"}};
  }
  const bool is_behind = least > most_apart;  // ours
  const std::string apart = seconds(is_behind ? least : most);
  return {Verdict::fail,
          subject,
          {std::string("本机时钟比口岸") + (is_behind ? "慢" : "快") + "至少 " + apart + " 秒，最多允许 2 秒",
           "this machine's clock is at least " + apart + " s " + (is_behind ? "behind" : "ahead of") +
               " the port's; at most 2 s are allowed"},
          {"请启用时间同步：timedatectl set-ntp true；appTime 和 qryid 都取自本机时钟",
           "have it synchronized: timedatectl set-ntp true; appTime and qryid come from this clock"},
          own_administrators()};
}

}  // namespace tools::cebgate::doctor
