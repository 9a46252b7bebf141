#include "tools/cebgate/language.h"

namespace tools::cebgate {

namespace {

Language named_by(std::string_view text) { return text.starts_with("zh") ? Language::zh : Language::en; }

}  // namespace

Language language_of(int argc, const char* const* argv, const char* lang_variable) {
  constexpr std::string_view option = "--lang";
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == option && i + 1 < argc) return named_by(argv[i + 1]);
    if (argument.starts_with("--lang=")) return named_by(argument.substr(option.size() + 1));
  }
  return named_by(lang_variable == nullptr ? "" : lang_variable);
}

std::string say(Language language, std::string_view zh, std::string_view en) {
  return std::string(language == Language::zh ? zh : en);
}

}  // namespace tools::cebgate
