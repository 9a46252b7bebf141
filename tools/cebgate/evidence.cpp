// cebgate evidence: fetches everything about one document as a zip, and checks such a zip without the gateway.
#include <boost/json/array.hpp>
#include <filesystem>
#include <iostream>
#include <memory>

#include "gateway/evidence/package.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/document_lookup.h"
#include "tools/cebgate/evidence_check.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

namespace evidence = gateway::evidence;

struct EvidenceOptions {
  std::string id_or_key, output;
  EvidenceCheck check;
  GatewayChoice gateway;
  Format format = Format::text;
};

// What the gateway calls it, where that is no more than a name.
std::string name_of(const gateway::http::Response& response, const std::string& id) {
  constexpr std::string_view before = "filename=\"";
  const std::string_view header = response.headers.get("Content-Disposition");
  const auto at = header.find(before);
  if (at != std::string_view::npos) {
    const std::string_view rest = header.substr(at + before.size());
    const std::string_view name = rest.substr(0, rest.find('"'));
    if (evidence::is_plain_name(name)) return std::string(name);
  }
  return "evidence-" + id + ".zip";
}

Exit refuse_to_overwrite(const std::string& file, Language language) {
  std::cerr << printable(file) << ": "
            << say(language, "文件已存在，未覆盖；用 -o FILE 指定要写的文件",
                   "the file is there already and was left alone; name the file to write with -o FILE")
            << "\n";
  return Exit::unusable;
}

void print_written(const std::string& file, const std::string& zip, const evidence::Manifest& manifest, Format format,
                   Language language) {
  if (format == Format::json) {
    boost::json::array ends;
    for (const std::string& end : manifest.ends) ends.push_back(boost::json::string(end));
    std::cout << pretty(boost::json::object{
        {"file", file}, {"bytes", zip.size()}, {"id", manifest.id}, {"key", manifest.key}, {"ends", std::move(ends)}});
    return;
  }
  std::cout << printable(file) << ": " << printable(manifest.key) << ", " << zip.size()
            << say(language, " 字节", " bytes") << "\n";
  for (std::size_t i = 0; i < manifest.ends.size(); ++i) {
    std::cout << "  " << say(language, "第 ", "version ") << i + 1 << say(language, " 版链的末端：", " ends at: ")
              << printable(manifest.ends[i]) << "\n";
  }
}

Exit fetch(const EvidenceOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto found = find_document(*client, options.id_or_key, options.format, language);
  if (const Exit* not_found = std::get_if<Exit>(&found)) return *not_found;
  const std::string& id = std::get<FoundDocument>(found).id;
  const auto exchange = client->get("/v1/documents/" + percent_encoded(id) + "/evidence");
  if (!succeeded(exchange)) return tell_failure(exchange, options.id_or_key, options.format, language);
  const std::string& zip = exchange.response.body;
  const auto files = evidence::read_zip(zip);
  const auto manifest = files ? evidence::read_manifest(*files) : base::Result<evidence::Manifest>(files.faults());
  if (!manifest) {
    print_faults(std::cerr, options.id_or_key, manifest.faults(), language);
    return Exit::unusable;
  }
  const std::string file = options.output.empty() ? name_of(exchange.response, id) : options.output;
  std::error_code ignored;
  if (options.output.empty() && std::filesystem::exists(file, ignored)) return refuse_to_overwrite(file, language);
  const auto written = write_file(file, zip);
  if (!written) {
    print_faults(std::cerr, file, written.faults(), language);
    return Exit::unusable;
  }
  print_written(file, zip, *manifest, options.format, language);
  return Exit::good;
}

Exit run(const EvidenceOptions& options, Language language) {
  if (options.id_or_key.empty() == options.check.file.empty()) {
    std::cerr << say(language, "请给出一份单证（ID-or-KEY），或用 --check FILE 查验一个文件",
                     "name a document (ID-or-KEY), or a file to check with --check FILE")
              << "\n";
    return Exit::unusable;
  }
  if (options.id_or_key.empty()) return check_evidence(options.check, options.format, language);
  return fetch(options, language);
}

}  // namespace

void add_evidence(Program& program) {
  auto options = std::make_shared<EvidenceOptions>();
  CLI::App& command = program.command("evidence", "一份单证的证据：取出为 zip，或不依赖网关地查验",
                                      "the evidence of a document: fetched as a zip, or checked without the gateway");
  program.argument(command, "ID-or-KEY", options->id_or_key,
                   program.say("id、key 或单号", "the id, the key or the number"));
  command
      .add_option("-o,--output", options->output,
                  program.say("写入的文件（默认 evidence-类型-单号.zip，已存在则不覆盖）",
                              "the file to write (default: evidence-TYPE-NUMBER.zip, never over one that is there)"))
      ->type_name("FILE.zip");
  command
      .add_option("--check", options->check.file,
                  program.say("查验这个文件：每个文件、每条链、报文和签名",
                              "check this file: every file, every link "
                              "of the chain, messages and signatures"))
      ->type_name("FILE.zip");
  add_trust_options(program, command, options->check.terms);
  add_customs_options(program, command, options->check.customs);
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return run(*options, language); });
}

}  // namespace tools::cebgate
