// cebgate verify: checks signatures and says in words where one fails.
#include "signing/verify.h"

#include <boost/json/parse.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "gateway/http/message.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

namespace {

enum class Detail { verdict, every_step };

struct Options {
  std::vector<std::string> files;
  std::vector<std::filesystem::path> trust;
  Detail detail = Detail::verdict;
  Format format = Format::text;
};

std::string_view word(signing::StepVerdict verdict) {
  switch (verdict) {
    case signing::StepVerdict::good:
      return "good";
    case signing::StepVerdict::bad:
      return "bad";
    case signing::StepVerdict::not_checked:
      break;
  }
  return "not_checked";
}

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

boost::json::value certificate_of(const signing::Verification& verification) {
  if (!verification.certificate) return nullptr;
  const signing::Certificate& certificate = *verification.certificate;
  boost::json::object object;
  object["serial"] = certificate.serial;
  object["subject"] = certificate.subject;
  object["issuer"] = certificate.issuer;
  object["not_before"] = base::rfc3339(certificate.not_before);
  object["not_after"] = base::rfc3339(certificate.not_after);
  return object;
}

boost::json::array steps_of(const signing::Verification& verification) {
  boost::json::array steps;
  for (const signing::Step& step : verification.steps) {
    boost::json::object object;
    object["name"] = step.name;
    object["verdict"] = word(step.verdict);
    object["zh"] = step.zh;
    object["en"] = step.en;
    steps.push_back(std::move(object));
  }
  return steps;
}

boost::json::object object_of(const std::string& file, const signing::Verification& verification, Detail detail) {
  boost::json::object object;
  object["file"] = file;
  object["valid"] = verification.valid;
  object["dialect"] = verification.dialect;
  object["certificate"] = certificate_of(verification);
  object["faults"] = boost::json::parse(gateway::http::faults_json(verification.faults));
  if (detail == Detail::every_step) object["steps"] = steps_of(verification);
  return object;
}

void print_verification(const std::string& file, const signing::Verification& verification, const Options& options,
                        Language language) {
  std::cout << printable(file) << ": "
            << (verification.valid ? say(language, "签名有效", "good signature")
                                   : say(language, "签名无效", "bad signature"));
  if (!verification.dialect.empty()) std::cout << ", " << verification.dialect;
  if (verification.certificate) {
    std::cout << ", " << printable(verification.certificate->subject) << ", " << verification.certificate->serial;
  }
  std::cout << "\n";
  if (options.detail == Detail::every_step) {
    for (const signing::Step& step : verification.steps) {
      std::cout << "  " << step.name << ": " << word_for(step.verdict, language) << ": "
                << printable(say(language, step.zh, step.en)) << "\n";
    }
  }
  print_faults(std::cout, file, verification.faults, language);
}

struct Checked {
  signing::Verification verification;
  Exit exit = Exit::good;
};

Checked check(const std::string& file, const signing::Trust* trust) {
  Checked checked;
  const auto text = read_file(file);
  if (!text) {
    checked.verification.faults = text.faults();
    checked.exit = Exit::unusable;
    return checked;
  }
  checked.verification = signing::verify(*text, {.trust = trust, .now = base::SystemClock().now()});
  checked.exit = checked.verification.valid ? Exit::good : Exit::fault;
  return checked;
}

Exit verify_files(const Options& options, const signing::Trust* trust, Language language) {
  Exit exit = Exit::good;
  boost::json::array objects;
  for (const std::string& file : options.files) {
    const Checked checked = check(file, trust);
    exit = worse(exit, checked.exit);
    if (options.format == Format::json) {
      objects.push_back(object_of(file, checked.verification, options.detail));
    } else if (checked.exit == Exit::unusable) {
      print_faults(std::cerr, file, checked.verification.faults, language);
    } else {
      print_verification(file, checked.verification, options, language);
    }
  }
  if (options.format == Format::json) std::cout << pretty(objects);
  return exit;
}

Exit verify(const Options& options, Language language) {
  if (options.trust.empty()) return verify_files(options, nullptr, language);
  const auto trust = signing::Trust::from_files(options.trust);
  if (!trust) {
    print_faults(std::cerr, "", trust.faults(), language);
    return Exit::unusable;
  }
  return verify_files(options, &*trust, language);
}

}  // namespace

void add_verify(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App& command = program.command("verify", "验证报文签名", "check the signatures of messages");
  program.argument(command, "FILE", options->files, program.say("已签名的 XML 文件", "signed XML files"))->required();
  command
      .add_option("--trust", options->trust,
                  program.say("受信任的根证书，可重复；不给则不判断证书链",
                              "a trusted root, may be repeated; without it no chain is judged"))
      ->allow_extra_args(false)
      ->type_name("CA.pem");
  command.add_flag_callback(
      "--explain", [options] { options->detail = Detail::every_step; },
      program.say("逐步说明验证过程", "say every step of the check"));
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return verify(*options, language); });
}

}  // namespace tools::cebgate
