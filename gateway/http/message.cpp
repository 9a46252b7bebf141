#include "gateway/http/message.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>

namespace gateway::http {

namespace json = boost::json;

namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

json::object fault_value(const base::Fault& fault) {
  const bool error = fault.severity == base::Severity::error;
  return {
      {"line", fault.line}, {"path", fault.path}, {"code", fault.code},    {"severity", error ? "error" : "warning"},
      {"zh", fault.zh},     {"en", fault.en},     {"source", fault.source}};
}

json::array faults_value(const base::Faults& faults) {
  json::array list;
  for (const base::Fault& fault : faults) list.push_back(fault_value(fault));
  return list;
}

}  // namespace

std::string_view Headers::get(std::string_view name) const {
  const auto found = std::ranges::find_if(fields, [&](const auto& f) { return equal_ignoring_case(f.first, name); });
  return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

void Headers::set(std::string name, std::string value) {
  std::erase_if(fields, [&](const auto& field) { return equal_ignoring_case(field.first, name); });
  fields.emplace_back(std::move(name), std::move(value));
}

Response Response::json(unsigned status, std::string body) { return text(status, std::move(body), "application/json"); }

Response Response::text(unsigned status, std::string body, std::string content_type) {
  Response response{status, {}, std::move(body)};
  response.headers.set("Content-Type", std::move(content_type));
  return response;
}

Response Response::problem(unsigned status, std::string title, const base::Faults& faults) {
  const json::object body{
      {"type", "about:blank"}, {"title", std::move(title)}, {"status", status}, {"faults", faults_value(faults)}};
  return text(status, json::serialize(body), "application/problem+json");
}

std::string fault_json(const base::Fault& fault) { return json::serialize(fault_value(fault)); }

std::string faults_json(const base::Faults& faults) { return json::serialize(faults_value(faults)); }

}  // namespace gateway::http
