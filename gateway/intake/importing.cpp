#include "gateway/intake/importing.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "gateway/intake/post_answers.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

constexpr int most_import_attempts = 5;
constexpr std::array<std::string_view, 3> import_result_words{"imported", "updated", "known"};

http::Response moved_on() {
  return http::Response::problem(409, "changed meanwhile",
                                 {views::fault("intake.moved_on", "", "这些单证同时被其他请求修改，请重试。",
                                               "Other requests change these documents at the same time; post again.")});
}

json::object item(const ImportRow& row) {
  const ledger::Summary& summary = row.summary;
  json::object shown{{"result", import_result_words.at(static_cast<std::size_t>(row.result))},
                     {"type", summary.type},
                     {"key", summary.key},
                     {"number", summary.number},
                     {"version", summary.version},
                     {"state", lifecycle::word(summary.picture.state)},
                     {"stage", summary.picture.stage},
                     {"outcome", summary.picture.outcome}};
  if (summary.id.empty()) return shown;
  shown["id"] = summary.id;
  shown["href"] = "/v1/documents/" + summary.id;
  return shown;
}

http::Response answer(const ImportRows& rows) {
  json::array items;
  for (const ImportRow& row : rows) {
    const Candidate& candidate = row.candidate;
    items.push_back(candidate.is_refused()
                        ? json::object{{"index", candidate.index}, {"faults", views::faults(candidate.faults)}}
                        : item(row));
  }
  return views::json_answer(200, items);
}

std::optional<http::Response> refusal_of(const ImportRows& rows) {
  Candidates candidates;
  for (const ImportRow& row : rows) candidates.push_back(row.candidate);
  const bool any = std::ranges::any_of(candidates, [](const Candidate& one) { return one.is_refused(); });
  return any ? std::optional(refused(candidates)) : std::nullopt;
}

}  // namespace

base::Result<Importing::Terms> Importing::read_terms(const http::Request& request) {
  Terms terms;
  terms.caller = *request.caller;
  base::Faults faults;
  for (const auto& [name, value] : request.query) {
    const bool is_known = name == "partial" || name == "dry_run";
    if (!is_known || (value != "true" && value != "false")) {
      faults.push_back(views::fault("api.parameter", "?" + name, "只能用 partial 和 dry_run，值为 true 或 false。",
                                    "Only partial and dry_run may stand here, true or false."));
    } else if (value == "true" && name == "partial") {
      terms.extent = Extent::what_is_good;
    } else if (value == "true") {
      terms.purpose = Purpose::look;
    }
  }
  if (!faults.empty()) return faults;
  return terms;
}

boost::asio::awaitable<http::Response> Importing::import(http::Request request) const {
  const auto terms = read_terms(request);
  if (!terms) co_return http::Response::problem(400, "the request cannot be read", terms.faults());
  const auto read = [&] { return reader_.read(*request.caller, request.body, parts_.clock.now()); };
  auto rows = co_await parts_.work.run(read);
  if (auto* response = std::get_if<http::Response>(&rows)) co_return std::move(*response);
  for (int tries = 0; tries < most_import_attempts; ++tries) {
    auto response = co_await attempt(*terms, std::get<ImportRows>(rows));
    if (response) co_return std::move(*response);
  }
  co_return moved_on();
}

// Nothing: a document moved on between looking and keeping.
boost::asio::awaitable<std::optional<http::Response>> Importing::attempt(const Terms& terms, ImportRows rows) const {
  const auto look_up = [&] { return look(terms.caller, rows); };
  const std::vector<KnownOfImport> known = co_await parts_.store.run(look_up);
  const auto place_all = [&] { place(terms, rows, known); };
  co_await parts_.work.run(place_all);
  if (terms.extent == Extent::all_or_nothing) {
    auto refusal = refusal_of(rows);
    if (refusal) co_return refusal;
  }
  if (terms.purpose == Purpose::write) {
    const auto keep_all = [&] { return keep(rows); };
    const bool is_kept = co_await parts_.store.run(keep_all);
    if (!is_kept) co_return std::nullopt;
    if (parts_.on_accepted) parts_.on_accepted();
  }
  co_return answer(rows);
}

std::vector<KnownOfImport> Importing::look(const http::Caller& caller, const ImportRows& rows) const {
  std::vector<std::string> keys;
  for (const ImportRow& row : rows) {
    if (!row.candidate.key.empty()) keys.push_back(row.candidate.key);
  }
  auto newest = parts_.ledger.newest(keys);
  auto next = newest.begin();
  std::vector<KnownOfImport> all;
  for (const ImportRow& row : rows) {
    KnownOfImport& known = all.emplace_back();
    if (row.candidate.key.empty()) continue;
    known.newest = std::move(*next++);
    known.is_hidden = known.newest && !caller.may(known.newest->summary.enterprise);
    if (row.candidate.enterprise != nullptr && !row.candidate.posted_guid.empty()) look_for_guid(row, known);
  }
  return all;
}

// A root guid is indexed like the guids of documents, and may be that of one of them.
void Importing::look_for_guid(const ImportRow& row, KnownOfImport& known) const {
  const Candidate& candidate = row.candidate;
  const std::string& dxp_id = candidate.enterprise->dxp_id;
  for (const ledger::DocumentRef& ref : parts_.ledger.by_number("guid", candidate.posted_guid, dxp_id)) {
    auto standing = parts_.ledger.standing(ref);
    if (!standing || standing->guid != candidate.posted_guid) continue;
    if (standing->summary.key == candidate.key) {
      for (const ledger::Number& number : row.learnt) {
        const auto holders = parts_.ledger.by_number(number.kind, number.value, dxp_id);
        if (std::ranges::find(holders, ref) == holders.end()) known.new_numbers.push_back(number);
      }
      for (const auto& [version, at] : parts_.ledger.first_sends(ref.id)) {
        known.earlier_version_reached_port = known.earlier_version_reached_port || version < ref.version;
      }
    }
    known.with_guid.push_back(std::move(*standing));
  }
}

void Importing::place(const Terms& terms, ImportRows& rows, const std::vector<KnownOfImport>& known) const {
  const base::Time now = parts_.clock.now();
  for (ImportRow& row : rows) {
    if (!row.candidate.is_refused()) placing_.place(row, known[row.candidate.index], terms.caller.name, now);
  }
}

bool Importing::keep(ImportRows& rows) const {
  std::vector<ledger::Import> imports;
  std::vector<ImportRow*> owners;
  for (ImportRow& row : rows) {
    if (row.candidate.is_refused() || !row.import) continue;
    imports.push_back(*row.import);
    owners.push_back(&row);
  }
  if (imports.empty()) return true;
  const auto ids = parts_.ledger.take_over(imports, parts_.clock.now());
  if (!ids) return false;
  for (std::size_t i = 0; i < owners.size(); ++i) owners[i]->summary.id = (*ids)[i];
  return true;
}

}  // namespace gateway::intake
