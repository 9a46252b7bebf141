#include "gateway/intake/events.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/http/body_stream.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/parameters.h"
#include "gateway/views/personal.h"

namespace gateway::intake {

using boost::asio::awaitable;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t most_in_a_part = 200;
constexpr std::chrono::seconds try_again_after{5};
constexpr std::string_view retry = "retry: 2000\n";  // milliseconds, before a client that was cut off comes again
constexpr std::string_view heartbeat = ": heartbeat\n\n";
const std::string header_of_the_last = "Last-Event-ID";

std::string event(const ledger::MoveRow& row) {
  return "id: " + std::to_string(row.cursor) + "\nevent: change\ndata: " + boost::json::serialize(views::change(row)) +
         "\n\n";
}

std::optional<std::int64_t> read_cursor(views::Parameters& parameters, const std::string& name) {
  return parameters.number(name, 0, std::numeric_limits<std::int64_t>::max());
}

http::Response too_many(std::size_t most) {
  const std::string limit = std::to_string(most);
  return views::busy("已打开 " + limit + " 个事件流，达到上限；请关闭不再需要的，或改用 GET /v1/changes。",
                     limit +
                         " event streams are open, which is the limit; close those not needed, or use "
                         "GET /v1/changes.",
                     try_again_after);
}

}  // namespace

class EventStream final : public http::BodyStream {
 public:
  EventStream(const boost::asio::any_io_executor& executor, const Parts& parts, std::shared_ptr<Events::Open> open,
              http::Caller caller, std::int64_t after, std::string first_part)
      : parts_(parts),
        open_(std::move(open)),
        caller_(std::move(caller)),
        personal_(views::personal_for(caller_)),
        after_(after),
        first_part_(std::move(first_part)),
        bell_(executor) {
    open_->insert(this);
  }
  ~EventStream() override { open_->erase(this); }
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  awaitable<std::optional<std::string>> next() override {
    std::string part = std::exchange(first_part_, {});
    while (part.empty() && !has_ended_) {
      if (!has_more_) co_await rest();
      part = co_await look();
      if (part.empty() && steady_clock::now() >= told_at_ + parts_.event_pace.heartbeat) part = heartbeat;
    }
    told_at_ = steady_clock::now();
    co_return has_ended_ ? std::nullopt : std::optional(std::move(part));
  }

  void end() override {
    has_ended_ = true;
    bell_.cancel();
  }

  void wake() {
    has_news_ = true;
    bell_.cancel();
  }

 private:
  awaitable<std::string> look() {
    has_news_ = false;
    looked_at_ = steady_clock::now();
    std::vector<ledger::MoveRow> rows;
    if (!caller_.sees_nothing()) {
      const auto read = [this] {
        auto found = parts_.ledger.changes(after_, caller_.enterprises, most_in_a_part);
        if (personal_ == views::Personal::masked) views::hide_personal(parts_.catalog, parts_.ledger, found);
        return found;
      };
      rows = co_await parts_.store.run(read);
    }
    has_more_ = rows.size() == most_in_a_part;
    if (!rows.empty()) after_ = rows.back().cursor;
    std::string part;
    for (const ledger::MoveRow& row : rows) part += event(row);
    co_return part;
  }

  // However often it is woken, it does not look more often than the pace allows.
  awaitable<void> rest() {
    while (!has_ended_ && steady_clock::now() < next_look()) {
      boost::system::error_code cut_short;
      bell_.expires_at(next_look());
      co_await bell_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
    }
  }

  steady_clock::time_point next_look() const {
    const auto& pace = parts_.event_pace;
    const auto earliest = looked_at_ + pace.shortest_rest;
    return has_news_ ? earliest : std::min(looked_at_ + pace.longest_rest, told_at_ + pace.heartbeat);
  }

  Parts parts_;
  std::shared_ptr<Events::Open> open_;
  http::Caller caller_;
  views::Personal personal_;
  std::int64_t after_;
  std::string first_part_;
  boost::asio::steady_timer bell_;
  steady_clock::time_point looked_at_{}, told_at_{};
  bool has_more_ = true;
  bool has_news_ = false;
  bool has_ended_ = false;
};

awaitable<http::Response> Events::stream(http::Request request) const {
  views::Parameters parameters(request.query, {"after"});
  const std::map<std::string, std::string> header{
      {header_of_the_last, std::string(request.headers.get(header_of_the_last))}};
  views::Parameters resumption(header, {header_of_the_last}, "header ");
  const bool from_now_on = parameters.text("after") == "newest";
  const auto after = from_now_on ? std::nullopt : read_cursor(parameters, "after");
  const auto last = read_cursor(resumption, header_of_the_last);
  base::Faults faults = parameters.faults();
  faults.insert(faults.end(), resumption.faults().begin(), resumption.faults().end());
  if (!faults.empty()) co_return http::Response::problem(400, "the request cannot be read", faults);
  std::int64_t place = last.value_or(after.value_or(0));
  std::string first_part(retry);
  if (from_now_on && !last) {
    place = co_await parts_.store.run([this] { return parts_.ledger.newest_change(); });
    first_part += "id: " + std::to_string(place) + "\n";  // its place, should it be cut off before anything changes
  }
  first_part += "\n";
  if (open_->size() >= parts_.event_pace.most_streams) co_return too_many(parts_.event_pace.most_streams);
  http::Response response;
  response.headers.set("Content-Type", "text/event-stream");
  response.headers.set("X-Accel-Buffering", "no");  // a proxy is to pass every part on at once
  const auto executor = co_await boost::asio::this_coro::executor;
  response.stream =
      std::make_shared<EventStream>(executor, parts_, open_, *request.caller, place, std::move(first_part));
  co_return response;
}

void Events::wake() const {
  for (EventStream* stream : *open_) stream->wake();
}

}  // namespace gateway::intake
