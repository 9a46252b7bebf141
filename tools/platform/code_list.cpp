#include "tools/platform/code_list.h"

namespace tools::platform {
namespace {

void add_word(std::string& line, std::string_view word) {
  if (!line.empty()) line += ' ';
  line += word;
}

}  // namespace

std::string code_list(const Rulebook& rules) {
  std::string list = "code\ttypes\toccasions\ttext\tsource\n";
  for (const Saying& one : rules.sayings()) {
    std::string types, occasions;
    for (const std::string& type : one.types) add_word(types, type);
    for (const Occasion occasion : one.occasions) add_word(occasions, word(occasion));
    list += one.code + "\t" + types + "\t" + occasions + "\t" + one.text + "\t" + one.source + "\n";
  }
  for (const Unclaimed& some : rules.unclaimed()) {
    for (const std::string& code : some.codes) list += code + "\t\t\t" + some.zh + "\t" + some.en + "\n";
  }
  return list;
}

}  // namespace tools::platform
