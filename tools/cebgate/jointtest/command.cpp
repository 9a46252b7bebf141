// cebgate jointtest: runs a plan of scenarios through a gateway, against the simulator or a real platform, and reports.
#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "schemas/code_tables.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/jointtest/reporting.h"
#include "tools/cebgate/jointtest/telling.h"
#include "tools/cebgate/program.h"
#include "tools/jointtest/journal.h"
#include "tools/jointtest/run.h"

namespace tools::cebgate {

namespace {

struct JointTestOptions {
  std::string plan, resume, run_directory;
  jointtest::Against against = jointtest::Against::simulator;
  CustomsChoice customs;
  Format format = Format::text;
};

// A folder of the run's own for its owner alone: it holds whole messages.
std::filesystem::path run_folder(const JointTestOptions& options) {
  if (!options.resume.empty()) return std::filesystem::absolute(options.resume);
  const std::string now = base::china_digits14(base::SystemClock().now());
  return std::filesystem::absolute(options.run_directory.empty() ? "jointtest-" + now : options.run_directory);
}

base::Fault folder_fault(const std::filesystem::path& folder, std::string zh, std::string en) {
  return {"jointtest.journal", folder.string(), std::move(zh), std::move(en), "docs/formats/joint-plan.md"};
}

// What keeps the folder from being used; nothing where it can be.
std::optional<base::Fault> prepare(const std::filesystem::path& folder, const JointTestOptions& options) {
  namespace fs = std::filesystem;
  std::error_code error;
  const bool goes_on = !options.resume.empty();
  if (goes_on && !fs::exists(folder / jointtest::journal_name, error)) {
    return folder_fault(folder, "这里没有可以继续的运行。", "There is no run to go on with here.");
  }
  if (goes_on) return std::nullopt;
  fs::create_directories(folder, error);
  if (error || !fs::is_empty(folder, error) || error) {
    return folder_fault(folder, "应为新的或空的目录。", "A new or empty folder is needed.");
  }
  fs::permissions(folder, fs::perms::owner_all, error);
  return std::nullopt;
}

// What is wrong with the plan is the input's; a folder or a program is not.
Exit exit_of(const base::Faults& faults) {
  const bool is_environment = std::ranges::any_of(faults, [](const base::Fault& fault) {
    return fault.code == "jointtest.site" || fault.code == "jointtest.journal" || fault.code == "settings.file" ||
           fault.code.starts_with("settings.secret");
  });
  return is_environment ? Exit::unusable : Exit::fault;
}

// Each where it is: in the plan, or in the file that it names itself.
void tell(const base::Faults& faults, const std::string& plan, Language language) {
  for (base::Fault fault : faults) {
    const std::string file = fault.code.starts_with("jointtest.") ? std::exchange(fault.path, "") : plan;
    print_faults(std::cerr, file, {fault}, language);
  }
}

Exit exit_of(const jointtest::Ran& ran) {
  if (ran.ending == jointtest::Ending::stopped) return Exit::unusable;
  const bool has_failed =
      std::ranges::any_of(ran.results.cases, [](const auto& one) { return one.verdict == jointtest::Verdict::failed; });
  return has_failed ? Exit::fault : Exit::good;
}

// With the day up to which the newest code table goes.
std::vector<std::string> versions(const JointTestOptions& options, const schemas::Catalog& catalog) {
  std::vector<std::string> versions{"cebgate " CEBGATE_VERSION, "schemas " + catalog.edition()};
  std::string day;
  if (const auto tables = schemas::CodeTables::load(data_folders(options.customs))) {
    for (const auto& table : tables->tables()) day = std::max(day, table.as_of);
  }
  if (!day.empty()) versions.push_back("code tables " + day);
  return versions;
}

Exit run_plan(const JointTestOptions& options, Language language) {
  const auto data = CustomsData::load(options.customs);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  const auto plan = jointtest::read_plan(options.plan, data->catalog());
  if (!plan) {
    tell(plan.faults(), options.plan, language);
    return exit_of(plan.faults());
  }
  const std::filesystem::path folder = run_folder(options);
  if (const auto fault = prepare(folder, options)) {
    tell({*fault}, options.plan, language);
    return Exit::unusable;
  }
  Telling telling(*plan, options.format, language);
  jointtest::RunTerms terms;
  terms.catalog = &data->catalog();
  terms.against = options.against;
  terms.place = {std::filesystem::read_symlink("/proc/self/exe").parent_path(), folder};
  terms.versions = versions(options, data->catalog());
  terms.watching = telling.watching();
  const auto ran = jointtest::run_plan(*plan, terms);
  if (!ran) {
    tell(ran.faults(), options.plan, language);
    return exit_of(ran.faults());
  }
  telling.finish(*ran, options.plan, folder);
  const Exit reported = leave_report(ran->results, folder, data->catalog(), options.format, language);
  return reported == Exit::good ? exit_of(*ran) : reported;
}

}  // namespace

void add_jointtest(Program& program) {
  auto options = std::make_shared<JointTestOptions>();
  CLI::App& command = program.command("jointtest", "接口联调测试：按计划运行场景（run），出具报告（report）",
                                      "joint tests: run a plan of scenarios, report on it");
  command.require_subcommand(1);
  CLI::App& runs = *command.add_subcommand(
      "run", program.say("按计划驱动网关，逐步判断，写入运行目录", "drive a gateway through a plan, judge each step"));
  program.argument(runs, "PLAN", options->plan, program.say("计划文件（TOML）", "the plan (TOML)"))->required();
  const std::map<std::string, jointtest::Against> names = {{"simulator", jointtest::Against::simulator},
                                                           {"platform", jointtest::Against::platform}};
  runs.add_option("--against", options->against,
                  program.say("对方：simulator 模拟平台（默认），platform 真实平台",
                              "whom: the simulator (default), or a real platform"))
      ->transform(CLI::CheckedTransformer(names).description(""))
      ->type_name("simulator|platform");
  auto* directory = runs.add_option("--run-dir", options->run_directory,
                                    program.say("新的运行目录（默认 jointtest-时间）",
                                                "the new run's folder (default: jointtest-TIME)"))
                        ->type_name("DIR");
  runs.add_option("--resume", options->resume,
                  program.say("继续一次中断的运行", "go on with a run that was interrupted"))
      ->type_name("RUN_DIR")
      ->excludes(directory);
  add_customs_options(program, runs, options->customs);
  program.add_format(runs, options->format);
  program.does(runs, [options, language = program.language()] { return run_plan(*options, language); });
  add_report(program, command);
}

}  // namespace tools::cebgate
