#include "tools/jointtest/feed.h"

#include <boost/json/array.hpp>

#include "tools/jointtest/journal_lines.h"

namespace tools::jointtest {

namespace {

constexpr std::size_t most_in_a_page = 1000;

}  // namespace

boost::asio::awaitable<bool> Feed::goes_on_after(std::int64_t cursor) {
  const auto exchange = co_await api_.get(session_, "/v1/changes?limit=1&after=" + std::to_string(cursor));
  co_return succeeded(exchange) && !array_of(answer_in(exchange), "changes").empty();
}

boost::asio::awaitable<void> Feed::go_to_the_end() {
  std::int64_t before = -1, ended = 0;  // it goes on after `before`, and has ended after `ended`
  while (co_await goes_on_after(ended)) {
    before = ended;
    ended = ended * 2 + 1000;
  }
  while (ended - before > 1) {
    const std::int64_t middle = before + (ended - before) / 2;
    const bool goes_on = co_await goes_on_after(middle);
    (goes_on ? before : ended) = middle;
  }
  cursor_ = std::to_string(ended);
}

boost::asio::awaitable<void> Feed::read() {
  for (std::size_t changes = most_in_a_page; changes == most_in_a_page;) {
    const std::string after = cursor_.empty() ? "" : "&after=" + cursor_;
    const auto exchange = co_await api_.get(session_, "/v1/changes?limit=" + std::to_string(most_in_a_page) + after);
    if (!succeeded(exchange)) co_return;
    const auto page = answer_in(exchange);
    const auto& all = array_of(page, "changes");
    for (const auto& change : all) {
      heard_[{text_of(change, "id"), static_cast<int>(number_of(change, "version"))}].push_back(
          {text_of(change, "to"), text_of(change, "outcome"), text_of(change, "stage")});
    }
    changes = all.size();
    const std::string next = text_of(page, "next");
    if (next.empty()) co_return;
    cursor_ = next;
  }
}

std::vector<Picture> Feed::heard(const std::string& id, int version) const {
  const auto found = heard_.find({id, version});
  return found == heard_.end() ? std::vector<Picture>() : found->second;
}

}  // namespace tools::jointtest
