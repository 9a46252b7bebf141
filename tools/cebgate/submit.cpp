// cebgate submit: posts documents to a gateway, as an ERP does.
#include <boost/json/array.hpp>
#include <iostream>
#include <memory>
#include <vector>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/postings.h"
#include "tools/cebgate/progress.h"
#include "tools/cebgate/state_word.h"

namespace tools::cebgate {

namespace {

enum class Extent { all_or_nothing, partial };

struct SubmitOptions {
  std::vector<std::string> files;
  Extent taking = Extent::all_or_nothing;
  GatewayChoice gateway;
  Format format = Format::text;
};

struct FilePosting {
  std::string file;
  Posting posting;
};

// Posts one after the other and keeps what the gateway answered.
class Submission {
 public:
  Submission(const SubmitOptions& options, const GatewayClient& client, Language language)
      : options_(options), client_(client), language_(language) {}

  Exit run(const std::vector<FilePosting>& all) {
    std::size_t documents = 0;
    for (const FilePosting& one : all) documents += one.posting.documents;
    {
      Progress progress(documents);
      for (const FilePosting& one : all) {
        post(one, progress);
        if (exit_ == Exit::unusable) break;  // the next post would fare no better
        progress.advance(one.posting.documents);
      }
    }
    if (options_.format == Format::json) std::cout << pretty(accepted_);
    return exit_;
  }

 private:
  void post(const FilePosting& one, const Progress& progress) {
    const std::string target = options_.taking == Extent::partial ? "/v1/documents?partial=true" : "/v1/documents";
    const auto exchange = client_.post(target, one.posting.content_type, one.posting.body);
    progress.clear();
    if (!succeeded(exchange)) {
      exit_ = worse(exit_, tell_failure(exchange, one.file, options_.format, language_,
                                        [&one](base::Fault fault) { return one.posting.placed(std::move(fault)); }));
      return;
    }
    const boost::json::value answer = read_answer(exchange.response.body);
    if (!answer.is_array()) {
      std::cerr << one.file << ": " << say(language_, "应答不是网关的应答", "the answer is not a gateway's") << "\n";
      exit_ = Exit::unusable;
      return;
    }
    for (const boost::json::value& item : answer.get_array()) take(one, item);
  }

  void take(const FilePosting& one, const boost::json::value& item) {
    const base::Faults faults = faults_of(item, "faults"), warnings = faults_of(item, "warnings");
    if (!faults.empty()) exit_ = worse(exit_, Exit::fault);
    if (options_.format == Format::json) {
      accepted_.push_back(item);
      return;
    }
    print_placed(one, faults);
    print_placed(one, warnings);
    if (!faults.empty()) return;
    std::cout << state_word(text_of(item, "state"), language_) << "  " << text_of(item, "key") << "  v"
              << text_of(item, "version") << "  " << text_of(item, "id") << "\n";
  }

  void print_placed(const FilePosting& one, const base::Faults& faults) const {
    for (const base::Fault& fault : faults) {
      std::cerr << fault_line(one.file, one.posting.placed(fault), language_) << "\n";
    }
  }

  const SubmitOptions& options_;
  const GatewayClient& client_;
  Language language_;
  boost::json::array accepted_;
  Exit exit_ = Exit::good;
};

struct Prepared {
  std::vector<FilePosting> postings;
  Exit exit = Exit::good;
};

// Every file is read and cut before the first is posted.
Prepared prepare(const std::vector<std::string>& files, Language language) {
  Prepared prepared;
  for (const std::string& file : files) {
    const auto text = read_file(file);
    if (!text) {
      print_faults(std::cerr, file, text.faults(), language);
      prepared.exit = Exit::unusable;
      continue;
    }
    auto postings = postings_of(file, *text);
    if (!postings) {
      print_faults(std::cerr, file, postings.faults(), language);
      prepared.exit = worse(prepared.exit, Exit::fault);
      continue;
    }
    for (Posting& posting : *postings) prepared.postings.push_back({file, std::move(posting)});
  }
  return prepared;
}

Exit submit(const SubmitOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const Prepared prepared = prepare(options.files, language);
  if (prepared.exit != Exit::good) return prepared.exit;
  return Submission(options, *client, language).run(prepared.postings);
}

}  // namespace

void add_submit(Program& program) {
  auto options = std::make_shared<SubmitOptions>();
  CLI::App& command =
      program.command("submit", "把单证（JSON 或 XML）提交给网关", "post documents (JSON or XML) to a gateway");
  program
      .argument(command, "FILE", options->files,
                program.say("单证、单证数组、JSON Lines（.jsonl）或 CEB XML",
                            "a document, an array, JSON Lines (.jsonl) or CEB XML"))
      ->required();
  command.add_flag_callback(
      "--partial", [options] { options->taking = Extent::partial; },
      program.say("有误的单证不妨碍其他单证受理", "documents with faults do not keep the others out"));
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return submit(*options, language); });
}

}  // namespace tools::cebgate
