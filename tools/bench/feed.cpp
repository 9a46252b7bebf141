#include "tools/bench/feed.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "tools/cebgate/json_text.h"

namespace tools::bench {

namespace {

constexpr std::size_t most_in_a_page = 1000;

std::string target(const std::string& after, std::size_t limit) {
  return "/v1/changes?after=" + after + "&limit=" + std::to_string(limit);
}

}  // namespace

boost::asio::awaitable<Feed::Probe> Feed::probe(std::int64_t after) {
  const auto exchange = co_await api_.get(session_, target(std::to_string(after), 1));
  if (!succeeded(exchange)) {
    trouble_ = trouble(exchange);
    co_return Probe::unreadable;
  }
  const auto page = cebgate::read_answer(exchange.response.body);
  co_return cebgate::array_of(page, "changes").empty() ? Probe::ended : Probe::goes_on;
}

boost::asio::awaitable<std::string> Feed::go_to_the_end() {
  std::int64_t before = -1, ended = 0;  // the feed goes on after `before`, and has ended after `ended`
  for (;;) {
    const Probe found = co_await probe(ended);
    if (found == Probe::unreadable) co_return trouble_;
    if (found == Probe::ended) break;
    before = ended;
    ended = ended * 2 + 1000;
  }
  while (ended - before > 1) {
    const std::int64_t middle = before + (ended - before) / 2;
    const Probe found = co_await probe(middle);
    if (found == Probe::unreadable) co_return trouble_;
    (found == Probe::ended ? ended : before) = middle;
  }
  cursor_ = std::to_string(ended);
  co_return std::string();
}

boost::asio::awaitable<Feed::More> Feed::read_page(const Documents& documents, Courses& courses) {
  const auto exchange = co_await api_.get(session_, target(cursor_, most_in_a_page));
  if (!succeeded(exchange)) co_return More::unreadable;
  const auto page = cebgate::read_answer(exchange.response.body);
  const auto& changes = cebgate::array_of(page, "changes");
  for (const auto& change : changes) {
    const auto place = documents.place_of(cebgate::text_of(change, "key"));
    const auto at = base::read_rfc3339(cebgate::text_of(change, "at"));
    if (place && at) courses.moved(*place, cebgate::text_of(change, "to"), *at);
  }
  const std::string next = cebgate::text_of(page, "next");
  if (next.empty()) co_return More::unreadable;
  cursor_ = next;
  co_return changes.size() == most_in_a_page ? More::at_once : More::later;
}

}  // namespace tools::bench
