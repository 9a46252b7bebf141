// The ledger, looked at without opening it for work, and the archive.
#include "gateway/archive/care.h"
#include "gateway/ledger/kinds/look_at_ledger.h"
#include "tools/cebgate/doctor/checks.h"

namespace tools::cebgate::doctor {

namespace {

// A ledger's errors say the same in Chinese and English on one line.
Words both_of(const std::string& line) {
  constexpr std::string_view between = " / ";
  const auto english = line.rfind(between);
  if (english == std::string::npos) return {line, line};
  return {line.substr(0, english), line.substr(english + between.size())};
}

Words ledger_subject(const std::string& url) {
  const std::string place = url.starts_with("sqlite:") ? url.substr(std::string_view("sqlite:").size()) : "PostgreSQL";
  return {"账本 " + place, "ledger " + place};  // an address may hold a password
}

}  // namespace

Findings check_ledger(const config::Settings& settings) {
  const Words subject = ledger_subject(settings.ledger.url);
  try {
    const auto view = gateway::ledger::kinds::look_at_ledger(settings.ledger.url);
    if (!view.version) {
      return {{Verdict::pass, subject, {"尚未建立，首次启动时建立", "not there yet; the first start makes it"}}};
    }
    const std::string has = std::to_string(*view.version), newest = std::to_string(view.newest);
    if (*view.version == view.newest) {
      return {{Verdict::pass, subject, {"可以打开，版本 " + has, "it can be opened; version " + has}}};
    }
    return {{Verdict::pass,
             subject,
             {"可以打开，版本 " + has + "；下次启动时升级到 " + newest + "，之后旧程序不能再用",
              "it can be opened; version " + has + ", which the next start brings to " + newest +
                  ", beyond what older programs know"}}};
  } catch (const gateway::ledger::LedgerError& error) {
    return {{Verdict::fail, subject, both_of(error.what())}};
  }
}

Findings check_archive(const config::Settings& settings) {
  if (!settings.archive) return {};
  const std::string folder = settings.archive->directory.string();
  const Words subject{"归档目录 " + folder, "archive " + folder};
  Findings findings;
  for (const auto& fault : gateway::archive::care(*settings.archive)) {
    const bool is_warning = fault.severity == base::Severity::warning;
    findings.push_back({is_warning ? Verdict::warning : Verdict::fail, subject, {fault.zh, fault.en}});
  }
  if (findings.empty()) findings.push_back({Verdict::pass, subject, {"可写", "can be written"}});
  return findings;
}

}  // namespace tools::cebgate::doctor
