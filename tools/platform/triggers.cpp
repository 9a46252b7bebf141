#include "tools/platform/triggers.h"

#include <algorithm>
#include <charconv>

#include "tools/platform/ways.h"

namespace tools::platform {
namespace {

bool is_a_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<unsigned> number_in(std::string_view digits, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (!is_a_number(digits) || error != std::errc() || end != digits.data() + digits.size() || number > most) return {};
  return number;
}

bool* flag_named(Triggers& triggers, std::string_view word) {
  if (word == "silent") return &triggers.silent;
  if (word == "twice") return &triggers.twice;
  if (word == "backwards") return &triggers.backwards;
  if (word == "foreign") return &triggers.foreign;
  if (word == "garbled") return &triggers.garbled;
  if (word == "half-written") return &triggers.half_written;
  if (word == "lost-ack") return &triggers.lost_ack;
  if (word == "mdn-wrong") return &triggers.mdn_wrong;
  if (word == "mdn-late") return &triggers.mdn_late;
  if (word == "no-notices") return &triggers.no_notices;
  return nullptr;
}

void read_word(Triggers& triggers, std::string_view word) {
  constexpr std::string_view late = "late", refuse = "http500", refuse_times = "http500x", reply = "reply";
  if (bool* flag = flag_named(triggers, word)) {
    *flag = true;
  } else if (is_way(word)) {
    triggers.code = std::string(word);
  } else if (word.starts_with(reply) && word.size() == reply.size() + 4 && is_a_number(word.substr(reply.size()))) {
    triggers.reply = std::string(word.substr(reply.size()));
  } else if (word == "confirm-lost") {
    triggers.line = LineHarm::confirm_lost;
  } else if (word == "dropped") {
    triggers.line = LineHarm::dropped;
  } else if (word == refuse) {
    triggers.refusals = 1;
  } else if (const auto times = word.starts_with(refuse_times)
                                    ? number_in(word.substr(refuse_times.size()), most_refusals)
                                    : std::optional<unsigned>()) {
    triggers.refusals = *times;
  } else if (const auto seconds = word.starts_with(late)
                                      ? number_in(word.substr(late.size()), unsigned(most_lateness.count()))
                                      : std::optional<unsigned>()) {
    triggers.late = std::chrono::seconds(*seconds);
  } else {
    triggers.unknown.emplace_back(word);
  }
}

}  // namespace

Triggers read_triggers(std::string_view words) {
  Triggers triggers;
  while (true) {
    const auto plus = words.find('+');
    read_word(triggers, words.substr(0, plus));
    if (plus == std::string_view::npos) return triggers;
    words.remove_prefix(plus + 1);
  }
}

Triggers triggers_of_number(std::string_view number) {
  const auto tilde = number.rfind('~');
  return tilde == std::string_view::npos ? Triggers{} : read_triggers(number.substr(tilde + 1));
}

}  // namespace tools::platform
