#include "tools/cebgate/jointtest/reporting.h"

#include <iostream>
#include <memory>
#include <string>

#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"
#include "tools/jointtest/journal.h"
#include "tools/jointtest/report/write_report.h"

namespace tools::cebgate {

namespace {

using jointtest::report::Masking;

struct ReportOptions {
  std::string run;
  Masking masking = Masking::masked;
  CustomsChoice customs;
  Format format = Format::text;
};

Exit write(const jointtest::RunResult& results, const std::filesystem::path& folder, const schemas::Catalog& catalog,
           Masking masking, Language language) {
  const auto done = jointtest::report::write_report(results, folder, catalog, masking);
  if (done) return Exit::good;
  print_faults(std::cerr, "", done.faults(), language);
  return Exit::unusable;
}

Exit report(const ReportOptions& options, Language language) {
  const auto data = CustomsData::load(options.customs);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  const std::filesystem::path folder = std::filesystem::absolute(options.run);
  const auto results = jointtest::read_results(folder);
  if (!results) {
    print_faults(std::cerr, "", results.faults(), language);
    return Exit::unusable;
  }
  const Exit written = write(*results, folder, data->catalog(), options.masking, language);
  if (written != Exit::good) return written;
  if (options.format == Format::json) {
    std::cout << pretty(boost::json::object{{"report", (folder / "report.html").string()},
                                            {"junit", (folder / "junit.xml").string()},
                                            {"evidence", (folder / "evidence.zip").string()}});
    return Exit::good;
  }
  std::cout << say(language, "报告：", "the report: ") << (folder / "report.html").string() << "\n";
  return Exit::good;
}

}  // namespace

Exit leave_report(const jointtest::RunResult& results, const std::filesystem::path& folder,
                  const schemas::Catalog& catalog, Format format, Language language) {
  const Exit written = write(results, folder, catalog, Masking::masked, language);
  if (written == Exit::good && format == Format::text) {
    std::cout << say(language, "报告：", "the report: ") << (folder / "report.html").string() << "\n";
  }
  return written;
}

void add_report(Program& program, CLI::App& jointtest) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App& command = *jointtest.add_subcommand(
      "report", program.say("重新写出一次运行的报告：report.html、junit.xml、evidence.zip",
                            "write the report of a run anew: report.html, junit.xml, evidence.zip"));
  program.argument(command, "RUN_DIR", options->run, program.say("运行目录", "the run's folder"))->required();
  command.add_flag_callback(
      "--show-personal-data", [options] { options->masking = Masking::shown; },
      program.say("不遮盖个人信息；文件仅本人可读", "do not mask personal data; the files are for their owner alone"));
  add_customs_options(program, command, options->customs);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return report(*options, language); });
}

}  // namespace tools::cebgate
