#include "tools/cebgate/doctor/machine.h"

#include <filesystem>
#include <sys/resource.h>

#include "gateway/http/server.h"
#include "tools/cebgate/doctor/checks.h"

namespace tools::cebgate::doctor {

namespace {

constexpr std::uintmax_t mebibyte = std::uintmax_t{1} << 20;
constexpr std::uintmax_t least_room = 256 * mebibyte;  // the log of the ledger alone takes up to 64 MiB
constexpr std::uintmax_t enough_room = 5120 * mebibyte;

constexpr std::uint64_t of_the_program = 64;   // itself, its log, timers, keys
constexpr std::uint64_t of_the_ledger = 32;    // connections, files, locks
constexpr std::uint64_t of_a_few_calls = 100;  // ERPs, operators, metrics
constexpr std::uint64_t of_a_question = 4;     // a DXPID's receipts at a port: a connection, or a folder with its watch

// The folder itself, or the one that it will be made in.
std::filesystem::path that_is_there(std::filesystem::path folder) {
  std::error_code error;
  while (folder.has_relative_path() && !std::filesystem::exists(folder, error)) folder = folder.parent_path();
  return folder;
}

Finding judged_disk(const Words& what, const std::filesystem::path& folder) {
  const Words subject{what.zh + "（" + folder.string() + "）", what.en + " (" + folder.string() + ")"};
  std::error_code error;
  const auto space = std::filesystem::space(that_is_there(folder), error);
  if (!error) return judged_room(subject, space.available);
  return {Verdict::not_checkable,
          subject,
          {"系统没有给出剩余空间：" + error.message(), "the system does not tell its room: " + error.message()},
          {"请用 df -h 查看", "see with df -h"}};
}

}  // namespace

Finding judged_room(const Words& subject, std::uintmax_t free_bytes) {
  const std::string free = std::to_string(free_bytes / mebibyte);
  Finding finding{Verdict::pass, subject, {"剩余 " + free + " MiB", free + " MiB are free"}};
  if (free_bytes >= enough_room) return finding;
  finding.verdict = free_bytes < least_room ? Verdict::fail : Verdict::warning;
  finding.to_do = {"请腾出空间：至少 256 MiB，最好 5 GiB 以上", "free some: at least 256 MiB, better 5 GiB and more"};
  return finding;
}

Findings check_disks(const config::Settings& settings) {
  constexpr std::string_view in_file = "sqlite:";
  Findings findings;
  if (settings.ledger.url.starts_with(in_file)) {
    const std::filesystem::path file = settings.ledger.url.substr(in_file.size());
    findings.push_back(judged_disk({"账本所在磁盘", "disk of the ledger"}, file.parent_path()));
  } else {
    findings.push_back({Verdict::not_checkable,
                        {"账本所在磁盘", "disk of the ledger"},
                        {"在数据库服务器上，从这里看不到", "it is the database server's, and cannot be seen from here"},
                        {"请在数据库服务器上查看", "look there"}});
  }
  if (settings.archive) {
    findings.push_back(judged_disk({"归档所在磁盘", "disk of the archive"}, settings.archive->directory));
  }
  return findings;
}

OpenFiles open_files_of(const config::Settings& settings) {
  OpenFiles needed{of_the_program + of_the_ledger, 0};
  for (const auto& port : settings.ports) {
    needed.least += port.most_at_once + of_a_question * settings.enterprises.size();
  }
  needed.most = needed.least + gateway::http::ServerOptions{}.most_connections;
  needed.least += of_a_few_calls;
  return needed;
}

Finding judged_open_files(const OpenFiles& needed, std::uint64_t limit) {
  const std::string is = std::to_string(limit), least = std::to_string(needed.least),
                    most = std::to_string(needed.most);
  Finding finding{Verdict::pass,
                  {"打开文件数上限", "open file limit"},
                  {"上限 " + is + "，按设置最多需要 " + most, "it is " + is + "; the settings need up to " + most}};
  if (limit >= needed.most) return finding;
  finding.verdict = limit < needed.least ? Verdict::fail : Verdict::warning;
  finding.to_do = {
      "请提高到 " + most +
          " 以上：ulimit -n，或 systemd 单元中的 LimitNOFILE（config/cebgate.service 为 65536）；"
          "此处看到的是本次运行的上限",
      "raise it over " + most +
          ": ulimit -n, or LimitNOFILE of the systemd unit (65536 in config/cebgate.service); what is seen "
          "here is the limit of this run"};
  return finding;
}

Findings check_open_files(const config::Settings& settings) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return {judged_open_files(open_files_of(settings), limit.rlim_cur)};
}

}  // namespace tools::cebgate::doctor
