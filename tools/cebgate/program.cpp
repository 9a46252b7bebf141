#include "tools/cebgate/program.h"

#include <exception>
#include <iostream>
#include <map>
#include <utility>

namespace tools::cebgate {

Program::Program(Language language) : language_(language), app_("cebgate", "cebgate") {
  app_.description(
      say("跨境电商报关网关：校验、签名、投递 CEB 报文，并跟踪每一份回执",
          "Gateway for Chinese cross-border e-commerce declarations: validates, signs and sends CEB messages "
          "and tracks every receipt"));
  if (language == Language::zh) speak_chinese();
  app_.set_help_flag("-h,--help", say("显示用法", "print how it is used"));
  app_.set_version_flag("--version", "cebgate " CEBGATE_VERSION, say("显示版本", "print the version"));
  app_.add_option("--lang", lang_, say("界面语言：zh 或 en（默认看 LANG）", "language, zh or en (default: by LANG)"))
      ->type_name("zh|en");
  app_.require_subcommand(1);
  app_.fallthrough();
  app_.footer(say("退出码：0 正常；1 输入有误；2 用法或环境有误。各命令的选项：cebgate COMMAND --help",
                  "Exit status: 0 good; 1 the input has a fault; 2 usage or environment. Options of a command: "
                  "cebgate COMMAND --help"));
  app_.failure_message([this](const CLI::App* app, const CLI::Error& error) { return usage_fault(*app, error); });
}

void Program::speak_chinese() {
  auto& formatter = *app_.get_formatter();
  formatter.label("Usage", "用法");
  formatter.label("OPTIONS", "选项");
  formatter.label("SUBCOMMAND", "命令");
  formatter.label("Positionals", "参数");
  formatter.label("REQUIRED", "必填");
  app_.option_defaults()->group("选项");
}

std::string Program::usage_fault(const CLI::App& app, const CLI::Error& error) const {
  return say("用法有误：", "usage: ") + error.what() + "\n" + say("查看用法：", "how it is used: ") + app.get_name() +
         " --help\n";
}

CLI::App& Program::command(const std::string& name, std::string_view zh, std::string_view en) {
  CLI::App* added = app_.add_subcommand(name, say(zh, en));
  added->group(say("命令", "Commands"));
  return *added;
}

void Program::does(CLI::App& command, std::function<Exit()> call) {
  command.callback([this, call = std::move(call)] { chosen_ = call; });
}

void Program::add_format(CLI::App& command, Format& format) const {
  const std::map<std::string, Format> names = {{"text", Format::text}, {"json", Format::json}};
  command.add_option("--format", format, say("输出格式：text 或 json", "what is printed: text or json"))
      ->transform(CLI::CheckedTransformer(names).description(""))
      ->type_name("text|json");
}

int Program::run(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
    return static_cast<int>(chosen_());
  } catch (const CLI::ParseError& error) {
    return app_.exit(error) == 0 ? 0 : static_cast<int>(Exit::unusable);
  } catch (const std::exception& error) {
    std::cerr << "cebgate: " << error.what() << "\n";
    return static_cast<int>(Exit::unusable);
  }
}

}  // namespace tools::cebgate
