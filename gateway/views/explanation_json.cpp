#include "gateway/views/explanation_json.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "gateway/http/message.h"

namespace gateway::views {

namespace json = boost::json;

json::object explanation_json(const schemas::Explanation& explanation) {
  json::object object = json::parse(http::fault_json(explanation)).as_object();
  object["side"] = word(explanation.side);
  object["class"] = word(explanation.remedy);
  object["advice_zh"] = explanation.advice_zh;
  object["advice_en"] = explanation.advice_en;
  json::object parts;
  for (const auto& [name, value] : explanation.parts) parts[name] = value;
  object["parts"] = std::move(parts);
  return object;
}

}  // namespace gateway::views
