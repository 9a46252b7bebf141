#include "tools/cebgate/timeline.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/clock.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/state_word.h"

namespace tools::cebgate {

namespace {

// One thing that happened. At the same moment a receipt stands before the move that it caused.
struct Happening {
  base::Time at;
  int rank = 0;
  std::string head;  // a state word or a receipt status; empty: only a detail
  std::string detail;
};

base::Time time_of(const boost::json::value& entry) {
  return base::read_rfc3339(text_of(entry, "at")).value_or(base::Time{});
}

void join(std::string& text, const std::string& more) {
  if (!more.empty()) text += (text.empty() ? "" : "  ") + more;
}

void add_moves(const boost::json::value& document, Language language, std::vector<Happening>& all) {
  std::string last;
  for (const boost::json::value& entry : array_of(document, "timeline")) {
    const std::string to = text_of(entry, "to");
    Happening move{time_of(entry), 2, to == last ? "" : state_word(to, language), short_time(text_of(entry, "at"))};
    join(move.detail, text_of(entry, "by"));
    join(move.detail, text_of(entry, "outcome"));
    join(move.detail, text_of(entry, "reason"));
    last = to;
    all.push_back(std::move(move));
  }
}

void add_receipts(const boost::json::value& document, std::vector<Happening>& all) {
  for (const boost::json::value& entry : array_of(document, "receipts")) {
    Happening receipt{time_of(entry), 1, text_of(entry, "returnStatus"), short_time(text_of(entry, "at"))};
    join(receipt.detail, text_of(entry, "returnInfo"));
    all.push_back(std::move(receipt));
  }
}

void add_deliveries(const boost::json::value& document, Language language, std::vector<Happening>& all) {
  for (const boost::json::value& entry : array_of(document, "deliveries")) {
    Happening delivery{time_of(entry), 0, "", short_time(text_of(entry, "at"))};
    join(delivery.detail, say(language, "投递", "delivery") + " " + text_of(entry, "outcome"));
    join(delivery.detail, text_of(entry, "answer"));
    all.push_back(std::move(delivery));
  }
}

void print_standing(std::ostream& out, const boost::json::value& document, Language language) {
  std::string standing = say(language, "现状：", "now: ") + state_word(text_of(document, "state"), language);
  join(standing, text_of(document, "stage"));
  join(standing, text_of(document, "outcome"));
  join(standing, text_of(document, "reason"));
  out << "    " << printable(standing) << "\n";
}

void print_explanation(std::ostream& out, const boost::json::value& document, Language language) {
  const auto* members = document.if_object();
  const boost::json::value* explanation = members == nullptr ? nullptr : members->if_contains("explanation");
  if (explanation == nullptr || explanation->is_null()) return;
  std::string text =
      explanation->is_object() ? text_of(*explanation, say(language, "zh", "en")) : text_of(document, "explanation");
  if (explanation->is_object()) join(text, text_of(*explanation, say(language, "advice_zh", "advice_en")));
  if (!text.empty()) out << "    " << printable(text) << "\n";
}

}  // namespace

void print_timeline(std::ostream& out, const boost::json::value& document, Language language) {
  std::vector<Happening> all;
  add_moves(document, language, all);
  add_receipts(document, all);
  add_deliveries(document, language, all);
  std::ranges::stable_sort(
      all, [](const Happening& a, const Happening& b) { return a.at != b.at ? a.at < b.at : a.rank < b.rank; });
  out << printable(text_of(document, "key")) << "\n";
  for (const Happening& happening : all) {
    if (!happening.head.empty()) out << printable(happening.head) << "\n";
    out << "    " << printable(happening.detail) << "\n";
  }
  print_standing(out, document, language);
  print_explanation(out, document, language);
}

}  // namespace tools::cebgate
