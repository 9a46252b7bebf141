// cebgate explain: what a status or code of customs means and what to do.
#include <iostream>
#include <memory>
#include <vector>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

struct Options {
  std::string code, type;
  CustomsChoice customs;
  Format format = Format::text;
};

// One meaning with the types it holds for.
struct Meaning {
  schemas::Answer answer;
  std::vector<std::string> types;
};

std::string sentence_for(schemas::Effect effect, Language language) {
  switch (effect) {
    case schemas::Effect::pass:
      return say(language, "处理中，继续等待", "under way, wait on");
    case schemas::Effect::settle:
      return say(language, "已办结", "settled");
    case schemas::Effect::refuse:
      return say(language, "退单", "refused");
    case schemas::Effect::hold:
      return say(language, "需人工处理", "needs a person");
    case schemas::Effect::already_there:
      break;
  }
  return say(language, "对方已有此单", "already there");
}

bool same(const schemas::Answer& a, const schemas::Answer& b) {
  return a.effect == b.effect && a.outcome == b.outcome && a.zh == b.zh && a.advice_zh == b.advice_zh;
}

void add_meaning(const schemas::Catalog& catalog, const schemas::MessageType& type, const std::string& code,
                 std::vector<Meaning>& meanings) {
  if (type.kind != schemas::MessageKind::declaration) return;
  const schemas::Answer& answer = catalog.answer({type.name, "1", "2"}, code);
  if (!answer.known()) return;
  for (Meaning& meaning : meanings) {
    if (!same(meaning.answer, answer)) continue;
    meaning.types.push_back(type.name);
    return;
  }
  meanings.push_back({answer, {type.name}});
}

void print_meanings(const std::string& code, const std::vector<Meaning>& meanings, Language language) {
  for (const Meaning& meaning : meanings) {
    std::cout << code << ": " << say(language, meaning.answer.zh, meaning.answer.en) << "\n  "
              << sentence_for(meaning.answer.effect, language);
    if (!meaning.answer.outcome.empty()) std::cout << " (" << meaning.answer.outcome << ")";
    const std::string advice = say(language, meaning.answer.advice_zh, meaning.answer.advice_en);
    if (!advice.empty()) std::cout << "\n  " << advice;
    std::cout << "\n ";
    for (const std::string& type : meaning.types) std::cout << " " << type;
    std::cout << "\n";
  }
}

boost::json::object object_of(const std::string& code, const Meaning& meaning) {
  boost::json::object object;
  object["code"] = code;
  boost::json::array types;
  for (const std::string& type : meaning.types) types.emplace_back(type);
  object["types"] = std::move(types);
  object["effect"] = word(meaning.answer.effect);
  object["outcome"] = meaning.answer.outcome;
  object["zh"] = meaning.answer.zh;
  object["en"] = meaning.answer.en;
  object["advice_zh"] = meaning.answer.advice_zh;
  object["advice_en"] = meaning.answer.advice_en;
  return object;
}

Exit explain(const Options& options, Language language) {
  const auto data = CustomsData::load(options.customs);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  std::vector<Meaning> meanings;
  if (options.type.empty()) {
    for (const schemas::MessageType& type : data->catalog().types())
      add_meaning(data->catalog(), type, options.code, meanings);
  } else {
    const schemas::MessageType* type = known_type(data->catalog(), options.type, language);
    if (type == nullptr) return Exit::fault;
    add_meaning(data->catalog(), *type, options.code, meanings);
  }
  if (options.format == Format::json) {
    boost::json::array array;
    for (const Meaning& meaning : meanings) array.push_back(object_of(options.code, meaning));
    std::cout << pretty(array);
  } else {
    print_meanings(options.code, meanings, language);
  }
  if (!meanings.empty()) return Exit::good;
  std::cerr << printable(options.code) << ": " << say(language, "没有关于此代码的资料", "nothing is known of this code")
            << "\n";
  return Exit::fault;
}

}  // namespace

void add_explain(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App& command = program.command("explain", "说明回执状态或代码的含义和处理办法",
                                      "say what a status or code means and what to do");
  program
      .argument(command, "CODE", options->code,
                program.say("回执状态或代码，如 100、-301010", "a status or code, e.g. 100, -301010"))
      ->required();
  command.add_option("--type", options->type, program.say("报文类型（默认全部）", "message type (default: all)"))
      ->type_name("TYPE");
  add_customs_options(program, command, options->customs);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return explain(*options, language); });
}

}  // namespace tools::cebgate
