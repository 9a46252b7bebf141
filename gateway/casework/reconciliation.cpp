#include "gateway/casework/reconciliation.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <map>
#include <tuple>
#include <vector>

#include "gateway/views/answers.h"
#include "gateway/views/csv.h"
#include "gateway/views/parameters.h"

namespace gateway::casework {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

enum class Fate { lodged, released, refused, silent, withdrawn };
constexpr std::array<std::string_view, 5> fate_words{"lodged", "released", "refused", "silent", "withdrawn"};

struct Tally {
  std::int64_t posted = 0;
  std::array<std::int64_t, fate_words.size()> by_fate{};

  void add(Fate fate, std::int64_t documents) {
    posted += documents;
    by_fate.at(static_cast<std::size_t>(fate)) += documents;
  }
};

using Rows = std::map<std::tuple<std::string, std::string, std::string>, Tally>;  // by enterprise, port, type

// Each document stands in one column alone, so that they make up what was posted.
Fate fate_of(const ledger::Stand& stand) {
  using lifecycle::State;
  if (stand.state == State::withdrawn) return Fate::withdrawn;
  if (stand.state == State::refused || stand.outcome == "rejected" || stand.outcome == "returned") return Fate::refused;
  if (stand.outcome == "released" || stand.outcome == "closed") return Fate::released;
  return stand.state == State::settled || stand.outcome == "lodged" ? Fate::lodged : Fate::silent;
}

void add_counts(json::object& row, const Tally& tally) {
  row["posted"] = tally.posted;
  for (std::size_t i = 0; i < fate_words.size(); ++i) row[fate_words.at(i)] = tally.by_fate.at(i);
}

Tally total_of(const Rows& rows) {
  Tally total;
  for (const auto& [name, tally] : rows) {
    for (std::size_t i = 0; i < fate_words.size(); ++i) total.add(static_cast<Fate>(i), tally.by_fate.at(i));
  }
  return total;
}

json::object as_json(const std::string& day, const Rows& rows) {
  json::array list;
  for (const auto& [name, tally] : rows) {
    json::object row{{"enterprise", std::get<0>(name)}, {"port", std::get<1>(name)}, {"type", std::get<2>(name)}};
    add_counts(row, tally);
    list.push_back(std::move(row));
  }
  json::object total;
  add_counts(total, total_of(rows));
  return {{"day", day}, {"rows", std::move(list)}, {"total", std::move(total)}};
}

http::Response as_csv(const std::string& day, const Rows& rows) {
  std::vector<std::string> cells{"day", "enterprise", "port", "type", "posted"};
  cells.insert(cells.end(), fate_words.begin(), fate_words.end());
  std::string text = std::string(views::csv_beginning) + views::csv_line(cells);
  for (const auto& [name, tally] : rows) {
    cells = {day, std::get<0>(name), std::get<1>(name), std::get<2>(name), std::to_string(tally.posted)};
    for (const std::int64_t count : tally.by_fate) cells.push_back(std::to_string(count));
    text += views::csv_line(cells);
  }
  auto response = http::Response::text(200, std::move(text), "text/csv; charset=utf-8");
  response.headers.set("Content-Disposition", "attachment; filename=\"reconciliation-" + day + ".csv\"");
  return response;
}

constexpr std::size_t day_characters = 10;

// The day begins where it does in China.
std::optional<base::Time> beginning_of(const std::string& day) {
  return day.size() == day_characters ? base::read_rfc3339(day + "T00:00:00+08:00") : std::nullopt;
}

std::string china_day(base::Time time) { return base::china_text(time).substr(0, day_characters); }

}  // namespace

awaitable<http::Response> Reconciliation::of_a_day(http::Request request) const {
  views::Parameters parameters(request.query, {"day", "enterprise", "port", "format"});
  const std::string day = parameters.text("day").value_or(china_day(parts_.clock.now()));
  const auto since = beginning_of(day);
  if (!since)
    parameters.refuse("day", "应为日期，如 2026-01-31（中国时间）。",
                      "This has to be a day of China, such as 2026-01-31.");
  const std::string format = parameters.text("format").value_or("json");
  if (format != "json" && format != "csv")
    parameters.refuse("format", "只能是 json 或 csv。", "This has to be json or csv.");
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const ledger::StandQuery query{*since, *since + std::chrono::hours(24), parameters.text("enterprise"),
                                 parameters.text("port"), request.caller->enterprises};
  std::vector<ledger::Stand> stands;
  if (!request.caller->sees_nothing()) {
    const auto read = [&] { return parts_.ledger.stands(query); };
    stands = co_await parts_.store.run(read);
  }
  Rows rows;
  for (const auto& stand : stands) {
    rows[{stand.enterprise, stand.port, stand.type}].add(fate_of(stand), stand.documents);
  }
  co_return format == "csv" ? as_csv(day, rows) : views::json_answer(200, as_json(day, rows));
}

}  // namespace gateway::casework
