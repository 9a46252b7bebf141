// One call of the API as its description tells it. Values only.
#pragma once

#include <string_view>
#include <vector>

namespace gateway::intake {

inline constexpr std::string_view as_json = "application/json", as_xml = "application/xml";

struct AnswerForm {
  std::string_view status, media, schema;  // schema: a component; empty: any text
};

struct CallForm {
  std::string_view method, path, name, role, zh, en;
  std::vector<std::string_view> parameters;
  std::string_view takes;  // a component; empty: no body
  std::vector<AnswerForm> answers;
  std::vector<std::string_view> problems;
  std::string_view notes{};  // what is to be known beside the role
};

}  // namespace gateway::intake
