#include <array>
#include <map>

#include "schemas/knowledge.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 5> kind_words{"status", "customs_code", "exchange_code", "message", "fault"};

// An answer that holds for several types is listed once, with all of them.
void list_statuses(const Catalog& catalog, std::vector<ListedMeaning>& all) {
  std::map<std::pair<const Answer*, std::string>, std::size_t> places;
  for (const MessageType& type : catalog.types()) {
    if (type.kind != MessageKind::declaration) continue;
    for (const ListedAnswer& row : catalog.listed_answers(type.name)) {
      for (const Answer& answer : row.meanings) {
        const auto [place, is_new] = places.try_emplace({&answer, std::string(row.status)}, all.size());
        if (is_new) all.push_back({ListedKind::status, std::string(row.status), {}, &answer});
        all[place->second].types.push_back(type.name);
      }
    }
  }
}

void list_rows(const KnowledgeRows& rows, ListedKind kind, std::vector<ListedMeaning>& all) {
  for (const KnowledgeRow& row : rows) {
    for (const std::string& code : row.codes.named()) all.push_back({kind, code, row.types, &row.meaning});
  }
}

}  // namespace

std::string_view word(ListedKind kind) { return kind_words.at(static_cast<std::size_t>(kind)); }

std::vector<ListedMeaning> Knowledge::listed() const {
  std::vector<ListedMeaning> all;
  list_statuses(*catalog_, all);
  list_rows(tables_.customs_codes, ListedKind::customs_code, all);
  list_rows(tables_.transport, ListedKind::exchange_code, all);
  list_rows(tables_.messages, ListedKind::message, all);
  list_rows(tables_.faults, ListedKind::fault, all);
  return all;
}

}  // namespace schemas
