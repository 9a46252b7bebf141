// cebgate verify: checks signatures, says in words why one fails, and writes the bytes that are digested and signed.
#include "signing/verify.h"

#include <boost/json/array.hpp>
#include <iostream>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "gateway/views/verification_json.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/program.h"
#include "tools/cebgate/verify_terms.h"

namespace tools::cebgate {

namespace {

enum class Detail { verdict, every_step };

struct VerifyOptions {
  std::vector<std::string> files;
  TermsChoice terms;
  std::string canonical;  // signed-info, document; empty: neither
  Detail detail = Detail::verdict;
  Format format = Format::text;
};

std::string word_for(signing::StepVerdict verdict, Language language) {
  switch (verdict) {
    case signing::StepVerdict::good:
      return say(language, "通过", "good");
    case signing::StepVerdict::bad:
      return say(language, "不符", "bad");
    case signing::StepVerdict::not_checked:
      break;
  }
  return say(language, "未查", "not checked");
}

void print_steps(std::ostream& out, const signing::Verification& verification, Language language) {
  for (const signing::Step& step : verification.steps) {
    out << "  " << step.name << ": " << word_for(step.verdict, language) << ": "
        << printable(say(language, step.zh, step.en)) << "\n";
  }
}

void print_eport(std::ostream& out, const signing::EportFacts& facts, Language language) {
  const auto line = [&](std::string_view zh, std::string_view en, const std::string& value) {
    if (!value.empty()) out << "  " << say(language, zh, en) << ": " << printable(value) << "\n";
  };
  line("证书中的企业", "company in the certificate", facts.company);
  line("卡号", "card number", facts.card_number);
  line("组织机构代码", "organisation code", facts.organisation_code);
  line("持卡人证件号", "holder's identity number", facts.masked_holder_id);
}

void print_verification(std::ostream& out, const std::string& file, const signing::Verification& verification,
                        Detail detail, Language language) {
  out << printable(file) << ": "
      << (verification.valid ? say(language, "签名有效", "good signature")
                             : say(language, "签名无效", "bad signature"));
  if (!verification.dialect.empty()) out << ", " << verification.dialect;
  if (verification.certificate) {
    out << ", " << printable(verification.certificate->subject) << ", " << verification.certificate->serial;
  }
  out << "\n";
  if (detail == Detail::every_step) {
    print_steps(out, verification, language);
    if (verification.eport) print_eport(out, *verification.eport, language);
    for (const signing::Cause& cause : verification.causes) {
      out << "  " << say(language, "可能的原因", "likely cause") << ": " << cause.name << ": "
          << printable(say(language, cause.zh, cause.en)) << "\n";
    }
  }
  print_faults(out, file, verification.faults, language);
}

class Verifying {
 public:
  Verifying(const VerifyOptions& options, const LoadedTerms& terms, Language language)
      : options_(options),
        terms_(terms),
        language_(language),
        verdicts_(options.canonical.empty() ? std::cout : std::cerr) {}

  Exit run() {
    Exit exit = Exit::good;
    for (const std::string& file : options_.files) exit = worse(exit, verify_files(file));
    if (options_.format == Format::json) verdicts_ << pretty(objects_);
    return exit;
  }

 private:
  Exit verify_files(const std::string& file) {
    signing::Verification verification;
    const auto text = read_file(file);
    if (text) {
      verification = signing::verify(*text, terms_.at(base::SystemClock().now(), wanted_bytes()));
      write_canonical(verification);
    } else {
      verification.faults = text.faults();
    }
    if (options_.format == Format::json) {
      boost::json::object object{{"file", file}};
      for (auto& member : gateway::views::verification_json(verification)) object.insert(member);
      objects_.push_back(std::move(object));
    } else if (text) {
      print_verification(verdicts_, file, verification, options_.detail, language_);
    } else {
      print_faults(std::cerr, file, verification.faults, language_);
    }
    return !text ? Exit::unusable : verification.valid ? Exit::good : Exit::fault;
  }

  signing::CanonicalBytes wanted_bytes() const {
    return options_.canonical == "document" ? signing::CanonicalBytes::of_document_too
                                            : signing::CanonicalBytes::of_signed_info;
  }

  // These bytes and no others, so that they can be compared and digested.
  void write_canonical(const signing::Verification& verification) const {
    if (options_.canonical.empty()) return;
    std::cout << (options_.canonical == "document" ? verification.canonical_document
                                                   : verification.canonical_signed_info)
              << std::flush;
  }

  const VerifyOptions& options_;
  const LoadedTerms& terms_;
  const Language language_;
  std::ostream& verdicts_;
  boost::json::array objects_;
};

Exit verify_files(const VerifyOptions& options, Language language) {
  if (!options.canonical.empty() && options.files.size() != 1) {
    std::cerr << say(language, "--canonical 只能用于一个文件", "--canonical is for one file at a time") << "\n";
    return Exit::unusable;
  }
  const auto terms = load_terms(options.terms);
  if (!terms) {
    print_faults(std::cerr, "", terms.faults(), language);
    return Exit::unusable;
  }
  return Verifying(options, *terms, language).run();
}

void add_expectations(const Program& program, CLI::App& command, TermsChoice& terms) {
  command
      .add_option("--dialect", terms.dialect,
                  program.say("口岸要求的签名方言：sm2-sm3、rsa-sha1、hainan-sm2（默认：都可以）",
                              "the dialect that the port takes: sm2-sm3, rsa-sha1, hainan-sm2 (default: any)"))
      ->type_name("NAME");
  command
      .add_option("--company", terms.company,
                  program.say("企业名称，与证书中的比较", "the company's name, compared with the certificate's"))
      ->type_name("NAME");
  auto* settings = command.add_option("--config", terms.settings,
                                      program.say("设置文件：方言和企业名称取自其中的企业",
                                                  "the settings: dialect and company name are the enterprise's"));
  auto* enterprise = command.add_option("--enterprise", terms.enterprise,
                                        program.say("设置中的企业代码", "the enterprise's code in the settings"));
  settings->type_name("FILE")->needs(enterprise);
  enterprise->type_name("CODE")->needs(settings);
}

}  // namespace

void add_verify(Program& program) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App& command = program.command("verify", "验证报文签名", "check the signatures of messages");
  program.argument(command, "FILE", options->files, program.say("已签名的 XML 文件", "signed XML files"))->required();
  add_trust_options(program, command, options->terms);
  add_expectations(program, command, options->terms);
  command.add_flag_callback(
      "--explain", [options] { options->detail = Detail::every_step; },
      program.say("逐步说明验证过程和可能的原因", "say every step of the check and the likely causes"));
  command
      .add_option("--canonical", options->canonical,
                  program.say("把规范化后的字节写到标准输出，结论写到标准错误",
                              "write the canonical bytes to stdout and the verdict to stderr"))
      ->check(CLI::IsMember({"signed-info", "document"}))
      ->type_name("signed-info|document");
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return verify_files(*options, language); });
}

}  // namespace tools::cebgate
