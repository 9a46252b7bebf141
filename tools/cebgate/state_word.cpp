#include "tools/cebgate/state_word.h"

#include "base/clock.h"
#include "gateway/lifecycle/state.h"

namespace tools::cebgate {

std::string state_word(const std::string& word, Language language) {
  const auto state = gateway::lifecycle::read_state(word);
  if (!state || language == Language::en) return word;
  return std::string(gateway::lifecycle::word_zh(*state));
}

std::string short_time(const std::string& rfc3339) {
  const auto time = base::read_rfc3339(rfc3339);
  return time ? base::china_text(*time) : rfc3339;
}

}  // namespace tools::cebgate
