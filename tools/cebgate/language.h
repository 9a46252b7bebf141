// In which language people are spoken to: Chinese if --lang or LANG says zh, else English.
#pragma once

#include <string>
#include <string_view>

namespace tools::cebgate {

enum class Language { en, zh };

// The arguments are looked through before they are parsed, because the help itself has a language.
Language language_of(int argc, const char* const* argv, const char* lang_variable);

std::string say(Language language, std::string_view zh, std::string_view en);

}  // namespace tools::cebgate
