// cebgate doctor: whether everything a start needs is in place, one line each, with what to do. It opens every key as
// the gateway does, and like the gateway it never tries a PIN again that was refused.
#include <algorithm>
#include <boost/json/array.hpp>
#include <iostream>
#include <memory>

#include "base/clock.h"
#include "base/core_dumps.h"
#include "config/settings.h"
#include "gateway/archive/care.h"
#include "gateway/keys/keys.h"
#include "gateway/notify/notify.h"
#include "signing/keys/file_key.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

namespace {

using gateway::keys::KeyReport;
using gateway::keys::Nearness;
using gateway::keys::Standing;

struct Options {
  std::string settings;
  Format format = Format::text;
};

enum class Verdict { pass, warning, fail };

struct Subject {  // what was looked at
  std::string zh, en;
};

struct Finding {
  Verdict verdict = Verdict::pass;
  Subject subject;
  std::string zh, en;
};
using Findings = std::vector<Finding>;

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::warning:
      return "warning";
    case Verdict::fail:
      return "fail";
  }
  return "";
}

std::string word_for(Verdict verdict, Language language) {
  switch (verdict) {
    case Verdict::pass:
      return say(language, "通过", "pass");
    case Verdict::warning:
      return say(language, "注意", "warn");
    case Verdict::fail:
      return say(language, "不通过", "FAIL");
  }
  return "";
}

Subject settings_at(const std::string& file) { return {"设置 " + file, "settings " + file}; }

Subject certificate_of(const gateway::keys::CertificateFacts& certificate) {
  return {"证书 " + certificate.serial, "certificate " + certificate.serial};
}

Subject key_of(const std::string& enterprise, const std::string& key) {
  return {"企业 " + enterprise + "，密钥 " + key, "enterprise " + enterprise + ", key " + key};
}

Finding judged_end(const KeyReport& key, base::Time now) {
  const auto& certificate = *key.certificate;
  const auto days = std::chrono::duration_cast<std::chrono::days>(certificate.not_after - now).count();
  const std::string date = base::rfc3339(certificate.not_after).substr(0, 10), left = std::to_string(days);
  Finding finding{Verdict::pass, certificate_of(certificate),
                  certificate.subject + "，有效至 " + date + "（还有 " + left + " 天）",
                  certificate.subject + ", until " + date + " (" + left + " days)"};
  const auto nearness = gateway::keys::nearness(certificate.not_after, now);
  if (nearness == Nearness::far || key.standing == Standing::relieved) return finding;
  finding.verdict = nearness == Nearness::ended ? Verdict::fail : Verdict::warning;
  finding.zh += "；请向电子口岸申请新证书，作为 [[enterprise.keys]] 与旧证书并列，用 from 写明启用时间";
  finding.en +=
      "; apply to the E-Port for the next one and set it beside this one as [[enterprise.keys]] with the time it takes "
      "over in `from`";
  return finding;
}

Finding judged_standing(const KeyReport& key) {
  const Subject subject = key_of(key.enterprise, key.key);
  switch (key.standing) {
    case Standing::in_use:
      return {Verdict::pass, subject, "可签名，自检签名有效", "signs, and its own signature verifies"};
    case Standing::waiting:
    case Standing::relieved:
      return {Verdict::pass, subject, key.why_zh, key.why_en};
    case Standing::resting:
    case Standing::out_of_use:
      break;
  }
  return {Verdict::fail, subject, key.why_zh, key.why_en};
}

Finding judged_company(const KeyReport& key) {
  return {Verdict::warning, certificate_of(*key.certificate),
          "证书属于 " + key.another_company + "，不是企业 " + key.enterprise + " 的 name；请核对是否用错了证书",
          "it belongs to " + key.another_company + ", which is not the `name` of enterprise " + key.enterprise +
              "; check whether this is the right certificate"};
}

Findings careless_files(const config::Settings& settings) {
  Findings findings;
  for (const auto& enterprise : settings.enterprises) {
    for (const auto& key : enterprise.keys) {
      for (const auto& fault : signing::keys::key_file_care(key.uri)) {
        findings.push_back({Verdict::fail, key_of(enterprise.code, key.uri), fault.zh, fault.en});
      }
    }
  }
  return findings;
}

Findings faulty(const base::Faults& faults, const std::string& file) {
  Findings findings;
  for (const auto& fault : faults) {
    const std::string line = fault.line > 0 ? ":" + std::to_string(fault.line) : "";
    const std::string path = fault.path.empty() ? "" : ", " + fault.path;
    findings.push_back({Verdict::fail, settings_at(file + line + path), fault.zh, fault.en});
  }
  return findings;
}

Findings judged_archive(const config::Archive& archive) {
  const Subject subject{"归档目录 " + archive.directory.string(), "archive " + archive.directory.string()};
  Findings findings;
  for (const auto& fault : gateway::archive::care(archive)) {
    const bool is_warning = fault.severity == base::Severity::warning;
    findings.push_back({is_warning ? Verdict::warning : Verdict::fail, subject, fault.zh, fault.en});
  }
  if (findings.empty()) findings.push_back({Verdict::pass, subject, "可写", "can be written"});
  return findings;
}

Findings examine(const config::Settings& settings) {
  Findings findings{{Verdict::pass, settings_at(settings.file.string()), "设置无误", "the settings are good"}};
  for (auto& careless : careless_files(settings)) findings.push_back(std::move(careless));
  if (const auto secrets = gateway::notify::read_secrets(settings); !secrets) {
    for (auto& fault : faulty(secrets.faults(), settings.file.string())) findings.push_back(std::move(fault));
  }
  if (settings.archive) {
    for (auto& finding : judged_archive(*settings.archive)) findings.push_back(std::move(finding));
  }
  const base::SystemClock clock;
  gateway::keys::Keys keys(settings, clock);
  keys.care();
  keys.settle();
  for (const auto& key : keys.report()) {
    findings.push_back(judged_standing(key));
    if (key.certificate) findings.push_back(judged_end(key, clock.now()));
    if (!key.another_company.empty()) findings.push_back(judged_company(key));
  }
  return findings;
}

void print(const Findings& findings, Language language) {
  for (const auto& finding : findings) {
    std::cout << word_for(finding.verdict, language) << "  "
              << printable(say(language, finding.subject.zh, finding.subject.en)) << ": "
              << printable(say(language, finding.zh, finding.en)) << "\n";
  }
}

void print_json(const Findings& findings) {
  boost::json::array rows;
  for (const auto& finding : findings) {
    rows.push_back(
        {{"verdict", word(finding.verdict)}, {"subject", finding.subject.en}, {"zh", finding.zh}, {"en", finding.en}});
  }
  std::cout << pretty(rows);
}

Exit doctor(const Options& options, Language language) {
  base::forbid_core_dumps();
  const auto settings = config::read_settings(options.settings);
  const Findings findings = settings ? examine(*settings) : faulty(settings.faults(), options.settings);
  if (options.format == Format::json) {
    print_json(findings);
  } else {
    print(findings, language);
  }
  if (!settings && settings.faults().front().code == "settings.file") return Exit::unusable;
  const bool fails = std::ranges::any_of(findings, [](const auto& one) { return one.verdict == Verdict::fail; });
  return fails ? Exit::fault : Exit::good;
}

}  // namespace

void add_doctor(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App& command = program.command("doctor", "检查启动所需的一切是否就绪：设置、密钥、证书",
                                      "whether what a start needs is in place: settings, keys, certificates");
  command.add_option("--config", options->settings, program.say("设置文件（TOML）", "the settings (TOML)"))
      ->required()
      ->type_name("FILE");
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return doctor(*options, language); });
}

}  // namespace tools::cebgate
