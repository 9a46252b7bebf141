#include "gateway/casework/refusals.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "gateway/casework/refusal_groups.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/document_query.h"
#include "gateway/views/parameters.h"
#include "gateway/views/personal.h"

namespace gateway::casework {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::size_t documents_a_look = 500;
constexpr std::size_t most_looked_at = 10'000;  // the newest
constexpr std::size_t most_groups = 200;

// Blocks; the cursor of the next page, or "".
std::string look(ledger::Ledger& ledger, const ledger::Query& query, RefusalGroups& groups) {
  const ledger::Page page = ledger.list(query);
  for (const ledger::Summary& summary : page.documents) {
    const auto standing = ledger.newest_by_id(summary.id);
    if (!standing || standing->summary.picture.state != lifecycle::State::refused) continue;
    const auto assignment = ledger.assignment_of(summary.id);
    groups.add(*standing, assignment ? assignment->to : std::string());
  }
  return page.next.value_or("");
}

json::value goods_json(const std::optional<Goods>& goods) {
  if (!goods) return nullptr;
  return json::object{{"itemNo", goods->item_no}, {"itemName", goods->item_name}, {"gcode", goods->gcode}};
}

json::object group_json(const std::string& name, const RefusalGroup& group) {
  json::array examples;
  for (const ledger::Summary& example : group.examples) examples.push_back(views::summary(example));
  json::object assigned;
  for (const auto& [person, documents] : group.assigned) assigned[person] = documents;
  const schemas::Explanation& explanation = group.explanation;
  return {{"group", name},
          {"code", group.code},
          {"type", group.type},
          {"class", word(explanation.remedy)},
          {"goods", goods_json(group.goods)},
          {"count", group.documents},
          {"explanation", {{"zh", explanation.zh}, {"en", explanation.en}}},
          {"advice", {{"zh", explanation.advice_zh}, {"en", explanation.advice_en}}},
          {"examples", std::move(examples)},
          {"assigned", std::move(assigned)}};
}

}  // namespace

awaitable<http::Response> Refusals::groups(http::Request request) const {
  views::Parameters parameters(request.query, {"by", "since", "until", "enterprise", "port", "type", "personal"});
  ledger::Query query = views::read_document_query(parameters, parts_.catalog);
  const std::string by = parameters.text("by").value_or("code");
  if (by != "code" && by != "goods") parameters.refuse("by", "只能是 code 或 goods。", "This has to be code or goods.");
  const views::Personal personal = views::read_personal(parameters, *request.caller);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  query.states = {lifecycle::State::refused};
  query.enterprises = request.caller->enterprises;
  query.limit = documents_a_look;
  RefusalGroups groups(parts_.knowledge, by == "code" ? GroupedBy::code : GroupedBy::goods);
  std::size_t looked_at = request.caller->sees_nothing() ? most_looked_at : 0;
  for (; looked_at < most_looked_at; looked_at += documents_a_look) {
    const auto look_at_page = [&] { return look(parts_.ledger, query, groups); };
    query.cursor = co_await parts_.store.run(look_at_page);
    if (query.cursor.empty()) break;
  }
  json::array list;
  for (auto& [name, group] : groups.sorted()) {
    if (list.size() == most_groups) break;
    if (personal == views::Personal::masked) {
      const auto hide = [&] { views::hide_personal(parts_.catalog, parts_.ledger, group.examples); };
      co_await parts_.store.run(hide);
      group.explanation.zh = views::without_personal_data(nullptr, {}, group.explanation.zh);
      group.explanation.en = views::without_personal_data(nullptr, {}, group.explanation.en);
    }
    list.push_back(group_json(name, group));
  }
  co_return views::json_answer(200, json::object{{"groups", std::move(list)}, {"more", !query.cursor.empty()}});
}

}  // namespace gateway::casework
