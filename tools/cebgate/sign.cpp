// cebgate sign: the enveloped signature of a CEB message in a port's dialect.
#include "signing/sign.h"

#include <iostream>
#include <memory>
#include <optional>
#include <vector>

#include "base/core_dumps.h"
#include "base/xml.h"
#include "codecs/ceb/xml_codec.h"
#include "config/secret_reading.h"
#include "config/settings.h"
#include "gateway/keys/dialects.h"
#include "signing/keys/file_key.h"
#include "signing/keys/open_key.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"

namespace tools::cebgate {

namespace {

struct SignOptions {
  std::string input, output, key, certificate, dialect, settings;
  std::string pin;
  std::optional<unsigned long> sm2_mechanism;
  std::string sm2_takes = "digest";
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

base::Result<std::shared_ptr<const signing::Key>> key_of(const SignOptions& options) {
  const std::string certificate = options.certificate.empty() ? certificate_beside(options.key) : options.certificate;
  signing::KeySource source{.uri = options.key, .certificate = certificate};
  if (options.sm2_mechanism) {
    using Takes = signing::Sm2Mechanism::Takes;
    source.sm2_mechanism = {*options.sm2_mechanism, options.sm2_takes == "message" ? Takes::message : Takes::digest};
  }
  if (!options.pin.empty()) {
    auto pin = config::read_secret(options.pin, std::filesystem::current_path());
    if (!pin) return pin.faults();
    source.pin = std::move(pin).value();
  }
  return signing::keys::open_key(source);
}

// The standard ones, and those of the settings where they are named.
base::Result<std::vector<signing::Dialect>> dialects_of(const SignOptions& options) {
  if (options.settings.empty()) return gateway::keys::dialects_of({});
  const auto settings = config::read_settings(options.settings);
  if (!settings) return settings.faults();
  return gateway::keys::dialects_of(*settings);
}

// A text whose root is not in the catalog is signed at its end.
signing::Placement placement_of(const schemas::Catalog& catalog, const std::string& xml) {
  const auto message = codecs::ceb::read_xml(catalog, xml);
  if (!message) return {};
  return {catalog.find(message->type)->signature_before};
}

// What is wrong with the key is no fault of the input.
Exit exit_of_signing(const base::Faults& faults) {
  return faults.front().code.starts_with("key.") ? Exit::unusable : Exit::fault;
}

Exit sign_text(const SignOptions& options, const std::string& text, const schemas::Catalog& catalog,
               const signing::Key& key, const signing::Dialect& dialect, Language language) {
  const auto document = base::XmlDocument::read(text);
  if (!document) {
    print_faults(std::cerr, options.input, document.faults(), language);
    return Exit::fault;
  }
  const auto signed_text = signing::sign(text, key, dialect, placement_of(catalog, text));
  if (!signed_text) {
    print_faults(std::cerr, options.input, signed_text.faults(), language);
    return exit_of_signing(signed_text.faults());
  }
  const auto written = write_file(options.output, *signed_text);
  if (!written) print_faults(std::cerr, options.output, written.faults(), language);
  return written ? Exit::good : Exit::unusable;
}

Exit sign(const SignOptions& options, Language language) {
  base::forbid_core_dumps();
  base::Faults care = signing::keys::key_file_care(options.key);
  for (base::Fault& fault : care) fault.severity = base::Severity::warning;
  print_faults(std::cerr, "", care, language);

  const auto text = read_file(options.input);
  const auto data = CustomsData::load(options.customs);
  const auto dialects = dialects_of(options);
  const auto key = key_of(options);
  if (!text) print_faults(std::cerr, options.input, text.faults(), language);
  if (!data) print_faults(std::cerr, "", data.faults(), language);
  if (!key) print_faults(std::cerr, options.key, key.faults(), language);
  if (!dialects) print_faults(std::cerr, options.settings, dialects.faults(), language);
  if (!text || !data || !key || !dialects) return Exit::unusable;

  const auto dialect = gateway::keys::find_dialect(*dialects, options.dialect, (*key)->certificate().key_kind);
  if (!dialect) {
    print_faults(std::cerr, "", dialect.faults(), language);
    return Exit::unusable;
  }
  return sign_text(options, *text, data->catalog(), **key, *dialect, language);
}

void add_device_options(const Program& program, CLI::App& command, SignOptions& options) {
  command
      .add_option("--pin", options.pin,
                  program.say("口令（PIN）所在：env:变量、file:文件、credential:名称",
                              "where the PIN or passphrase is: env:NAME, file:PATH, credential:NAME"))
      ->type_name("REF");
  command
      .add_option(
          "--sm2-mechanism", options.sm2_mechanism,
          program.say("PKCS#11 介质的 SM2 机制号，由厂商给出", "PKCS#11: the vendor's mechanism number for SM2"))
      ->type_name("NUMBER");
  command
      .add_option("--sm2-takes", options.sm2_takes,
                  program.say("该机制的输入：digest（摘要）或 message（原文）", "what that mechanism takes"))
      ->check(CLI::IsMember({"digest", "message"}))
      ->type_name("digest|message");
}

}  // namespace

void add_sign(Program& program) {
  auto options = std::make_shared<SignOptions>();
  CLI::App& command = program.command("sign", "给报文加上企业签名", "sign a message with the enterprise's key");
  program.argument(command, "IN.xml", options->input, program.say("待签名的 XML", "the XML to sign"))->required();
  command.add_option("-o,--output", options->output, program.say("签名后的文件", "the signed file"))
      ->required()
      ->type_name("OUT.xml");
  command
      .add_option("--key", options->key,
                  program.say("密钥：文件（PEM、PKCS#12）、pkcs11:…、ukey+ws://主机:端口、skf:库…、sdf:库…",
                              "the key: a file (PEM, PKCS#12), pkcs11:…, ukey+ws://HOST:PORT, skf:LIBRARY…, "
                              "sdf:LIBRARY…"))
      ->required()
      ->type_name("KEY");
  command
      .add_option(
          "--cert", options->certificate,
          program.say("证书（默认：NAME.key.pem 旁的 NAME.cert.pem，或密钥文件中的证书）",
                      "the certificate (default: NAME.cert.pem beside NAME.key.pem, or the one in the key's file)"))
      ->type_name("FILE");
  command
      .add_option(
          "--dialect", options->dialect,
          program.say("签名方言：sm2-sm3、rsa-sha1、hainan-sm2、rsa-sha256，或设置中自定义的（默认看密钥）",
                      "sm2-sm3, rsa-sha1, hainan-sm2, rsa-sha256, or one of the settings (default: by the key)"))
      ->type_name("NAME");
  command
      .add_option("--config", options->settings, program.say("设置文件，取其签名方言", "settings with more dialects"))
      ->type_name("FILE");
  add_device_options(program, command, *options);
  add_customs_options(program, command, options->customs);
  program.does(command, [options, language = program.language()] { return sign(*options, language); });
}

}  // namespace tools::cebgate
