// cebgate import: has a gateway take over documents that another system sent.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/import_file.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/progress.h"
#include "tools/cebgate/state_word.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

namespace json = boost::json;

enum class Taking { all_or_nothing, partial };
enum class Purpose { import, look };

struct ImportOptions {
  std::string file;
  Taking taking = Taking::all_or_nothing;
  Purpose purpose = Purpose::import;
  GatewayChoice gateway;
  Format format = Format::text;
};

// How many rows came to what: result, type, state.
using Counts = std::map<std::tuple<std::string, std::string, std::string>, std::size_t>;

// The whole file is looked at by the gateway before the first row of it is imported.
class Takeover {
 public:
  Takeover(const ImportOptions& options, const GatewayClient& client, ImportFile& file, Language language)
      : options_(options), client_(client), file_(file), language_(language) {}

  Exit run() {
    const std::size_t passes = options_.purpose == Purpose::look ? 1 : 2;
    {
      Progress progress(file_.lines() * passes);
      look(progress);
      const bool goes_on =
          exit_ == Exit::good || (exit_ == Exit::fault && options_.taking == Taking::partial && rows_ > 0);
      if (goes_on && options_.purpose == Purpose::import) import(progress);
    }
    tell();
    return exit_;
  }

 private:
  void look(Progress& progress) {
    while (auto part = file_.next({})) {
      for (base::Fault& fault : part->faults) keep(std::move(fault), progress);
      if (part->rows.documents > 0 && !post("?dry_run=true&partial=true", *part, progress)) return;
      progress.advance(part->rows.documents);
    }
    if (rows_ > 0 || exit_ != Exit::good) return;
    base::Fault fault;
    fault.code = "import.empty";
    fault.zh = "文件中没有要导入的行。";
    fault.en = "The file holds no row to import.";
    keep(std::move(fault), progress);
  }

  // Again from the head: what may be imported, and nothing else.
  void import(Progress& progress) {
    counts_.clear();
    seen_.clear();
    rows_ = 0;
    is_importing_ = true;
    file_.rewind();
    while (auto part = file_.next(faulty_lines_)) {
      if (part->rows.documents == 0) continue;
      if (!post(options_.taking == Taking::partial ? "?partial=true" : "", *part, progress)) return;
      progress.advance(part->rows.documents);
    }
  }

  // False: the next call would fare no better.
  bool post(const std::string& query, const ImportFile::Part& part, const Progress& progress) {
    const auto exchange = client_.post("/v1/imports" + query, part.rows.content_type, part.rows.body);
    if (!succeeded(exchange)) {
      progress.clear();
      exit_ = worse(exit_, tell_failure(exchange, options_.file, options_.format, language_,
                                        [&](base::Fault fault) { return placed(part, std::move(fault)); }));
      has_stopped_ = true;
      return false;
    }
    const json::value answer = read_answer(exchange.response.body);
    if (!answer.is_array() || answer.get_array().size() != part.rows.documents) {
      progress.clear();
      std::cerr << options_.file << ": " << say(language_, "应答不是网关的应答", "the answer is not a gateway's")
                << "\n";
      exit_ = Exit::unusable;
      has_stopped_ = true;
      return false;
    }
    for (std::size_t i = 0; i < part.rows.documents; ++i) take(part, i, answer.get_array()[i], progress);
    return true;
  }

  void take(const ImportFile::Part& part, std::size_t place, const json::value& item, const Progress& progress) {
    const base::Faults faults = faults_of(item, "faults");
    for (const base::Fault& fault : faults) keep(placed(part, fault), progress);
    if (!faults.empty()) return;
    const std::string key = text_of(item, "key");
    const int line = part.rows.lines[place];
    const auto [first, is_first] = seen_.try_emplace(key, line);
    if (!is_first) return keep(repeated(key, first->second, line), progress);
    ++rows_;
    ++counts_[{text_of(item, "result"), text_of(item, "type"), text_of(item, "state")}];
  }

  static base::Fault repeated(const std::string& key, int first, int line) {
    const std::string nth = std::to_string(first);
    base::Fault fault;
    fault.code = "import.repeated";
    fault.path = "/key";
    fault.line = line;
    fault.zh = key + " 在第 " + nth + " 行已出现过，一份单证只能有一行。";
    fault.en = key + " stands on line " + nth + " already; a document has one row.";
    return fault;
  }

  // With its line, and the name of its column. A column that no type knows is told once, at the header.
  base::Fault placed(const ImportFile::Part& part, base::Fault fault) const {
    fault = part.rows.placed(std::move(fault));
    if (fault.line == 0 || fault.path.empty()) return fault;
    if (file_.has_header() && fault.code == "import.column") fault.line = 1;
    const std::string column = fault.path.substr(1);
    fault.zh = column + "：" + fault.zh;
    fault.en = column + ": " + fault.en;
    return fault;
  }

  void keep(base::Fault fault, const Progress& progress) {
    exit_ = worse(exit_, Exit::fault);
    if (fault.line > 0) faulty_lines_.insert(fault.line);
    if (fault.code == "import.column" && !told_columns_.insert(fault.path + fault.en).second) return;
    if (options_.format == Format::json) {
      faults_.push_back(json::object{{"line", fault.line},
                                     {"path", fault.path},
                                     {"code", fault.code},
                                     {"severity", "error"},
                                     {"zh", fault.zh},
                                     {"en", fault.en},
                                     {"source", fault.source}});
      return;
    }
    progress.clear();
    std::cerr << fault_line(options_.file, fault, language_) << "\n";
  }

  void tell() const {
    if (options_.format == Format::json) return tell_json();
    Table table({say(language_, "结果", "result"), say(language_, "类型", "type"), say(language_, "状态", "state"),
                 say(language_, "行数", "rows")});
    for (const auto& [what, rows] : counts_) {
      const auto& [result, type, state] = what;
      table.add({result_word(result), type, state_word(state, language_), std::to_string(rows)});
    }
    if (!counts_.empty()) table.print(std::cout);
    std::cout << conclusion() << "\n";
  }

  std::string conclusion() const {
    const std::string rows = std::to_string(rows_), faulty = std::to_string(faulty_lines_.size());
    if (!is_importing_ && has_stopped_) return say(language_, "一行也没有导入", "nothing was imported");
    if (!is_importing_ && (options_.purpose == Purpose::look || exit_ == Exit::good)) {
      return say(language_, "未写入：" + rows + " 行可以导入，" + faulty + " 行有误",
                 "nothing was written: " + rows + " rows can be imported, " + faulty + " have faults");
    }
    if (!is_importing_) {
      return say(language_, "一行也没有导入：" + faulty + " 行有误（--partial 导入其余的行）",
                 "nothing was imported: " + faulty + " rows have faults (--partial imports the others)");
    }
    if (has_stopped_) {
      return say(language_, "中断：已完成 " + rows + " 行；再次运行会接着做，已导入的不会重复",
                 "stopped: " + rows + " rows are done; run it again to go on, nothing is doubled");
    }
    return say(language_, "已完成 " + rows + " 行，" + faulty + " 行有误",
               rows + " rows are done, " + faulty + " have faults");
  }

  std::string result_word(const std::string& result) const {
    if (language_ == Language::en) return result;
    static const std::map<std::string, std::string> words{{"imported", "导入"}, {"updated", "更新"}, {"known", "已有"}};
    const auto found = words.find(result);
    return found == words.end() ? result : found->second;
  }

  void tell_json() const {
    json::array counts;
    for (const auto& [what, rows] : counts_) {
      const auto& [result, type, state] = what;
      counts.push_back({{"result", result}, {"type", type}, {"state", state}, {"rows", rows}});
    }
    std::cout << pretty(json::object{{"file", options_.file},
                                     {"dry_run", !is_importing_},
                                     {"rows", rows_},
                                     {"faulty", faulty_lines_.size()},
                                     {"complete", !has_stopped_},
                                     {"counts", std::move(counts)},
                                     {"faults", faults_}});
  }

  const ImportOptions& options_;
  const GatewayClient& client_;
  ImportFile& file_;
  Language language_;
  Counts counts_;
  std::unordered_map<std::string, int> seen_;  // keys, each with its line
  std::set<int> faulty_lines_;
  std::set<std::string> told_columns_;
  json::array faults_;
  std::size_t rows_ = 0;  // without a fault
  bool is_importing_ = false, has_stopped_ = false;
  Exit exit_ = Exit::good;
};

Exit import(const ImportOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto file = ImportFile::open(options.file);
  if (!file) {
    print_faults(std::cerr, options.file, file.faults(), language);
    return file.faults().front().code == "file.read" ? Exit::unusable : Exit::fault;
  }
  return Takeover(options, *client, **file, language).run();
}

}  // namespace

void add_import(Program& program) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App& command =
      program.command("import", "导入由其他系统发送的单证，其回执、变更和撤销从此在这里办理",
                      "take over documents that another system sent, with their receipts, changes and cancellations");
  program
      .argument(command, "FILE", options->file,
                program.say("JSON Lines，或带表头的 CSV（UTF-8 或 GB18030）",
                            "JSON Lines, or CSV with a header (UTF-8 or GB18030)"))
      ->required();
  command.add_flag_callback(
      "--partial", [options] { options->taking = Taking::partial; },
      program.say("有误的行不妨碍其他行导入", "rows with faults do not keep the others out"));
  command.add_flag_callback(
      "--dry-run", [options] { options->purpose = Purpose::look; },
      program.say("只说明会怎样，不写入", "say what would become of it, write nothing"));
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return import(*options, language); });
}

}  // namespace tools::cebgate
