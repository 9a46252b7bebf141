#include "gateway/casework/explanations.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <string>

#include "gateway/views/answers.h"
#include "gateway/views/paging.h"
#include "gateway/views/parameters.h"

namespace gateway::casework {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_sought_text_bytes = 200;

std::string lower(std::string_view text) {
  std::string made(text);
  std::ranges::transform(made, made.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return made;
}

bool tells_of(const schemas::ListedMeaning& listed, const std::string& sought) {
  const schemas::Meaning& meaning = *listed.meaning;
  const auto holds = [&](const std::string& text) { return lower(text).find(sought) != std::string::npos; };
  return holds(listed.code) || holds(meaning.zh) || holds(meaning.en) || holds(meaning.advice_zh) ||
         holds(meaning.advice_en);
}

bool holds_for(const schemas::ListedMeaning& listed, const std::string& type) {
  return listed.types.empty() || std::ranges::find(listed.types, type) != listed.types.end();
}

json::object shown(const schemas::ListedMeaning& listed) {
  const schemas::Meaning& meaning = *listed.meaning;
  return {{"code", listed.code},
          {"type", listed.types.empty() ? json::value(nullptr) : json::array(listed.types.begin(), listed.types.end())},
          {"kind", word(listed.kind)},
          {"meaning", {{"zh", meaning.zh}, {"en", meaning.en}}},
          {"advice", {{"zh", meaning.advice_zh}, {"en", meaning.advice_en}}},
          {"whose", word(meaning.side)}};
}

// The rows stand still while the gateway runs: a cursor is a place among them.
std::size_t place_of(const std::string& cursor) {
  std::size_t place = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), place);
  return place;
}

}  // namespace

boost::asio::awaitable<http::Response> Explanations::search(http::Request request) const {
  views::Parameters parameters(request.query, {"q", "type", "limit", "cursor"});
  const std::string sought = lower(parameters.text("q").value_or(""));
  if (sought.size() > longest_sought_text_bytes) {
    const std::string most = std::to_string(longest_sought_text_bytes);
    parameters.refuse("q", "最长 " + most + " 字节。", "This has at most " + most + " bytes.");
  }
  const auto type = parameters.text("type");
  if (type && catalog_.find(*type) == nullptr) {
    parameters.refuse("type", "没有这种报文类型，见 /v1/catalog。", "There is no such message type; see /v1/catalog.");
  }
  const std::size_t limit = views::read_limit(parameters);
  std::size_t place = place_of(views::read_cursor(parameters));
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  json::array found;
  for (; place < all_.size() && found.size() < limit; ++place) {
    if (type && !holds_for(all_[place], *type)) continue;
    if (tells_of(all_[place], sought)) found.push_back(shown(all_[place]));
  }
  json::object answer{{"explanations", std::move(found)}, {"next", nullptr}};
  if (place < all_.size()) answer["next"] = views::outgoing_cursor(std::to_string(place));
  co_return views::json_answer(200, answer);
}

}  // namespace gateway::casework
