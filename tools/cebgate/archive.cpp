// cebgate archive: lists and verifies the files of settled documents and shows what is in them, without a gateway; has
// a running gateway bring a document back.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/archive/directory.h"
#include "gateway/archive/verifying.h"
#include "gateway/http/message.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/state_word.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

namespace json = boost::json;
using gateway::archive::Directory;
using gateway::archive::Entry;

struct ArchiveOptions {
  std::string directory, settings;
  std::string document, type;      // document: id, key or number
  std::vector<std::string> files;  // names; empty: all
  std::string reason;
  GatewayChoice gateway;
  Format format = Format::text;
};

struct Found {
  std::string file;
  Entry entry;
};

// Nothing: what is wrong has been told on stderr.
std::optional<Directory> open(const ArchiveOptions& options, Language language) {
  std::filesystem::path folder = options.directory;
  if (options.directory.empty() == options.settings.empty()) {
    std::cerr << say(language, "请用 --directory 目录 或 --config 设置文件 指明归档目录",
                     "say where the archive is: --directory DIR, or --config FILE")
              << "\n";
    return std::nullopt;
  }
  if (!options.settings.empty()) {
    const auto settings = config::read_settings(options.settings);
    if (!settings) {
      print_faults(std::cerr, options.settings, settings.faults(), language);
      return std::nullopt;
    }
    if (!settings->archive) {
      std::cerr << options.settings << ": "
                << say(language, "设置中没有 [archive] 部分", "the settings have no section [archive]") << "\n";
      return std::nullopt;
    }
    folder = settings->archive->directory;
  }
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    std::cerr << printable(folder.string()) << ": "
              << say(language, "不是目录，或无权查看", "this is no directory, or it may not be seen") << "\n";
    return std::nullopt;
  }
  return Directory(folder);
}

bool is_called(const Entry& entry, const std::string& name) {
  if (entry.name == name || text_of(entry.told, "key") == name || text_of(entry.told, "number") == name) return true;
  const auto& numbers = array_of(entry.told, "numbers");
  return std::ranges::any_of(numbers, [&](const json::value& number) { return text_of(number, "value") == name; });
}

bool is_wanted(const Entry& entry, const ArchiveOptions& options) {
  if (entry.kind != Entry::Kind::document) return false;
  if (!options.type.empty() && text_of(entry.told, "type") != options.type) return false;
  return options.document.empty() || is_called(entry, options.document);
}

// Told on stderr: indexes that cannot be read.
Exit look_through(const Directory& directory, const ArchiveOptions& options, Language language,
                  const std::function<void(Found)>& each) {
  Exit exit = Exit::good;
  for (const std::string& name : directory.names()) {
    auto index = directory.read_index(name);
    if (!index) {
      print_faults(std::cerr, name, index.faults(), language);
      exit = Exit::fault;
      continue;
    }
    for (Entry& entry : index->entries) {
      if (is_wanted(entry, options)) each({name, std::move(entry)});
    }
  }
  return exit;
}

Exit list(const ArchiveOptions& options, Language language) {
  const auto directory = open(options, language);
  if (!directory) return Exit::unusable;
  Table table({"key", say(language, "状态", "state"), say(language, "回执", "status"),
               say(language, "最后变化", "last change"), "id", say(language, "文件", "file")});
  json::array documents;
  const Exit exit = look_through(*directory, options, language, [&](Found found) {
    json::value& told = found.entry.told;
    if (options.format == Format::json) {
      told.as_object()["file"] = found.file;
      documents.push_back(std::move(told));
      return;
    }
    table.add({printable(text_of(told, "key")), state_word(text_of(told, "state"), language), text_of(told, "stage"),
               short_time(text_of(told, "changed_at")), found.entry.name, found.file});
  });
  if (options.format == Format::json) {
    std::cout << json::serialize(json::object{{"documents", std::move(documents)}}) << "\n";
  } else {
    table.print(std::cout);
  }
  return exit;
}

std::vector<std::string> names_to_verify(const Directory& directory, const ArchiveOptions& options) {
  return options.files.empty() ? directory.names() : options.files;
}

Exit verify(const ArchiveOptions& options, Language language) {
  const auto directory = open(options, language);
  if (!directory) return Exit::unusable;
  Exit exit = Exit::good;
  json::array judged;
  for (const std::string& name : names_to_verify(*directory, options)) {
    const auto verified = gateway::archive::verify(*directory, name);
    if (!verified.faults.empty()) exit = Exit::fault;
    if (options.format == Format::json) {
      judged.push_back(json::object{{"file", name},
                                    {"valid", verified.faults.empty()},
                                    {"documents", verified.documents},
                                    {"messages", verified.messages},
                                    {"faults", json::parse(gateway::http::faults_json(verified.faults))}});
      continue;
    }
    print_faults(std::cout, name, verified.faults, language);
    const std::string count = std::to_string(verified.documents) + say(language, " 份单证，", " documents, ") +
                              std::to_string(verified.messages) + say(language, " 份报文", " messages");
    std::cout << printable(name) << ": "
              << (verified.faults.empty() ? say(language, "完好，", "good, ") + count
                                          : say(language, "不完好", "NOT good"))
              << "\n";
  }
  if (options.format == Format::json) std::cout << json::serialize(judged) << "\n";
  return exit;
}

Exit show(const ArchiveOptions& options, Language language) {
  const auto directory = open(options, language);
  if (!directory) return Exit::unusable;
  std::vector<Found> all;
  look_through(*directory, options, language, [&](Found found) { all.push_back(std::move(found)); });
  if (all.empty()) {
    std::cerr << printable(options.document) << ": " << say(language, "归档中没有", "not in the archive") << "\n";
    return Exit::fault;
  }
  // A document that went, came back and went again stands in several files: the last one tells most.
  const Found& last = all.back();
  for (const Found& found : all) {
    if (found.entry.name == last.entry.name) continue;
    std::cerr << printable(options.document) << ": "
              << say(language, "不止一份单证，请写明 id 或 key：", "several documents; name one by its id or key: ")
              << printable(text_of(found.entry.told, "key")) << ", " << printable(text_of(last.entry.told, "key"))
              << "\n";
    return Exit::fault;
  }
  const auto line = directory->read_line(last.file, last.entry.place);
  if (!line) {
    print_faults(std::cerr, last.file, line.faults(), language);
    return Exit::fault;
  }
  std::cout << (options.format == Format::json ? *line + "\n" : pretty(json::parse(*line)));
  return Exit::good;
}

Exit restore(const ArchiveOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const json::object order{{"document", options.document}, {"reason", options.reason}};
  const auto exchange = client->post("/v1/archive/restore", "application/json", json::serialize(order));
  if (!succeeded(exchange)) return tell_failure(exchange, options.document, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
    return Exit::good;
  }
  const json::value answer = read_answer(exchange.response.body);
  std::cout << printable(text_of(answer, "key")) << ": " << say(language, "已恢复，来自 ", "restored from ")
            << printable(text_of(answer, "file")) << "\n";
  return Exit::good;
}

class Commands {
 public:
  Commands(const Program& program, CLI::App& parent) : program_(program), parent_(parent) {}

  CLI::App& add(const std::string& name, std::string_view zh, std::string_view en,
                Exit (*call)(const ArchiveOptions&, Language)) {
    CLI::App& command = *parent_.add_subcommand(name, program_.say(zh, en));
    program_.add_format(command, options_->format);
    calls_.emplace_back(&command, call);
    return command;
  }
  CLI::App& add_reader(const std::string& name, std::string_view zh, std::string_view en,
                       Exit (*call)(const ArchiveOptions&, Language)) {
    CLI::App& command = add(name, zh, en, call);
    command.add_option("--directory", options_->directory, program_.say("归档目录", "the archive's directory"))
        ->type_name("DIR");
    command
        .add_option("--config", options_->settings,
                    program_.say("网关的设置文件（TOML）", "the gateway's settings (TOML)"))
        ->type_name("FILE");
    return command;
  }
  ArchiveOptions& options() { return *options_; }

  Exit run() const {
    for (const auto& [command, call] : calls_) {
      if (command->parsed()) return call(*options_, program_.language());
    }
    return Exit::unusable;
  }

 private:
  const Program& program_;
  CLI::App& parent_;
  std::shared_ptr<ArchiveOptions> options_ = std::make_shared<ArchiveOptions>();
  std::vector<std::pair<const CLI::App*, Exit (*)(const ArchiveOptions&, Language)>> calls_;
};

}  // namespace

void add_archive(Program& program) {
  CLI::App& command =
      program.command("archive", "归档的单证：列出（list）、校验（verify）、查看（show）、恢复（restore）",
                      "archived documents: list, verify, show, restore");
  command.require_subcommand(1);
  const auto commands = std::make_shared<Commands>(program, command);
  ArchiveOptions& options = commands->options();
  const std::string named = program.say("单证的 id、key 或单号", "id, key or number of the document");

  CLI::App& lists = commands->add_reader("list", "列出归档的单证", "list the archived documents", &list);
  program.argument(lists, "DOCUMENT", options.document, named);
  lists.add_option("--type", options.type, program.say("报文类型", "message type"))->type_name("TYPE");

  CLI::App& verifies = commands->add_reader("verify", "校验归档文件：摘要、索引、历史记录的链",
                                            "verify the files: digests, index, the chain of every history", &verify);
  program.argument(verifies, "FILE", options.files, program.say("文件名，省略为全部", "names of files; absent: all"));

  CLI::App& shows = commands->add_reader("show", "查看一份归档单证的全部内容（JSON）",
                                         "show all of one archived document (JSON)", &show);
  program.argument(shows, "DOCUMENT", options.document, named)->required();

  CLI::App& restores =
      commands->add("restore", "由网关把单证恢复到账本", "have a gateway bring a document back", &restore);
  program.argument(restores, "DOCUMENT", options.document, named)->required();
  restores.add_option("--reason", options.reason, program.say("恢复的原因", "why it is brought back"))
      ->required()
      ->type_name("TEXT");
  add_gateway_options(program, restores, options.gateway);
  program.does(command, [commands] { return commands->run(); });
}

}  // namespace tools::cebgate
