#include "gateway/operations/previews.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <limits>
#include <span>

#include "gateway/operations/decisions.h"
#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::size_t documents_a_look = 500;
constexpr std::size_t most_examples = 10;  // of those that would move, and of those that would not
constexpr std::chrono::seconds pause_while_many_are_open{60};

http::Response too_many(std::size_t found, std::int64_t limit) {
  const std::string count = std::to_string(found), most = std::to_string(limit);
  return http::Response::problem(
      422, "the filter finds too many documents",
      {views::fault("replay.too_many", "/filter",
                    "条件选中 " + count + " 份单证，超过上限 " + most + "；请缩小条件，或提高 limit（最多 " +
                        std::to_string(most_replay_limit) + "）。",
                    "The filter finds " + count + " documents, more than the limit of " + most +
                        ": narrow it, or raise limit (at most " + std::to_string(most_replay_limit) + ").")});
}

json::object counts(const std::map<std::string, std::int64_t>& counted) {
  json::object shown;
  for (const auto& [name, count] : counted) shown[name] = count;
  return shown;
}

json::object example(const ledger::Summary& summary) {
  return {{"id", summary.id}, {"key", summary.key}, {"state", lifecycle::word(summary.picture.state)}};
}

}  // namespace

awaitable<std::variant<std::int64_t, http::Response>> Previews::make(const http::Caller& caller,
                                                                     ReplayOrder wanted) const {
  Tally tally;
  if (caller.sees_nothing()) co_return co_await keep(caller, wanted, std::move(tally));
  ledger::Query& query = wanted.filter;
  query.enterprises = caller.enterprises;
  query.limit = documents_a_look;
  const auto count_all = [&] { return parts_.ledger.count(query, std::numeric_limits<std::int64_t>::max()); };
  const std::size_t found = co_await parts_.store.run(count_all);
  if (found > static_cast<std::size_t>(wanted.limit)) co_return too_many(found, wanted.limit);
  do {
    const auto look_at_page = [&] { return look(query, wanted.order, tally); };
    query.cursor = co_await parts_.store.run(look_at_page);
    // What was posted since it was counted.
    if (tally.matched > wanted.limit) co_return too_many(static_cast<std::size_t>(tally.matched), wanted.limit);
  } while (!query.cursor.empty());
  co_return co_await keep(caller, wanted, std::move(tally));
}

std::string Previews::look(const ledger::Query& query, const Order& order, Tally& tally) const {
  const ledger::Page page = parts_.ledger.list(query);
  for (const ledger::Summary& summary : page.documents) {
    if (const auto bearings = parts_.ledger.bearings(summary.id)) count(*bearings, order, tally);
  }
  return page.next.value_or("");
}

void Previews::count(const ledger::Bearings& bearings, const Order& order, Tally& tally) const {
  const ledger::Summary& summary = bearings.standing.summary;
  ++tally.matched;
  ++tally.by_state[std::string(lifecycle::word(summary.picture.state))];
  ++tally.by_type[summary.type];
  ++tally.by_enterprise[summary.enterprise];
  tally.enterprises.insert(summary.enterprise);
  const Subject subject = subject_of(parts_.knowledge, bearings);
  json::object shown = example(summary);
  if (const auto to = target(subject, order)) {
    ++tally.would[std::string(lifecycle::word(*to))];
    tally.documents.push_back({0, {summary.id, summary.version}, bearings.standing.revision});
    shown["would"] = lifecycle::word(*to);
    if (tally.examples.size() < most_examples) tally.examples.push_back(std::move(shown));
    return;
  }
  Words why = why_not(subject, order);
  shown["zh"] = why.zh;
  shown["en"] = why.en;
  if (tally.examples_not_allowed.size() < most_examples) tally.examples_not_allowed.push_back(std::move(shown));
  ++tally.not_allowed[{std::move(why.zh), std::move(why.en)}];
}

awaitable<std::variant<std::int64_t, http::Response>> Previews::keep(const http::Caller& caller,
                                                                     const ReplayOrder& wanted, Tally tally) const {
  json::array not_allowed;
  for (const auto& [why, count] : tally.not_allowed) {
    not_allowed.push_back({{"zh", why.first}, {"en", why.second}, {"count", count}});
  }
  const json::object about{{"filter", wanted.members.at("filter")},
                           {"limit", wanted.limit},
                           {"matched", tally.matched},
                           {"would", counts(tally.would)},
                           {"not_allowed", std::move(not_allowed)},
                           {"by_state", counts(tally.by_state)},
                           {"by_type", counts(tally.by_type)},
                           {"by_enterprise", counts(tally.by_enterprise)},
                           {"examples", std::move(tally.examples)},
                           {"examples_not_allowed", std::move(tally.examples_not_allowed)}};
  ledger::Replay preview;
  preview.by = caller.name;
  preview.action = word(wanted.order.action);
  preview.mode = word(wanted.order.mode);
  preview.reason = wanted.order.reason;
  preview.enterprises.assign(tally.enterprises.begin(), tally.enterprises.end());
  preview.about = json::serialize(about);
  preview.pace = wanted.pace.value_or(default_pace);
  const auto write = [&] { return parts_.ledger.keep_preview(preview, parts_.clock.now()); };
  const auto id = co_await parts_.store.run(write);
  if (!id) {
    co_return views::busy("进行中的批量操作和预览过多，请稍后再试。",
                          "Too many orders and previews are open; try again later.", pause_while_many_are_open);
  }
  // The oldest first, as they were posted.
  std::ranges::reverse(tally.documents);
  for (std::size_t i = 0; i < tally.documents.size(); ++i) tally.documents[i].place = static_cast<std::int64_t>(i);
  std::span<const ledger::ReplayDocument> rest(tally.documents);
  while (!rest.empty()) {
    const auto part = rest.first(std::min(rest.size(), documents_a_look));
    const auto add = [&] { parts_.ledger.add_to_preview(*id, part); };
    co_await parts_.store.run(add);
    rest = rest.subspan(part.size());
  }
  co_return *id;
}

}  // namespace gateway::operations
