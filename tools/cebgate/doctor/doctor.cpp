// cebgate doctor: the steps of the guide as a checklist, with what can be seen from here. It changes nothing, and like
// the gateway it never tries a PIN again that was refused.
#include <exception>
#include <iostream>
#include <map>
#include <memory>

#include "base/clock.h"
#include "base/core_dumps.h"
#include "config/settings.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/doctor/checks.h"
#include "tools/cebgate/doctor/faulty.h"
#include "tools/cebgate/doctor/report.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

namespace doctor {

namespace {

enum class Form { text, json, html };

struct Options {
  std::string settings, output;  // files; output empty: stdout
  Form form = Form::text;
};

// The machine may be short of what a check needs, files for example; the list goes on.
Findings looked(const Check& check, const config::Settings& settings) {
  try {
    return check.look(settings);
  } catch (const std::exception& error) {
    const std::string why = error.what();
    return {{Verdict::fail,
             {name(check.step).zh + "，查验", "check of step " + std::to_string(number(check.step))},
             {"中断：" + why, "it broke off: " + why},
             {"请看打开文件数上限和内存", "see the open file limit and the memory"},
             own_administrators()}};
  }
}

Report examined(const config::Settings& settings) {
  Report report;
  for (const Check& check : checks()) {
    if (report.empty() || report.back().step != check.step) report.push_back({check.step, {}});
    append(report.back().findings, looked(check, settings));
  }
  return report;
}

std::string written(const Report& report, const Options& options, Language language) {
  switch (options.form) {
    case Form::json:
      return as_json(report);
    case Form::html:
      return as_page(report, {options.settings, CEBGATE_VERSION, base::SystemClock().now()});
    case Form::text:
      break;
  }
  return as_text(report, language);
}

Exit run(const Options& options, Language language) {
  base::forbid_core_dumps();
  const auto settings = config::read_settings(options.settings);
  const Report report =
      settings ? examined(*settings) : Report{{Step::settings, faulty(settings.faults(), options.settings)}};
  const std::string text = written(report, options, language);
  if (options.output.empty()) {
    std::cout << text;
  } else if (const auto done = write_file(options.output, text); !done) {
    print_faults(std::cerr, options.output, done.faults(), language);
    return Exit::unusable;
  }
  if (!settings && settings.faults().front().code == "settings.file") return Exit::unusable;
  return fails(report) ? Exit::fault : Exit::good;
}

}  // namespace

}  // namespace doctor

void add_doctor(Program& program) {
  const std::map<std::string, doctor::Form> forms = {
      {"text", doctor::Form::text}, {"json", doctor::Form::json}, {"html", doctor::Form::html}};
  auto options = std::make_shared<doctor::Options>();
  CLI::App& command = program.command(
      "doctor", "按接入步骤检查：编码、密钥、证书、口岸、时钟、账本、磁盘，并指出该联系谁",
      "the steps to the platform as a checklist: codes, keys, certificates, ports, clock, ledger, disk");
  command.add_option("--config", options->settings, program.say("设置文件（TOML）", "the settings (TOML)"))
      ->required()
      ->type_name("FILE");
  command
      .add_option("--format", options->form,
                  program.say("输出格式：text、json 或 html（一页，可打印）", "text, json, or html: one page to print"))
      ->transform(CLI::CheckedTransformer(forms).description(""))
      ->type_name("text|json|html");
  command
      .add_option("-o,--output", options->output, program.say("写入文件，而不是标准输出", "a file instead of stdout"))
      ->type_name("FILE");
  program.does(command, [options, language = program.language()] { return doctor::run(*options, language); });
}

}  // namespace tools::cebgate
