// cebgate sign: the enveloped signature of a CEB message in a port's dialect.
#include "signing/sign.h"

#include <iostream>
#include <memory>

#include "base/core_dumps.h"
#include "base/xml.h"
#include "codecs/ceb/xml_codec.h"
#include "signing/keys/file_key.h"
#include "signing/keys/open_key.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"

namespace tools::cebgate {

namespace {

struct Options {
  std::string input, output, key, certificate, dialect;
  CustomsChoice customs;
};

// Keys are commonly kept as NAME.key.pem beside NAME.cert.pem.
std::string certificate_beside(std::string key) {
  constexpr std::string_view scheme = "file:", ending = ".key.pem";
  if (key.starts_with(scheme)) key.erase(0, scheme.size());
  if (!key.ends_with(ending)) return "";
  const std::string certificate = key.substr(0, key.size() - ending.size()) + ".cert.pem";
  std::error_code ignored;
  return std::filesystem::exists(certificate, ignored) ? certificate : "";
}

base::Fault unknown_dialect(const std::string& name) {
  std::string known;
  for (const signing::Dialect& dialect : signing::standard_dialects())
    known += (known.empty() ? "" : ", ") + dialect.name;
  base::Fault fault;
  fault.code = "sign.dialect";
  fault.zh = "没有签名方言 " + name + "，可用的有：" + known;
  fault.en = "there is no dialect " + name + "; known: " + known;
  return fault;
}

base::Result<std::shared_ptr<const signing::Key>> key_of(const Options& options) {
  const std::string certificate = options.certificate.empty() ? certificate_beside(options.key) : options.certificate;
  return signing::keys::open_key({.uri = options.key, .certificate = certificate});
}

// A text whose root is not in the catalog is signed at its end.
signing::Placement placement_of(const schemas::Catalog& catalog, const std::string& xml) {
  const auto message = codecs::ceb::read_xml(catalog, xml);
  if (!message) return {};
  return {catalog.find(message->type)->signature_before};
}

// What is wrong with the key is no fault of the input.
Exit exit_of(const base::Faults& faults) {
  return faults.front().code.starts_with("key.") ? Exit::unusable : Exit::fault;
}

Exit sign_text(const Options& options, const std::string& text, const schemas::Catalog& catalog,
               const signing::Key& key, const signing::Dialect& dialect, Language language) {
  const auto document = base::XmlDocument::read(text);
  if (!document) {
    print_faults(std::cerr, options.input, document.faults(), language);
    return Exit::fault;
  }
  const auto signed_text = signing::sign(text, key, dialect, placement_of(catalog, text));
  if (!signed_text) {
    print_faults(std::cerr, options.input, signed_text.faults(), language);
    return exit_of(signed_text.faults());
  }
  const auto written = write_file(options.output, *signed_text);
  if (!written) print_faults(std::cerr, options.output, written.faults(), language);
  return written ? Exit::good : Exit::unusable;
}

Exit sign(const Options& options, Language language) {
  base::forbid_core_dumps();
  const signing::Dialect* named = signing::find_dialect(signing::standard_dialects(), options.dialect);
  if (named == nullptr && !options.dialect.empty()) {
    print_faults(std::cerr, "", {unknown_dialect(options.dialect)}, language);
    return Exit::unusable;
  }
  base::Faults care = signing::keys::key_file_care(options.key);
  for (base::Fault& fault : care) fault.severity = base::Severity::warning;
  print_faults(std::cerr, "", care, language);

  const auto text = read_file(options.input);
  const auto data = CustomsData::load(options.customs);
  const auto key = key_of(options);
  if (!text) print_faults(std::cerr, options.input, text.faults(), language);
  if (!data) print_faults(std::cerr, "", data.faults(), language);
  if (!key) print_faults(std::cerr, options.key, key.faults(), language);
  if (!text || !data || !key) return Exit::unusable;

  const auto& dialect = named == nullptr ? signing::default_dialect((*key)->certificate().key_kind) : *named;
  return sign_text(options, *text, data->catalog(), **key, dialect, language);
}

}  // namespace

void add_sign(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App& command = program.command("sign", "给报文加上企业签名", "sign a message with the enterprise's key");
  program.argument(command, "IN.xml", options->input, program.say("待签名的 XML", "the XML to sign"))->required();
  command.add_option("-o,--output", options->output, program.say("签名后的文件", "the signed file"))
      ->required()
      ->type_name("OUT.xml");
  command
      .add_option("--key", options->key, program.say("私钥：file:PATH 或路径", "the private key: file:PATH or a path"))
      ->required()
      ->type_name("KEY");
  command
      .add_option(
          "--cert", options->certificate,
          program.say("证书（默认：NAME.key.pem 旁的 NAME.cert.pem，或密钥文件中的证书）",
                      "the certificate (default: NAME.cert.pem beside NAME.key.pem, or the one in the key's file)"))
      ->type_name("FILE");
  command
      .add_option("--dialect", options->dialect,
                  program.say("签名方言：sm2-sm3、rsa-sha1、hainan-sm2（默认看密钥）",
                              "sm2-sm3, rsa-sha1 or hainan-sm2 (default: by the key)"))
      ->type_name("NAME");
  add_customs_options(program, command, options->customs);
  program.does(command, [options, language = program.language()] { return sign(*options, language); });
}

}  // namespace tools::cebgate
