// The command line with its commands: each command adds itself, its options and what it does. One thread.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "tools/cebgate/exit_status.h"
#include "tools/cebgate/language.h"

namespace tools::cebgate {

enum class Format { text, json };

class Program {
 public:
  explicit Program(Language language);

  Language language() const { return language_; }
  std::string say(std::string_view zh, std::string_view en) const { return cebgate::say(language_, zh, en); }

  CLI::App& command(const std::string& name, std::string_view zh, std::string_view en);
  // What stands on the command line without a name.
  template <class Target>
  CLI::Option* argument(CLI::App& command, const std::string& name, Target& target, const std::string& text) const {
    return command.add_option(name, target, text)->type_name("");
  }
  // `call` runs after the whole command line was read without a fault.
  void does(CLI::App& command, std::function<Exit()> call);
  void add_format(CLI::App& command, Format& format) const;

  int run(int argc, char** argv);

 private:
  std::string usage_fault(const CLI::App& app, const CLI::Error& error) const;
  void speak_chinese();

  Language language_;
  std::string lang_;  // read before parsing; kept so that the parser knows the option
  CLI::App app_;
  std::function<Exit()> chosen_;
};

}  // namespace tools::cebgate
