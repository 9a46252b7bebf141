#include "gateway/operations/replays.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <limits>
#include <string>
#include <vector>

#include "gateway/views/answers.h"
#include "gateway/views/paging.h"
#include "gateway/views/parameters.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

json::value time_or_null(const std::optional<base::Time>& time) {
  return time ? json::value(base::rfc3339(*time)) : json::value(nullptr);
}

json::object shown_row(const ledger::Replay& replay) {
  const json::value about = json::parse(replay.about);
  return {{"id", std::to_string(replay.id)},
          {"state", ledger::word(replay.state)},
          {"action", replay.action},
          {"mode", replay.mode},
          {"reason", replay.reason},
          {"by", replay.by},
          {"filter", about.at("filter")},
          {"pace", replay.pace},
          {"created_at", base::rfc3339(replay.created_at)},
          {"expires_at", replay.state == ledger::ReplayState::preview
                             ? json::value(base::rfc3339(replay.created_at + ledger::Ledger::preview_lasts))
                             : json::value(nullptr)},
          {"started_at", time_or_null(replay.started_at)},
          {"finished_at", time_or_null(replay.finished_at)},
          {"stopped_by", replay.stopped_by},
          {"matched", about.at("matched")},
          {"pending", replay.pending},
          {"moved", replay.moved},
          {"passed_over", replay.passed_over}};
}

json::object shown_whole(const ledger::Replay& replay) {
  json::object shown = shown_row(replay);
  const json::object about = json::parse(replay.about).as_object();
  for (const char* name :
       {"limit", "would", "not_allowed", "by_state", "by_type", "by_enterprise", "examples", "examples_not_allowed"}) {
    shown[name] = about.at(name);
  }
  return shown;
}

bool may_see(const http::Caller& caller, const ledger::Replay& replay) {
  if (replay.enterprises.empty()) return replay.by == caller.name || caller.all_enterprises;
  return std::ranges::all_of(replay.enterprises, [&](const std::string& code) { return caller.may(code); });
}

http::Response unknown_replay() {
  return http::Response::problem(
      404, "no such order",
      {views::fault("replay.unknown", "", "没有这个批量操作（预览一小时后失效），或者无权查看。",
                    "There is no such order (a preview lasts an hour), or this client may not see it.")});
}

http::Response not_now(const std::string& code, std::string zh, std::string en) {
  return http::Response::problem(409, "not in this state", {views::fault(code, "", std::move(zh), std::move(en))});
}

std::int64_t read_id(const std::string& text) {
  std::int64_t id = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, id);
  return read.ec == std::errc{} && read.ptr == end ? id : 0;
}

// What is said again when a preview is run has to be what was previewed.
base::Faults differences(const ledger::Replay& replay, const json::object& members) {
  const json::object about = json::parse(replay.about).as_object();
  const json::object previewed{{"filter", about.at("filter")},
                               {"limit", about.at("limit")},
                               {"action", replay.action},
                               {"mode", replay.mode},
                               {"reason", replay.reason}};
  base::Faults faults;
  for (const auto& member : previewed) {
    const json::value* again = members.if_contains(member.key());
    if (again == nullptr || *again == member.value()) continue;
    faults.push_back(views::fault("replay.other_order", "/" + std::string(member.key()),
                                  "与预览时不同；请重新预览，或省略它。",
                                  "This is not what was previewed: preview it anew, or leave it out."));
  }
  return faults;
}

}  // namespace

awaitable<http::Response> Replays::post(http::Request request) const {
  const auto wanted = read_replay_order(request.body, parts_.catalog);
  if (!wanted) {
    const bool is_unreadable = wanted.faults().front().code == "json.syntax";
    co_return http::Response::problem(is_unreadable ? 400 : 422, "the order cannot be carried out", wanted.faults());
  }
  if (wanted->preview) co_return co_await run(*request.caller, *wanted);
  auto made = co_await previews_.make(*request.caller, *wanted);
  if (auto* refusal = std::get_if<http::Response>(&made)) co_return std::move(*refusal);
  co_return co_await shown(200, std::get<std::int64_t>(made));
}

awaitable<http::Response> Replays::run(const http::Caller& caller, const ReplayOrder& wanted) const {
  const auto replay = co_await find(caller, *wanted.preview);
  if (!replay || replay->by != caller.name) co_return unknown_replay();
  const base::Faults other = differences(*replay, wanted.members);
  if (!other.empty()) co_return http::Response::problem(422, "not what was previewed", other);
  const auto start = [&] {
    return parts_.ledger.start_replay(replay->id, wanted.pace.value_or(replay->pace), parts_.clock.now());
  };
  if (!co_await parts_.store.run(start)) {
    co_return not_now("replay.preview_past", "预览已过期，或已经执行过；请重新预览。",
                      "The preview is past its time, or was run already: preview it anew.");
  }
  if (parts_.on_replay) parts_.on_replay();
  co_return co_await shown(202, replay->id);
}

awaitable<http::Response> Replays::list(http::Request request) const {
  views::Parameters parameters(request.query, {"limit", "cursor"});
  const std::size_t most = views::read_limit(parameters);
  const std::string cursor = views::read_cursor(parameters);
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] { return parts_.ledger.replays(read_id(cursor), most); };
  const std::vector<ledger::Replay> found = co_await parts_.store.run(read);
  json::array rows;
  for (const ledger::Replay& replay : found) {
    if (may_see(*request.caller, replay)) rows.push_back(shown_row(replay));
  }
  json::object answer{{"replays", std::move(rows)}, {"next", nullptr}};
  if (found.size() == most) answer["next"] = views::outgoing_cursor(std::to_string(found.back().id));
  co_return views::json_answer(200, answer);
}

awaitable<http::Response> Replays::one(http::Request request) const {
  const auto replay = co_await find(*request.caller, read_id(request.places["id"]));
  co_return replay ? views::json_answer(200, shown_whole(*replay)) : unknown_replay();
}

awaitable<http::Response> Replays::stop(http::Request request) const {
  const auto replay = co_await find(*request.caller, read_id(request.places["id"]));
  if (!replay) co_return unknown_replay();
  const auto end = [&] { return parts_.ledger.stop_replay(replay->id, request.caller->name, parts_.clock.now()); };
  if (!co_await parts_.store.run(end)) {
    co_return not_now("replay.not_running", "它没有在执行。", "It does not run.");
  }
  co_return co_await shown(200, replay->id);
}

awaitable<http::Response> Replays::shown(unsigned status, std::int64_t id) const {
  const auto read = [&] { return parts_.ledger.replay(id); };
  const auto replay = co_await parts_.store.run(read);
  co_return replay ? views::json_answer(status, shown_whole(*replay)) : unknown_replay();
}

awaitable<std::optional<ledger::Replay>> Replays::find(const http::Caller& caller, std::int64_t id) const {
  const auto read = [&] { return parts_.ledger.replay(id); };
  auto replay = co_await parts_.store.run(read);
  if (replay && !may_see(caller, *replay)) replay.reset();
  co_return replay;
}

}  // namespace gateway::operations
