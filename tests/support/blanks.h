// What an offer of GET /v1/documents/{id}/offers prepares, with every blank filled in. Inline, so that only those who
// look at JSON link it.
#pragma once

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace tests {

inline void set_at(boost::json::value& at, std::string_view pointer, const std::string& text) {
  pointer.remove_prefix(1);
  const auto slash = pointer.find('/');
  const std::string name(pointer.substr(0, slash));
  boost::json::value& member = at.is_array() ? at.as_array().at(std::stoul(name)) : at.as_object()[name];
  if (slash == std::string_view::npos) {
    member = boost::json::string(text);
  } else {
    set_at(member, pointer.substr(slash), text);
  }
}

// The posting; every pointer of "fill_in" gets the same value. Throws where a pointer leads nowhere.
inline std::string filled_in(const boost::json::object& offer, const std::string& text) {
  boost::json::value posting = offer.at("document");
  for (const boost::json::value& pointer : offer.at("fill_in").as_array()) {
    set_at(posting, std::string(pointer.as_string()), text);
  }
  return boost::json::serialize(posting);
}

}  // namespace tests
