// cebgate explain: what a status, code, message or fault means, whose side it is on and what to do; or which codes a
// gateway has met that nobody explains.
#include <array>
#include <iostream>
#include <memory>
#include <vector>

#include "gateway/views/explanation_json.h"
#include "schemas/knowledge.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/state_word.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

struct ExplainOptions {
  std::string code, type;
  CustomsChoice customs;
  GatewayChoice gateway;
  Format format = Format::text;
  bool unexplained = false;
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

std::string name_of(schemas::Side side, Language language) {
  constexpr std::array<std::string_view, 7> zh{"企业", "电子口岸", "海关", "数据交换平台", "订购人", "网关", "无"};
  return say(language, zh.at(static_cast<std::size_t>(side)), word(side));
}

std::string name_of(schemas::Remedy remedy, Language language) {
  constexpr std::array<std::string_view, 8> zh{"",         "重试",       "等待",     "更正数据",
                                               "重新签名", "证书或密钥", "咨询口岸", "对方已有此单"};
  return say(language, zh.at(static_cast<std::size_t>(remedy)), word(remedy));
}

std::string joined_types(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string where(const schemas::Catalog& catalog, const std::vector<std::string>& types, Language language) {
  std::vector<std::string> declarations;
  for (const schemas::MessageType& type : catalog.types()) {
    if (type.kind == schemas::MessageKind::declaration) declarations.push_back(type.name);
  }
  return types == declarations ? say(language, "所有申报报文", "every declaration") : joined_types(types);
}

void print_line(std::string_view label, const std::string& text) {
  if (!text.empty()) std::cout << "  " << label << printable(text) << "\n";
}

void print_sense(const schemas::Catalog& catalog, const schemas::Sense& sense, Language language) {
  const schemas::Explanation& told = sense.explanation;
  const std::string code = told.code.empty() ? "" : told.code + ": ";
  std::cout << printable(code + say(language, told.zh, told.en)) << "\n";
  if (sense.effect) {
    const std::string outcome = sense.outcome.empty() ? "" : " (" + sense.outcome + ")";
    print_line(say(language, "效力：", "effect: "), sentence_for(*sense.effect, language) + outcome);
  }
  if (told.side != schemas::Side::nobody) print_line(say(language, "责任方：", "side: "), name_of(told.side, language));
  print_line(say(language, "处理类别：", "class: "), name_of(told.remedy, language));
  print_line(say(language, "怎么办：", "what to do: "), say(language, told.advice_zh, told.advice_en));
  for (const auto& [name, value] : told.parts) print_line(name + ": ", value);
  print_line(say(language, "适用：", "holds for: "), where(catalog, sense.types, language));
  print_line(say(language, "依据：", "source: "), told.source);
}

boost::json::object object_of(const schemas::Sense& sense) {
  boost::json::object object = gateway::views::explanation_json(sense.explanation);
  boost::json::array types;
  for (const std::string& type : sense.types) types.emplace_back(type);
  object["types"] = std::move(types);
  object["effect"] = sense.effect ? word(*sense.effect) : std::string_view();
  object["outcome"] = sense.outcome;
  object["known"] = sense.explanation.known;
  return object;
}

void print(const schemas::Catalog& catalog, const std::vector<schemas::Sense>& senses, Format format,
           Language language) {
  if (format == Format::json) {
    boost::json::array array;
    for (const schemas::Sense& sense : senses) array.push_back(object_of(sense));
    std::cout << pretty(array);
    return;
  }
  for (const schemas::Sense& sense : senses) print_sense(catalog, sense, language);
}

Exit explain_code(const ExplainOptions& options, Language language) {
  const auto data = CustomsData::load(options.customs);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  const auto knowledge = data->knowledge();
  if (!knowledge) {
    print_faults(std::cerr, "", knowledge.faults(), language);
    return Exit::unusable;
  }
  const bool is_envelope = options.type.empty() || options.type == "DxpRep";
  if (!is_envelope && known_type(data->catalog(), options.type, language) == nullptr) return Exit::fault;
  const auto senses = knowledge->meanings(options.code, options.type);
  print(data->catalog(), senses, options.format, language);
  return senses.front().explanation.known ? Exit::good : Exit::fault;
}

void print_unexplained(const boost::json::value& answer, Language language) {
  Table table({say(language, "报文类型", "type"), say(language, "代码", "code"), say(language, "次数", "times"),
               say(language, "首次", "first seen"), say(language, "最近", "last seen"),
               say(language, "原文示例", "example")});
  for (const boost::json::value& code : array_of(answer, "codes")) {
    table.add({text_of(code, "type"), text_of(code, "code"), text_of(code, "times"),
               short_time(text_of(code, "first_seen")), short_time(text_of(code, "last_seen")),
               text_of(code, "example")});
  }
  table.print(std::cout);
}

Exit list_unexplained(const ExplainOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto exchange = client->get("/v1/codes/unexplained");
  if (!succeeded(exchange)) return tell_failure(exchange, "", options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    print_unexplained(read_answer(exchange.response.body), language);
  }
  return Exit::good;
}

Exit explain(const ExplainOptions& options, Language language) {
  if (options.unexplained) return list_unexplained(options, language);
  if (!options.code.empty()) return explain_code(options, language);
  std::cerr << say(language, "请给出要解释的代码，或 --unexplained", "name a code to explain, or --unexplained")
            << "\n";
  return Exit::unusable;
}

}  // namespace

void add_explain(Program& program) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App& command = program.command("explain", "说明状态、代码、报文或错误的含义和处理办法",
                                      "say what a status, code, message or fault means and what to do");
  program.argument(command, "CODE", options->code,
                   program.say("回执状态、代码、报文名或回执原文，如 100、-301010、1313、CEB900",
                               "a status, a code, a message's name or a receipt's text: 100, -301010, 1313, CEB900"));
  command.add_option("--type", options->type, program.say("报文类型（默认全部）", "message type (default: all)"))
      ->type_name("TYPE");
  command.add_flag(
      "--unexplained", options->unexplained,
      program.say("列出网关收到过而无人能解释的代码", "list the codes a gateway has met that nobody explains"));
  add_customs_options(program, command, options->customs);
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return explain(*options, language); });
}

}  // namespace tools::cebgate
