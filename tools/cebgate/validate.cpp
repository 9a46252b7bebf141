// cebgate validate: judges each file as it is, every fault at once; the message inside an envelope as well.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <future>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "base/xml.h"
#include "gateway/http/message.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/envelopes.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

constexpr unsigned most_jobs = 64;

struct ValidateOptions {
  std::vector<std::string> files;
  schemas::Level level = schemas::Level::all;
  unsigned jobs = std::clamp(std::thread::hardware_concurrency(), 1U, most_jobs);
  CustomsChoice customs;
  Format format = Format::text;
};

struct Judged {
  schemas::Verdict verdict;
  Exit exit = Exit::good;
};

// What every job needs; safe from every thread.
class FileJudge {
 public:
  FileJudge(const schemas::Catalog& catalog, const schemas::Judge& judge, schemas::Level level)
      : catalog_(catalog), judge_(judge), level_(level) {}

  Judged judge(const std::string& file) const {
    Judged judged;
    const auto text = read_file(file);
    if (text) {
      judged.verdict = judge_envelope(*text);
    } else {
      judged.verdict.faults = text.faults();
    }
    const bool is_unreadable = !text && text.faults().front().code != too_large;
    if (!judged.verdict.valid()) judged.exit = is_unreadable ? Exit::unusable : Exit::fault;
    return judged;
  }

 private:
  schemas::Verdict judge_text(const std::string& text) const {
    const auto document = base::XmlDocument::read(text);
    if (document) return judge_.judge(*document, level_, schemas::SignatureDemand::as_schema_says);
    return {.type = {}, .faults = document.faults()};
  }

  // The verdict on the whole; its type is that of the message, where there is one inside.
  schemas::Verdict judge_envelope(const std::string& text) const {
    schemas::Verdict whole = judge_text(text);
    if (!is_envelope(catalog_, whole.type)) return whole;
    const auto content = codecs::dxp::read(text);
    if (!content) {
      add_new(whole.faults, content.faults());
    } else if (const codecs::dxp::Envelope* envelope = envelope_of(*content)) {
      schemas::Verdict inside = judge_text(envelope->data);
      if (is_envelope(catalog_, inside.type)) inside = {.type = {}, .faults = {nested_envelope(inside.type)}};
      if (!inside.type.empty()) whole.type = inside.type;
      std::ranges::move(faults_inside(*content, std::move(inside.faults)), std::back_inserter(whole.faults));
    }
    return whole;
  }

  // The codec's faults at places where the judge has named none: it knows some of them better.
  static void add_new(base::Faults& faults, const base::Faults& of_codec) {
    const std::size_t judged = faults.size();
    for (const base::Fault& fault : of_codec) {
      const auto end = faults.begin() + static_cast<std::ptrdiff_t>(judged);
      if (std::find_if(faults.begin(), end, [&](const auto& known) { return known.path == fault.path; }) == end) {
        faults.push_back(fault);
      }
    }
  }

  const schemas::Catalog& catalog_;
  const schemas::Judge& judge_;
  const schemas::Level level_;
};

// Verdicts in the order of the files, each written as soon as it is its turn.
class VerdictPrinter {
 public:
  VerdictPrinter(Format format, Language language) : format_(format), language_(language) {}

  void print(const std::string& file, const schemas::Verdict& verdict) {
    if (format_ == Format::json) return print_json(file, verdict);
    print_faults(std::cout, file, verdict.faults, language_);
    if (!verdict.valid()) return;
    std::cout << file << ": " << say(language_, "有效", "valid") << " (" << verdict.type << ")\n";
  }

  void finish() const {
    if (format_ == Format::json) std::cout << array_end;
  }

 private:
  static constexpr std::string_view array_end = "\n]\n";

  // One array for all, although no more than one object is ever held.
  void print_json(const std::string& file, const schemas::Verdict& verdict) {
    boost::json::object object;
    object["file"] = file;
    object["type"] = verdict.type;
    object["valid"] = verdict.valid();
    object["faults"] = boost::json::parse(gateway::http::faults_json(verdict.faults));
    const std::string alone = pretty(boost::json::array{std::move(object)});
    std::cout << (is_first_ ? "[" : ",") << std::string_view(alone).substr(1, alone.size() - 1 - array_end.size());
    is_first_ = false;
  }

  const Format format_;
  const Language language_;
  bool is_first_ = true;
};

// At most `jobs` files are in memory at any time.
Exit judge_all(const ValidateOptions& options, const FileJudge& judge, Language language) {
  VerdictPrinter printer(options.format, language);
  Exit exit = Exit::good;
  std::deque<std::future<Judged>> running;
  auto finished = options.files.begin();
  const auto finish_first = [&] {
    const Judged judged = running.front().get();
    running.pop_front();
    exit = worse(exit, judged.exit);
    printer.print(*finished++, judged.verdict);
  };
  for (const std::string& file : options.files) {
    if (running.size() == options.jobs) finish_first();
    running.push_back(std::async(std::launch::async, &FileJudge::judge, &judge, std::cref(file)));
  }
  while (!running.empty()) finish_first();
  printer.finish();
  return exit;
}

Exit validate(const ValidateOptions& options, Language language) {
  const auto data = CustomsData::load(options.customs);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  const auto judge = data->judge();
  if (!judge) {
    print_faults(std::cerr, "", judge.faults(), language);
    return Exit::unusable;
  }
  return judge_all(options, FileJudge(data->catalog(), *judge, options.level), language);
}

}  // namespace

void add_validate(Program& program) {
  auto options = std::make_shared<ValidateOptions>();
  CLI::App& command = program.command("validate", "校验 CEB 报文及其 DXP 信封：架构、规则、代码表，一次列出全部错误",
                                      "judge CEB messages, and the DXP envelope round them, by schema, rules and code "
                                      "tables, every fault at once");
  program
      .argument(command, "FILE", options->files,
                program.say("CEB XML 文件，或 DxpMsg、DxpMsgSv、DxpRep；信封中报文的错误位置写作 "
                            "/dxp:DxpMsg/dxp:Data!/ceb:CEB311Message/…",
                            "CEB XML files, or DxpMsg, DxpMsgSv, DxpRep; the place of a fault in the message inside an "
                            "envelope is written /dxp:DxpMsg/dxp:Data!/ceb:CEB311Message/…"))
      ->required();
  const std::map<std::string, schemas::Level> levels = {{"schema", schemas::Level::schema},
                                                        {"all", schemas::Level::all}};
  command
      .add_option("--level", options->level,
                  program.say("schema 只看 XSD；all（默认）再看规则和代码表",
                              "schema: the XSD alone; all (default): rules and code tables too"))
      ->transform(CLI::CheckedTransformer(levels).description(""))
      ->type_name("schema|all");
  command
      .add_option(
          "--jobs", options->jobs,
          program.say("同时校验几个文件（默认：处理器核数）", "files judged at once (default: as many as cores)"))
      ->check(CLI::Range(1U, most_jobs).description(""))
      ->type_name("N");
  add_customs_options(program, command, options->customs);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return validate(*options, language); });
}

}  // namespace tools::cebgate
